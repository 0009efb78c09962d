using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// A line of a receipt that had been taken back comes back from the fund, or never went: there is no money that could go back to
/// custody, so its allocation is undone and what was owed for it is owed no more.
/// </summary>
internal static class ReturnedClaims
{
    /// <returns>Minor units per line that are not back in custody.</returns>
    public static async Task<IReadOnlyDictionary<long, long>> Extinguish(Work work, StoredAgreement agreement, DateOnly on)
    {
        var back = await work.Claims.Returned(agreement.Id);
        if (back.Count == 0) return new Dictionary<long, long>();
        var total = back.Sum(row => row.Amount);
        await work.Receipts.AddAllocations(agreement.Id, on, back.Select(row => new NewAllocation(row.ReceiptId, row.ObligationId!.Value, -row.Amount, row.AllocationId)));
        await work.Obligations.Allocate(Sums(back, row => row.ObligationId!.Value).Select(pair => KeyValuePair.Create(pair.Key, -pair.Value)));
        await work.Reversals.TakeBack(agreement.Id, Sums(back, row => row.ReceiptId), new ReversalNote("returned", on, "its line came back after the receipt had been taken back"));
        await work.Claims.End(back.Select(row => row.Id), "extinguished", on);
        await work.Journal.Book(agreement, on, "claims extinguished", JournalEntry.Of(LedgerEvent.ClaimExtinguished, (Account.Custody, total), (Account.Claims, -total)));
        await ClaimCases.Follow(work, agreement, on, [.. back.Select(row => row.ReceiptId).Distinct()]);
        // As of the day on which the agreement stands: the fund's answer brings nothing else forward.
        await BringUp.To(work, agreement, new AsOf(work.Now, agreement.BroughtTo ?? on), back.Select(row => row.ObligationId!.Value).Distinct());
        return Sums(back, row => row.LineId!.Value);
    }

    private static Dictionary<long, long> Sums(IEnumerable<StoredClaim> claims, Func<StoredClaim, long> by) =>
        claims.GroupBy(by).ToDictionary(group => group.Key, group => group.Sum(row => row.Amount));
}
