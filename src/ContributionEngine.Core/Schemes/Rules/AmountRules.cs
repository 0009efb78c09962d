using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>Who pays, owes or remits.</summary>
public enum Payer
{
    Member,
    Worker,
    Employer,
    Organisation,
    State,
    Sponsor,
}

/// <summary>What an amount is worked out for.</summary>
public enum Per
{
    /// <summary>A month: longer spans multiply the rounded month.</summary>
    Month,

    /// <summary>The whole span, once.</summary>
    Span,

    /// <summary>Each event, rounded by itself.</summary>
    Event,
}

/// <summary>Anything that is worked out: base, amount, limits, rounding, times.</summary>
public abstract record ItemRule(string Id, AmountRule Amount)
{
    /// <summary>From the income to the base; null: the income itself, where the amount needs a base.</summary>
    public BaseRule? Base { get; init; }

    /// <summary>Only if this holds; else the amount is zero.</summary>
    public ConditionRule? When { get; init; }

    /// <summary>Not if this holds.</summary>
    public ConditionRule? Unless { get; init; }

    public Per Per { get; init; } = Per.Month;

    /// <summary>
    /// The rounded amount is multiplied by a count: an input such as <c>beneficiaries</c>, or <c>persons</c>: one and the additional dependants.
    /// </summary>
    public string? Times { get; init; }

    /// <summary>Another rounding than the pack's.</summary>
    public RoundingRule? Rounding { get; init; }

    public string? Note { get; init; }
}

/// <summary>An amount on the way to others.</summary>
public sealed record SubtotalRule(string Id, AmountRule Amount) : ItemRule(Id, Amount);

/// <summary>A part of the contribution: who pays, who owes, who remits, on what base, how much.</summary>
/// <remarks>Two components may share an id with different payers, or with conditions of which one holds.</remarks>
public sealed record ComponentRule(string Id, Payer Payer, Payer Debtor, Payer Remitter, AmountRule Amount) : ItemRule(Id, Amount)
{
    /// <summary>The item of <c>due</c> by which it falls due, where it is not the pack's.</summary>
    public string? DueItem { get; init; }

    /// <summary>Rule 5 of the domain: what the State or a sponsor pays, or the member remits herself, is not collected.</summary>
    [JsonIgnore]
    public bool IsCollected => Payer is not (Payer.State or Payer.Sponsor) && Remitter != Payer.Member;
}

/// <summary>What the organisation charges for itself.</summary>
public sealed record FeeRule(string Id, Payer Payer, AmountRule Amount) : ItemRule(Id, Amount);

/// <summary>Where a base comes from.</summary>
public enum IncomeSource
{
    /// <summary>The declared income, or the agreement's presumptive one.</summary>
    Income,

    /// <summary>The events: each one, or their sum.</summary>
    Events,

    /// <summary>A named number.</summary>
    Value,

    /// <summary>The amount of another item.</summary>
    Amount,

    /// <summary>The base of another item.</summary>
    BaseOf,

    /// <summary>What the base of another item, with what other collectors charged, lacks to a named number.</summary>
    ShortOf,
}

/// <summary>From a source to the base of one item: sum, exclude, floor, ceiling, fraction, round, in this order.</summary>
public sealed record BaseRule
{
    public IncomeSource Source { get; init; } = IncomeSource.Income;

    /// <summary>The item of amount, base_of and short_of.</summary>
    public string? Of { get; init; }

    /// <summary>The named number of value and short_of.</summary>
    public string? Value { get; init; }

    /// <summary>A named number that the base is multiplied by.</summary>
    public string? Factor { get; init; }

    /// <summary>A negative base counts as zero.</summary>
    public bool NotBelowZero { get; init; }

    /// <summary>Below which the base does not fall.</summary>
    public string? Floor { get; init; }

    /// <summary>Member flags any of which waives the floor.</summary>
    public IReadOnlyList<string> FloorWaivedBy { get; init; } = [];

