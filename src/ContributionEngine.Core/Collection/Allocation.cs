namespace ContributionEngine.Core;

/// <summary>Part of a receipt applied to one obligation.</summary>
/// <param name="Minor">Minor units, above zero.</param>
public readonly record struct AllocatedPart(OpenObligation Obligation, long Minor);

/// <summary>Allocation by rule 2 of the domain: advances, what the receipt names, then oldest first; each obligation is filled before the next.</summary>
public static class Allocation
{
    /// <summary>
    /// Allocates an amount over one member's open obligations, lowers what they still owe, and adds the parts to the list.
    /// </summary>
    /// <param name="amount">Minor units to place.</param>
    /// <param name="named">What the receipt names; an obligation that does not fit it waits for the second round.</param>
    /// <param name="obligations">The member's open obligations, sorted by <see cref="OpenObligation.InOrderOfPayment"/>.</param>
    /// <param name="parts">Where the parts go.</param>
    /// <returns>What is left over: the member's credit, in minor units.</returns>
    public static long Place(long amount, Designation named, IReadOnlyList<OpenObligation> obligations, List<AllocatedPart> parts)
    {
        if (!named.IsNothing)
        {
            var advances = 0;
            while (advances < obligations.Count && obligations[advances].Class == ObligationClass.Advance) advances++;
            if (advances > 0) amount = Fill(amount, [.. obligations.Take(advances)], parts, default);
            amount = Fill(amount, obligations, parts, named);
        }

        return Fill(amount, obligations, parts, default);
    }

    private static long Fill(long amount, IReadOnlyList<OpenObligation> obligations, List<AllocatedPart> parts, Designation named)
    {
        for (var i = 0; i < obligations.Count && amount > 0; i++)
        {
            var owed = obligations[i];
            if (owed.Outstanding == 0 || !named.Fits(owed)) continue;
            var part = Math.Min(amount, owed.Outstanding);
            owed.Outstanding -= part;
            owed.Allocated += part;
            amount -= part;
            parts.Add(new AllocatedPart(owed, part));
        }

        return amount;
    }
}

/// <summary>A period or component that a receipt names; nothing named fits everything.</summary>
public readonly record struct Designation(Period? Period, string? Component)
{
    public bool IsNothing => Period is null && Component is null;

    /// <summary>A quarter is named by any of its months; a component by its id.</summary>
    public bool Fits(OpenObligation obligation) =>
        (Period is not { } period || obligation.Period.Contains(period.First)) && (Component is null || Component == obligation.Component);
}
