using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>A span of whole months that a contribution belongs to, named by its first month.</summary>
/// <param name="First">First day of the first month.</param>
/// <param name="Months">Length: 1 month, 3 quarter, 6 semester, 12 year.</param>
public readonly record struct Period(DateOnly First, int Months) : IComparable<Period>
{
    /// <summary>Last day of the span, inside it.</summary>
    public DateOnly Last => First.AddMonths(Months).AddDays(-1);

    public static bool operator <(Period left, Period right) => left.CompareTo(right) < 0;

    public static bool operator >(Period left, Period right) => left.CompareTo(right) > 0;

    public static bool operator <=(Period left, Period right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Period left, Period right) => left.CompareTo(right) >= 0;

    /// <summary>The month that holds the day.</summary>
    public static Period MonthOf(DateOnly day) => new(new DateOnly(day.Year, day.Month, 1), 1);

    /// <summary>Reads <c>yyyy-MM</c> as a month.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Period month)
    {
        month = default;
        if (text is not { Length: 7 } || !DateOnly.TryParseExact(text + "-01", "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var first)) return false;
        month = new Period(first, 1);
        return true;
    }

    /// <summary>The period of the same length that follows.</summary>
    public Period Next() => this with { First = First.AddMonths(Months) };

    /// <summary>True when the two spans share a day; both ends are inside.</summary>
    public bool Touches(DateOnly from, DateOnly? to) => from <= Last && (to is null || to >= First);

    public bool Contains(DateOnly day) => day >= First && day <= Last;

    public int CompareTo(Period other) => First != other.First ? First.CompareTo(other.First) : Months.CompareTo(other.Months);

    public override string ToString() => First.ToString("yyyy-MM", CultureInfo.InvariantCulture);
}
