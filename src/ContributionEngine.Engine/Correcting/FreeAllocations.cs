using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Frees money that stands above a lowered obligation, youngest allocation first, back to its receipt's credit. Money that
/// is on its way to the fund is not taken off its line: the obligation is lowered only as far as the rest allows, and a case says so.
/// </summary>
internal static class FreeAllocations
{
    /// <summary>Makes room for the reductions; lowers those in <paramref name="reductions"/> that remitted money holds up.</summary>
    /// <returns>What became credit, in minor units.</returns>
    public static async Task<long> Above(Work work, StoredAgreement agreement, Dictionary<long, long> reductions, AsOf asOf)
    {
        var opposite = new List<NewAllocation>();
        var held = new List<NewCase>();
        var above = (await work.Obligations.WithIds(reductions.Keys)).Select(row => (row.Id, Excess: row.Allocated - (row.Amount - row.Reduced - reductions[row.Id]))).Where(row => row.Excess > 0).ToList();
        var free = above.Count == 0 ? null : (await work.Receipts.FreeAllocationsOf(above.Select(row => row.Id))).ToLookup(row => row.ObligationId);
        foreach (var (id, excess) in above)
        {
            var left = Take(opposite, free![id], excess);
            if (left == 0) continue;
            reductions[id] -= left;
            held.Add(new NewCase("reduced_after_remittance", Numbers.Obligation(id), left, "What is owed fell below what has been remitted; the difference is to be claimed from the fund."));
        }

        foreach (var id in reductions.Where(item => item.Value == 0).Select(item => item.Key).ToList()) reductions.Remove(id);
        await work.Cases.Open(agreement.Id, asOf.Day, held);
        return await Book(work, agreement, opposite, asOf);
    }

    // An undone allocation is undone whole; what may stay of it is allocated again.
    private static long Take(List<NewAllocation> opposite, IEnumerable<StoredAllocation> free, long excess)
    {
        foreach (var row in free)
        {
            if (excess == 0) break;
            var take = Math.Min(excess, row.Amount);
            opposite.Add(new NewAllocation(row.ReceiptId, row.ObligationId, -row.Amount, row.Id));
            if (row.Amount > take) opposite.Add(new NewAllocation(row.ReceiptId, row.ObligationId, row.Amount - take));
            excess -= take;
        }

        return excess;
    }

    private static async Task<long> Book(Work work, StoredAgreement agreement, List<NewAllocation> opposite, AsOf asOf)
    {
        if (opposite.Count == 0) return 0;
        var freed = -opposite.Sum(row => row.Amount);
        await work.Receipts.AddAllocations(agreement.Id, asOf.Day, opposite);
        await work.Obligations.Allocate(opposite.GroupBy(row => row.ObligationId).Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Amount))));
        await work.Receipts.SpendCredit(opposite.GroupBy(row => row.ReceiptId).Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Amount))));
        await work.Journal.Book(agreement, asOf.Day, "allocations freed", JournalEntry.Of((Account.Custody, freed), (Account.MemberCredit, -freed)));
        return freed;
    }
}
