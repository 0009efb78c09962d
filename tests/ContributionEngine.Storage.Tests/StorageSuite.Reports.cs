namespace ContributionEngine.Storage.Tests;

// The figures of reports: each statement runs on every database, and says nothing to another organisation.
public abstract partial class StorageSuite
{
    private static readonly DateOnly EndOfMay = new(2021, 5, 31);

    [Test]
    public async Task What_is_owed_is_the_same_by_period_age_and_member()
    {
        await using var store = await Open();
        var obligation = await Owe(store, 1_000);
        await store.Write(work => work.Obligations.Allocate([KeyValuePair.Create(obligation, 600L)]));
        var told = await store.Read(async work =>
        {
            var (agreement, _) = await Enrolled(work);
            var period = (await work.CollectedMoney.Of([agreement], EndOfMay)).Single();
            var owed = (await work.Arrears.Of([agreement], EndOfMay)).Single();
            var members = (await work.CollectedMoney.Covered(new CoverageQuestion([agreement], ["2021-01"], new DateOnly(2021, 1, 1), EndOfMay, OnlyPlanned: true))).Single();
            return (period.Period, period.Months, period.Due, period.Paid, owed.NotDue, owed.Days180, owed.LateMembers, owed.OldestDue, members.Active, members.Covered);
        });
        Assert.That(told, Is.EqualTo(("2021-01", 1L, 1_000L, 600L, 0L, 400L, 1L, new DateOnly(2021, 2, 15), 1L, 1L)));
    }

    [Test]
    public async Task Cases_of_a_reason_have_a_middle_one()
    {
        await using var store = await Open();
        var agreement = (await store.Write(work => Add(work, Drafts.Coffee()))).Id;
        foreach (var day in new[] { 1, 3, 9 }) await store.Write(work => work.Cases.Open(agreement, new DateOnly(2021, 2, day), [new NewCase("refund_due", $"member {day}", 100, $"")]));
        await store.Write(work => work.Cases.Open(null, new DateOnly(2021, 2, 2), [new NewCase("bank_unmatched", "entry", null, $"")]));
        var told = (await store.Read(work => work.OpenCases.Of([agreement], EndOfMay, ofNone: true))).Select(row => (row.Reason, row.Currency, row.Count, row.Amount, row.Middle.Day, row.Oldest.Day));
        Assert.That(told, Is.EqualTo(new[] { ("refund_due", "CRC", 3L, (long?)300, 3, 1), ("bank_unmatched", null, 1L, null, 2, 2) }));
    }

    [Test]
    public async Task Remittances_tell_when_they_came_how_far_and_what_is_missing()
    {
        await using var store = await Open();
        var agreement = await Remit(store);
        var (times, paid) = await store.Read(async work => ((await work.RemittanceTimes.Of([agreement.Id], work.Now, 10)).Single(), (await work.RemittanceTimes.Paid([agreement.Id], work.Now)).Single()));
        Assert.That((times.Number, times.Payable, times.DeliveredAt, times.PaidOn), Is.EqualTo(("REM-900", 6L, (DateTimeOffset?)null, (DateOnly?)null)));
        Assert.That((paid.Organisation, paid.Currency, paid.Remittances, paid.Payable, paid.Paid, paid.Awaited, paid.Missing, paid.Surplus), Is.EqualTo(("COOP", "CRC", 1L, 6L, 0L, 6L, 0L, 0L)));
        await Do(store, "update remittance set paid = 4, money = 'part_paid'");
        var part = (await store.Read(work => work.RemittanceTimes.Paid([agreement.Id], work.Now))).Single();
        Assert.That((part.Awaited, part.Missing, part.Surplus), Is.EqualTo((0L, 2L, 0L)));
    }

