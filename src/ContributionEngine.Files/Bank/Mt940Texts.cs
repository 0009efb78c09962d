using System.Globalization;
using System.Text.RegularExpressions;

namespace ContributionEngine.Files;

/// <summary>Days and texts of an MT940.</summary>
internal static partial class Mt940Texts
{
    private const int LastYearOf2000 = 79;

    /// <summary>The day of yyMMdd, from 1980 to 2079; null for one that never was, such as 30 February.</summary>
    public static DateOnly? Day(string text)
    {
        var (year, month, day) = (Number(text[..2]), Number(text[2..4]), Number(text[4..6]));
        year += year > LastYearOf2000 ? 1900 : 2000;
        return month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateOnly(year, month, day) : null;
    }

    public static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);

    /// <summary>The entry with what its <c>:86:</c> says: the texts that may carry a reference, and who stands on the other side.</summary>
    public static BankEntry With(BankEntry entry, IReadOnlyList<string> lines)
    {
        var whole = string.Concat(lines).Trim();
        var parts = whole.Contains("?20", StringComparison.Ordinal) ? Numbered(whole) : Slashed(whole);
        var texts = parts.Texts.Count > 0 ? parts.Texts : [string.Join(' ', lines.Select(line => line.Trim())).Trim()];
        return entry with
        {
            Text = string.Join(' ', new[] { entry.Text, string.Join(' ', lines.Select(line => line.Trim())).Trim() }.Where(text => !string.IsNullOrEmpty(text))),
            Counterparty = parts.Counterparty,
            References = [.. entry.References.Concat(CamtTexts.Said(texts)).Distinct()],
        };
    }

    // ?20 to ?29 and ?60 to ?63 are the text, cut wherever 27 letters are full; ?31 is the account and ?32 and ?33 the name.
    private static (IReadOnlyList<string> Texts, Counterparty Counterparty) Numbered(string whole)
    {
        var parts = Subfield().Matches(whole).Select(found => (No: Number(found.Groups["no"].Value), Text: found.Groups["text"].Value)).ToList();
        var text = string.Concat(parts.Where(part => part.No is >= 20 and <= 29 or >= 60 and <= 63).Select(part => part.Text));
        var name = string.Concat(parts.Where(part => part.No is 32 or 33).Select(part => part.Text)).Trim();
        var account = parts.Where(part => part.No == 31).Select(part => part.Text.Trim()).FirstOrDefault();
        return (Marked(text), new Counterparty(NoReference.Unless(name), NoReference.Unless(account)));
    }

    // EREF+, SVWZ+ and their like begin a part of the text.
    private static List<string> Marked(string text) => [.. Mark().Split(text).Select(part => part.Trim()).Where(part => part.Length > 0)];

    // /EREF/, /REMI/ and their like begin a part, which may be cut by a slash of its own.
    private static (IReadOnlyList<string> Texts, Counterparty Counterparty) Slashed(string whole)
    {
        var parts = Slash().Matches(whole).Select(found => (Word: found.Groups["word"].Value, Text: found.Groups["text"].Value.Trim('/', ' '))).ToList();
        string? Of(string word) => NoReference.Unless(parts.Where(part => part.Word == word).Select(part => part.Text).FirstOrDefault());
        return ([.. parts.Where(part => part.Word is "EREF" or "REMI" or "RTRN" or "ORDP" or "TRCD" or "MARF" or "KREF").Select(part => part.Text)], new Counterparty(Of("NAME"), Of("IBAN") ?? Of("ACCW")));
    }

    [GeneratedRegex(@"\?(?<no>\d{2})(?<text>((?!\?\d{2}).)*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Subfield();

    [GeneratedRegex(@"(?:EREF|KREF|MREF|CRED|DEBT|SVWZ|ABWA|ABWE|IBAN|BIC|OAMT|COAM)\+")]
    private static partial Regex Mark();

    [GeneratedRegex(@"/(?<word>EREF|REMI|NAME|IBAN|BIC|BENM|ORDP|TRTP|TRCD|RTRN|MARF|KREF|CSID|ISDT|ADDR|ACCW|ID)/(?<text>((?!/(EREF|REMI|NAME|IBAN|BIC|BENM|ORDP|TRTP|TRCD|RTRN|MARF|KREF|CSID|ISDT|ADDR|ACCW|ID)/).)*)", RegexOptions.ExplicitCapture)]
    private static partial Regex Slash();
}
