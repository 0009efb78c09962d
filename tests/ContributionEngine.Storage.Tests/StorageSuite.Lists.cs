using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Storage.Tests;

// Lists a page at a time, and who sees what of them.
public abstract partial class StorageSuite
{
    private const string Coffee = "CR-2021-014";

    [Test]
    public async Task A_list_that_grows_while_it_is_walked_shows_each_row_that_was_there_once()
    {
        await using var store = await Open();
        await Received(store, 1, 10);
        var there = (await Walk(store, Operator, null)).ToList();
        var seen = new List<long>();
        for (Slice? slice = new(3); slice is not null;)
        {
            var page = await Page(store, Operator, new ReceiptsWhere { Agreement = Coffee }, slice);
            seen.AddRange(page.Rows.Select(row => row.Id));
            slice = page.Next is { } next ? new Slice(3, Mark.Read(next.Opaque).Value) : null;
            await Received(store, 100 + seen.Count, 1);
        }

        Assert.That((there.Count, seen.Count(there.Contains)), Is.EqualTo((10, 10)));
        Assert.That(seen, Is.Unique);
    }

    [Test]
    public async Task Receipts_come_newest_first_and_by_what_is_asked_for()
    {
        await using var store = await Open();
        await Received(store, 1, 6);
        await Do(store, "update receipt set live = 0, credit = 0, reversed = amount where row_no = 2");
        var asked = new (string What, ReceiptsWhere Where, string Rows)[]
        {
            ("all", new ReceiptsWhere(), "6 5 4 3 2 1"), ("of the agreement", new ReceiptsWhere { Agreement = Coffee }, "6 5 4 3 2 1"), ("of the member", new ReceiptsWhere { Member = "A001" }, "6 5 4 3 2 1"),
            ("of nobody", new ReceiptsWhere { Member = "A002" }, ""), ("ended", new ReceiptsWhere { State = "ended" }, "2"), ("posted", new ReceiptsWhere { State = "posted", Agreement = Coffee }, "6 5 4 3 1"),
            ("with credit", new ReceiptsWhere { State = "credit" }, "6 5 4 3 1"), ("held", new ReceiptsWhere { State = "held" }, ""),
            ("of a number", new ReceiptsWhere { ReceiptNo = "N3" }, "3"), ("of a number that ended", new ReceiptsWhere { ReceiptNo = "N2", Agreement = Coffee }, "2"), ("of a number, posted", new ReceiptsWhere { ReceiptNo = "N2", State = "posted" }, ""),
            ("of some days", new ReceiptsWhere { Agreement = Coffee, From = new DateOnly(2021, 1, 2), To = new DateOnly(2021, 1, 4) }, "4 3 2"),
        };
        foreach (var (what, where, rows) in asked) Assert.That(string.Join(' ', (await Page(store, Operator, where, new Slice())).Rows.Select(row => row.RowNo)), Is.EqualTo(rows), what);
    }

    [Test]
    public async Task Every_list_answers_and_shows_nothing_to_another_organisation()
    {
        await using var store = await Open();
        await Received(store, 1, 1);
        await Booked(store, 700);
        await Claimed(store, ("member", 100));
        await store.Write(async work =>
        {
            var agreement = await work.Agreements.FindToChange(Coffee);
            await work.Cases.Open(agreement.Value.Id, new DateOnly(2021, 2, 1), [new NewCase("refund_due", "member A001", 1_000, $"")]);
            await work.Audit.Record(Coffee, "first", "UPL-1", "{}");
        });
        var own = await store.Read(async work => (await work.Agreements.Find(Coffee)).Value.OrganisationId);
        Assert.That((await Counts(store, Operator), await Counts(store, new Actor("maria", own)), await Counts(store, new Actor("pedro", own + 1))), Is.EqualTo((
            "agreements 1, members 1, enrolments 1, uploads 2, problems 0, receipts 2, obligations 1, remittances 0, deliveries 0, acknowledgements 0, statements 1, entries 1, matches 0, cases 1, runs 0, events 1, messages 0, claims 1",
            "agreements 1, members 1, enrolments 1, uploads 2, problems 0, receipts 2, obligations 1, remittances 0, deliveries 0, acknowledgements 0, statements 0, entries 0, matches 0, cases 1, runs 0, events 1, messages 0, claims 1",
            "agreements 0, members agreement_unknown, enrolments 0, uploads 0, problems upload_unknown, receipts 0, obligations 0, remittances 0, deliveries 0, acknowledgements 0, statements 0, entries 0, matches 0, cases 0, runs 0, events 0, messages 0, claims 0")));
    }

