using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Money of one receipt on what its member owes, in the usual order; the rest is her credit.</summary>
internal sealed record Placing(PlacedMoney Placed, long Amount, long Credit)
{
    public long Allocated => Amount - Credit;

    public static async Task<Placing> Of(Ground ground, (long Receipt, long Amount) money, long enrolment, Designation named)
    {
        var (parts, placed) = (new List<AllocatedPart>(), new PlacedMoney());
        var open = (await ground.Work.Obligations.OpenFor([enrolment], ground.AsOf.Day)).GetValueOrDefault(enrolment) ?? [];
        var credit = Allocation.Place(money.Amount, named, open, parts);
        placed.Add(money.Receipt, parts);
        return new Placing(placed, money.Amount, credit);
    }

    /// <summary>Books it, once the receipt stands.</summary>
    /// <param name="from">The account on which the money is.</param>
    public async Task Book(Ground ground, string from, string source)
    {
        var (work, agreement, day) = (ground.Work, ground.Agreement, ground.AsOf.Day);
        await work.Receipts.AddAllocations(agreement.Id, day, Placed.Allocations);
        await work.Obligations.Allocate(Placed.PerObligation);
        await work.Journal.Book(agreement, day, source, Placed.From(from == Account.Suspense ? LedgerEvent.Identified : LedgerEvent.Collected, (from, Amount), (Account.MemberCredit, -Credit)));
    }
}
