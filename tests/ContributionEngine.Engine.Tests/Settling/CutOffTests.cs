using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Engine.Tests.Settling;

/// <summary>Scheduled cut-offs as instants: in their zone across changes of clocks, on banking days, and when the fund takes files.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CutOffTests
{
    // Clocks in Madrid go forward on 30 March 2025: 18:00 is 17:00 UTC before and 16:00 UTC after.
    [Test]
    public void The_hour_on_the_wall_stays_when_clocks_change() => Assert.That(
        Listed(new SettlementPlan("0 18 * * FRI", "Europe/Madrid", ""), "2025-03-25", "2025-04-05"),
        Is.EqualTo(new[] { "2025-03-28T17:00 ", "2025-04-04T16:00 " }));

    // 1 and 2 April 2021 are holidays of Costa Rica, which is six hours behind UTC.
    [Test]
    public void A_cut_off_in_Holy_Week_goes_to_the_Monday_after() => Assert.That(
        Listed(new SettlementPlan("0 18 * * FRI", "America/Costa_Rica", ""), "2021-03-30", "2021-04-11"),
        Is.EqualTo(new[] { "2021-04-06T00:00 2021-04-03T00:00 NotABankingDay", "2021-04-10T00:00 " }));

    [Test]
    public void One_after_hours_goes_to_the_morning_of_the_next_banking_day_and_one_before_hours_waits_for_the_opening() => Assert.That(
        Listed(new SettlementPlan("0 7,18 * * FRI", "America/Costa_Rica", "") { Earliest = new TimeOnly(8, 30), Latest = new TimeOnly(17, 0) }, "2021-02-05", "2021-02-09"),
        Is.EqualTo(new[] { "2021-02-05T14:30 2021-02-05T13:00 BeforeEarliest", "2021-02-08T14:30 2021-02-06T00:00 AfterLatest" }));

    [Test]
    public void Two_that_go_to_the_same_moment_are_one() => Assert.That(
        Listed(new SettlementPlan("0 6 * * SAT,SUN", "America/Costa_Rica", "") { Earliest = new TimeOnly(8, 0) }, "2021-02-05", "2021-02-09"),
        Is.EqualTo(new[] { "2021-02-08T14:00 2021-02-06T12:00 NotABankingDay BeforeEarliest" }));

    [Test]
    public void A_moved_one_never_overtakes_its_neighbour() => Assert.That(
        Listed(new SettlementPlan("0 9,20 * * SAT", "America/Costa_Rica", "") { Latest = new TimeOnly(17, 0) }, "2021-02-05", "2021-02-09").Select(text => text[..16]),
        Is.EqualTo(new[] { "2021-02-08T06:00", "2021-02-08T15:00" }));

    [Test]
    public void The_next_one_may_be_a_year_away() => Assert.That(
        Of(new SettlementPlan("0 18 1 2 *", "America/Costa_Rica", "")).NextAfter(Instant("2021-02-02T12:00")),
        Is.EqualTo(Instant("2022-02-02T00:00")));

    // 07:59 and 08:00 on a Friday in Costa Rica, then 17:01 and Saturday noon.
    [TestCase("2021-02-05T13:59", "2021-02-05T14:00")]
    [TestCase("2021-02-05T14:00", null)]
    [TestCase("2021-02-05T23:01", "2021-02-08T14:00")]
    [TestCase("2021-02-06T18:00", "2021-02-08T14:00")]
    public void A_delivery_waits_for_the_fund_to_open(string now, string? opens)
    {
        var window = new FundWindow(CalendarLibrary.Find("CR").Value.ToCalendar(), new TimeOnly(8, 0), new TimeOnly(17, 0));
        Assert.That(FundHours.Opens(window, TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica"), Instant(now)), Is.EqualTo(opens is null ? (DateTimeOffset?)null : Instant(opens)));
    }

    private static CutOffs Of(SettlementPlan plan) => CutOffs.Of(plan, CalendarLibrary.Find("CR").Value.ToCalendar()).Value;

    private static IEnumerable<string> Listed(SettlementPlan plan, string from, string to) => Of(plan).Between(Instant($"{from}T00:00"), Instant($"{to}T23:59"))
        .Select(cutoff => $"{cutoff.At:yyyy-MM-ddTHH:mm} {(cutoff.Why.Count == 0 ? "" : $"{cutoff.Planned:yyyy-MM-ddTHH:mm} {string.Join(' ', cutoff.Why)}")}");

    private static DateTimeOffset Instant(string text) => DateTimeOffset.ParseExact(text, "yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
