namespace ContributionEngine.Core;

/// <summary>What the fund takes.</summary>
public enum Acceptance
{
    /// <summary>Any amount.</summary>
    Any,

    /// <summary>Only the sum of all that is open.</summary>
    ExactOnly,
}

/// <summary>What sort of open item; the order is that in which money pays one due date.</summary>
public enum OpenKind
{
    Principal,
    Interest,
    Surcharge,
    Penalty,
    Cost,
}

/// <summary>How money is spread over the items of a step.</summary>
public enum Spread
{
    /// <summary>One is filled before the next.</summary>
    Fill,

    /// <summary>In proportion to what is owed, by largest remainder, when the money does not suffice.</summary>
    ProRata,

    /// <summary>Members in order; one whose items do not fit together is passed over.</summary>
    WholeMemberFirst,
}

/// <summary>What items of one step are sorted by; the id is always last.</summary>
public enum SpreadKey
{
    Due,
    Kind,
    Component,
}

/// <summary>How one payment of many members, or of one organisation, is spread.</summary>
public sealed record AllocationRule(Acceptance Accept, IReadOnlyList<SpreadStep> Steps, string Source, Confidence Confidence)
{
    /// <summary>Components in the order of payment, a closed list; empty: any, not sorted.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];
}

/// <summary>A step takes the items that fit it and are still open.</summary>
public sealed record SpreadStep(Spread Spread, IReadOnlyList<SpreadKey> Order)
{
    /// <summary>Empty: all kinds.</summary>
    public IReadOnlyList<OpenKind> Kinds { get; init; } = [];

    /// <summary>Only items of this payer.</summary>
    public Payer? Payer { get; init; }

    /// <summary>Only items of the period that the payment names.</summary>
    public bool NamedPeriod { get; init; }
}
