namespace ContributionEngine.Core.Tests.Ledger;

/// <summary>Closed periods take no new booking dates (rule 11).</summary>
public sealed class BookingPeriodTests
{
    [TestCase("2021-01-15", false, "2021-03-01", Description = "January is closed, February for officers only")]
    [TestCase("2021-01-15", true, "2021-02-01")]
    [TestCase("2021-02-15", true, "2021-02-15")]
    [TestCase("2021-02-15", false, "2021-03-01")]
    [TestCase("2021-03-15", false, "2021-03-15", Description = "March was reopened")]
    [TestCase("2020-12-31", true, "2021-02-01", Description = "a quiet month before those that are closed")]
    [TestCase("2021-06-30", false, "2021-06-30", Description = "a month that nobody has closed, nor any after it")]
    [TestCase("2020-11-30", false, "2020-11-30", Description = "a month that was reopened")]
    [TestCase("2021-04-30", true, "2021-05-01", Description = "April is closed, though March before it is open")]
    public void A_booking_goes_into_the_first_month_that_takes_it(string day, bool isOfficer, string booked)
    {
        var states = new Dictionary<Period, BookingState> { [new Period(new DateOnly(2020, 11, 1), 1)] = BookingState.Open, [Month(1)] = BookingState.Closed, [Month(2)] = BookingState.SoftClosed, [Month(3)] = BookingState.Open, [Month(4)] = BookingState.Closed };
        Assert.That(BookingPeriod.DayFor(Day(day), states, isOfficer), Is.EqualTo(Day(booked)));
    }

    private static Period Month(int month) => new(new DateOnly(2021, month, 1), 1);

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
