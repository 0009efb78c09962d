using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Amounts as bank messages write them: digits, at most one decimal mark, never a sign.</summary>
internal static class BankAmounts
{
    /// <summary>Decimals that ISO 20022 allows, whatever the currency has: further zeros say nothing.</summary>
    private const int DecimalsMax = 5;

    private const int DigitsMax = 18;

    /// <summary>Minor units. Refusal, thrown: <c>bank_figure</c>, with the place in the file.</summary>
    public static long Minor(string text, char mark, Currency currency, string where)
    {
        text = text.Trim();
        var point = text.IndexOf(mark);
        var (whole, decimals) = point < 0 ? (text, "") : (text[..point], text[(point + 1)..]);
        if (!AreDigits(whole) || !AreDigits(decimals) || text.Length == 0 || text is ['.' or ',']) throw BankProblem.Figure(where, text, "is not an amount").Thrown();
        if (decimals.Length > DecimalsMax || decimals.TrimEnd('0').Length > currency.Digits)
        {
            throw BankProblem.Figure(where, text, $"has more decimals than {currency.Code} has, which is {currency.Digits}").Thrown();
        }

        whole = whole.TrimStart('0');
        var digits = $"{whole}{decimals.TrimEnd('0').PadRight(currency.Digits, '0')}";
        return digits.Length <= DigitsMax ? (digits.Length == 0 ? 0 : long.Parse(digits, NumberStyles.None, CultureInfo.InvariantCulture)) : throw BankProblem.Figure(where, text, "is too large").Thrown();
    }

    /// <summary>
    /// The currency of that code. One that is no longer used, such as DEM, has the two decimals that nearly all had, and its
    /// statement is held. Refusal, thrown: <c>bank_figure</c>.
    /// </summary>
    public static Currency Currency(string code, WarningList warnings, string where)
    {
        if (Core.Currency.Of(code).Ok(out var currency, out _)) return currency;
        if (code.Length != 3 || code.Any(letter => letter is < 'A' or > 'Z')) throw BankProblem.Figure(where, code, "is not the code of a currency").Thrown();
        warnings.Doubt("currency_not_listed", $"{code} is no currency of today; two decimals are assumed", Particulars.Of(null, ("currency", code)));
        return new Currency(code, 2);
    }

    private static bool AreDigits(string text) => !text.AsSpan().ContainsAnyExceptInRange('0', '9');
}
