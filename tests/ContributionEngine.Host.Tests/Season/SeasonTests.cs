using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Season;

/// <summary>A whole season of hundreds of people agrees with the same season worked by hand, cent for cent.</summary>
[FixtureLifeCycle(LifeCycle.SingleInstance)]
[TestFixture("incomes that each declares")]
[TestFixture("a presumptive income")]
[TestFixture("vendors, monthly")]
internal sealed class SeasonTests(string which)
{
    private SeasonRun season = null!;

    [OneTimeSetUp]
    public async Task Run() => season = which switch
    {
        "incomes that each declares" => await SeasonRun.CostaRica(null, "2021-01-01"),
        "a presumptive income" => await SeasonRun.CostaRica("400000", "2021-01-01", interest: 1),
        _ => await SeasonRun.Philippines(),
    };

    [OneTimeTearDown]
    public void Dispose() => season.Dispose();

    [Test]
    public async Task Every_obligation_has_the_amount_the_day_and_the_money_of_the_rules() =>
        Assert.That(Sorted(await season.Obligations()), Is.EqualTo(Sorted(season.Expected.Obligations)));

    [Test]
    public async Task Every_charge_is_that_of_the_days_on_which_the_money_came() =>
        Assert.That(Sorted(await season.Interest()), Is.EqualTo(Sorted(season.Expected.Interest)));

    [Test]
    public async Task Every_receipt_pays_what_the_rules_say_and_leaves_the_rest_as_credit_or_suspense() =>
        Assert.That(Sorted(await season.Receipts()), Is.EqualTo(Sorted(season.Expected.Receipts)));

    [Test]
    public async Task Every_remittance_line_is_the_one_of_the_rules() => Assert.That(await season.Lines(), Is.EqualTo(season.Expected.Lines));

    [Test]
    public void The_season_holds_money_of_every_fate()
    {
        var least = which.StartsWith("vendors", StringComparison.Ordinal) ? (Receipts: 600, Lines: 300) : (Receipts: 2_600, Lines: 1_500);
        string[] states = ["unpaid", "part_paid", "paid"];
        Assert.That(
            (season.ReceiptsSent >= least.Receipts, season.Expected.Lines.Count() >= least.Lines, season.Expected.Remittances, states.All(state => season.Expected.Obligations.Any(row => row.EndsWith($" {state}", StringComparison.Ordinal)))),
            Is.EqualTo((true, true, 2, true)), $"{season.ReceiptsSent} receipts, {season.Expected.Lines.Count()} lines");
    }

    [Test]
    public void The_season_holds_interest_where_it_is_charged() => Assert.That(season.Expected.Interest.Count() > 20, Is.EqualTo(which != "incomes that each declares"));

    [Test]
    public async Task The_proof_holds_at_the_end_of_the_season()
    {
        var proof = await season.Verify();
        Assert.That(proof.Exit, Is.Zero, proof.ToString());
    }

    private static IEnumerable<string> Sorted(IEnumerable<string> rows) => rows.Order(StringComparer.Ordinal);
}

/// <summary>The day as of which a schedule was made changes nothing of the season.</summary>
internal sealed class ScheduledTodayTests
{
    [Test]
    public async Task A_season_whose_schedule_was_made_today_ends_as_the_rules_say()
    {
        using var season = await SeasonRun.CostaRica(null, scheduledAsOf: null);
        var seen = (await season.Obligations()).Order(StringComparer.Ordinal).Concat((await season.Receipts()).Order(StringComparer.Ordinal)).Concat(await season.Lines());
        var expected = season.Expected.Obligations.Order(StringComparer.Ordinal).Concat(season.Expected.Receipts.Order(StringComparer.Ordinal)).Concat(season.Expected.Lines);
        Assert.That(seen, Is.EqualTo(expected));
    }
}
