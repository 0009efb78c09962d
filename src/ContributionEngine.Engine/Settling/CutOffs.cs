using ContributionEngine.Core;
using Cronos;

namespace ContributionEngine.Engine;

/// <summary>
/// The scheduled cut-offs of an agreement: its cron in its time zone, each on a day that is no banking day moved to the next
/// banking day at the same hour.
/// </summary>
public sealed class CutOffs
{
    private readonly CronExpression cron;
    private readonly TimeZoneInfo zone;
    private readonly BankingCalendar calendar;

    private CutOffs(CronExpression cron, TimeZoneInfo zone, BankingCalendar calendar) =>
        (this.cron, this.zone, this.calendar) = (cron, zone, calendar);

    public static Outcome<CutOffs> Of(SettlementPlan plan, BankingCalendar calendar)
    {
        if (!CronExpression.TryParse(plan.Cron, CronFormat.Standard, out var cron))
        {
            return Refusal.Input("agreement_invalid", $"settlement.cron: «{plan.Cron}» is not a cron expression of five fields, such as 0 18 * * FRI.") with { Field = "settlement.cron" };
        }

        return new CutOffs(cron, TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone), calendar);
    }

    /// <summary>Cut-offs strictly between two instants, in order, each once.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        // A moved cut-off can land up to a fortnight later, so the search begins that much earlier.
        var last = DateTimeOffset.MinValue;
        foreach (var planned in cron.GetOccurrences(after.AddDays(-14), until, zone, fromInclusive: true, toInclusive: true))
        {
            var moved = Moved(planned);
            if (moved <= after || moved > until || moved <= last) continue;
            yield return last = moved;
        }
    }

    /// <summary>The first cut-off after an instant, within the next two years.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset instant) => Between(instant, instant.AddDays(740)).Select(cutoff => (DateTimeOffset?)cutoff).FirstOrDefault();

    private DateTimeOffset Moved(DateTimeOffset planned)
    {
        var local = TimeZoneInfo.ConvertTime(planned, zone);
        var day = DateOnly.FromDateTime(local.DateTime);
        var banking = calendar.Rolled(day, Roll.Next);
        if (banking == day) return planned.ToUniversalTime();
        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(banking.ToDateTime(TimeOnly.FromDateTime(local.DateTime)), zone));
    }
}
