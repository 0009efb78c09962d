using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which banking calendar an agreement settles by.</summary>
internal static class Calendars
{
    private const string OfPack = "pack";

    public static async Task<Outcome<BankingCalendar>> Of(Work work, StoredAgreement agreement)
    {
        if (agreement.Agreement.Settlement.Calendar != OfPack) return Shipped(agreement.Agreement);
        return (await SchemePacks.Of(work, agreement)).Ok(out var pack, out var refusal) ? pack.Calendar : refusal;
    }

    public static Outcome<BankingCalendar> Of(Agreement agreement, Pack pack) =>
        agreement.Settlement.Calendar == OfPack ? pack.Calendar : Shipped(agreement);

    private static Outcome<BankingCalendar> Shipped(Agreement agreement) =>
        CalendarLibrary.Find(agreement.Settlement.Calendar).Ok(out var calendar, out var refusal) ? calendar.ToCalendar() : refusal;
}
