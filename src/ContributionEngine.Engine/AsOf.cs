using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>The moment at which a command sees the world: an instant, and the day that it is in the agreement's time zone.</summary>
public readonly record struct AsOf(DateTimeOffset Instant, DateOnly Day)
{
    /// <summary>
    /// Reads <c>--as-of</c>: an instant, or a date, which is the end of that day in the zone; null is now. Later than now is refused
    /// unless <paramref name="mayBeLater"/>.
    /// </summary>
    public static Outcome<AsOf> Read(string? text, string timeZone, DateTimeOffset now, bool mayBeLater = false)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        if (text is null) return At(now, zone);
        if (!Parse(text, zone).Ok(out var instant, out var refusal)) return refusal;
        var today = DayIn(now, zone);
        if (!mayBeLater && DayIn(instant, zone) > today)
        {
            return Refusal.Usage("as_of_later", $"--as-of {text} is later than now; only a dry run or a check may look ahead.");
        }

        return At(instant, zone);
    }

    /// <summary>A day as <c>yyyy-MM-dd</c>, or a refusal with code <c>date_malformed</c>.</summary>
    public static Outcome<DateOnly> ReadDay(string text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
        ? day
        : Refusal.Usage("date_malformed", $"«{text}» is not a date such as 2021-01-31.");

    /// <summary>The end of a day in a zone: the last second that still belongs to it.</summary>
    public static DateTimeOffset EndOf(DateOnly day, TimeZoneInfo zone) => LocalTimes.InstantOf(day.AddDays(1), TimeOnly.MinValue, zone).AddSeconds(-1);

    public static DateOnly DayIn(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    /// <summary>The day that an instant is in the agreement's time zone.</summary>
    public static DateOnly DayIn(DateTimeOffset instant, Agreement agreement) => DayIn(instant, TimeZoneInfo.FindSystemTimeZoneById(agreement.Settlement.TimeZone));

    private static AsOf At(DateTimeOffset instant, TimeZoneInfo zone) => new(instant, DayIn(instant, zone));

    private static Outcome<DateTimeOffset> Parse(string text, TimeZoneInfo zone)
    {
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return EndOf(day, zone);
        if (text.Contains('T') && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return instant.ToUniversalTime();
        return Refusal.Usage("as_of_malformed", $"«{text}» is neither a date such as 2021-03-31 nor an instant such as 2021-03-31T18:00:00Z.");
    }
}
