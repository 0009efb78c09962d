namespace ContributionEngine.Core;

/// <summary>What sort of money is owed. The order is the order in which money of one period pays it.</summary>
public enum ObligationClass
{
    Principal,
    Interest,
    Surcharge,
    Fee,

    /// <summary>What a member owes the organisation because it has paid for her: her next money pays it before anything else.</summary>
    Advance,
}

/// <summary>An open obligation while money is being allocated to it.</summary>
/// <param name="Id">The obligation.</param>
/// <param name="Period">First month of its span.</param>
/// <param name="Component">Component id of the pack.</param>
/// <param name="ComponentOrder">Place of the component in the pack.</param>
/// <param name="Class">Principal before interest before surcharge before fee.</param>
/// <param name="DueOn">Oldest first.</param>
public sealed record OpenObligation(
    long Id, Period Period, string Component, long ComponentOrder, ObligationClass Class, DateOnly DueOn)
{
    /// <summary>The enrolment that owes it.</summary>
    public long Enrolment { get; init; }

    /// <summary>What is still owed, in minor units; lowered by each allocation.</summary>
    public required long Outstanding { get; set; }

    /// <summary>What this run of allocations has put on it, in minor units.</summary>
    public long Allocated { get; set; }

    /// <summary>Advances before anything else; then rule 2: due date, then period, class, the pack's component order, and id.</summary>
    public static int InOrderOfPayment(OpenObligation left, OpenObligation right)
    {
        var order = (right.Class == ObligationClass.Advance).CompareTo(left.Class == ObligationClass.Advance);
        if (order == 0) order = left.DueOn.CompareTo(right.DueOn);
        if (order == 0) order = left.Period.CompareTo(right.Period);
        if (order == 0) order = left.Class.CompareTo(right.Class);
        if (order == 0) order = left.ComponentOrder.CompareTo(right.ComponentOrder);
        return order == 0 ? left.Id.CompareTo(right.Id) : order;
    }
}
