namespace ContributionEngine.Core;

/// <summary>What a late charge counts.</summary>
public enum LateCount
{
    /// <summary>Once.</summary>
    Once,

    /// <summary>Days from the due date to the payment.</summary>
    Days,

    /// <summary>Whole months late.</summary>
    WholeMonths,

    /// <summary>Started months late: a part counts whole.</summary>
    StartedMonths,

    /// <summary>Calendar months after the month of due and before the month of payment.</summary>
    MonthsBetween,
}

/// <summary>A late charge on each unpaid principal; several of one kind hold for different due dates.</summary>
/// <param name="Kind">Name of the charge.</param>
/// <param name="Class">interest or surcharge: its place in the order of payment.</param>
public sealed record LateRule(string Kind, ObligationClass Class, LateCount Count, string Source, Confidence Confidence)
{
    /// <summary>Figure of the percent for one count, dated: by the due date, or day by day when <see cref="Sliced"/>.</summary>
    public string? Rate { get; init; }

    /// <summary>Optional agreement parameter that gives the percent; absent: no charge.</summary>
    public string? RateParameter { get; init; }

    /// <summary>Published monthly percents that are added up over the months counted: for started months, the one of the calendar month before each starts.</summary>
    public string? Series { get; init; }

    /// <summary>Figure added to the series: to each started month, or once when payment is in a later month than the one of due.</summary>
    public string? Plus { get; init; }

    /// <summary>The percent is for so many counts: 30 or 365 days.</summary>
    public int Divisor { get; init; } = 1;

    /// <summary>Charge on charge, count by count.</summary>
    public bool Compound { get; init; }

    /// <summary>Each day counts with the percent in force on it.</summary>
    public bool Sliced { get; init; }

    /// <summary>Figure: the percent does not rise above it.</summary>
    public string? Cap { get; init; }

    /// <summary>Charged whatever the dates.</summary>
    public bool EvenOnTime { get; init; }

    /// <summary>First due date that it holds for.</summary>
    public DateOnly? DueFrom { get; init; }

    /// <summary>Last due date that it holds for.</summary>
    public DateOnly? DueTo { get; init; }

    /// <summary>Components that bear it; empty: all.</summary>
    public IReadOnlyList<string> Components { get; init; } = [];

    /// <summary>Only with this flag.</summary>
    public string? WhenFlag { get; init; }

    public LateWaiver? Waiver { get; init; }

    /// <summary>Another rounding than the pack's.</summary>
    public RoundingRule? Rounding { get; init; }

    public bool Holds(DateOnly due) => (DueFrom is not { } from || due >= from) && (DueTo is not { } to || due <= to);
}

/// <summary>The fund may waive a charge when the principal is paid by the end of the nth calendar month after the month of due.</summary>
public sealed record LateWaiver(string Flag, int WithinMonths, string Source, Confidence Confidence);
