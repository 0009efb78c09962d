using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Reads a month as people write it: 2026-10, 10/2026, 202610, October 2026, octubre de 2026.</summary>
internal static class PeriodText
{
    private static readonly string[][] Names =
    [
        ["enero", "janvier", "january", "janeiro", "ene", "jan"], ["febrero", "fevrier", "february", "fevereiro", "feb", "fev"], ["marzo", "mars", "march", "marco", "mar"],
        ["abril", "avril", "april", "abr", "apr"], ["mayo", "mai", "may", "maio"], ["junio", "juin", "june", "junho", "jun"],
        ["julio", "juillet", "july", "julho", "jul"], ["agosto", "aout", "august", "ago", "aug"], ["septiembre", "setiembre", "septembre", "september", "setembro", "sep", "set"],
        ["octubre", "octobre", "october", "outubro", "oct", "out"], ["noviembre", "novembre", "november", "novembro", "nov"], ["diciembre", "decembre", "december", "dezembro", "dic", "dec", "dez"],
    ];

    public static bool TryRead(string cell, out Period month)
    {
        if (Period.TryParse(cell, out month)) return true;
        var words = PlainLetters.Folded(cell).Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(word => word is not ("de" or "del")).ToArray();
        if (words.Length == 1 && words[0].Length == 6) words = [words[0][..4], words[0][4..]];
        if (words.Length != 2) return false;
        var (year, part) = words[0].Length == 4 && int.TryParse(words[0], NumberStyles.None, CultureInfo.InvariantCulture, out _) ? (words[0], words[1]) : (words[1], words[0]);
        var number = Array.FindIndex(Names, names => names.Contains(part)) + 1;
        if (number == 0 && !(part.Length <= 2 && int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out number))) return false;
        return Period.TryParse($"{year}-{number:D2}", out month);
    }
}
