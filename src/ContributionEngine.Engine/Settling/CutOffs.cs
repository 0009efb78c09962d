using ContributionEngine.Core;
using Cronos;

namespace ContributionEngine.Engine;

/// <summary>One scheduled cut-off.</summary>
/// <param name="At">When it is.</param>
/// <param name="Planned">When the cron would have it.</param>
/// <param name="Why">Why the two differ.</param>
public sealed record ScheduledCutoff(DateTimeOffset At, DateTimeOffset Planned, IReadOnlyList<MovedBecause> Why);

/// <summary>The scheduled cut-offs of an agreement: its cron in its time zone, each moved to where the banks are open and the fund takes files.</summary>
public sealed class CutOffs
{
    /// <summary>No cut-off is moved by more: a fortnight holds the longest run of holidays.</summary>
    private const int MovedDaysMax = 14;

    private const int SoonDays = 40;
    private const int LongDays = 740;

    private readonly CronExpression cron;
    private readonly TimeZoneInfo zone;
    private readonly FundWindow window;

    private CutOffs(CronExpression cron, TimeZoneInfo zone, FundWindow window) => (this.cron, this.zone, this.window) = (cron, zone, window);

    public static Outcome<CutOffs> Of(SettlementPlan plan, BankingCalendar calendar)
    {
        if (!CronExpression.TryParse(plan.Cron, CronFormat.Standard, out var cron))
        {
            return Refusal.Input("agreement_invalid", $"settlement.cron: «{plan.Cron}» is not a cron expression of five fields, such as 0 18 * * FRI.") with { Field = "settlement.cron" };
        }

        return new CutOffs(cron, TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone), new FundWindow(calendar, plan.Earliest, plan.Latest));
    }

    /// <summary>Cut-offs after one instant and not after another, in order, each once.</summary>
    public IReadOnlyList<ScheduledCutoff> Between(DateTimeOffset after, DateTimeOffset until) =>
    [
        .. cron.GetOccurrences(after.AddDays(-MovedDaysMax), until, zone, fromInclusive: true, toInclusive: true)
            .Select(Moved).Where(cutoff => cutoff.At > after && cutoff.At <= until).OrderBy(cutoff => cutoff.At).DistinctBy(cutoff => cutoff.At),
    ];

    /// <summary>The first cut-off after an instant, within the next two years.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant) => (First(instant, SoonDays) ?? First(instant, LongDays))?.At;

    private ScheduledCutoff? First(DateTimeOffset instant, int days) => Between(instant, instant.AddDays(days)) is [var first, ..] ? first : null;

    private ScheduledCutoff Moved(DateTimeOffset planned)
    {
        var local = TimeZoneInfo.ConvertTime(planned, zone);
        var fitted = window.Fit(DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
        var at = fitted.Why.Count == 0 ? planned : LocalTimes.InstantOf(fitted.Day, fitted.Time, zone);
        return new ScheduledCutoff(at.ToUniversalTime(), planned.ToUniversalTime(), fitted.Why);
    }
}
