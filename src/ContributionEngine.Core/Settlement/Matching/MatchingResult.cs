namespace ContributionEngine.Core;

/// <summary>The passes, in their order: what one takes is not there for the next.</summary>
public enum MatchPass
{
    ReferenceExact,
    ReferenceRepaired,
    AmountAndDate,

    /// <summary>One entry that is the sum of several remittances, or several entries that add up to one.</summary>
    Sum,
    NameAndAmount,

    /// <summary>None of the passes: a person has put them together.</summary>
    Person,
}

/// <summary>What becomes of the money.</summary>
public enum MatchKind
{
    Payment,

    /// <summary>A payment that came back: the remittance is to be paid again.</summary>
    Returned,

    /// <summary>What the fund had above what is payable came back.</summary>
    Refunded,
}

/// <summary>How a match differs from what was open.</summary>
public enum DifferenceName
{
    None,

    /// <summary>So much of the remittance stays open.</summary>
    Short,

    /// <summary>So much is due from the fund.</summary>
    Over,

    /// <summary>The bank kept so much of the entry for itself.</summary>
    Fee,
}

/// <summary>A named difference as an amount of its own.</summary>
/// <param name="Minor">Minor units, never below zero.</param>
public readonly record struct Difference(DifferenceName Name, long Minor);

/// <summary>So much of one piece of money for one remittance.</summary>
/// <param name="Minor">What it adds to the paid sum of the remittance, in minor units.</param>
/// <param name="Open">What was open on the remittance before, in minor units; for money that comes back what was paid.</param>
public sealed record MatchedPart(BankMoney Money, OpenRemittance Remittance, long Minor, long Open)
{
    /// <summary>What stays open on the remittance after a payment, in minor units.</summary>
    public long Short => Minor > 0 ? Math.Max(0, Open - Minor) : 0;

    /// <summary>What a payment brings above what was open, in minor units.</summary>
    public long Over => Minor > 0 ? Math.Max(0, Minor - Open) : 0;

    /// <summary>What the fund has above what is payable: how much more of it, or less, in minor units.</summary>
    public long Surplus => Minor > 0 ? Over : -Math.Min(-Minor, Math.Max(0, Open - Remittance.Payable));
}

/// <summary>The best of the candidates that were not taken.</summary>
public sealed record RunnerUp(OpenRemittance Remittance, int Score);

/// <summary>Money and remittances that belong together, with all that speaks for it.</summary>
public sealed record ProposedMatch(MatchPass Pass, MatchKind Kind, IReadOnlyList<MatchedPart> Parts, IReadOnlyList<Cue> Cues)
{
    public required int Score { get; init; }

    /// <summary>True when the score is high enough for every agreement concerned, and no person has undone it before.</summary>
    public required bool IsAccepted { get; init; }

    /// <summary>Null when nothing else comes into question.</summary>
    public RunnerUp? RunnerUp { get; init; }

    /// <summary>The text of the bank that was repaired.</summary>
    public string? Seen { get; init; }

    /// <summary>What the parts bring above, leave open, or the bank kept; the first of these that is not zero.</summary>
    public Difference Difference
    {
        get
        {
            // Several entries for one remittance fill it one after the other: what the last one leaves open counts.
            var over = Parts.Sum(part => part.Over);
            var missing = Parts.GroupBy(part => part.Remittance.Id).Sum(parts => parts.Last().Short);
            var fee = Parts.Select(part => part.Money).Distinct().Sum(money => money.Fee);
            return over > 0 ? new(DifferenceName.Over, over) : missing > 0 ? new(DifferenceName.Short, missing) : new(fee > 0 ? DifferenceName.Fee : DifferenceName.None, fee);
        }
    }
}

/// <summary>Why money with candidates is left to a person.</summary>
public enum Doubt
{
    /// <summary>The bank shows the references of several, and they do not add up to the amount.</summary>
    SeveralReferences,

    /// <summary>A slip of the pen makes the text the reference of several.</summary>
    SeveralRepairs,

    /// <summary>Several remittances, or several entries for the one, are equally good.</summary>
    SeveralCandidates,

    /// <summary>Several sums are equally good.</summary>
    SeveralSums,

    /// <summary>The reference is that of a remittance that was cancelled.</summary>
    Cancelled,

    /// <summary>More comes back than was paid.</summary>
    ReturnAbovePaid,
}

/// <summary>Money that is not matched although remittances come into question.</summary>
public sealed record Undecided(BankMoney Money, Doubt Doubt, IReadOnlyList<OpenRemittance> Candidates)
{
    /// <summary>So many candidates are named at most.</summary>
    public const int NamedMax = 10;
}

/// <summary>What a run of all passes comes to. Money that is in neither list has no candidate.</summary>
public sealed record MatchingResult(IReadOnlyList<ProposedMatch> Proposals, IReadOnlyList<Undecided> Undecided);
