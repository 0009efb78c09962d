using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A scheduled cut-off as a calendar lists it.</summary>
/// <param name="Day">In the agreement's time zone.</param>
/// <param name="MovedFrom">When the cron would have it; null when it is there.</param>
/// <param name="Why">Why it was moved: <c>not_a_banking_day</c>, <c>before_earliest</c>, <c>after_latest</c>.</param>
/// <param name="WillRemit">Of the first one that is still to come: what it would take of what is allocated now.</param>
public sealed record ListedCutoff(DateTimeOffset Cutoff, DateOnly Day, DateTimeOffset? MovedFrom, IReadOnlyList<MovedBecause> Why, ForecastLines? WillRemit)
{
    /// <summary>Why that takes nothing although there is money.</summary>
    public string? Blocked { get; init; }
}

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
        if (!(await RunSettlement.Next(work, agreement, work.Now)).Ok(out var next, out refusal)) return refusal;
        return cutOffs.Between(AsOf.EndOf(from.AddDays(-1), zone), AsOf.EndOf(to, zone)).Select(cutoff => Listed(cutoff, zone, next)).ToList();
    }

    private static ListedCutoff Listed(ScheduledCutoff cutoff, TimeZoneInfo zone, SettlementForecast next)
    {
        var isNext = cutoff.At == next.Cutoff;
        return new ListedCutoff(cutoff.At, AsOf.DayIn(cutoff.At, zone), cutoff.Why.Count == 0 ? null : cutoff.Planned, cutoff.Why, isNext ? new ForecastLines(next.Lines, next.Total) : null)
        {
            Blocked = isNext ? next.Blocked : null,
        };
    }

    private static Outcome<DateOnly> Day(string? text, DateOnly otherwise) => text is null ? otherwise : AsOf.ReadDay(text);
}
