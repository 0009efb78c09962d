namespace ContributionEngine.Core;

/// <summary>Why a cut-off is not at the moment for which it was planned.</summary>
public enum MovedBecause
{
    NotABankingDay,
    BeforeEarliest,
    AfterLatest,
}

/// <summary>Where a planned cut-off goes, and why; without a reason it stays.</summary>
public sealed record FittedCutoff(DateOnly Day, TimeOnly Time, IReadOnlyList<MovedBecause> Why);

/// <summary>When a fund takes files: on banking days, from one time of the day to another, both inside.</summary>
public sealed record FundWindow(BankingCalendar Calendar, TimeOnly? Earliest, TimeOnly? Latest)
{
    private TimeOnly Opening => Earliest ?? TimeOnly.MinValue;

    /// <summary>
    /// A planned cut-off as the fund allows it: after the latest time it goes to the earliest of the next banking day; else it stays on its
    /// day, or goes to the next banking day, not before the earliest time.
    /// </summary>
    public FittedCutoff Fit(DateOnly day, TimeOnly time)
    {
        var why = new List<MovedBecause>();
        if (!Calendar.IsWorkingDay(day)) why.Add(MovedBecause.NotABankingDay);
        if (time > Latest)
        {
            why.Add(MovedBecause.AfterLatest);
            return new FittedCutoff(Calendar.NthWorkingDayAfter(day, 1), Opening, why);
        }

        if (time < Earliest) why.Add(MovedBecause.BeforeEarliest);
        return new FittedCutoff(Calendar.Rolled(day, Roll.Next), time < Opening ? Opening : time, why);
    }

    /// <summary>The first moment from this one on at which the fund takes a file.</summary>
    public (DateOnly Day, TimeOnly Time) Next(DateOnly day, TimeOnly time) =>
        !Calendar.IsWorkingDay(day) || time > Latest ? (Calendar.NthWorkingDayAfter(day, 1), Opening) : (day, time < Opening ? Opening : time);
}
