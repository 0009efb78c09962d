using System.Collections.Frozen;

namespace ContributionEngine.Core;

/// <summary>Where a day goes that is no working day.</summary>
public enum Roll
{
    None,
    Next,
    Previous,
}

/// <summary>A dated non-working day.</summary>
/// <param name="Date">The day on which nothing is open.</param>
/// <param name="Name">What is celebrated.</param>
/// <param name="MovedFrom">The day it stands for, when the law moved it.</param>
public sealed record Holiday(DateOnly Date, string Name, DateOnly? MovedFrom = null);

/// <summary>
/// Working days: Monday to Friday that are not on the dated holiday list. Only listed dates are holidays, so a list says
/// for which years it was made.
/// </summary>
public sealed class BankingCalendar
{
    private readonly FrozenSet<DateOnly> closed;

    private readonly bool saturdayWorks;

    public BankingCalendar(string id, IReadOnlyList<Holiday> holidays, bool saturdayWorks = false)
    {
        Id = id;
        this.saturdayWorks = saturdayWorks;
        Holidays = holidays;
        closed = holidays.Select(holiday => holiday.Date).ToFrozenSet();
    }

    public string Id { get; }

    /// <summary>In date order.</summary>
    public IReadOnlyList<Holiday> Holidays { get; }

    public bool IsWorkingDay(DateOnly day) =>
        day.DayOfWeek != DayOfWeek.Sunday && (saturdayWorks || day.DayOfWeek != DayOfWeek.Saturday) && !closed.Contains(day);

    /// <summary>The day itself if it is a working day, else the nearest one in the given direction.</summary>
    public DateOnly Rolled(DateOnly day, Roll roll)
    {
        if (roll == Roll.None) return day;
        var step = roll == Roll.Next ? 1 : -1;
        while (!IsWorkingDay(day)) day = day.AddDays(step);
        return day;
    }

    /// <summary>The nth working day after a day, counted from the day after it. n is at least 1.</summary>
    public DateOnly NthWorkingDayAfter(DateOnly day, int n)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(n, 1);
        for (var left = n; left > 0;)
        {
            day = day.AddDays(1);
            if (IsWorkingDay(day)) left--;
        }

        return day;
    }

    /// <summary>The last working day of the month that holds the day.</summary>
    public DateOnly LastWorkingDay(DateOnly day) => Rolled(Period.MonthOf(day).Last, Roll.Previous);
}
