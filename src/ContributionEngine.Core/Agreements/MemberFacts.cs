namespace ContributionEngine.Core;

/// <summary>What is known of a member at a date: the dated attributes of an enrolment that a scheme may ask for.</summary>
public sealed record MemberFacts
{
    private static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>();

    /// <summary>Nothing is known.</summary>
    public static MemberFacts None { get; } = new();

    /// <summary>Income of one month (of the year where the scheme says so), in major units.</summary>
    public Ratio? DeclaredIncome { get; init; }

    /// <summary>Class letter, level, activity or whatever the scheme calls a category.</summary>
    public string? Category { get; init; }

    public string? Zone { get; init; }

    /// <summary>Persons covered, the holder included.</summary>
    public int? Beneficiaries { get; init; }

    public int? AdditionalDependants { get; init; }

    /// <summary>First registration in the scheme; tenure is counted from its calendar month.</summary>
    public DateOnly? FirstRegistered { get; init; }

    /// <summary>Flags of the scheme's closed list, such as <c>also_employed</c>.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>What else a scheme asks, by the name that its pack gives it: <c>activity</c>, <c>risk_class</c>, <c>real_days</c>.</summary>
    public IReadOnlyDictionary<string, string> Others { get; init; } = Nothing;
}
