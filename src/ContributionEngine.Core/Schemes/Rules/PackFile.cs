using System.Text.Json.Serialization;

namespace ContributionEngine.Core;

/// <summary>A scheme pack as its JSON file says it: the contribution rules of one scheme as dated data, every figure with its source.</summary>
/// <remarks>
/// Where a rule wants a number it names one: <c>figure</c> (a dated figure), <c>table.column</c> (a column of the row that the
/// member falls in), <c>parameters.name</c> (of the agreement), or <c>member.name</c> (an input of the pack).
/// </remarks>
public sealed record PackFile
{
    public required string Pack { get; init; }

    /// <summary>Grows with every change of the figures, such as <c>2021-1</c>.</summary>
    public required string Version { get; init; }

    public required string Title { get; init; }

    public required string Country { get; init; }

    public required string Currency { get; init; }

    /// <summary>Decimals of printed amounts; never more than the currency has.</summary>
    public required int OutputDecimals { get; init; }

    /// <summary>Decimals that incomes and amounts may come with.</summary>
    public required int InputDecimals { get; init; }

    /// <summary>What may be asked of the pack: calculate, due, late, allocate, entitlement.</summary>
    public required IReadOnlyList<Operation> Operations { get; init; }

    /// <summary>Stretches of months that the pack has figures for; empty: always.</summary>
    public IReadOnlyList<Stretch> InForce { get; init; } = [];

    /// <summary>Spans that members may pay for: month, quarter, semester, year. The first is the default.</summary>
    public required IReadOnlyList<SpanMode> Modes { get; init; }

    /// <summary>Month in which the scheme's year begins; null: a span may begin in any month.</summary>
    public int? YearBegins { get; init; } = 1;

    /// <summary>Flags that a member may carry.</summary>
    public required IReadOnlyList<string> MemberFlags { get; init; }

    public IReadOnlyList<InputRule> Inputs { get; init; } = [];

    public IReadOnlyList<EligibilityRule> Eligibility { get; init; } = [];

    public required IReadOnlyList<Figure> Figures { get; init; }

    public required IReadOnlyList<ValueTable> Tables { get; init; }

    /// <summary>Members who may declare their income anew, and how often.</summary>
    public DeclarationRule? Declarations { get; init; }

    public TenureRule? Tenure { get; init; }

    public IReadOnlyList<SeasonRule> Seasons { get; init; } = [];

    public EventRule? Events { get; init; }

    public WithholdingRule? Withholding { get; init; }

    /// <summary>Amounts that are worked out on the way and are nobody's to pay.</summary>
    public IReadOnlyList<SubtotalRule> Subtotals { get; init; } = [];

    /// <summary>In the order of payment inside one period and class.</summary>
    public required IReadOnlyList<ComponentRule> Components { get; init; }

    /// <summary>What the organisation charges for itself; never netted from contributions.</summary>
    public IReadOnlyList<FeeRule> Fees { get; init; } = [];

    /// <summary>A member may take some of the components only; then only their inputs are needed.</summary>
    public bool Separable { get; init; }

    public CreditRule? Credits { get; init; }

    /// <summary>The member's total may be split into equal instalments.</summary>
    public bool Instalments { get; init; }

    public required RoundingRule Rounding { get; init; }

    public required HolidayList Holidays { get; init; }

    /// <summary>Spans that have published due dates; null: those of <see cref="Modes"/>.</summary>
    public IReadOnlyList<SpanMode>? DueModes { get; init; }

    public required IReadOnlyList<DueRule> Due { get; init; }

    public AdvanceRule? Advances { get; init; }

    public required ObligationDueRule ObligationDue { get; init; }

    public required IReadOnlyList<LateRule> Late { get; init; }

    public AllocationRule? Allocation { get; init; }

    public EntitlementRule? Entitlement { get; init; }

    public required AgreementRule Agreement { get; init; }

    public required IReadOnlyList<ParameterRule> Parameters { get; init; }

    /// <summary>Facts that nobody knows and nothing computes with.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }
}

/// <summary>What a pack can be asked.</summary>
public enum Operation
{
    Calculate,
    Due,
    Late,
    Allocate,
    Entitlement,
}

/// <summary>A span that contributions are paid for.</summary>
public enum SpanMode
{
    Month = 1,
    Quarter = 3,
    Semester = 6,
    Year = 12,
}

/// <summary>How sure a figure is.</summary>
public enum Confidence
{
    /// <summary>A published source.</summary>
    S,

    /// <summary>Derived from sources.</summary>
    D,

    /// <summary>From memory; to be checked.</summary>
    M,

    /// <summary>A choice of the pack's author where the law leaves an edge open.</summary>
    C,
}

/// <summary>Whole months, both inside; no end while it holds.</summary>
public sealed record Stretch(Period From, Period? To)
{
    public bool HoldsOn(DateOnly day) => day >= From.First && (To is null || day <= To.Value.Last);
}

/// <summary>A dated figure.</summary>
/// <param name="Value">Money in major units, a percent, or a plain number such as days or kilograms.</param>
/// <param name="Unit"><c>money</c>, <c>percent</c> or <c>number</c>.</param>
/// <param name="From">First month, inside; null: since ever.</param>
/// <param name="To">Last month, inside; null while it holds.</param>
public sealed record Figure(string Id, Ratio Value, string Unit, Period? From, Period? To, string Source, Confidence Confidence)
{
    public string? Note { get; init; }

    public bool HoldsOn(DateOnly day) => (From is null || day >= From.Value.First) && (To is null || day <= To.Value.Last);
}

/// <summary>To which multiple and which way an amount is rounded.</summary>
/// <param name="Unit">In major units.</param>
public sealed record RoundingRule(RoundingMode Mode, Ratio Unit, string Source, Confidence Confidence);

/// <summary>The scheme's own dated holidays.</summary>
public sealed record HolidayList(IReadOnlyList<DateOnly> Dates, string Source, Confidence Confidence)
{
    /// <summary>Saturday is a working day.</summary>
    public bool SaturdayWorks { get; init; }
}

/// <summary>What the scheme says of agreements.</summary>
/// <param name="PinnedMonths">Figures are those of the start of the current term of so many months; null: of the period.</param>
/// <param name="UsesPresumptiveIncome">An income agreed for all members takes the place of the declared one.</param>
/// <param name="Liability">agency, guarantee, debtor, joint, or null where it is the agreement's own to say.</param>
public sealed record AgreementRule(int? PinnedMonths, bool UsesPresumptiveIncome, Liability? Liability, int? NoticeMonths, string Source, Confidence Confidence)
{
    /// <summary>What a settlement does with part-paid periods, where the scheme says so.</summary>
    public Shortfall? Shortfall { get; init; }

    /// <summary>Fewest members that a group needs.</summary>
    public int? LeastMembers { get; init; }

    /// <summary>Most members that a group may have.</summary>
    public int? MostMembers { get; init; }

    /// <summary>What an official should know besides: fees, incentives, what ends a group, money in hand.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A parameter of an agreement on this pack.</summary>
/// <param name="Kind"><c>day</c> 1 to 28, <c>money</c>, <c>percent</c>, <c>count</c>, <c>mode</c>, <c>choice</c>, or <c>identifier</c>.</param>
public sealed record ParameterRule(string Name, bool Required, string Kind, string Meaning)
{
    /// <summary>choice: the values that it may have.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
