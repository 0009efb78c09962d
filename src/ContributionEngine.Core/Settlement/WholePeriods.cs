namespace ContributionEngine.Core;

/// <summary>
/// Rule 4 of the domain for money that is not remitted yet: a member's period goes when the principal of everything that is open
/// for it is paid in full; where paid parts go by themselves, whatever is paid goes.
/// </summary>
public sealed class WholePeriods
{
    private readonly bool wholeOnly;
    private readonly HashSet<(long Enrolment, Period Period)> unpaid = [];

    public WholePeriods(Shortfall shortfall) => wholeOnly = shortfall != Shortfall.ProRata;

    /// <summary>Periods of which some principal lacks money.</summary>
    public IEnumerable<Period> Lacking => unpaid.Select(lacks => lacks.Period);

    /// <summary>Takes in what is open at the cut-off, with what it still lacks.</summary>
    public void See(OpenObligation open)
    {
        if (open is { Class: ObligationClass.Principal, Outstanding: > 0 }) unpaid.Add((open.Enrolment, open.Period));
    }

    /// <summary>True when money on this obligation goes to the fund: what is the organisation's never does.</summary>
    public bool Goes(OpenObligation paid) => Account.Of(paid.Class) == Account.Custody && !(wholeOnly && unpaid.Contains((paid.Enrolment, paid.Period)));
}
