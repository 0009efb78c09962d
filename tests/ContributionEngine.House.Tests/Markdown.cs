using System.Text.RegularExpressions;

namespace ContributionEngine.House.Tests;

/// <summary>As much of Markdown as the rules read: headings, links and tables outside of code.</summary>
internal sealed partial record Markdown(string Path, IReadOnlyList<string> Lines)
{
    public static Markdown Read(string path) => new(path, WithoutCode(House.Text(path).Split('\n')));

    /// <summary>Link targets with their line, counted from 1.</summary>
    public IEnumerable<(int Line, string Target)> Links() => Lines
        .SelectMany((line, i) => Link().Matches(InlineCode().Replace(line, "")).Select(match => (i + 1, match.Groups[1].Value + match.Groups[2].Value)));

    /// <summary>The anchors that its headings have.</summary>
    public HashSet<string> Anchors()
    {
        var anchors = new HashSet<string>(StringComparer.Ordinal);
        foreach (var heading in Lines.Where(line => line.StartsWith('#')).Select(line => line.TrimStart('#').Trim()))
        {
            var plain = LinkText().Replace(heading, "$1").ToLowerInvariant();
            var anchor = string.Concat(plain.Where(letter => char.IsLetterOrDigit(letter) || letter is ' ' or '-' or '_')).Replace(' ', '-');
            for (var i = 0; !anchors.Add(i == 0 ? anchor : $"{anchor}-{i}"); i++) continue;
        }

        return anchors;
    }

    /// <summary>The rows of the first table under a heading, header first, cells without code marks and links.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Table(string heading) =>
        Rows(Lines.SkipWhile(line => line.Trim() != heading).Skip(1).TakeWhile(line => !line.StartsWith('#')));

    /// <summary>Every table row of the file with its line.</summary>
    public IEnumerable<(int Line, IReadOnlyList<string> Cells)> AllRows() => Lines
        .Select((line, i) => (Line: i + 1, Text: line.Trim()))
        .Where(row => row.Text.StartsWith('|') && !Divider().IsMatch(row.Text))
        .Select(row => (row.Line, Cells(row.Text)));

    private static IReadOnlyList<IReadOnlyList<string>> Rows(IEnumerable<string> lines) =>
        [.. lines.Select(line => line.Trim()).SkipWhile(line => !line.StartsWith('|')).TakeWhile(line => line.StartsWith('|')).Where(line => !Divider().IsMatch(line)).Select(Cells)];

    private static IReadOnlyList<string> Cells(string row) => [.. row.Trim('|').Split('|').Select(cell => LinkText().Replace(cell.Trim(), "$1").Trim('`', '*', ' '))];

    // Lines of code become empty, so that numbers stay.
    private static List<string> WithoutCode(IEnumerable<string> lines)
    {
        var (kept, inside) = (new List<string>(), false);
        foreach (var line in lines)
        {
            var fence = line.TrimStart().StartsWith("```", StringComparison.Ordinal);
            kept.Add(inside || fence ? "" : line);
            if (fence) inside = !inside;
        }

        return kept;
    }

    [GeneratedRegex(@"\]\(<?([^)\s>]+)>?(?:\s+""[^""]*"")?\)|^\s*\[[^\]]+\]:\s*(\S+)")]
    private static partial Regex Link();

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex LinkText();

    // A link whose text is code keeps its target.
    [GeneratedRegex(@"`[^`]*`")]
    private static partial Regex InlineCode();

    [GeneratedRegex(@"^\|[\s:|-]+$")]
    private static partial Regex Divider();
}
