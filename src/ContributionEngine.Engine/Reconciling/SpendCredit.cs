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
        var holding = await work.Receipts.HoldingCredit(agreement.Id);
        if (holding.Count == 0) return [];
        var open = await work.Obligations.OpenFor(holding.Select(receipt => receipt.EnrolmentId!.Value).Distinct(), asOf.Day);

        var spent = new Dictionary<long, long>();
        var perObligation = new Dictionary<long, long>();
        var allocations = new List<NewAllocation>();
        var parts = new List<AllocatedPart>();
        var fees = 0L;
        foreach (var receipt in holding)
        {
            parts.Clear();
            var named = ReceiptPosting.Named(receipt.NamedPeriod, receipt.NamedComponent);
            var left = Allocation.Place(receipt.Credit, named, open.GetValueOrDefault(receipt.EnrolmentId!.Value) ?? [], parts);
            if (left == receipt.Credit) continue;
            spent[receipt.Id] = receipt.Credit - left;
            foreach (var part in parts)
            {
                if (part.Obligation.Class == ObligationClass.Fee) fees += part.Minor;
                allocations.Add(new NewAllocation(receipt.Id, part.Obligation.Id, part.Minor));
                perObligation[part.Obligation.Id] = perObligation.GetValueOrDefault(part.Obligation.Id) + part.Minor;
            }
        }

        if (spent.Count == 0) return [];
        var total = spent.Values.Sum();
        await work.Receipts.SpendCredit(spent);
        await work.Receipts.AddAllocations(agreement.Id, asOf.Day, allocations);
        await work.Obligations.Allocate(perObligation);
        await work.Journal.Book(agreement, asOf.Day, "credit applied", JournalEntry.Of((Account.MemberCredit, total), (Account.Custody, fees - total), (Account.Fees, -fees)));
        await work.Audit.Record(agreement.Number, "credit-applied", agreement.Number, JsonSerializer.Serialize(new { receipts = spent.Count, total }));
        return perObligation.Keys;
    }
}
