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
    private string? contested;
    private bool isDayFirst = true;

    /// <summary>The order that the column was read in; null when every cell reads the same in either.</summary>
    public string? Used => dayFirst + monthFirst == 0 && unsure is null ? null : isDayFirst ? "dmy" : "mdy";

    public void See(ReadOnlySpan<char> cell)
    {
        if (!Parts(cell, out var first, out var second, out _)) return;
        if (first > 12 && second <= 12) dayFirst++;
        else if (second > 12 && first <= 12) monthFirst++;
        else if (first == second) return;
        if (first <= 12 && second <= 12) unsure ??= cell.ToString();
        else contested ??= cell.ToString();
    }

    /// <summary>Decides the order: as told, else by the cells, else as the organisation wrote it before; a refusal F14 when a date is ambiguous and nothing decides.</summary>
    public Refusal? Decide(string? told, string? before = null)
    {
        if (told is not null) isDayFirst = told == "dmy";
        else if (dayFirst != monthFirst) isDayFirst = dayFirst > monthFirst;
        else if (before is not null) isDayFirst = before == "dmy";
        else if ((unsure ?? contested) is { } cell) return FileProblem.DateOrder(cell);
        return null;
    }

    public bool Read(ReadOnlySpan<char> cell, out DateOnly day)
    {
        if (YearFirst(cell, out day)) return true;
        if (!Parts(cell, out var first, out var second, out var year)) return false;
        var (d, m) = isDayFirst ? (first, second) : (second, first);
        return year >= 1900 && IsDay(year, m, d, out day);
    }

    // yyyy-MM-dd, the usual form: the framework's parser for any form takes several times as long.
    private static bool YearFirst(ReadOnlySpan<char> cell, out DateOnly day)
    {
        day = default;
        return cell is [_, _, _, _, '-', _, _, '-', _, _]
            && int.TryParse(cell[..4], NumberStyles.None, CultureInfo.InvariantCulture, out var year)
            && int.TryParse(cell[5..7], NumberStyles.None, CultureInfo.InvariantCulture, out var month)
            && int.TryParse(cell[8..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && IsDay(year, month, number, out day);
    }

    private static bool IsDay(int year, int month, int number, out DateOnly day)
    {
        day = default;
        if (year < 1 || month is < 1 or > 12 || number < 1 || number > DateTime.DaysInMonth(year, month)) return false;
        day = new DateOnly(year, month, number);
        return true;
    }

    private static bool Parts(ReadOnlySpan<char> cell, out int first, out int second, out int year)
    {
        (first, second, year) = (0, 0, 0);
        var one = cell.IndexOfAny('/', '.', '-');
        if (one is not (1 or 2)) return false;
        var two = cell[(one + 1)..].IndexOfAny('/', '.', '-');
        return two is 1 or 2 && cell.Length == one + two + 6
            && int.TryParse(cell[..one], NumberStyles.None, CultureInfo.InvariantCulture, out first)
            && int.TryParse(cell.Slice(one + 1, two), NumberStyles.None, CultureInfo.InvariantCulture, out second)
            && int.TryParse(cell[^4..], NumberStyles.None, CultureInfo.InvariantCulture, out year);
    }
}
