using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Where receipts have gone: their allocations, the sum on each obligation, and how much of it is the organisation's own.</summary>
internal sealed class PlacedMoney
{
    private readonly Dictionary<long, long> perObligation = [];

    public List<NewAllocation> Allocations { get; } = [];

    public IReadOnlyDictionary<long, long> PerObligation => perObligation;

    /// <summary>On fees, in minor units: not the fund's.</summary>
    public long Fees { get; private set; }

    public void Add(long receipt, List<AllocatedPart> parts)
    {
        foreach (var part in parts)
        {
            Allocations.Add(new NewAllocation(receipt, part.Obligation.Id, part.Minor));
            if (part.Obligation.Class == ObligationClass.Fee) Fees += part.Minor;
            perObligation[part.Obligation.Id] = perObligation.GetValueOrDefault(part.Obligation.Id) + part.Minor;
        }
    }
}
