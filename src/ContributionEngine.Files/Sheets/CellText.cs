using System.Buffers;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>Tidies what a cell holds besides its content: blanks of every kind, letters that nobody sees, and a spreadsheet's apostrophe.</summary>
internal static class CellText
{
    private const string Blanks = "\u00A0\u2007\u2009\u202F";
    private const string Unseen = "\u00AD\u200B\u200E\u200F\u202A\u202B\u202C\u202D\u202E\u2060\uFEFF";
    private static readonly SearchValues<char> Odd = SearchValues.Create(Blanks + Unseen);

    public static ReadOnlySpan<char> Tidied(ReadOnlySpan<char> cell)
    {
        if (cell.ContainsAny(Odd)) cell = Plain(cell);
        cell = cell.Trim();
        return cell.Length > 1 && cell[0] == '\'' ? cell[1..].TrimStart() : cell;
    }

    private static string Plain(ReadOnlySpan<char> cell)
    {
        var plain = new StringBuilder(cell.Length);
        foreach (var letter in cell)
        {
            if (Blanks.Contains(letter)) plain.Append(' ');
            else if (!Unseen.Contains(letter)) plain.Append(letter);
        }

        return plain.ToString();
    }
}
