using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Brings an agreement to an as-of date (rule 1): what has opened meets the credit that was waiting for it, oldest receipt
/// first. Every writing command does this in its first transaction. Twice, or to an earlier date, changes nothing.
/// </summary>
internal static class BringUp
{
    public static async Task To(Work work, StoredAgreement agreement, AsOf asOf)
    {
        await SpendCredit(work, agreement, asOf);
        await RefundLeavers.Note(work, agreement, asOf.Day);
        await work.Agreements.MarkBroughtTo(agreement.Id, asOf.Day);
    }

    private static async Task SpendCredit(Work work, StoredAgreement agreement, AsOf asOf)
    {
        var holding = await work.Receipts.HoldingCredit(agreement.Id);
        if (holding.Count == 0) return;
        var open = await work.Obligations.OpenFor(holding.Select(receipt => receipt.EnrolmentId!.Value).Distinct(), asOf.Day);

        var spent = new Dictionary<long, long>();
        var perObligation = new Dictionary<long, long>();
        var allocations = new List<NewAllocation>();
        var parts = new List<AllocatedPart>();
        foreach (var receipt in holding)
        {
            parts.Clear();
            var named = ReceiptPosting.Named(receipt.NamedPeriod, receipt.NamedComponent);
            var left = Allocation.Place(receipt.Credit, named, open.GetValueOrDefault(receipt.EnrolmentId!.Value) ?? [], parts);
            if (left == receipt.Credit) continue;
            spent[receipt.Id] = receipt.Credit - left;
            foreach (var part in parts)
            {
                allocations.Add(new NewAllocation(receipt.Id, part.Obligation.Id, part.Minor));
                perObligation[part.Obligation.Id] = perObligation.GetValueOrDefault(part.Obligation.Id) + part.Minor;
            }
        }

        if (spent.Count == 0) return;
        var total = spent.Values.Sum();
        await work.Receipts.SpendCredit(spent);
        await work.Receipts.AddAllocations(agreement.Id, asOf.Day, allocations);
        await work.Obligations.Allocate(perObligation);
        await work.Journal.Book(agreement, asOf.Day, "credit applied", JournalEntry.Of((Account.MemberCredit, total), (Account.Custody, -total)));
        await work.Audit.Record(agreement.Number, "credit-applied", agreement.Number, JsonSerializer.Serialize(new { receipts = spent.Count, total }));
    }
}
