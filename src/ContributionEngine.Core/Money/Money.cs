using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>
/// An exact amount: a 64-bit count of minor units and its currency. Sums that leave 64 bits throw
/// <see cref="OverflowException"/>, and amounts of two currencies never meet.
/// </summary>
/// <param name="Minor">Minor units: 38600.00 CRC is 3860000.</param>
/// <param name="Currency">The currency that gives the minor unit its size.</param>
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    public static Money Zero(Currency currency) => new(0, currency);

    public bool IsZero => Minor == 0;

    public bool IsPositive => Minor > 0;

    public static Money operator +(Money left, Money right) => new(checked(left.Minor + Same(left, right).Minor), left.Currency);

    public static Money operator -(Money left, Money right) => new(checked(left.Minor - Same(left, right).Minor), left.Currency);

    public static Money operator -(Money amount) => new(checked(-amount.Minor), amount.Currency);

    public static bool operator <(Money left, Money right) => left.CompareTo(right) < 0;

    public static bool operator >(Money left, Money right) => left.CompareTo(right) > 0;

    public static bool operator <=(Money left, Money right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Money left, Money right) => left.CompareTo(right) >= 0;

    public static Money Min(Money left, Money right) => left <= right ? left : right;

    public int CompareTo(Money other) => Minor.CompareTo(Same(this, other).Minor);

    /// <summary>Reads a plain decimal (<c>-12.5</c>, <c>38600.00</c>): no grouping, no more decimals than the currency has.</summary>
    /// <returns>The amount, or a refusal with code <c>amount_malformed</c>.</returns>
    public static Outcome<Money> Parse(string text, Currency currency)
    {
        if (!Ratio.TryParse(text, currency.Digits, out var value) || !(value * currency.MinorPerMajor).TryToLong(out var minor))
        {
            return Refusal.Input("amount_malformed", $"«{text}» is not an amount in {currency.Code} with at most {currency.Digits} decimals.");
        }

        return new Money(minor, currency);
    }

    /// <summary>The amount in major units with the currency's digits and no grouping, such as <c>38600.00</c>.</summary>
    public string ToMajor() => ToMajor(Minor, Currency.Digits);

    /// <summary>Minor units printed in major units with so many digits.</summary>
    public static string ToMajor(long minor, int digits)
    {
        if (digits == 0) return minor.ToString(CultureInfo.InvariantCulture);
        var sign = minor < 0 ? "-" : "";
        var plain = UInt128.Abs(minor).ToString(CultureInfo.InvariantCulture).PadLeft(digits + 1, '0');
        return $"{sign}{plain[..^digits]}.{plain[^digits..]}";
    }

    public override string ToString() => $"{ToMajor()} {Currency.Code}";

    private static Money Same(Money left, Money right) => left.Currency == right.Currency
        ? right
        : throw new InvalidOperationException($"{left.Currency} and {right.Currency} cannot be added or compared.");
}

file static class Int64Magnitude
{
    extension(UInt128)
    {
        public static UInt128 Abs(long value) => value < 0 ? (UInt128)(-(Int128)value) : (UInt128)value;
    }
}
