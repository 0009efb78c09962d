using System.Globalization;
using System.Numerics;

namespace ContributionEngine.Core;

/// <summary>An ISO 11649 creditor reference: RF, two check digits (mod 97), and up to 21 letters and digits.</summary>
public static class CreditorReference
{
    private const int BodyMax = 21;

    /// <summary>The reference whose body is the id of a remittance.</summary>
    public static string Of(long id) => Of(id.ToString("D12", CultureInfo.InvariantCulture));

    /// <summary>The reference of a body of 1 to 21 capital letters and digits.</summary>
    public static string Of(string body)
    {
        if (body.Length is 0 or > BodyMax || !body.All(char.IsAsciiLetterOrDigit)) throw new ArgumentException("1 to 21 letters and digits.", nameof(body));
        var check = 98 - (int)(Number(body.ToUpperInvariant() + "RF00") % 97);
        return $"RF{check:D2}{body.ToUpperInvariant()}";
    }

    /// <summary>True when the text, blanks aside, is a reference whose check digits hold.</summary>
    public static bool IsValid(string text)
    {
        var plain = text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();
        return plain.Length is > 4 and <= BodyMax + 4 && plain.StartsWith("RF", StringComparison.Ordinal)
            && plain.All(char.IsAsciiLetterOrDigit) && Number(plain[4..] + plain[..4]) % 97 == 1;
    }

    /// <summary>The references that stand in texts and whose check digits hold, each once and without blanks.</summary>
    public static IReadOnlyList<string> In(IEnumerable<string> texts) => ReferenceTexts.Whole(texts);

    private static BigInteger Number(string text) => BigInteger.Parse(
        string.Concat(text.Select(letter => char.IsAsciiDigit(letter) ? letter.ToString() : (letter - 'A' + 10).ToString(CultureInfo.InvariantCulture))),
        CultureInfo.InvariantCulture);
}
