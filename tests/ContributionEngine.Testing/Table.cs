using System.Text;

namespace ContributionEngine.Testing;

/// <summary>A CSV as a reader of its own sees it: RFC 4180, comma, the first record naming the columns.</summary>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyDictionary<string, string>> Rows)
{
    public static Table Parse(string text)
    {
        var records = Records(text).ToList();
        var columns = records[0];
        return new Table(columns, [.. records.Skip(1).Select(cells => columns.Zip(cells).ToDictionary(cell => cell.First, cell => cell.Second))]);
    }

    /// <summary>The column names as they stand in the first line.</summary>
    public string Header => string.Join(',', Columns);

    /// <summary>Some cells of each row, parted by blanks, in file order.</summary>
    public IReadOnlyList<string> Of(params string[] columns) => [.. Rows.Select(row => string.Join(' ', columns.Select(column => row[column])))];

    /// <summary>The rows whose cell is that text.</summary>
    public Table Where(string column, string text) => this with { Rows = [.. Rows.Where(row => row[column] == text)] };

    /// <summary>What a money column adds up to, in major units.</summary>
    public decimal Sum(string column) => Rows.Sum(row => Amount(row[column]));

    /// <summary>An amount as every export prints it.</summary>
    public static decimal Amount(string cell) => decimal.Parse(cell, System.Globalization.NumberStyles.AllowDecimalPoint | System.Globalization.NumberStyles.AllowLeadingSign, System.Globalization.CultureInfo.InvariantCulture);

    private static IEnumerable<IReadOnlyList<string>> Records(string text)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '"' && quoted && i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[i++]);
            else if (text[i] == '"') quoted = !quoted;
            else if (quoted || text[i] is not (',' or '\n')) cell.Append(text[i]);
            else
            {
                cells.Add(cell.ToString());
                cell.Clear();
                if (text[i] == ',') continue;
                yield return cells.ToList();
                cells.Clear();
            }
        }

        if (cell.Length > 0 || cells.Count > 0) yield return [.. cells, cell.ToString()];
    }
}
