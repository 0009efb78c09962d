using System.Collections.Frozen;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>
/// Letters without their accents, for comparing what people wrote. A table of our own, because the program runs without the
/// system's Unicode library and would otherwise keep every accent.
/// </summary>
public static class PlainLetters
{
    private static readonly FrozenDictionary<char, char> Plain = new[]
    {
        ("áàâãäåāăąǎ", 'a'), ("çćĉċč", 'c'), ("ďđ", 'd'), ("éèêëēĕėęě", 'e'), ("ĝğġģ", 'g'), ("ĥħ", 'h'), ("íìîïĩīĭįıǐ", 'i'), ("ĵ", 'j'), ("ķ", 'k'), ("ĺļľŀł", 'l'),
        ("ñńņňŋ", 'n'), ("óòôõöøōŏőǒ", 'o'), ("ŕŗř", 'r'), ("śŝşšș", 's'), ("ţťŧț", 't'), ("úùûüũūŭůűųǔ", 'u'), ("ŵ", 'w'), ("ýÿŷ", 'y'), ("źżž", 'z'),
    }.SelectMany(row => row.Item1.Select(letter => (letter, row.Item2))).ToFrozenDictionary(pair => pair.letter, pair => pair.Item2);

    // Letters that are written as two without their accents.
    private static readonly FrozenDictionary<char, string> Pairs = new Dictionary<char, string> { ['æ'] = "ae", ['œ'] = "oe", ['ß'] = "ss", ['þ'] = "th", ['ð'] = "d", ['’'] = "'", ['‘'] = "'", ['–'] = "-" }.ToFrozenDictionary();

    /// <summary>The same text without accents: case and everything that is no Latin letter stay as they are.</summary>
    public static string Unaccented(string text)
    {
        if (Ascii.IsValid(text)) return text;
        var plain = new StringBuilder(text.Length + 4);
        foreach (var letter in text)
        {
            if (letter is >= '\u0300' and <= '\u036F') continue;
            var lower = char.ToLowerInvariant(letter);
            var written = Pairs.GetValueOrDefault(lower) ?? Plain.GetValueOrDefault(lower, lower).ToString();
            plain.Append(lower == letter ? written : lower == written[0] ? letter.ToString() : written.ToUpperInvariant());
        }

        return plain.ToString();
    }

    /// <summary>Capitals without accents: <c>Núñez</c> is <c>NUNEZ</c>.</summary>
    public static string Capitals(string text) => Unaccented(text).ToUpperInvariant();

    /// <summary>Lower case, accents off, everything but letters and digits one blank, trimmed: <c>N.º de Afiliación</c> is <c>n de afiliacion</c>.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            // Combining marks: letters that came decomposed lose their accent by losing the mark.
            if (letter is >= '\u0300' and <= '\u036F') continue;
            var lower = char.ToLowerInvariant(letter);
            if (char.IsLetterOrDigit(letter) && letter is not ('º' or 'ª')) folded.Append(Plain.GetValueOrDefault(lower, lower));
            else if (folded.Length > 0 && folded[^1] != ' ') folded.Append(' ');
        }

        return folded.ToString().TrimEnd();
    }
}
