using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Web;

/// <summary>Reads what a person types by the way that her place writes it.</summary>
internal static class Typed
{
    private static readonly string[] Blanks = [" ", "\u00a0", "\u202f", "\u2009"];

    /// <summary>An amount such as <c>1.234,50</c>: thousands marked all or not at all, and marked right. Nothing is guessed, since it is booked: what her place would not write is refused. Refusals: <c>amount_malformed</c>.</summary>
    public static Outcome<Money> Amount(Numerals numerals, string text, Currency currency)
    {
        var (mark, group) = (Regex.Escape(numerals.Decimal), Blanks.Contains(numerals.Group) ? $"[{string.Concat(Blanks)}]" : Regex.Escape(numerals.Group));
        var trimmed = text.Trim();
        if (!Regex.IsMatch(trimmed, $@"^(\d+|\d{{1,3}}({group}\d{{3}})+)({mark}\d+)?$", RegexOptions.CultureInvariant)) return Malformed(text, currency);
        var plain = Regex.Replace(trimmed, group, "").Replace(numerals.Decimal, ".", StringComparison.Ordinal);
        return Money.Parse(plain, currency).Ok(out var amount, out _) ? amount : Malformed(text, currency);
    }

    /// <summary>A total, often copied from the sheet that it is held against, and therefore read as the amounts of a sheet are: her place only decides what could be meant in two ways. Refusals: <c>amount_malformed</c>.</summary>
    public static Outcome<Money> Total(Numerals numerals, string text, Currency currency)
    {
        var (column, trimmed) = (new AmountColumn(currency), text.Trim());
        column.See(trimmed);
        return column.Decide(null, numerals.Decimal) is null && column.Read(trimmed, out var minor) == AmountReading.Fine ? new Money(minor, currency) : Malformed(text, currency);
    }

    private static Refusal Malformed(string text, Currency currency) =>
        Refusal.Input("amount_malformed", $"«{text}» is not an amount in {currency.Code} with at most {currency.Digits} decimals.") with { Field = "amount", Value = text };
}
