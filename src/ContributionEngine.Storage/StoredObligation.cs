namespace ContributionEngine.Storage;

/// <summary>An obligation as it stands in the schedule.</summary>
public sealed record StoredObligation
{
    public long Id { get; init; }

    public long EnrolmentId { get; init; }

    public string Period { get; init; } = "";

    public long Months { get; init; }

    public string Component { get; init; } = "";

    public long ComponentOrder { get; init; }

    public string Payer { get; init; } = "";

    /// <summary>1 when the organisation collects and remits it; 0 for the State's and sponsors' shares.</summary>
    public long Collected { get; init; }

    public string Class { get; init; } = "";

    /// <summary>Why it exists: <c>schedule</c>, <c>schedule-2</c> for a further part, or what caused a charge.</summary>
    public string Cause { get; init; } = "";

    public DateOnly OpensOn { get; init; }

    public DateOnly DueOn { get; init; }

    public long Amount { get; init; }

    public long Reduced { get; init; }

    public long Allocated { get; init; }

    /// <summary>The arithmetic that gave the amount: the same for everyone in the same case, so stored once.</summary>
    public long BasisId { get; init; }

    /// <summary>Of a late charge: the principal that was late. It may be gone from the schedule since.</summary>
    public long? PrincipalId { get; init; }

    public long Outstanding => Amount - Reduced - Allocated;
}
