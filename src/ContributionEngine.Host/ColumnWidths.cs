namespace ContributionEngine.Host;

/// <summary>How a width is shared among the columns of a table that needs more, so that its rows take few lines.</summary>
internal static class ColumnWidths
{
    private const int RowsLookedAt = 500;
    private const int UnbrokenWord = 32;
    private const long Scale = 1000;

    /// <summary>A width per column, or null when every cell fits as it is.</summary>
    /// <param name="rows">Cells by row, header first.</param>
    /// <param name="width">What all columns together may take.</param>
    public static IReadOnlyList<int>? Of(IReadOnlyList<IReadOnlyList<string>> rows, int width)
    {
        var seen = rows.Take(RowsLookedAt).ToList();
        var columns = Enumerable.Range(0, rows[0].Count).ToList();
        if (columns.Sum(column => rows.Max(row => row[column].Length)) <= width) return null;
        var widths = columns.Select(column => Math.Clamp(seen.Max(row => LongestWord(row[column])), 1, UnbrokenWord)).ToArray();
        for (var left = width - widths.Sum(); left > 0; left--) widths[columns.MinBy(column => Height(seen, widths, column))]++;
        return widths;
    }

    // Whole lines would stand still for many steps; their thousandth parts show which column is worth the next character.
    private static long Height(List<IReadOnlyList<string>> rows, int[] widths, int wider)
    {
        var sum = 0L;
        foreach (var row in rows)
        {
            var highest = Scale;
            for (var i = 0; i < widths.Length; i++) highest = Math.Max(highest, row[i].Length * Scale / (widths[i] + (i == wider ? 1 : 0)));
            sum += highest;
        }

        return sum;
    }

    private static int LongestWord(string text)
    {
        var (longest, from) = (0, 0);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] != ' ') continue;
            longest = Math.Max(longest, i - from);
            from = i + 1;
        }

        return longest;
    }
}
