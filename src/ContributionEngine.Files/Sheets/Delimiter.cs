namespace ContributionEngine.Files;

/// <summary>
/// What stands between the cells of a text. The line that names our columns tells it; where none does, the mark that stands
/// equally often in the most lines. A line above the header misleads neither.
/// </summary>
internal static class Delimiter
{
    private const int LinesLookedAt = 50;
    private static readonly char[] Marks = [',', ';', '\t', '|'];

    public static char Of(string text)
    {
        if (Told(text) is { } told) return told;
        var lines = text.Split('\n', '\r').Where(line => !string.IsNullOrWhiteSpace(line)).Take(LinesLookedAt).ToList();
        return Marks.MaxBy(mark => (lines.Select(line => Known(line, mark)).DefaultIfEmpty().Max(), Evenness(lines, mark)));
    }

    /// <summary>The mark that a first line such as <c>sep=;</c> names.</summary>
    public static char? Told(ReadOnlySpan<char> text)
    {
        text = text.TrimStart('\uFEFF');
        return text.Length > 4 && text.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && text[4] is not ('\r' or '\n') ? text[4] : null;
    }

    private static int Known(string line, char mark) => line.Split(mark).Count(cell => ColumnNames.IsKnown(PlainLetters.Folded(cell)));

    private static int Evenness(List<string> lines, char mark)
    {
        var counts = lines.Select(line => Outside(line, mark)).Where(count => count > 0).GroupBy(count => count).Select(group => group.Key * group.Count());
        return counts.DefaultIfEmpty().Max();
    }

    private static int Outside(string line, char mark)
    {
        var (count, isQuoted) = (0, false);
        foreach (var letter in line)
        {
            if (letter == '"') isQuoted = !isQuoted;
            else if (letter == mark && !isQuoted) count++;
        }

        return count;
    }
}
