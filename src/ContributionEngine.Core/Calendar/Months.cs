namespace ContributionEngine.Core;

/// <summary>Month arithmetic of contribution law, always counted from the original date and never step by step.</summary>
public static class Months
{
    /// <summary>Largest n, zero or more, with due + n months on or before the day of payment.</summary>
    public static int WholeLate(DateOnly due, DateOnly paidOn)
    {
        if (paidOn <= due) return 0;
        var n = ((paidOn.Year - due.Year) * 12) + paidOn.Month - due.Month;
        return due.AddMonths(n) <= paidOn ? n : n - 1;
    }

    /// <summary>Smallest n, zero or more, with due + n months on or after the day of payment.</summary>
    public static int StartedLate(DateOnly due, DateOnly paidOn)
    {
        var whole = WholeLate(due, paidOn);
        return paidOn <= due || due.AddMonths(whole) == paidOn ? whole : whole + 1;
    }

    /// <summary>Days from the due date to the payment, never negative.</summary>
    public static int DaysLate(DateOnly due, DateOnly paidOn) => Math.Max(0, paidOn.DayNumber - due.DayNumber);
}
