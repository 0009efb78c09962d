using System.Data.Common;
using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

// Receipts that are put right: taken back, refunded, assigned, claimed, and the cases and approvals about them.
public abstract partial class StorageSuite
{
    private static readonly DateOnly February = new(2021, 2, 1);

    [Test]
    public async Task A_receipt_that_was_taken_back_is_known_by_nothing()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        await store.Write(async work => await work.Reversals.End(agreement, [new EndedReceipt((await Receipt(work)).Id, 0, 1_000)], new ReversalNote("reversed", February, "bounced")));
        var (receipt, parts, known) = await store.Read(async work => (await Receipt(work), await work.Reversals.Parts([(await Receipt(work)).Id]), await work.Receipts.WithKeys(agreement, ["k1"])));
        Assert.That((receipt.Live, receipt.Reversed, receipt.Credit, parts.Single().Reason, known.Count), Is.EqualTo((0L, 1_000L, 0L, "bounced", 0)));
        Assert.That(await store.Read(work => work.Reversals.Touched(receipt.UploadId, 5)), Is.EqualTo(new[] { new TouchedReceipt { Id = receipt.Id, What = "reversed" } }));
    }

    [Test]
    public async Task What_comes_back_later_is_a_further_part()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        await store.Write(async work =>
        {
            var id = (await Receipt(work)).Id;
            await work.Reversals.End(agreement, [new EndedReceipt(id, 400, 600)], new ReversalNote("moved", February, "wrong line", 77));
            await work.Reversals.TakeBack(agreement, [KeyValuePair.Create(id, 400L)], new ReversalNote("returned", February, "its line came back"));
        });
        var (receipt, parts) = await store.Read(async work => (await Receipt(work), await work.Reversals.Parts([(await Receipt(work)).Id])));
        Assert.That((receipt.Reversed, receipt.Allocated), Is.EqualTo((1_000L, 0L)));
        Assert.That(parts.Select(part => (part.PartNo, part.Kind, part.Amount, part.ReplacedBy)), Is.EqualTo(new[] { (1L, "moved", 600L, (long?)77), (2L, "returned", 400L, null) }));
    }

    [Test]
    public async Task No_line_is_emptied_by_allocations_that_stood_on_none()
    {
        await using var store = await Open();
        Assert.That(await store.Read(work => work.Lines.EmptiedBy([1, 2])), Is.Empty);
    }

    [Test]
    public async Task A_receipt_is_known_by_its_further_names_while_it_is_live()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        await store.Write(async work => await work.Reversals.AddAliases(agreement, (await Receipt(work)).Id, [new ReceiptAlias { BusinessKey = "k2", Occurrence = 3, EnrolmentId = null }]));
        var (known, names) = await store.Read(async work => (await work.Receipts.WithKeys(agreement, ["k2"]), await work.Reversals.Aliases((await Receipt(work)).Id)));
        Assert.That((known.Single().Occurrence, known.Single().EnrolmentId, known.Single().Amount, names.Single().BusinessKey), Is.EqualTo((3L, (long?)null, 1_000L, "k2")));
    }

    [Test]
    public async Task A_sheet_is_its_first_upload_and_those_that_have_corrected_it_while_they_stand()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        var root = await store.Read(async work => (await Receipt(work)).UploadId);
        var names = await store.Write(async work =>
        {
            await work.Reversals.AddAliases(agreement, (await Receipt(work)).Id, [new ReceiptAlias { BusinessKey = "k2", Occurrence = 1 }]);
            foreach (var state in new[] { "reconciled", "ready", "undone" })
            {
                var id = work.NextId();
                await work.Uploads.Add(new NewUpload(id, state, agreement, "a.csv", state, 1, February, "{}", root));
                await work.Uploads.Conclude(id, state, "{}", state == "ready" ? null : work.Now);
            }

            await work.Uploads.Conclude(root, "reconciled", "{}", work.Now);
            return await work.Uploads.Sheet(root);
        });
        var (posted, one, aliases) = await store.Read(async work =>
            (await work.Reversals.Posted(names.Select(upload => upload.Id), 10), await work.Reversals.Posted([root], 0), await work.Reversals.Aliases([(await Receipt(work)).Id, 77])));
        Assert.That((names[0].CorrectsId, names.Count, names[1].Number, names[1].CorrectsId), Is.EqualTo(((long?)null, 2, "reconciled", (long?)root)));
        Assert.That((posted.Single().Amount, one.Count, aliases.Single().ReceiptId, aliases.Single().BusinessKey), Is.EqualTo((1_000L, 0, posted.Single().Id, "k2")));
        Assert.That(await store.Read(work => work.Reversals.Extent(names.Select(upload => upload.Id))), Is.EqualTo(new PostedExtent { Receipts = 1 }));
    }

    [Test]
    public async Task A_refund_takes_credit_and_stays_as_a_fact()
    {
        await using var store = await Open();
        await Pay(store, "k1", allocated: 0, credit: 1_000);
        await store.Write(async work => await work.Reversals.Refund([await Receipt(work)], February, "she asked"));
        var (receipt, refunds) = await store.Read(async work => (await Receipt(work), await work.Reversals.Refunds((await Receipt(work)).Id)));
        Assert.That((receipt.Credit, receipt.Refunded, refunds.Single()), Is.EqualTo((0L, 1_000L, new StoredRefund { Source = "credit", Amount = 1_000, RefundedOn = February, Reason = "she asked" })));
    }

    [Test]
    public async Task Held_money_is_listed_with_what_the_file_said_until_it_is_assigned()
    {
        await using var store = await Open();
        var (agreement, enrolment) = await store.Write(Enrolled);
        await store.Write(work => Hold(work, agreement));
        var held = (await store.Read(work => work.Suspense.List(null))).Single();
        Assert.That((held.Suspense, held.MemberNo, held.FullName, held.Currency, held.ReceivedOn), Is.EqualTo((700L, "A-1", "Ana", "CRC", new DateOnly(2021, 1, 15))));
        Assert.That(((await store.Read(work => work.Suspense.Payer(held.ReceiptId)))!.EventValue, (await store.Read(work => work.Reversals.HeldOf(held.Upload, held.RowNo)))!.Id), Is.EqualTo(((long?)1_850, held.ReceiptId)));
        await store.Write(work => work.Suspense.Assign(held.ReceiptId, enrolment, (0, 700)));
        Assert.That((await store.Read(work => work.Suspense.List(null)), (await store.Read(work => work.Reversals.HoldingCredit(agreement, "A001"))).Single().Credit), Is.EqualTo((Array.Empty<HeldMoney>(), 700L)));
    }

    [Test]
    public async Task Held_money_is_assigned_once()
    {
        await using var store = await Open();
        var (agreement, enrolment) = await store.Write(Enrolled);
        var id = await store.Write(work => Hold(work, agreement));
        await store.Write(work => work.Suspense.Assign(id, enrolment, (0, 700)));
        Assert.That(() => store.Write(work => work.Suspense.Assign(id, enrolment, (0, 700))), Throws.InvalidOperationException);
    }

    [Test]
    public async Task A_claim_ends_once_and_whatever_else_it_says_is_a_fact()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        var number = await store.Write(async work =>
        {
            var id = work.NextId();
            await work.Claims.Add([new StoredClaim { Id = id, AgreementId = agreement, Debtor = "member", ReceiptId = (await Receipt(work)).Id, Amount = 600, ArisenOn = February }]);
            return Numbers.Claim(id);
        });
        var open = (await store.Read(work => work.Claims.Find(number))).Value;
        await store.Write(work => work.Claims.End([open.Id], "settled", February));
        await store.Write(work => work.Claims.End([open.Id], "extinguished", February));
        var ended = (await store.Read(work => work.Claims.List(Drafts.Coffee().Number))).Single();
        Assert.That((open.State, open.MemberNo, ended.State, ended.EndedOn), Is.EqualTo(("open", "A001", "settled", (DateOnly?)February)));
        Assert.That(((await store.Read(work => work.Claims.Of([open.ReceiptId]))).Count, (await store.Read(work => work.Claims.Returned(agreement))).Count, (await store.Read(work => work.Claims.Find("CLM-1"))).Refusal!.Code), Is.EqualTo((1, 0, "claim_unknown")));
    }

    [TestCase("update reversal set amount = 2")]
    [TestCase("delete from reversal")]
    [TestCase("update refund set amount = 2")]
    [TestCase("delete from refund")]
    [TestCase("update receipt_alias set occurrence = 2")]
    [TestCase("delete from receipt_alias")]
    [TestCase("update suspense_payer set member_no = 'x'")]
    [TestCase("delete from suspense_payer")]
    [TestCase("update claim set amount = 2")]
    [TestCase("delete from claim")]
    [TestCase("update approval set asked_by = 'x'")]
    [TestCase("delete from approval")]
    public async Task What_was_put_right_can_neither_be_changed_nor_deleted(string statement)
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        await store.Write(async work =>
        {
            var receipt = await Receipt(work);
            await work.Reversals.Refund([receipt], February, "she asked");
            await work.Reversals.End(agreement, [new EndedReceipt(receipt.Id, 0, 0)], new ReversalNote("reversed", February, "bounced"));
            await work.Reversals.AddAliases(agreement, receipt.Id, [new ReceiptAlias { BusinessKey = "k2", Occurrence = 1 }]);
            await work.Claims.Add([new StoredClaim { Id = work.NextId(), AgreementId = agreement, Debtor = "member", ReceiptId = receipt.Id, Amount = 1_000, ArisenOn = February }]);
            await Hold(work, agreement);
            await work.Approvals.Add((await work.Cases.Ask(agreement, February, new NewCase("approval_needed", "refund x", 1, $"why"))).Id, "{}");
        });
        Assert.That(() => Do(store, statement), Throws.InstanceOf<DbException>().With.Message.Contains("is a fact"));
    }

    [Test]
    public async Task What_a_person_has_decided_is_asked_again_only_when_it_has_changed()
    {
        await using var store = await Open();
        var (agreement, _) = await store.Write(Enrolled);
        var asked = new NewCase("refund_due", "member A001", 700, $"she left");
        await store.Write(async work =>
        {
            await work.Cases.Open(agreement, February, [asked]);
            var found = (await work.Cases.List(new CaseFilter(null, "refund_due", null))).Single();
            await work.Cases.Assign(found.Id, "olga");
            await work.Cases.Resolve(found.Id, "keep: she comes back");
        });
        var (same, other) = await store.Write(async work => (await work.Cases.Open(agreement, February, [asked]), await work.Cases.Open(agreement, February, [asked with { Amount = 701 }])));
        var decided = (await store.Read(work => work.Cases.List(new CaseFilter(Drafts.Coffee().Number, null, "resolved")))).Single();
        Assert.That((same, other, decided.Owner, decided.ResolvedBy, decided.Resolution, decided.IsOpen), Is.EqualTo((0, 1, "olga", "os:operator", "keep: she comes back", false)));
    }

    [Test]
    public async Task What_a_case_says_in_other_languages_is_kept_with_it_renewed_with_it_and_no_part_of_what_was_decided()
    {
        await using var store = await Open();
        var (agreement, _) = await store.Write(Enrolled);
        var of = new CasesOf("refund_due", new CaseEnd("no_credit_left", $"nothing of {"A001":member} is left"));
        NewCase Left(long amount, DateOnly on, string? variant = null) => new("refund_due", "member A001", amount, $"{"A001":member} left on {on:date}.", variant);
        await store.Write(work => work.Cases.Keep(agreement, February, of, [Left(700, February)]));
        var kept = await SaidOfCase(store);
        await store.Write(work => work.Cases.Keep(agreement, February, of, [Left(900, February.AddDays(1), "later")]));
        Assert.That((kept, await SaidOfCase(store)), Is.EqualTo((
            """A001 left on 2021-02-01. case_said.refund_due {"Values":{"member":"A001","date":"2021-02-01"}}""", """A001 left on 2021-02-02. case_said.refund_due {"Variant":"later","Values":{"member":"A001","date":"2021-02-02"}}""")));

        await store.Write(async work => await work.Cases.Resolve((await work.Cases.List(new CaseFilter(null, null, null))).Single().Id, "keep: she comes back"));
        var asked = Left(900, February.AddDays(1));
        Assert.That(await store.Write(work => work.Cases.Open(agreement, February, [asked with { Detail = new Remark("row.R02", asked.Detail.Sentence) }])), Is.Zero, "the same question");
        Assert.That(await store.Write(work => work.Cases.Open(agreement, February, [asked with { Detail = asked.Detail with { Sentence = "another" } }])), Is.EqualTo(1));

        await store.Write(work => work.Cases.Keep(agreement, February, of, []));
        var ended = (await store.Read(work => work.Cases.List(new CaseFilter(null, null, "resolved")))).Select(row => (row.ResolvedBy, row.Ended?.Sentence, row.Ended?.Code, row.Ended?.Particulars!.Text()));
        Assert.That(ended, Is.EqualTo(new[] { ("os:operator", null, null, null), ((string?)null, (string?)"nothing of A001 is left", (string?)"case_ended.no_credit_left", (string?)"""{"Values":{"member":"A001"}}""") }));
    }

    private static Task<string> SaidOfCase(EmptyStore store) => store.Read(async work =>
    {
        var row = (await work.Cases.List(new CaseFilter(null, null, null))).Single();
        var (known, listed) = ($"{row.Said.Sentence} {row.Said.Code} {row.Said.Particulars?.Text()}", (await work.Lists.Cases(new CasesWhere(), new Slice())).Value.Rows.Single().Said);
        return known == $"{listed.Sentence} {listed.Code} {listed.Particulars?.Text()}" ? known : "the list says something else";
    });

    [Test]
    public async Task A_request_waits_with_its_case_and_the_name_of_who_asked()
    {
        await using var store = await Open();
        var (agreement, _) = await store.Write(Enrolled);
        var number = await store.Write(async work =>
        {
            var asked = await work.Cases.Ask(agreement, February, new NewCase("approval_needed", "refund x", 700, $"why"));
            await work.Approvals.Add(asked.Id, """{"kind":"refund"}""");
            return asked.Number;
        });
        var (found, waiting) = await store.Read(async work => ((await work.Cases.Find(number)).Value, await work.Approvals.Of((await work.Cases.Find(number)).Value.Id)));
        Assert.That((found.State, found.Amount, waiting!.AskedBy, waiting.Request), Is.EqualTo(("open", (long?)700, "os:operator", """{"kind":"refund"}""")));
    }

    [Test]
    public async Task A_case_of_another_organisation_is_as_unknown_as_none()
    {
        await using var store = await Open();
        var (agreement, _) = await store.Write(Enrolled);
        var number = await store.Write(async work => (await work.Cases.Ask(agreement, February, new NewCase("refund_due", "member A001", 700, $"why"))).Number);
        Assert.That((await store.Database.Read(new Actor("pedro", 1), work => work.Cases.Find(number), CancellationToken.None)).Refusal!.Code, Is.EqualTo("case_unknown"));
    }

    private static async Task<StoredReceipt> Receipt(Work work) => 
        (await work.Reversals.WithKey(Drafts.Coffee().Number, "k1")).Concat(await work.Reversals.EndedWithKey(Drafts.Coffee().Number, "k1")).Single();

    private static async Task<long> Hold(Work work, long agreement)
    {
        var (upload, id) = (work.NextId(), work.NextId());
        await work.Uploads.Add(new NewUpload(upload, Numbers.Upload(upload), agreement, "h.csv", $"{upload}", 1, new DateOnly(2021, 1, 31), "{}"));
        await work.Receipts.Post(agreement, upload, new DateOnly(2021, 1, 31), [new NewReceipt { Id = id, RowNo = 2, ReceivedOn = new DateOnly(2021, 1, 15), Amount = 700, Key = $"held{id}", Occurrence = 1, Suspense = 700 }]);
        await work.Suspense.Note([new SuspensePayer { ReceiptId = id, MemberNo = "A-1", FullName = "Ana", EventKind = "sale", EventValue = 1_850 }]);
        return id;
    }
}
