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
        foreach (var day in new[] { 1, 3, 9 }) await store.Write(work => work.Cases.Open(agreement, new DateOnly(2021, 2, day), [new NewCase("refund_due", $"member {day}", 100, "")]));
        await store.Write(work => work.Cases.Open(null, new DateOnly(2021, 2, 2), [new NewCase("bank_unmatched", "entry", null, "")]));
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
    public async Task Figures_of_another_organisation_are_as_none()
    {
        await using var store = await Open();
        await Owe(store, 1_000);
        var (agreement, _) = await store.Read(Enrolled);
        await store.Write(work => work.Cases.Open(agreement, new DateOnly(2021, 2, 1), [new NewCase("refund_due", "member A", 100, "")]));
        var seen = await store.Database.Read(new Core.Actor("pedro", long.MaxValue), async work => (await work.CollectedMoney.Of([agreement], EndOfMay)).Count + (await work.Arrears.Of([agreement], EndOfMay)).Count
            + (await work.CollectedMoney.Covered(new CoverageQuestion([agreement], ["2021-01"], EndOfMay, EndOfMay, OnlyPlanned: false))).Count + (await work.OpenCases.Of([agreement], EndOfMay, ofNone: true)).Count
            + (await work.RemittanceTimes.Of([agreement], work.Now, 10)).Count + (await work.RemittanceTimes.Paid([agreement], work.Now)).Count + (await work.Agreements.Seen()).Count, CancellationToken.None);
        Assert.That(seen, Is.Zero);
    }
}
