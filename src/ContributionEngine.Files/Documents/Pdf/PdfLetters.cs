using System.Text;

namespace ContributionEngine.Files;

/// <summary>The letters that a PDF of ours can show: Windows code page 1252. What it lacks loses its accent, and what has none becomes a question mark.</summary>
internal static class PdfLetters
{
    // Positions 128 to 159; the five that stand for nothing are blank here.
    private const string Upper = "€ ‚ƒ„…†‡ˆ‰Š‹Œ Ž  ‘’“”•–—˜™š›œ žŸ";

    private const int UpperFrom = 128;
    private const char FirstMark = '\u0300';
    private const char LastMark = '\u036F';

    private static readonly (char Mark, string Bare, string Accented)[] Accents =
    [
        ('\u0300', "AEIOUaeiou", "ÀÈÌÒÙàèìòù"), ('\u0301', "AEIOUYaeiouy", "ÁÉÍÓÚÝáéíóúý"), ('\u0302', "AEIOUaeiou", "ÂÊÎÔÛâêîôû"), ('\u0303', "ANOano", "ÃÑÕãñõ"), ('\u0308', "AEIOUYaeiouy", "ÄËÏÖÜŸäëïöüÿ"), ('\u0327', "Cc", "Çç"),
    ];

    /// <summary>The text in letters that can be shown, on one line.</summary>
    public static string Shown(string text)
    {
        var shown = new StringBuilder(text.Length);
        foreach (var letter in Composed(text)) shown.Append(Known(letter)?.ToString() ?? Without(letter));
        return shown.ToString();
    }

    /// <summary>As a literal of a content stream, quoted and in ASCII alone.</summary>
    public static string Literal(string text)
    {
        var literal = new StringBuilder(text.Length + 2).Append('(');
        foreach (var letter in Shown(text))
        {
            var code = letter < UpperFrom || letter >= '\u00A0' ? letter : 0;
            if (letter > '\u00FF') code = UpperFrom + Upper.IndexOf(letter, StringComparison.Ordinal);
            if (letter is '(' or ')' or '\\') literal.Append('\\').Append(letter);
            else if (code < UpperFrom) literal.Append((char)code);
            else literal.Append('\\').Append(Convert.ToString(code, 8));
        }

        return literal.Append(')').ToString();
    }

    private static char? Known(char letter) => letter switch
    {
        '\u202F' or '\u2009' => '\u00A0',
        '\u2212' or '\u00AD' => '-',
        < ' ' => ' ',
        _ => PdfFont.Plain.Has(letter) ? letter : null,
    };

    private static string Without(char letter)
    {
        var plain = PlainLetters.Unaccented(letter.ToString());
        return plain.All(PdfFont.Plain.Has) ? plain : char.IsLowSurrogate(letter) ? "" : "?";
    }

    // Some systems write a letter and its accent apart. A table of our own, because the program runs without the system's Unicode library.
    internal static string Composed(string text)
    {
        if (!text.Any(letter => letter is >= FirstMark and <= LastMark)) return text;
        var composed = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is < FirstMark or > LastMark) composed.Append(letter);
            else if (composed.Length > 0 && Accents.FirstOrDefault(row => row.Mark == letter) is { Bare: not null } row && row.Bare.IndexOf(composed[^1], StringComparison.Ordinal) is >= 0 and var at) composed[^1] = row.Accented[at];
        }

        return composed.ToString();
    }
}