    [Test]
    public async Task Events_come_newest_first_of_all_chains_or_one_and_of_the_days_that_are_asked_for()
    {
        await using var store = await Open();
        await store.Write(work => Enrolled(work));
        foreach (var (chain, subject) in new[] { (Coffee, "1"), ("administration", "2"), (Coffee, "3"), ("administration", "4"), (Coffee, "5") })
        {
            await store.Write(async work =>
            {
                if (chain == Coffee) _ = (await work.Agreements.FindToChange(chain)).Value;
                await work.Audit.Record(chain, "tried", subject, "{}");
            });
        }

        var today = DateOnly.FromDateTime(store.Database.Clock.GetUtcNow().UtcDateTime);
        var asked = new (string What, EventsWhere Where, string Pages)[]
        {
            ("all", new EventsWhere { UseCase = "tried" }, "5 4 | 3 2 | 1"), ("of a chain", new EventsWhere { UseCase = "tried", Agreement = Coffee }, "5 3 | 1"), ("about", new EventsWhere { Subject = "4" }, "4"),
            ("about, of another chain", new EventsWhere { Subject = "4", Agreement = Coffee }, ""), ("of these days", new EventsWhere { UseCase = "tried", From = today.AddDays(-1), To = today.AddDays(1) }, "5 4 | 3 2 | 1"),
            ("from tomorrow on", new EventsWhere { From = today.AddDays(2) }, ""), ("until yesterday", new EventsWhere { To = today.AddDays(-2) }, ""),
        };
        foreach (var (what, where, pages) in asked)
        {
            var found = new List<string>();
            for (Slice? slice = new(2); slice is not null;)
            {
                var page = (await store.Database.Page(Operator, lists => lists.AuditEvents(where, slice), CancellationToken.None)).Value;
                found.Add(string.Join(' ', page.Rows.Select(row => row.Subject)));
                slice = page.Next is { } next ? new Slice(2, Mark.Read(next.Opaque).Value) : null;
            }

            Assert.That(string.Join(" | ", found), Is.EqualTo(pages), what);
        }
    }

    [Test]
    public async Task Cases_are_found_by_the_beginning_of_what_they_are_about()
    {
        await using var store = await Open();
        var agreement = await store.Write(async work => (await Enrolled(work)).Agreement);
        await store.Write(work => work.Cases.Open(agreement, February, [.. new[] { "UPL-1", "UPL-1 row 2", "UPL-2", "UPL%1" }.Select(subject => new NewCase("row_left_out", subject, null, $""))]));
        await store.Write(work => work.Cases.Close(agreement, "row_left_out", ["UPL-1 row 2"], new CaseEnd("rows_dropped", $"done")));
        var asked = new[] { new CasesWhere { Subject = "UPL-1" }, new CasesWhere { Subject = "UPL-1", State = "all" }, new CasesWhere { Subject = "UPL-1", State = "resolved" }, new CasesWhere { Subject = "UPL%" }, new CasesWhere { Subject = "UPL-1 row 22" } };
        var found = new List<string>();
        foreach (var where in asked) found.Add(string.Join(", ", (await store.Read(work => work.Lists.Cases(where, new Slice()))).Value.Rows.Select(row => row.Subject)));
        Assert.That(found, Is.EqualTo(new[] { "UPL-1", "UPL-1, UPL-1 row 2", "UPL-1 row 2", "UPL%1", "" }));
    }

