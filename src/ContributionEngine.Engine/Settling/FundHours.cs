using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>When a fund takes files: outside those hours a delivery waits.</summary>
public static class FundHours
{
    /// <summary>When the fund takes files next; null: it does now.</summary>
    public static async Task<DateTimeOffset?> Opens(Work work, StoredAgreement agreement)
    {
        var plan = agreement.Agreement.Settlement;
        if (plan.Earliest is null && plan.Latest is null) return null;
        if (!(await Calendars.Of(work, agreement)).Ok(out var calendar, out var refusal)) throw new InvalidOperationException(refusal.Detail);
        return Opens(new FundWindow(calendar, plan.Earliest, plan.Latest), TimeZoneInfo.FindSystemTimeZoneById(plan.TimeZone), work.Now);
    }

    internal static DateTimeOffset? Opens(FundWindow window, TimeZoneInfo zone, DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, zone).DateTime;
        var (day, time) = window.Next(DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local));
        return day.ToDateTime(time) == local ? null : LocalTimes.InstantOf(day, time, zone);
    }
}
