using System.Text;

namespace ContributionEngine.Files;

/// <summary>A tag of an MT940 with what stands behind it.</summary>
/// <param name="Line">Line of the file where it begins, the first being 1.</param>
internal readonly record struct Mt940Field(string Tag, IReadOnlyList<string> Lines, long Line)
{
    public string First => Lines[0];
}

/// <summary>
/// Cuts a text into MT940 fields. Only the tags of the standard begin a field: text may begin a line with a colon or a dash.
/// Envelopes, ends of messages, empty lines and characters that nobody sees are passed over.
/// </summary>
internal sealed class Mt940Lines(Func<Stream> open)
{
    private const int LineCharsMax = 1 << 14;
    private const int FieldLinesMax = 1_000;

    private static readonly HashSet<string> Tags = ["13", "13D", "20", "21", "25", "25P", "28", "28C", "34F", "60F", "60M", "61", "62F", "62M", "64", "65", "86", "90C", "90D", "NS"];

    /// <summary>The tag at the start of a line, or null.</summary>
    public static string? TagOf(string line)
    {
        var end = line is [':', ..] ? line.IndexOf(':', 1) : -1;
        return end is > 1 and <= 4 && Tags.Contains(line[1..end]) ? line[1..end] : null;
    }

    public IEnumerable<Mt940Field> Fields()
    {
        var field = default(Mt940Field);
        var lines = new List<string>();
        foreach (var (text, number) in Texts())
        {
            if (TagOf(text) is not { } tag)
            {
                if (lines.Count > 0) lines.Add(text);
                if (lines.Count > FieldLinesMax) throw BankProblem.Unreadable($"the field in line {field.Line} has more than {FieldLinesMax} lines").Thrown();
                continue;
            }

            if (lines.Count > 0) yield return field;
            lines = [text[(tag.Length + 2)..].TrimEnd()];
            field = new Mt940Field(tag, lines, number);
        }

        if (lines.Count > 0) yield return field;
    }

    private IEnumerable<(string Text, long Number)> Texts()
    {
        using var stream = open();
        var head = new byte[TextEncoding.HeadBytes];
        head = head[..stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        using var reader = new StreamReader(open(), TextEncoding.Of(head, open), detectEncodingFromByteOrderMarks: true, 1 << 16);
        for (var number = 1L; Next(reader, number) is { } line; number++)
        {
            var text = Bare(line);
            if (text.Length > 0 && !IsEnd(text)) yield return (text, number);
        }
    }

    // A line may be of any length in a file that is none.
    private static string? Next(StreamReader reader, long number)
    {
        var line = new StringBuilder();
        int letter;
        while ((letter = reader.Read()) is not (-1 or '\n'))
        {
            if (line.Length == LineCharsMax) throw BankProblem.Unreadable($"line {number} is longer than {LineCharsMax} letters").Thrown();
            line.Append((char)letter);
        }

        return letter < 0 && line.Length == 0 ? null : line.ToString();
    }

    private static string Bare(string line)
    {
        var text = line.TrimEnd('\r');
        if (text.Any(letter => letter < ' ' && letter != '\t')) text = new string([.. text.Where(letter => letter >= ' ' || letter == '\t')]);
        if (text is not ['{', ..]) return text;
        var block = text.IndexOf("{4:", StringComparison.Ordinal);
        return block < 0 ? "" : text[(block + 3)..];
    }

    private static bool IsEnd(string text) => text == "-" || text.StartsWith("-}", StringComparison.Ordinal) || text.All(letter => letter == ' ');
}
