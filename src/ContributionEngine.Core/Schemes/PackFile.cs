namespace ContributionEngine.Core;

/// <summary>A scheme pack as its JSON file says it: the contribution rules of one scheme as dated data, every figure with its source.</summary>
public sealed record PackFile
{
    public required string Pack { get; init; }

    public required string Version { get; init; }

    public required string Title { get; init; }

    public required string Country { get; init; }

    public required string Currency { get; init; }

    /// <summary>Decimals of printed amounts; never more than the currency has.</summary>
    public required int OutputDecimals { get; init; }

    /// <summary>Decimals that incomes and amounts may come with.</summary>
    public required int InputDecimals { get; init; }

    /// <summary>Spans that members may pay for: month, quarter, semester, year. The first is the default.</summary>
    public required IReadOnlyList<SpanMode> Modes { get; init; }

    /// <summary>Flags that a member may carry.</summary>
    public required IReadOnlyList<string> MemberFlags { get; init; }

    public required IReadOnlyList<Figure> Figures { get; init; }

    public required IReadOnlyList<ClassTable> Tables { get; init; }

    public required IReadOnlyList<ComponentRule> Components { get; init; }

    public required RoundingRule Rounding { get; init; }

    public required HolidayList Holidays { get; init; }

    public required IReadOnlyList<DueRule> Due { get; init; }

    public required ObligationDueRule ObligationDue { get; init; }

    public required IReadOnlyList<LateRule> Late { get; init; }

    public SpreadRule? Allocation { get; init; }

    public EntitlementRule? Entitlement { get; init; }

    public required AgreementRule Agreement { get; init; }

    public required IReadOnlyList<ParameterRule> Parameters { get; init; }

    /// <summary>Facts that nobody knows and nothing computes with.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }
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

/// <summary>A dated figure.</summary>
/// <param name="Value">Money in major units, or a percent.</param>
/// <param name="From">First month, inside.</param>
/// <param name="To">Last month, inside; null while it holds.</param>
public sealed record Figure(string Id, Ratio Value, string Unit, Period From, Period? To, string Source, Confidence Confidence)
{
    public string? Note { get; init; }

    public bool HoldsOn(DateOnly day) => day >= From.First && (To is null || day <= To.Value.Last);
}

/// <summary>A dated table of classes: the income falls in one half-open row, whose values then hold for the whole amount.</summary>
public sealed record ClassTable(string Id, Period From, Period? To, IReadOnlyList<ClassRow> Rows, string Source, Confidence Confidence)
{
    public string? Note { get; init; }

    public bool HoldsOn(DateOnly day) => day >= From.First && (To is null || day <= To.Value.Last);

    /// <summary>The row whose edges hold the income.</summary>
    public ClassRow RowOf(Ratio income) => Rows.First(row => row.To is not { } to || income < to);
}

/// <summary>One class.</summary>
/// <param name="From">Lower edge, inside.</param>
/// <param name="To">Upper edge, outside; null in the last row.</param>
/// <param name="Percents">Percent by column name.</param>
public sealed record ClassRow(string Class, Ratio From, Ratio? To, IReadOnlyDictionary<string, Ratio> Percents);

/// <summary>A part of the contribution: who pays, who owes, who remits, on what base, how much.</summary>
public sealed record ComponentRule(string Id, Payer Payer, Payer Debtor, Payer Remitter, BaseRule? Base, AmountRule Amount)
{
    /// <summary>Rule 5 of the domain: what the State or a sponsor pays is not collected and not remitted.</summary>
    public bool IsCollected => Payer is not (Payer.State or Payer.Sponsor);
}

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

/// <summary>From the income to the base of one component.</summary>
public sealed record BaseRule
{
    /// <summary>Figure below which the base does not fall.</summary>
    public string? Floor { get; init; }

    /// <summary>Member flags any of which waives the floor.</summary>
    public IReadOnlyList<string> FloorWaivedBy { get; init; } = [];

    /// <summary>Figure above which the base does not rise.</summary>
    public string? Ceiling { get; init; }

