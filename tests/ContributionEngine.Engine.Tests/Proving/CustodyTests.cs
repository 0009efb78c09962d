using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Proving;

/// <summary>Collected and not yet remitted. The harvest's payments came on 15, 16 and 20 January.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CustodyTests
{
    [Test]
    public async Task Money_is_counted_by_the_days_since_the_member_paid()
    {
        await using var harvest = await Harvest.Collected();
        var aged = await Aged(harvest, "2021-01-23");
        Assert.That(aged.Bands.Where(band => band.Members > 0).Select(Shown), Is.EqualTo(new[] { "0-7 58600.00 2 2021-01-16", "8-30 38600.00 1 2021-01-15" }));
        Assert.That((aged.Total.ToMajor(), aged.Members, aged.Oldest, aged.Ties), Is.EqualTo(("97200.00", 3L, (DateOnly?)new DateOnly(2021, 1, 15), true)));
    }

    [TestCase("2021-02-14", "8-30 38600.00 1 2021-01-15")]
    [TestCase("2021-02-15", "31-60 38600.00 1 2021-01-15")]
    [TestCase("2021-03-16", "31-60 38600.00 1 2021-01-15")]
    [TestCase("2021-03-17", "61-90 38600.00 1 2021-01-15")]
    [TestCase("2021-04-15", "61-90 38600.00 1 2021-01-15")]
    [TestCase("2021-04-16", ">90 38600.00 1 2021-01-15")]
    public async Task The_last_day_of_a_band_is_inside_it(string asOf, string band)
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(Harvest.January[0]), "2021-01-31")).Value;
        Assert.That((await Aged(harvest, asOf)).Bands.Where(one => one.Members > 0).Select(Shown), Is.EqualTo(new[] { band }));
    }

    [Test]
    public async Task Why_it_waits_is_told()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3);
        await harvest.Say(AcknowledgementOutcome.Rejected, 4);
        var aged = await Aged(harvest, "2021-02-05");
        Assert.That(aged.Reasons.Select(Shown), Is.EqualTo(new[] { "part_paid_period 31400.00 2 2021-01-16", "rejected_line 21280.00 1 2021-01-20" }));
    }

    [Test]
    public async Task What_the_next_cut_off_takes_waits_for_nothing_else()
    {
        await using var harvest = await Harvest.Collected();
        Assert.That((await Aged(harvest, "2021-01-31")).Reasons.Select(Shown), Is.EqualTo(new[] { "next_cut_off 77200.00 2 2021-01-15", "part_paid_period 20000.00 1 2021-01-16" }));
    }

    [Test]
    public async Task A_period_that_is_held_until_it_is_whole_keeps_those_who_have_paid_too()
    {
        await using var harvest = await Harvest.With(Agreements.Coffee() with { Shortfall = "hold_batch", HoldDays = 10 });
        _ = (await harvest.Post(Receipts.Csv(Harvest.January), "2021-01-31")).Value;
        Assert.That((await Aged(harvest, "2021-01-31")).Reasons.Select(Shown), Is.EqualTo(new[] { "held_period 77200.00 2 2021-01-15", "part_paid_period 20000.00 1 2021-01-16" }));
    }

    [Test]
    public async Task Money_that_is_too_little_to_send_waits_below_the_threshold()
    {
        await using var harvest = await Harvest.With(Agreements.Coffee() with { Terms = "\"min_amount\": \"100000.00\"" });
        _ = (await harvest.Post(Receipts.Csv(Harvest.January), "2021-01-31")).Value;
        Assert.That((await Aged(harvest, "2021-02-05")).Reasons.Select(Shown), Is.EqualTo(new[] { "below_threshold 77200.00 2 2021-01-15", "part_paid_period 20000.00 1 2021-01-16" }));
    }

    [Test]
    public async Task The_ledger_that_says_otherwise_is_seen()
    {
        await using var harvest = await Harvest.Collected();
        StoredFacts.Forge(harvest.Desk.Place.Database, "update posting set credit = credit + 1 where account = 'custody'");
        Assert.That((await Aged(harvest, "2021-01-31")).Ties, Is.False);
    }

    [Test]
    public async Task An_agreement_that_holds_nothing_has_five_empty_bands()
    {
        await using var harvest = await Harvest.With();
        var aged = await Aged(harvest, "2021-01-31");
        Assert.That((aged.Total.Minor, aged.Oldest, aged.Bands.Count, aged.Reasons.Count, aged.Ties), Is.EqualTo((0L, (DateOnly?)null, 5, 0, true)));
    }

    private static string Shown(CustodyPart part) => $"{part.Name} {part.Amount.ToMajor()} {part.Members} {part.Oldest:yyyy-MM-dd}";

    private static async Task<AgedCustody> Aged(Harvest harvest, string asOf) => ((CustodyByAge)(await Reports.Run(harvest.Desk.Database, Desk.Treasurer, (Reports.Custody, new ReportQuestion(Harvest.Number, asOf)), CancellationToken.None)).Value).Agreements.Single();
}
