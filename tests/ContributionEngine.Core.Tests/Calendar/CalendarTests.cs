using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class CalendarTests
{
    private static readonly BankingCalendar CostaRica = CalendarLibrary.Find("CR").Value.ToCalendar();

    [Test]
    public void The_fourth_working_day_after_June_2021_is_the_sixth_of_July() =>
        Assert.That(CostaRica.NthWorkingDayAfter(new DateOnly(2021, 6, 30), 4), Is.EqualTo(new DateOnly(2021, 7, 6)));

    [Test]
    public void A_holiday_that_was_moved_is_closed_on_the_new_day_and_open_on_the_old_one()
    {
        Assert.That(CostaRica.IsWorkingDay(new DateOnly(2021, 5, 3)), Is.False);
        Assert.That(CostaRica.IsWorkingDay(new DateOnly(2021, 9, 15)), Is.True);
    }

    [TestCase(Roll.Next, "2021-04-05")]
    [TestCase(Roll.Previous, "2021-03-31")]
    [TestCase(Roll.None, "2021-04-02")]
    public void Good_Friday_rolls_as_told(Roll roll, string day) =>
        Assert.That(CostaRica.Rolled(new DateOnly(2021, 4, 2), roll), Is.EqualTo(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture)));

    [TestCase("2025-01-31", "2025-02-28", 1, 1)]
    [TestCase("2025-01-31", "2025-02-27", 0, 1)]
    [TestCase("2025-01-31", "2025-07-31", 6, 6)]
    [TestCase("2025-01-31", "2025-01-31", 0, 0)]
    [TestCase("2025-03-31", "2025-01-01", 0, 0)]
    public void Months_late_are_counted_from_the_due_date(string due, string paid, int whole, int started)
    {
        var (from, to) = (Day(due), Day(paid));
        Assert.That((Months.WholeLate(from, to), Months.StartedLate(from, to)), Is.EqualTo((whole, started)));
    }

    [Test]
    public void A_month_outside_every_window_is_not_collected()
    {
        Period.TryParse("2021-01", out var from);
        Period.TryParse("2021-03", out var to);
        Period.TryParse("2021-05", out var covered);
        Period.TryParse("2021-06", out var outside);
        var season = new Season("cosecha", null, from, to, [covered]);
        Assert.That((season.CollectedWith(from), season.CollectedWith(covered), season.CollectedWith(outside)), Is.EqualTo(((Period?)from, (Period?)to, (Period?)null)));
    }

    private static DateOnly Day(string text) => DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
