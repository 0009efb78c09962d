using System.Globalization;

namespace ContributionEngine.Core.Tests.Settlement;

/// <summary>Where a planned cut-off goes when banks are closed or the fund takes no files, and what a clock on the wall means.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FundWindowTests
{
    private static readonly FundWindow Window = new(CalendarLibrary.Find("CR").Value.ToCalendar(), new TimeOnly(8, 0), new TimeOnly(17, 0));

    // 5 February 2021 is a Friday; Thursday 1 and Friday 2 April 2021 are holidays of Costa Rica.
    [TestCase("2021-02-05 12:00", "2021-02-05 12:00", "")]
    [TestCase("2021-02-05 08:00", "2021-02-05 08:00", "")]
    [TestCase("2021-02-05 17:00", "2021-02-05 17:00", "")]
    [TestCase("2021-02-05 07:59", "2021-02-05 08:00", "BeforeEarliest")]
    [TestCase("2021-02-05 17:01", "2021-02-08 08:00", "AfterLatest")]
    [TestCase("2021-02-06 12:00", "2021-02-08 12:00", "NotABankingDay")]
    [TestCase("2021-02-06 06:00", "2021-02-08 08:00", "NotABankingDay BeforeEarliest")]
    [TestCase("2021-02-06 18:00", "2021-02-08 08:00", "NotABankingDay AfterLatest")]
    [TestCase("2021-03-31 18:00", "2021-04-05 08:00", "AfterLatest")]
    [TestCase("2021-04-02 12:00", "2021-04-05 12:00", "NotABankingDay")]
    public void A_cut_off_goes_where_banks_are_open_and_the_fund_takes_files(string planned, string moved, string why)
    {
        var at = At(planned);
        var fitted = Window.Fit(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));
        Assert.That((fitted.Day.ToDateTime(fitted.Time), string.Join(' ', fitted.Why)), Is.EqualTo((At(moved), why)));
    }

    [TestCase("2021-02-05 07:59", "2021-02-05 08:00")]
    [TestCase("2021-02-05 16:59", "2021-02-05 16:59")]
    [TestCase("2021-02-05 17:01", "2021-02-08 08:00")]
    [TestCase("2021-02-06 12:00", "2021-02-08 08:00")]
    public void A_file_is_taken_from_the_next_opening_on(string now, string opens)
    {
        var (day, time) = Window.Next(DateOnly.FromDateTime(At(now)), TimeOnly.FromDateTime(At(now)));
        Assert.That(day.ToDateTime(time), Is.EqualTo(At(opens)));
    }

    // In Madrid clocks go from 02:00 to 03:00 on 30 March 2025 and from 03:00 back to 02:00 on 26 October; in Santiago midnight of 8 September 2024 does not exist.
    [TestCase("Europe/Madrid", "2025-03-28 09:00", "2025-03-28T08:00:00Z")]
    [TestCase("Europe/Madrid", "2025-03-31 09:00", "2025-03-31T07:00:00Z")]
    [TestCase("Europe/Madrid", "2025-03-30 02:30", "2025-03-30T01:00:00Z")]
    [TestCase("Europe/Madrid", "2025-10-26 02:30", "2025-10-26T00:30:00Z")]
    [TestCase("America/Santiago", "2024-09-08 00:00", "2024-09-08T04:00:00Z")]
    [TestCase("America/Costa_Rica", "2021-02-05 18:00", "2021-02-06T00:00:00Z")]
    public void A_clock_on_the_wall_means_one_instant(string zone, string local, string instant) => Assert.That(
        LocalTimes.InstantOf(DateOnly.FromDateTime(At(local)), TimeOnly.FromDateTime(At(local)), TimeZoneInfo.FindSystemTimeZoneById(zone)),
        Is.EqualTo(DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture)));

    private static DateTime At(string text) => DateTime.ParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
