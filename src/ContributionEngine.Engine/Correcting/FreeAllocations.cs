using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Frees money that stands above a lowered obligation, youngest allocation first, back to its receipt's credit. Money that
/// is on its way to the fund is not taken off its line: the obligation is lowered only as far as the rest allows, and a case says so.
/// </summary>
internal static class FreeAllocations
{
    /// <summary>Reason of the case of an obligation that remitted money holds up.</summary>
    public const string HeldUp = "reduced_after_remittance";

    /// <summary>Makes room for reductions and lowers those that remitted money holds up; the cases about the compared obligations are those of today.</summary>
    /// <param name="of">Minor units to take off each obligation, and all obligations that were compared with the rules.</param>
    /// <returns>What became credit, in minor units.</returns>
    public static async Task<long> Above(Work work, StoredAgreement agreement, (Dictionary<long, long> Reductions, IReadOnlySet<long> Compared) of, AsOf asOf)
    {
        var (reductions, compared) = of;
        var rows = await work.Obligations.WithIds(reductions.Keys);
        var above = rows.Select(row => (Row: row, Excess: row.Allocated - (row.Amount - row.Reduced - reductions[row.Id]))).Where(item => item.Excess > 0).ToList();
        var free = (await work.Receipts.FreeAllocationsOf(above.Select(item => item.Row.Id))).ToLookup(part => part.ObligationId);
        var opposite = new List<NewAllocation>();
        var held = new List<NewCase>();
        foreach (var (row, excess) in above)
        {
            var left = Take(opposite, free[row.Id], excess);
            if (left == 0) continue;
            if ((reductions[row.Id] -= left) == 0) reductions.Remove(row.Id);
            held.Add(Held(agreement, row, left));
        }

        await work.Cases.Keep(agreement.Id, asOf.Day, new CasesOf(HeldUp, new CaseEnd("not_below_remitted", $"the schedule no longer falls below what was remitted")) { IsAbout = subject => Numbers.Id("OBL", subject) is { } id && compared.Contains(id) }, held);
        return await Book(work, agreement, (opposite, above.ToDictionary(item => item.Row.Id, item => Account.OfClass(item.Row.Class))), asOf);
    }

    private static NewCase Held(StoredAgreement agreement, StoredObligation row, long left) => new(HeldUp, Numbers.Obligation(row.Id), left,
        $"{row.Component:component} of {row.Period:period} fell below what has been remitted; {new Money(left, agreement.Currency):amount} is to be claimed from the fund. No other member's money pays it.");

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

    private static async Task<long> Book(Work work, StoredAgreement agreement, (List<NewAllocation> Opposite, Dictionary<long, string> Accounts) of, AsOf asOf)
    {
        var (opposite, accounts) = of;
        if (opposite.Count == 0) return 0;
        var freed = -opposite.Sum(row => row.Amount);
        var from = opposite.GroupBy(row => accounts[row.ObligationId]).Select(group => (group.Key, -group.Sum(row => row.Amount)));
        await work.Receipts.AddAllocations(agreement.Id, asOf.Day, opposite);
        await work.Obligations.Allocate(opposite.GroupBy(row => row.ObligationId).Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Amount))));
        await work.Receipts.SpendCredit(opposite.GroupBy(row => row.ReceiptId).Select(group => KeyValuePair.Create(group.Key, group.Sum(row => row.Amount))));
        await work.Journal.Book(agreement, asOf.Day, "allocations freed", JournalEntry.Of(LedgerEvent.Freed, [.. from, (Account.MemberCredit, -freed)]));
        return freed;
    }
}
