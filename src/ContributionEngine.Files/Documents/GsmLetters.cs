using System.Text;

namespace ContributionEngine.Files;

/// <summary>The letters of a text message of 160: the basic table of GSM 03.38. One letter outside it would make the message one of 70.</summary>
public static class GsmLetters
{
    /// <summary>How many letters one message holds.</summary>
    public const int MessageMax = 160;

    private const string Table = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

    public static bool IsOf(string text) => text.All(letter => Table.Contains(letter, StringComparison.Ordinal));

    /// <summary>The text with every letter that the table lacks written without its accent, and as a question mark where that is not in it either.</summary>
    public static string Folded(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in PdfLetters.Composed(text))
        {
            if (Table.Contains(letter, StringComparison.Ordinal)) folded.Append(letter);
            else if (letter is '\u00A0' or '\u202F' or '\u2009') folded.Append(' ');
            else folded.Append(PlainLetters.Unaccented(letter.ToString()) is var plain && IsOf(plain) ? plain : char.IsLowSurrogate(letter) ? "" : "?");
        }

        return folded.ToString();
    }
}
