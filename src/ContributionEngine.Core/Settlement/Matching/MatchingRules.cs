namespace ContributionEngine.Core;

/// <summary>What speaks for a match.</summary>
public enum Cue
{
    /// <summary>The bank shows the remittance's reference whole.</summary>
    ReferenceExact,

    /// <summary>The bank shows a text that one slip of the pen makes the remittance's reference, and no other's.</summary>
    ReferenceRepaired,

    /// <summary>The amount is what is open on the remittance, or for money that comes back what was paid on it.</summary>
    AmountExact,

    /// <summary>The amounts of several add up to it, in one way only.</summary>
    SumExact,

    /// <summary>Booked between the cut-off and the last banking day of the window.</summary>
    DateInWindow,

    NameSame,

    /// <summary>One name stands within the other.</summary>
    NameNear,

    /// <summary>The bank marks the entry as one that takes another back.</summary>
    Reversal,
}

/// <summary>
/// What a match run goes by. Frozen with the run, so that the run can be repeated. The points of the cues add up to a score of at most 100.
/// </summary>
public sealed record MatchingRules
{
    /// <summary>From which score a match needs no person, where the agreement does not say.</summary>
    public int AutoAccept { get; init; } = 60;

    /// <summary>Banking days after the cut-off within which a payment without a reference is looked for.</summary>
    public int WindowDays { get; init; } = 5;

    /// <summary>At most so many remittances for one entry, and so many entries for one remittance, where only their sum speaks for it.</summary>
    public int SumPartsMax { get; init; } = 6;

    /// <summary>With more candidates than this a sum proves nothing and is not looked for.</summary>
    public int SumCandidatesMax { get; init; } = 14;

    /// <summary>Where so many pairs of one account and amount could be meant, none of them is.</summary>
    public int PairsMax { get; init; } = 65_536;

    public int ReferenceExact { get; init; } = 60;

    public int ReferenceRepaired { get; init; } = 45;

    public int AmountExact { get; init; } = 20;

    public int SumExact { get; init; } = 15;

    public int DateInWindow { get; init; } = 10;

    public int NameSame { get; init; } = 10;

    public int NameNear { get; init; } = 5;

    public int Reversal { get; init; } = 10;

    /// <summary>Sum of the points of the cues.</summary>
    public int Score(IEnumerable<Cue> cues) => cues.Sum(cue => cue switch
    {
        Cue.ReferenceExact => ReferenceExact,
        Cue.ReferenceRepaired => ReferenceRepaired,
        Cue.AmountExact => AmountExact,
        Cue.SumExact => SumExact,
        Cue.DateInWindow => DateInWindow,
        Cue.NameSame => NameSame,
        Cue.NameNear => NameNear,
        _ => Reversal,
    });
}