    /// <summary>Above which the base does not rise.</summary>
    public string? Ceiling { get; init; }

    /// <summary>The ceiling is so many times the named number.</summary>
    public string? CeilingTimes { get; init; }

    /// <summary>Member flag that puts the base at the ceiling whatever the income.</summary>
    public string? CeilingWhen { get; init; }

    /// <summary>The ceiling is shared: what other collectors charged uses it up.</summary>
    public bool AcrossCollectors { get; init; }

    public NearestFraction? Nearest { get; init; }

    public UnworkedDays? Days { get; init; }

    /// <summary>The base is rounded by itself; null: exact.</summary>
    public RoundingRule? Rounding { get; init; }
}

/// <summary>Below a whole, the base is the nearest of its fractions; nothing stays nothing.</summary>
/// <param name="Whole">A named number.</param>
public sealed record NearestFraction(string Whole, IReadOnlyList<Ratio> Percents);

/// <summary>The base counts for the days of the month that were not worked.</summary>
/// <param name="Weight">What one worked day takes off, in days.</param>
/// <param name="NoneFrom">Percent of worked days, at two decimals, from which nothing is owed.</param>
public sealed record UnworkedDays(string Weight, string NoneFrom);

/// <summary>Holds when all that is said of it holds.</summary>
public sealed record ConditionRule
{
    /// <summary>Any of these flags.</summary>
    public IReadOnlyList<string> Flags { get; init; } = [];

    /// <summary>An input that is one of <see cref="Is"/>.</summary>
    public string? Input { get; init; }

    public IReadOnlyList<string> Is { get; init; } = [];

    /// <summary>The income is not above a named number.</summary>
    public string? IncomeUpTo { get; init; }

    public DateOnly? RegisteredBefore { get; init; }
}

/// <summary>How an amount is worked out. Limits act before the rounding, the lower one first.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(FlatAmount), "flat")]
[JsonDerivedType(typeof(RateAmount), "rate")]
[JsonDerivedType(typeof(TableAmount), "table")]
[JsonDerivedType(typeof(ResidualAmount), "residual")]
[JsonDerivedType(typeof(ShareAmount), "share")]
[JsonDerivedType(typeof(MatchAmount), "match")]
[JsonDerivedType(typeof(SolveAmount), "solve")]
public abstract record AmountRule
{
    /// <summary>Not less than a named number.</summary>
    public string? Least { get; init; }

    /// <summary>Not more than a named number.</summary>
    public string? Most { get; init; }

    /// <summary>The most is so many percent of the named number.</summary>
    public string? MostPercent { get; init; }

    /// <summary>Not more in a calendar year, with what was charged before.</summary>
    public string? MostPerYear { get; init; }
}

/// <summary>A named amount.</summary>
public sealed record FlatAmount(string Amount) : AmountRule;

/// <summary>Named percents, added up, of the base.</summary>
public sealed record RateAmount(string Rate) : AmountRule
{
    public IReadOnlyList<string> Plus { get; init; } = [];
}

/// <summary>The cell of a table, <c>table.column</c>: an amount, or a percent of the whole base (class) or slice by slice (marginal).</summary>
public sealed record TableAmount(string Column) : AmountRule
{
    public bool Marginal { get; init; }
}

/// <summary>What is left of a total, an item or a rounded percent of the base, after other items.</summary>
public sealed record ResidualAmount(IReadOnlyList<string> Minus) : AmountRule
{
    public string? Of { get; init; }

    public string? Rate { get; init; }
}

/// <summary>A named percent of another item or of a named number.</summary>
public sealed record ShareAmount(string Percent, string Of) : AmountRule;

/// <summary>A named percent of the base, if that is at least a threshold.</summary>
public sealed record MatchAmount(string Percent, string Threshold) : AmountRule;

/// <summary>The largest amount that, with the items worked out on it, does not exceed the events less the fees.</summary>
public sealed record SolveAmount(IReadOnlyList<string> With) : AmountRule;