    [Test]
    public async Task Claims_and_shares_are_one_list_as_they_arose_and_what_is_open_is_summed_by_who_owes_it()
    {
        await using var store = await Open();
        await Claimed(store, ("member", 100), ("state", 200), ("organisation", 300), ("state", 400), ("sponsor", 500));
        await Do(store, "update state_claim set state = 'settled', ended_on = '2021-03-01' where amount = 400");
        var pages = new List<string>();
        for (Slice? slice = new(2); slice is not null;)
        {
            var page = (await store.Read(work => work.Lists.Claims(new ClaimsWhere(), slice))).Value;
            pages.Add(string.Join(' ', page.Rows.Select(row => $"{row.Debtor} {row.Amount}")));
            slice = page.Next is { } next ? new Slice(2, Mark.Read(next.Opaque).Value) : null;
        }

        Assert.That(pages, Is.EqualTo(new[] { "member 100 state 200", "organisation 300 state 400", "sponsor 500" }));
        var open = (await store.Read(work => work.Lists.Claims(new ClaimsWhere { Agreement = Coffee, State = "open" }, new Slice()))).Value.Rows;
        Assert.That(open.Select(row => $"{row.Agreement} {row.Amount} {row.MemberNo} {row.Period}{row.Receipt?[..3]}"), Is.EqualTo(new[] { $"{Coffee} 100 A001 RCP", $"{Coffee} 200 A001 2021-01", $"{Coffee} 300 A001 RCP", $"{Coffee} 500 A001 2021-01" }));
        Assert.That(await Owed(Operator), Is.EqualTo("member CRC 1 100, organisation CRC 1 300, sponsor CRC 1 500, state CRC 1 200"));
        Assert.That((await Owed(new Actor("pedro", long.MaxValue)), (await store.Read(work => work.Lists.Owed("NONE"))).Refusal!.Code), Is.EqualTo(("", "agreement_unknown")));

        async Task<string> Owed(Actor actor) => string.Join(", ", (await store.Database.Read(actor, work => work.Lists.Owed(null), CancellationToken.None)).Value.Select(sum => $"{sum.Debtor} {sum.Currency} {sum.Claims} {sum.Total}"));
    }

    [Test]
    public async Task Members_are_listed_with_what_they_owe_and_have_to_their_credit()
    {
        await using var store = await Open();
        await Owe(store, 2_500);
        await Received(store, 1, 1);
        var asked = new[] { new MembersWhere(Coffee), new MembersWhere(Coffee) { Standing = "owing" }, new MembersWhere(Coffee) { Text = "mORA" }, new MembersWhere(Coffee) { Text = "Vargas" }, new MembersWhere(Coffee) { Standing = "owing", On = new DateOnly(2020, 12, 31) } };
        var found = new List<string>();
        foreach (var where in asked) found.Add(string.Join(' ', (await store.Read(work => work.Lists.Members(where, new Slice()))).Value.Rows.Select(row => $"{row.MemberNo} {row.Owed} {row.Credit} {row.OwedSince}")));
        Assert.That(found, Is.EqualTo(new[] { "A001 2500 1000 02/15/2021", "A001 2500 1000 02/15/2021", "A001 2500 1000 02/15/2021", "", "" }));
    }

    [TestCase("", TestName = "Nothing_is_no_place_in_a_list")]
    [TestCase("?", TestName = "What_is_no_base64_is_no_place_in_a_list")]
    [TestCase("YWJj", TestName = "A_word_of_ones_own_is_no_place_in_a_list")]
    public void A_place_that_no_page_gave_is_refused(string opaque) => Assert.That(Mark.Read(opaque).Refusal?.Code, Is.EqualTo("cursor_malformed"));

