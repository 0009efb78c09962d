using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Where receipts have gone: their allocations, the sum on each obligation, and on which accounts that is.</summary>
internal sealed class PlacedMoney
{
    private readonly Dictionary<long, long> perObligation = [];
    private long custody;
    private long fees;
    private long advances;

    public List<NewAllocation> Allocations { get; } = [];

    public IReadOnlyDictionary<long, long> PerObligation => perObligation;

    public void Add(long receipt, List<AllocatedPart> parts)
    {
        foreach (var part in parts)
        {
            Allocations.Add(new NewAllocation(receipt, part.Obligation.Id, part.Minor));
            perObligation[part.Obligation.Id] = perObligation.GetValueOrDefault(part.Obligation.Id) + part.Minor;
            switch (part.Obligation.Class)
            {
                case ObligationClass.Fee: fees += part.Minor; break;
                case ObligationClass.Advance: advances += part.Minor; break;
                default: custody += part.Minor; break;
            }
        }
    }

    /// <summary>The entry that brings the money from other accounts, given as debits, to where it was placed.</summary>
    public JournalEntry? From(LedgerEvent what, params ReadOnlySpan<(string Account, long Signed)> sides) =>
        JournalEntry.Of(what, [.. sides, (Account.Custody, -custody), (Account.Fees, -fees), (Account.Advances, -advances)]);
}
