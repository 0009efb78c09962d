using System.Globalization;
using System.Text;

namespace ContributionEngine.Core;

/// <summary>Whether a bank's name for somebody and ours mean the same: letters without marks, words in any order, legal forms aside, cut off where a bank cuts.</summary>
internal static class PartyNames
{
    // «R.L.», «S.A.» and «de» are two letters or less once the dots are gone; these are longer.
    private const int WordMin = 3;
    private const int TellingMin = 4;

    private static readonly HashSet<string> Forms = new(StringComparer.Ordinal) { "INC", "LTD", "LTDA", "LLC", "THE", "DEL", "LOS", "LAS" };

    /// <summary>The cue that the names give; null: none.</summary>
    public static Cue? Compare(string? counterparty, IReadOnlyList<string> names)
    {
        if (string.IsNullOrWhiteSpace(counterparty)) return null;
        var theirs = WordsOf(counterparty);
        if (theirs.Count == 0) return null;
        var ours = names.Select(WordsOf).Where(words => words.Count > 0).ToList();
        if (ours.Exists(theirs.SetEquals)) return Cue.NameSame;
        return ours.Exists(words => IsWithin(words, theirs) || IsWithin(theirs, words)) ? Cue.NameNear : null;
    }

    private static bool IsWithin(HashSet<string> few, HashSet<string> many) =>
        few.Any(word => word.Length >= TellingMin)
        && few.All(word => many.Any(other => other == word || (Math.Min(word.Length, other.Length) >= TellingMin && (other.StartsWith(word, StringComparison.Ordinal) || word.StartsWith(other, StringComparison.Ordinal)))));

    private static HashSet<string> WordsOf(string name)
    {
        var plain = new StringBuilder(name.Length);
        foreach (var sign in name.Normalize(NormalizationForm.FormD))
        {
            if (char.IsLetterOrDigit(sign)) plain.Append(char.ToUpperInvariant(sign));
            else if (sign != '.' && CharUnicodeInfo.GetUnicodeCategory(sign) != UnicodeCategory.NonSpacingMark) plain.Append(' ');
        }

        return [.. plain.ToString().Split(' ').Where(word => word.Length >= WordMin && !Forms.Contains(word))];
    }
}
