using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>Which banking calendar an agreement settles by.</summary>
internal static class Calendars
{
    public static Outcome<BankingCalendar> Of(Agreement agreement)
    {
        if (agreement.Settlement.Calendar == "pack")
        {
            return PackLibrary.Find(agreement.Pack).Ok(out var pack, out var missing) ? pack.Calendar : missing;
        }

        if (!CalendarLibrary.Find(agreement.Settlement.Calendar).Ok(out var calendar, out var refusal)) return refusal;
        return calendar.ToCalendar();
    }
}
