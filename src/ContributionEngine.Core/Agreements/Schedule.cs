namespace ContributionEngine.Core;

/// <summary>A period that an agreement collects, and the period by whose rule it falls due.</summary>
/// <param name="Period">What the contribution belongs to.</param>
/// <param name="DueWith">The period itself, or the last one of the season window that also covers it.</param>
/// <param name="Term">The term whose figures apply.</param>
public readonly record struct CollectedPeriod(Period Period, Period DueWith, Term Term);

/// <summary>Which periods an enrolment owes under an agreement.</summary>
public static class Schedule
{
    /// <summary>
    /// The periods of the grid that touch the terms and the enrolment and are inside a season of the member's zone. Both ends of the
    /// enrolment are inside it; a period is due when the enrolment touches it.
    /// </summary>
    /// <param name="grid">Length of the periods, and the month in which the scheme's year begins; null: it begins with the term.</param>
    public static IEnumerable<CollectedPeriod> Of(Agreement agreement, (int Months, int? Begins) grid, string? zone, (DateOnly From, DateOnly? To) enrolled)
    {
        foreach (var term in agreement.Terms)
        {
            for (var period = First(term.Start, grid); period.First <= term.End; period = period.Next())
            {
                if (!period.Touches(enrolled.From, enrolled.To) || !period.Touches(term.Start, term.End)) continue;
                if (DueWith(term, period, zone) is { } with) yield return new CollectedPeriod(period, with, term);
            }
        }
    }

    private static Period First(DateOnly start, (int Months, int? Begins) grid)
    {
        var into = grid.Begins is { } begins ? (start.Month - begins + 12) % grid.Months : 0;
        return new Period(new DateOnly(start.Year, start.Month, 1).AddMonths(-into), grid.Months);
    }

    private static Period? DueWith(Term term, Period period, string? zone)
    {
        if (term.Seasons.Count == 0) return period;
        foreach (var season in term.Seasons.Where(season => season.IsFor(zone)))
        {
            for (var month = Period.MonthOf(period.First); month <= Period.MonthOf(period.Last); month = month.Next())
            {
                if (season.CollectedWith(month) is { } with) return with == month ? period : with with { Months = period.Months };
            }
        }

        return null;
    }
}

/// <summary>An amount that the rules give for a component and payer, in one or in many periods.</summary>
/// <param name="Amount">Minor units, not zero.</param>
public sealed record PlannedLine(string Component, string Payer, long Amount)
{
    public required long ComponentOrder { get; init; }

    public required bool Collected { get; init; }

    /// <summary>Principal, or a fee of the organisation.</summary>
    public ObligationClass Class { get; init; } = ObligationClass.Principal;

    /// <summary>The arithmetic that gave the amount.</summary>
    public required string Basis { get; init; }
}

/// <summary>An amount that the rules give for one enrolment and period.</summary>
public readonly record struct PlannedObligation(long EnrolmentId, Period Period, DateOnly DueOn, PlannedLine Line)
{
    /// <summary>Where several payments gave the amount and each falls due by itself: the parts, oldest first. Null: one amount.</summary>
    public IReadOnlyList<PlannedPart>? Parts { get; init; }

    /// <summary>Rule 1: the first day of the period or the due date, whichever is first.</summary>
    public DateOnly OpensOn => DueOn < Period.First ? DueOn : Period.First;
}

/// <summary>A part of a planned amount with a due date of its own.</summary>
/// <param name="Amount">Minor units, above zero.</param>
public readonly record struct PlannedPart(DateOnly DueOn, long Amount);
