namespace ContributionEngine.Core;

/// <summary>Who may still book into a month.</summary>
public enum BookingState
{
    /// <summary>Everybody.</summary>
    Open,

    /// <summary>Officers, approvers and operators.</summary>
    SoftClosed,

    /// <summary>Nobody.</summary>
    Closed,
}

/// <summary>Months of an agreement's booking dates. Not the periods that contributions belong to.</summary>
public static class BookingPeriod
{
    /// <summary>The day on which something of a day is booked: that day, or the first day of the next month that takes it (rule 11).</summary>
    /// <param name="day">The day that it is about.</param>
    /// <param name="states">By month; one that is not among them is closed when a later one is, and else open.</param>
    /// <param name="isOfficer">True when whoever acts may book into a soft-closed month.</param>
    public static DateOnly DayFor(DateOnly day, IReadOnlyDictionary<Period, BookingState> states, bool isOfficer)
    {
        for (var month = Period.MonthOf(day); ; month = month.Next())
        {
            var state = StateOf(month, states);
            if (state == BookingState.Open || (state == BookingState.SoftClosed && isOfficer)) return day > month.First ? day : month.First;
        }
    }

    /// <summary>The state of a month; nobody need close the quiet months before one that is closed.</summary>
    public static BookingState StateOf(Period month, IReadOnlyDictionary<Period, BookingState> states) =>
        states.TryGetValue(month, out var state) ? state
        : states.Any(other => other.Value == BookingState.Closed && other.Key > month) ? BookingState.Closed : BookingState.Open;
}