    [Test]
    public async Task Bank_money_is_told_by_the_way_in_which_it_was_placed()
    {
        await using var store = await Open();
        var agreement = await Remit(store);
        await Booked(store, 1_000);
        var none = new StoredMatch { EntryId = Entry, Kind = "not_ours", Taken = 150, MatchedBy = "person", Cues = "{}", MatchedOn = new DateOnly(2021, 2, 10), AcceptedBy = "olga" };
        var payment = none with { Kind = "payment", RemittanceId = Proven };
        await store.Write(async work =>
        {
            await work.Matches.Take(new Dictionary<long, long> { [Entry] = 940 }, "matched");
            await work.Matches.Add(
            [
                payment with { Id = 91, Number = "MAT-91", TxNo = 1, Taken = 500, Amount = 500, OpenBefore = 500, MatchedBy = "reference_exact", AcceptedBy = "engine" },
                payment with { Id = 92, Number = "MAT-92", TxNo = 2, Taken = 200, Amount = 200, OpenBefore = 200, MatchedBy = "name_and_amount" },
                payment with { Id = 93, Number = "MAT-93", TxNo = 3, Taken = 100, Amount = 100, OpenBefore = 100 },
                none with { Id = 94, Number = "MAT-94" }, none with { Id = 95, Number = "MAT-93", Kind = "fee", Taken = -10 },
            ]);
        });
        Assert.That((await Placed(true, 2), await Placed(false, 2), await Placed(true, 3)), Is.EqualTo((
            "automatic 1 500, by_hand 1 100, not_ours 1 150, suggestion 1 200, unmatched 1 60", "automatic 1 500, by_hand 1 100, suggestion 1 200", "")), "1,000 came, of which the bank had kept 10");

        async Task<string> Placed(bool ofNone, int month) => string.Join(", ", (await store.Read(work => work.PlacedEntries.Of([agreement.Id], (new DateOnly(2021, month, 1), new DateOnly(2021, month, 28)), ofNone)))
            .Select(row => $"{row.Way} {row.Entries} {row.Amount}"));
    }

    [Test]
    public async Task A_sheet_is_late_until_one_pays_something_of_the_period_and_stays_so_when_it_came_after_the_day()
    {
        await using var store = await Open();
        var obligation = await Owe(store, 1_000);
        var missing = await Late();
        var upload = await store.Write(async work =>
        {
            var ((agreement, enrolment), id) = (await Enrolled(work), work.NextId());
            await work.Uploads.Add(new NewUpload(id, Numbers.Upload(id), agreement, "a.csv", "00", 1, new DateOnly(2021, 2, 20), "{}"));
            await work.Receipts.Post(agreement, id, new DateOnly(2021, 2, 20), [new NewReceipt { Id = 700, RowNo = 2, EnrolmentId = enrolment, ReceivedOn = new DateOnly(2021, 2, 19), Amount = 600, Key = "late", Occurrence = 1, Allocated = 600 }]);
            return id;
        });
        var waiting = await Late();
        await Do(store, $"insert into allocation (id, agreement_id, receipt_id, obligation_id, amount, allocated_on) select 701, agreement_id, 700, {obligation}, 600, posted_on from receipt where id = 700");
        await store.Write(work => work.Uploads.Conclude(upload, "reconciled", "{}", work.Now));
        Assert.That((missing, waiting, await Late()), Is.EqualTo(("2021-01 15 1000  0", "2021-01 15 1000  1", "2021-01 15 1000 20 0")));

        async Task<string> Late() => string.Concat((await store.Read(async work => await work.LateSheets.Of([(await Enrolled(work)).Agreement], EndOfMay))).Select(row => $"{row.Period} {row.DueOn.Day} {row.Expected} {row.SentOn?.Day} {row.IsWaiting}"));
    }

    [Test]
    public async Task Figures_of_another_organisation_are_as_none()
    {
        await using var store = await Open();
        await Owe(store, 1_000);
        await Booked(store, 1_000);
        var (agreement, _) = await store.Read(Enrolled);
        await store.Write(work => work.Cases.Open(agreement, new DateOnly(2021, 2, 1), [new NewCase("refund_due", "member A", 100, $"")]));
        var seen = await store.Database.Read(new Core.Actor("pedro", long.MaxValue), async work => (await work.CollectedMoney.Of([agreement], EndOfMay)).Count + (await work.Arrears.Of([agreement], EndOfMay)).Count
            + (await work.CollectedMoney.Covered(new CoverageQuestion([agreement], ["2021-01"], EndOfMay, EndOfMay, OnlyPlanned: false))).Count + (await work.OpenCases.Of([agreement], EndOfMay, ofNone: true)).Count
            + (await work.RemittanceTimes.Of([agreement], work.Now, 10)).Count + (await work.RemittanceTimes.Paid([agreement], work.Now)).Count + (await work.Agreements.Seen()).Count
            + (await work.LateSheets.Of([agreement], EndOfMay)).Count + (await work.PlacedEntries.Of([agreement], (DateOnly.MinValue, EndOfMay), ofNone: true)).Count, CancellationToken.None);
        Assert.That(seen, Is.Zero);
    }
}
