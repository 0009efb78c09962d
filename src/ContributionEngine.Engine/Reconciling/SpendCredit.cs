using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Credit meets what has opened: oldest receipt first, each in the order of rule 2.</summary>
internal static class SpendCredit
{
    /// <returns>Ids of the obligations that credit has paid.</returns>
    public static async Task<IReadOnlyCollection<long>> On(Work work, StoredAgreement agreement, AsOf asOf)
    {
        await ReturnAdvances.On(work, agreement, asOf);
        var holding = await work.Receipts.HoldingCredit(agreement.Id);
        if (holding.Count == 0) return [];
        var open = await work.Obligations.OpenFor(holding.Select(receipt => receipt.EnrolmentId!.Value).Distinct(), asOf.Day);

        var spent = new Dictionary<long, long>();
        var placed = new PlacedMoney();
        var parts = new List<AllocatedPart>();
        foreach (var receipt in holding)
        {
            parts.Clear();
            var named = ReceiptPosting.Named(receipt.NamedPeriod, receipt.NamedComponent);
            var left = Allocation.Place(receipt.Credit, named, open.GetValueOrDefault(receipt.EnrolmentId!.Value) ?? [], parts);
            if (left == receipt.Credit) continue;
            spent[receipt.Id] = receipt.Credit - left;
            placed.Add(receipt.Id, parts);
        }

        if (spent.Count == 0) return [];
        var total = spent.Values.Sum();
        await work.Receipts.SpendCredit(spent);
        await work.Receipts.AddAllocations(agreement.Id, asOf.Day, placed.Allocations);
        await work.Obligations.Allocate(placed.PerObligation);
        await work.Journal.Book(agreement, asOf.Day, "credit applied", placed.From(LedgerEvent.CreditApplied, (Account.MemberCredit, total)));
        await work.Audit.Record(agreement.Number, "credit-applied", agreement.Number, JsonSerializer.Serialize(new { receipts = spent.Count, total }));
        return [.. placed.PerObligation.Keys];
    }
}
