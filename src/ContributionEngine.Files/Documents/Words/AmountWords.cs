using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>An amount in words, as slips and cheques have it: whole units in words, the rest as a fraction, and the currency by its code.</summary>
public static class AmountWords
{
    /// <summary>From here on names of numbers differ too much from country to country: amounts are not put into words.</summary>
    public const long WholeMax = 1_000_000_000_000;

    /// <summary>Such as <c>veintiuno con 50/100 (CRC)</c>; null below zero and from <see cref="WholeMax"/> on.</summary>
    /// <param name="language">es, fr, en or pt, also with a country, which decides in Portuguese; English where it is another.</param>
    public static string? Of(Money amount, string? language)
    {
        var (whole, rest) = Math.DivRem(amount.Minor, amount.Currency.MinorPerMajor);
        if (amount.Minor < 0 || whole >= WholeMax) return null;
        var (words, and) = (language ?? "en").Split('-')[0].ToLowerInvariant() switch
        {
            "es" => (SpanishNumbers.Of(whole), "con"),
            "fr" => (FrenchNumbers.Of(whole), "et"),
            "pt" => (new PortugueseNumbers(string.Equals(language, "pt-BR", StringComparison.OrdinalIgnoreCase)).Of(whole), "e"),
            _ => (EnglishNumbers.Of(whole), "and"),
        };
        var digits = amount.Currency.Digits;
        var fraction = digits == 0 ? "" : $" {and} {rest.ToString($"D{digits}", CultureInfo.InvariantCulture)}/{amount.Currency.MinorPerMajor.ToString(CultureInfo.InvariantCulture)}";
        return $"{words}{fraction} ({amount.Currency.Code})";
    }

    /// <summary>The words that are there, with blanks between.</summary>
    internal static string Joined(params IEnumerable<string> words) => string.Join(' ', words.Where(word => word != ""));
}