    // So many receipts of one upload, each of its own day, with numbers from the first on.
    private static Task Received(EmptyStore store, int first, int count) => store.Write(async work =>
    {
        var (agreement, enrolment) = await Enrolled(work);
        var upload = work.NextId();
        await work.Uploads.Add(new NewUpload(upload, Numbers.Upload(upload), agreement, "a.csv", $"{upload}", 1, new DateOnly(2021, 1, 31), "{}"));
        await work.Receipts.Post(agreement, upload, new DateOnly(2021, 1, 31), [.. Enumerable.Range(first, count).Select(row => new NewReceipt
        {
            Id = work.NextId(), RowNo = row, ReceiptNo = $"N{row}", EnrolmentId = enrolment, ReceivedOn = new DateOnly(2020, 12, 31).AddDays(row), Amount = 1_000, Key = $"k{row}", Occurrence = 1, Credit = 1_000,
        })]);
    });

    // Claims in this order, under one receipt and one obligation.
    private static async Task Claimed(EmptyStore store, params (string Debtor, long Amount)[] claims)
    {
        var obligation = await Owe(store, 1_000);
        await Received(store, 500, 1);
        await store.Write(async work =>
        {
            var (agreement, _) = await Enrolled(work);
            var receipt = (await work.Rows<long>("select id from receipt where row_no = 500")).Single();
            foreach (var (debtor, amount) in claims)
            {
                if (debtor is "state" or "sponsor") await work.StateClaims.Add([new StoredStateClaim { Id = work.NextId(), AgreementId = agreement, Debtor = debtor, ObligationId = obligation, Amount = amount, ArisenOn = February }]);
                else await work.Claims.Add([new StoredClaim { Id = work.NextId(), AgreementId = agreement, Debtor = debtor, ReceiptId = receipt, Amount = amount, ArisenOn = February }]);
            }
        });
    }

    private static async Task<Page<ListedReceipt>> Page(EmptyStore store, Actor actor, ReceiptsWhere where, Slice slice) =>
        (await store.Database.Read(actor, work => work.Lists.Receipts(where, slice), CancellationToken.None)).Value;

    private static async Task<IEnumerable<long>> Walk(EmptyStore store, Actor actor, string? agreement) =>
        (await Page(store, actor, new ReceiptsWhere { Agreement = agreement }, new Slice(Slice.LimitMax))).Rows.Select(row => row.Id);

    private static Task<string> Counts(EmptyStore store, Actor actor) => store.Database.Read(actor, async work =>
    {
        var (lists, all) = (work.Lists, new Slice());
        var upload = (await work.Rows<string>("select number from upload")).First();
        string[] counts =
        [
            Count("agreements", await lists.Agreements(new AgreementsWhere(), all)), Count("members", await lists.Members(new MembersWhere(Coffee), all)), Count("enrolments", await lists.Enrolments(new EnrolmentsWhere(), all)),
            Count("uploads", await lists.Uploads(new UploadsWhere(), all)), Count("problems", await lists.Problems(upload, new ProblemsWhere(), all)), Count("receipts", await lists.Receipts(new ReceiptsWhere(), all)),
            Count("obligations", await lists.Obligations(new ObligationsWhere(), all)), Count("remittances", await lists.Remittances(new RemittancesWhere(), all)), Count("deliveries", await lists.Deliveries(new DeliveriesWhere(), all)),
            Count("acknowledgements", await lists.Acknowledgements(new AcknowledgementsWhere(), all)), Count("statements", await lists.BankStatements(new StatementsWhere(), all)), Count("entries", await lists.BankEntries(new BookingsWhere { State = "open" }, all)),
            Count("matches", await lists.Matches(new MatchesWhere(), all)), Count("cases", await lists.Cases(new CasesWhere(), all)), Count("runs", await lists.SettlementRuns(new RunsWhere(), all)),
            Count("events", await lists.AuditEvents(new EventsWhere { Subject = "UPL-1" }, all)), Count("messages", await lists.ParkedMessages(all)), Count("claims", await lists.Claims(new ClaimsWhere(), all)),
        ];
        return string.Join(", ", counts);
    }, CancellationToken.None);

    private static string Count<T>(string name, Outcome<Page<T>> page)
        where T : Listed => $"{name} {(page.Ok(out var found, out var refusal) ? found.Rows.Count : refusal.Code)}";
}
