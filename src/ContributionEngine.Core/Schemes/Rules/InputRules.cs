using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>Something that a pack asks about a member or a group, beyond income, flags and dates.</summary>
/// <param name="Name">Such as <c>category</c>, <c>beneficiaries</c>, <c>voluntary_rate</c>.</param>
/// <param name="Kind"><c>word</c> of a closed list, <c>count</c>, or <c>percent</c>.</param>
public sealed record InputRule(string Name, string Kind)
{
    /// <summary>word: the closed list.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Taken when nothing is given; null: it must be given. A count or percent may also be this outside its limits.</summary>
    public string? Default { get; init; }

    /// <summary>count, percent: not less, unless it is the default.</summary>
    public Ratio? Least { get; init; }

    public Ratio? Most { get; init; }

    /// <summary>The whole group has it, not the member.</summary>
    public bool OfAgreement { get; init; }

    /// <summary>word: found by the income of twelve months when it is not given: the first row whose value in this <c>table.column</c> is not exceeded.</summary>
    public string? ByAnnualIncome { get; init; }

    /// <summary>word: of a group with several, the one with most workers; a tie goes to the highest value in this <c>table.column</c>.</summary>
    public string? MainByWorkers { get; init; }

    /// <summary>Where the input stands.</summary>
    [JsonIgnore]
    public string Path => $"{(OfAgreement ? "agreement" : "member")}.{Name}";
}

/// <summary>Who may not belong.</summary>
public sealed record EligibilityRule(string Source, Confidence Confidence)
{
    /// <summary>Flags that no member may carry together.</summary>
    public IReadOnlyList<string> NotTogether { get; init; } = [];

    /// <summary>Fewest members of a group, looked at when a group is given.</summary>
    public int? LeastMembers { get; init; }

    /// <summary>Most members of a group.</summary>
    public int? MostMembers { get; init; }
}

/// <summary>Members may declare a new income so often in a calendar year; the first declaration is no change.</summary>
public sealed record DeclarationRule(int ChangesPerYear, string Source, Confidence Confidence);

/// <summary>Months since first registration count; month 1 is its calendar month.</summary>
/// <param name="Pauses">Paused months are not counted and owe nothing.</param>
public sealed record TenureRule(bool Pauses, string Source, Confidence Confidence);

/// <summary>Calendar months in which members of a zone contribute; the others are not due.</summary>
public sealed record SeasonRule(string Zone, IReadOnlyList<int> Months, string Source, Confidence Confidence);

/// <summary>Events that contributions are worked out on: sales, invoices, savings.</summary>
/// <param name="Plus">Kinds that add.</param>
/// <param name="Minus">Kinds that take away, such as reversals and costs.</param>
public sealed record EventRule(IReadOnlyList<string> Plus, IReadOnlyList<string> Minus, string Source, Confidence Confidence)
{
    /// <summary>Events carry a date that must lie within the period.</summary>
    public bool Dated { get; init; }

    /// <summary>Events carry a quantity with so many decimals.</summary>
    public int? QuantityDecimals { get; init; }

    /// <summary>Figure: an event of a smaller quantity gives nothing; events are not added up to reach it.</summary>
    public string? LeastQuantity { get; init; }

    /// <summary>What is left of the events: <c>net_to_member</c> less all lines, or <c>budget_left</c> less fees and what was solved for.</summary>
    public string? Prints { get; init; }

    /// <summary>Kinds whose own money is owed to the fund as a component, by event kind.</summary>
    public IReadOnlyDictionary<string, string> Deposits { get; init; } = new Dictionary<string, string>();

    /// <summary>True when an event of that kind may come.</summary>
    public bool Knows(string? kind) => kind is not null && (Plus.Contains(kind) || Minus.Contains(kind));
}

/// <summary>An organisation that pays its members withholds what they have not paid: whole months since January whose due date has passed, oldest first.</summary>
/// <param name="Event">Kind of the one event that is withheld from.</param>
/// <param name="DueItem">The item of <c>due</c> by which a month has fallen due.</param>
/// <param name="Order">Components in the order in which a month is filled.</param>
public sealed record WithholdingRule(string Event, string DueItem, IReadOnlyList<string> Order, string Source, Confidence Confidence);

/// <summary>What a paid period counts for.</summary>
/// <param name="Unit">month or day.</param>
/// <param name="Kind"><c>fraction</c>: the fraction of the base that was chosen; <c>figure</c>: always that figure.</param>
public sealed record CreditRule(string Unit, string Kind, int Decimals, string Source, Confidence Confidence)
{
    public string? Figure { get; init; }
}
