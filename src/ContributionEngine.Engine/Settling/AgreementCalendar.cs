using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A scheduled cut-off as a calendar lists it.</summary>
public sealed record ListedCutoff(DateTimeOffset Cutoff, DateOnly Day);

/// <summary>The cut-offs of an agreement between two days.</summary>
public static class AgreementCalendar
{
    private const int DaysShown = 90;

    /// <summary>Both days are inside; without them the next <see cref="DaysShown"/> days.</summary>
    public static async Task<Outcome<IReadOnlyList<ListedCutoff>>> Of(Work work, string number, (string? From, string? To) days)
    {
        if (!(await work.Agreements.Find(number)).Ok(out var agreement, out var refusal)) return refusal;
        var plan = agreement.Agreement.Settlement;
        var zone = TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone);
        if (!Day(days.From, AsOf.DayIn(work.Now, zone)).Ok(out var from, out refusal)) return refusal;
        if (!Day(days.To, from.AddDays(DaysShown)).Ok(out var to, out refusal)) return refusal;
        if (!(await Calendars.Of(work, agreement)).Ok(out var calendar, out refusal)) return refusal;
        if (!CutOffs.Of(plan, calendar).Ok(out var cutOffs, out refusal)) return refusal;
        return cutOffs.Between(AsOf.EndOf(from.AddDays(-1), zone), AsOf.EndOf(to, zone)).Select(at => new ListedCutoff(at, AsOf.DayIn(at, zone))).ToList();
    }

    private static Outcome<DateOnly> Day(string? text, DateOnly otherwise)
    {
        if (text is null) return otherwise;
        return DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day
            : Refusal.Usage("date_malformed", $"«{text}» is not a date such as 2021-01-31.");
    }
}
