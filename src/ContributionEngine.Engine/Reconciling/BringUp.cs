using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Brings an agreement to an as-of date (rule 1): what has opened meets the credit that was waiting for it, and late charges due
/// by then are made. Every writing command does this in its first transaction. Twice, or to an earlier date, changes nothing.
/// </summary>
internal static class BringUp
{
    /// <param name="changed">Obligations that this unit of work has lowered or removed.</param>
    public static async Task To(Work work, StoredAgreement agreement, AsOf asOf, params IEnumerable<long> changed)
    {
        var paid = await SpendCredit.On(work, agreement, asOf);
        await ChargeLate.InAgreement(work, agreement, asOf, [.. changed, .. paid]);
        await RefundLeavers.Note(work, agreement, asOf.Day);
        await ReturnAdvances.Note(work, agreement, asOf.Day);
        await HeldBatches.Note(work, agreement, asOf.Day);
        await NoticedPeriods.Note(work, agreement, asOf.Day);
        if (agreement.State is not "active") await work.Agreements.Follow(agreement.Id, asOf.Day);
        await work.Agreements.MarkBroughtTo(agreement.Id, asOf.Day);
    }
}
