namespace ContributionEngine.Core;

/// <summary>How the day of a due date is found.</summary>
public enum DueDay
{
    /// <summary>The nth working day after the end of the anchor month (or of the half-month of an event).</summary>
    NthWorkingDay,

    /// <summary>The last working day of the anchor month.</summary>
    LastWorkingDay,

    /// <summary>The last day of the anchor month, rolled as said.</summary>
    LastDay,

    /// <summary>A day of the anchor month, by number or by the pack's rows, rolled as said.</summary>
    DayOfMonth,
}

/// <summary>A published due date.</summary>
public sealed record DueRule(string Item, DueDay Day, string Source, Confidence Confidence)
{
    /// <summary>By mode: the month of the span, counted from 1, that the day is found in; above the span's length it lies after it.</summary>
    public IReadOnlyDictionary<string, int> AnchorMonth { get; init; } = new Dictionary<string, int>();

    /// <summary>The day is found after the half of the month, 1 to 15 or the rest, in which an event falls.</summary>
    public bool AfterHalfMonthOfEvent { get; init; }

    /// <summary>nth_working_day: 1 to 31.</summary>
    public int? Nth { get; init; }

    /// <summary>day_of_month: 1 to 28.</summary>
    public int? Number { get; init; }

    public Roll Roll { get; init; } = Roll.None;

    /// <summary>day_of_month: the number hangs on an identifier or a count.</summary>
    public DueChoice? Choice { get; init; }
}

/// <summary>A due day that hangs on the last digit of an identifier or on a count.</summary>
/// <param name="By">Input path: <c>identifiers.employer_number</c> or <c>agreement.staff</c>.</param>
public sealed record DueChoice(string By, IReadOnlyList<DueRow> Rows)
{
    /// <summary>The identifier may hold hyphens between its digits.</summary>
    public bool Hyphens { get; init; }
}

/// <summary>The day for a range, both ends inside; a fixed date holds for its year's span only.</summary>
public sealed record DueRow(int From, int? To)
{
    /// <summary>Only for spans of this mode.</summary>
    public SpanMode? Mode { get; init; }

    public int? Number { get; init; }

    public DateOnly? Date { get; init; }
}

/// <summary>Advances on a span's contributions, owed by whoever owed enough before.</summary>
/// <param name="Threshold">Figure: advances are due when <c>prior.two_quarters_ago</c> is above it.</param>
/// <param name="Percents">By item of <c>due</c>, then by first month of the span (<c>*</c>: any other): figure of the percent of <c>prior.same_quarter_last_year</c>.</param>
/// <param name="Balance">The item that bears what is left of <c>prior.declared</c>.</param>
public sealed record AdvanceRule(string Threshold, IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Percents, string Balance, string Source, Confidence Confidence);

/// <summary>When collected contributions fall due: by a due item, or on the agreement's payment day of the month after the span.</summary>
public sealed record ObligationDueRule
{
    public string? Item { get; init; }

    public string? DayParameter { get; init; }
}