    /// <summary>Member flag that puts the base at the ceiling whatever the income.</summary>
    public string? CeilingWhen { get; init; }
}

/// <summary>How an amount is worked out.</summary>
/// <param name="Kind"><c>rate</c>: a percent figure of the base. <c>table</c>: the percent of the income's class. <c>residual</c>: a percent figure of another component's base, less that component.</param>
public sealed record AmountRule(string Kind)
{
    public string? Rate { get; init; }

    public string? Table { get; init; }

    public string? Column { get; init; }

    public string? Of { get; init; }
}

/// <summary>To which multiple and which way each component is rounded.</summary>
/// <param name="Unit">In major units.</param>
public sealed record RoundingRule(RoundingMode Mode, Ratio Unit, string Source, Confidence Confidence);

/// <summary>The scheme's own dated holidays.</summary>
public sealed record HolidayList(IReadOnlyList<DateOnly> Dates, string Source, Confidence Confidence);

/// <summary>A published due date.</summary>
/// <param name="AnchorMonth">By mode: the month of the span, counted from 1, at whose end the day is found.</param>
/// <param name="Day"><c>nth_working_day</c> after the anchor month's end, or its <c>last_working_day</c>.</param>
public sealed record DueRule(string Item, IReadOnlyDictionary<string, int> AnchorMonth, string Day, int? Nth, string Source, Confidence Confidence);

/// <summary>When collected contributions fall due: by a due item, or on the agreement's payment day of the month after the span.</summary>
public sealed record ObligationDueRule
{
    public string? Item { get; init; }

    public string? DayParameter { get; init; }
}

/// <summary>A late charge on each unpaid principal.</summary>
/// <param name="Kind">Name of the charge.</param>
/// <param name="Method"><c>flat</c>: once; <c>compound</c>: per whole month; <c>simple</c>: per whole month.</param>
/// <param name="Rate">Percent figure, or null where a parameter gives it.</param>
public sealed record LateRule(string Kind, string Method, string? Rate, string Source, Confidence Confidence)
{
    /// <summary>Optional agreement parameter that gives the percent; absent: no charge.</summary>
    public string? RateParameter { get; init; }

    /// <summary>Components that bear it; empty: all.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Only with this flag.</summary>
    public string? WhenFlag { get; init; }
}

/// <summary>How one payment of many members is spread: <c>whole_member_first</c>.</summary>
public sealed record SpreadRule(string Spread, string Source, Confidence Confidence);

/// <summary>When a member is covered.</summary>
/// <param name="Kind"><c>unpaid_age</c> or <c>k_of_n</c>.</param>
public sealed record EntitlementRule(string Kind, string Source, Confidence Confidence)
{
    /// <summary>unpaid_age: months after which the oldest unpaid row ends cover.</summary>
    public int? Months { get; init; }

    /// <summary>unpaid_age: the state beyond that age.</summary>
    public string? Beyond { get; init; }

    /// <summary>k_of_n: the parameter that chooses the rule, and the value for which cover is immediate.</summary>
    public string? RuleParameter { get; init; }

    public string? ImmediateValue { get; init; }

    public string? CountedValue { get; init; }

    public int? Needed { get; init; }

    public int? Window { get; init; }
}

/// <summary>What the scheme says of agreements.</summary>
/// <param name="PinnedMonths">Figures are those of the start of the current term of so many months; null: of the period.</param>
/// <param name="UsesPresumptiveIncome">An income agreed for all members takes the place of the declared one.</param>
public sealed record AgreementRule(int? PinnedMonths, bool UsesPresumptiveIncome, string Liability, int? NoticeMonths, string Source, Confidence Confidence);

/// <summary>A parameter of an agreement on this pack.</summary>
/// <param name="Kind"><c>day</c> 1 to 28, <c>money</c>, <c>percent</c>, <c>mode</c>, or <c>choice</c>.</param>
public sealed record ParameterRule(string Name, bool Required, string Kind, string Meaning)
{
    /// <summary>choice: the values that it may have.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];
}
