using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// How the dates of one column are written: yyyy-MM-dd, or day and month in either order with a four-digit year and / . or -.
/// Cells with a number above 12 decide the order; without one the treasurer is asked.
/// </summary>
public sealed class DateColumn
{
    private long dayFirst;
    private long monthFirst;
    private string? unsure;
    private bool isDayFirst = true;

    public void See(string cell)
    {
        if (!Parts(cell, out var first, out var second, out _)) return;
        if (first > 12 && second <= 12) dayFirst++;
        else if (second > 12 && first <= 12) monthFirst++;
        else if (first != second) unsure ??= cell;
    }

    /// <summary>Decides the order; a refusal F14 when a date is ambiguous and nothing decides.</summary>
    public Refusal? Decide(string? told)
    {
        if (told is not null) isDayFirst = told == "dmy";
        else if (dayFirst != monthFirst) isDayFirst = dayFirst > monthFirst;
        else if (unsure is not null) return FileProblem.DateOrder(unsure);
        return null;
    }

    public bool Read(string cell, out DateOnly day)
    {
        if (DateOnly.TryParseExact(cell, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day)) return true;
        if (!Parts(cell, out var first, out var second, out var year)) return false;
        var (d, m) = isDayFirst ? (first, second) : (second, first);
        if (m is < 1 or > 12 || year < 1900 || d < 1 || d > DateTime.DaysInMonth(year, m)) return false;
        day = new DateOnly(year, m, d);
        return true;
    }

    private static bool Parts(string cell, out int first, out int second, out int year)
    {
        (first, second, year) = (0, 0, 0);
        var parts = cell.Split('/', '.', '-');
        return parts.Length == 3 && parts[2].Length == 4 && parts[0].Length is 1 or 2 && parts[1].Length is 1 or 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out second)
            && int.TryParse(parts[2], NumberStyles.None, CultureInfo.InvariantCulture, out year);
    }
}
