using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;

namespace ContributionEngine.Core;

/// <summary>
/// An exact rational number for rates and bases. Numerators and denominators that fit 64 bits are worked in 128-bit
/// integers; the rare larger ones (powers, chained divisions) fall back to <see cref="BigInteger"/>. Never rounds by itself:
/// see <see cref="Rounding"/>.
/// </summary>
public readonly struct Ratio : IEquatable<Ratio>, IComparable<Ratio>
{
    private readonly long numerator;
    private readonly long denominatorLessOne; // so that default(Ratio) is 0/1
    private readonly Large? large;

    private Ratio(long numerator, long denominator) => (this.numerator, denominatorLessOne) = (numerator, denominator - 1);

    private Ratio(Large large) => this.large = large;

    public static Ratio Zero => default;

    public static Ratio One => new(1, 1);

    public bool IsZero => large is null && numerator == 0;

    /// <summary>-1, 0 or 1.</summary>
    public int Sign => large?.Numerator.Sign ?? Math.Sign(numerator);

    private long Denominator => denominatorLessOne + 1;

    private BigInteger BigNumerator => large?.Numerator ?? numerator;

    private BigInteger BigDenominator => large?.Denominator ?? Denominator;

    public static implicit operator Ratio(long value) => new(value, 1);

    public static implicit operator Ratio(int value) => new(value, 1);

    /// <summary>numerator / denominator; the denominator must not be zero.</summary>
    public static Ratio Of(long numerator, long denominator) => denominator > 0 ? new Ratio(numerator, denominator) : Of((Int128)numerator, denominator);

    /// <summary>numerator / denominator; the denominator must not be zero.</summary>
    public static Ratio Of(Int128 numerator, Int128 denominator)
    {
        if (denominator == 0) throw new DivideByZeroException();
        if (denominator < 0) (numerator, denominator) = (-numerator, -denominator);
        if (!FitsLong(numerator) || !FitsLong(denominator))
        {
            var divisor = GreatestCommonDivisor(Int128.Abs(numerator), denominator);
            (numerator, denominator) = (numerator / divisor, denominator / divisor);
        }

        return FitsLong(numerator) && FitsLong(denominator)
            ? new Ratio((long)numerator, (long)denominator)
            : new Ratio(new Large((BigInteger)numerator, (BigInteger)denominator));
    }

    public static Ratio operator +(Ratio left, Ratio right) => left.large is null && right.large is null
        ? Of(((Int128)left.numerator * right.Denominator) + ((Int128)right.numerator * left.Denominator), (Int128)left.Denominator * right.Denominator)
        : Of((left.BigNumerator * right.BigDenominator) + (right.BigNumerator * left.BigDenominator), left.BigDenominator * right.BigDenominator);

    public static Ratio operator -(Ratio left, Ratio right) => left + -right;

    public static Ratio operator -(Ratio value) => value.large is null && value.numerator != long.MinValue
        ? new Ratio(-value.numerator, value.Denominator)
        : Of(-value.BigNumerator, value.BigDenominator);

    // Nearly always both products fit 64 bits; then nothing has to be checked or reduced. Inlined: measured at half the time of calls.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ratio operator *(Ratio left, Ratio right) =>
        left.large is null && right.large is null && Fits(left.numerator, right.numerator, out var top) && Fits(left.Denominator, right.Denominator, out var bottom)
            ? new Ratio(top, bottom)
            : Times(left, right);

    private static Ratio Times(Ratio left, Ratio right) => left.large is null && right.large is null
        ? Of((Int128)left.numerator * right.numerator, (Int128)left.Denominator * right.Denominator)
        : Of(left.BigNumerator * right.BigNumerator, left.BigDenominator * right.BigDenominator);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Ratio operator /(Ratio left, Ratio right) =>
        left.large is null && right.large is null && right.numerator > 0 && Fits(left.numerator, right.Denominator, out var top) && Fits(left.Denominator, right.numerator, out var bottom)
            ? new Ratio(top, bottom)
            : Over(left, right);

    private static Ratio Over(Ratio left, Ratio right) => left.large is null && right.large is null
        ? Of((Int128)left.numerator * right.Denominator, (Int128)left.Denominator * right.numerator)
        : Of(left.BigNumerator * right.BigDenominator, left.BigDenominator * right.BigNumerator);

    public static bool operator <(Ratio left, Ratio right) => left.CompareTo(right) < 0;

    public static bool operator >(Ratio left, Ratio right) => left.CompareTo(right) > 0;

    public static bool operator <=(Ratio left, Ratio right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Ratio left, Ratio right) => left.CompareTo(right) >= 0;

    public static bool operator ==(Ratio left, Ratio right) => left.CompareTo(right) == 0;

    public static bool operator !=(Ratio left, Ratio right) => left.CompareTo(right) != 0;

    public static Ratio Min(Ratio left, Ratio right) => left <= right ? left : right;

    public static Ratio Max(Ratio left, Ratio right) => left >= right ? left : right;

    /// <summary>This number to a whole power that is zero or more.</summary>
    public Ratio Power(int exponent)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(exponent);
        return Of(BigInteger.Pow(BigNumerator, exponent), BigInteger.Pow(BigDenominator, exponent));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CompareTo(Ratio other) => denominatorLessOne == other.denominatorLessOne && large is null && other.large is null
        ? numerator.CompareTo(other.numerator)
        : Compared(other);

    private int Compared(Ratio other) => large is null && other.large is null
        ? ((Int128)numerator * other.Denominator).CompareTo((Int128)other.numerator * Denominator)
        : (BigNumerator * other.BigDenominator).CompareTo(other.BigNumerator * BigDenominator);

    public bool Equals(Ratio other) => CompareTo(other) == 0;

    public override bool Equals(object? obj) => obj is Ratio other && Equals(other);

    public override int GetHashCode()
    {
        var divisor = BigInteger.GreatestCommonDivisor(BigNumerator, BigDenominator);
        return HashCode.Combine(BigNumerator / divisor, BigDenominator / divisor);
    }

    /// <summary>True when this is a whole number that fits 64 bits.</summary>
    public bool TryToLong(out long whole)
    {
        if (large is null)
        {
            var (quotient, rest) = Math.DivRem(numerator, Denominator);
            whole = rest == 0 ? quotient : 0;
            return rest == 0;
        }

        var floor = Floor(out var remainder, out _);
        whole = remainder.IsZero && floor >= long.MinValue && floor <= long.MaxValue ? (long)floor : 0;
        return remainder.IsZero && floor >= long.MinValue && floor <= long.MaxValue;
    }

    /// <summary>Reads a plain decimal such as <c>4.17</c> or <c>-3</c>: invariant, no grouping, no exponent, at most so many decimals.</summary>
    public static bool TryParse(string? text, int decimalsMax, out Ratio value)
    {
        value = default;
        if (string.IsNullOrEmpty(text) || text.Length > 40) return false;
        var digits = text[0] == '-' ? text.AsSpan(1) : text.AsSpan();
        var point = digits.IndexOf('.');
        var whole = point < 0 ? digits : digits[..point];
        var decimals = point < 0 ? default : digits[(point + 1)..];
        if (whole.IsEmpty || (point >= 0 && decimals.IsEmpty) || decimals.Length > decimalsMax) return false;
        if (whole.ContainsAnyExceptInRange('0', '9') || decimals.ContainsAnyExceptInRange('0', '9')) return false;

        var number = BigInteger.Parse($"{whole}{decimals}", CultureInfo.InvariantCulture);
        value = Of(text[0] == '-' ? -number : number, BigInteger.Pow(10, decimals.Length));
        return true;
    }

    /// <summary>The exact decimal when there is one (<c>153191.5</c>), else the fraction (<c>1/3</c>).</summary>
    public override string ToString()
    {
        var divisor = BigInteger.GreatestCommonDivisor(BigNumerator, BigDenominator);
        var (top, bottom) = (BigNumerator / divisor, BigDenominator / divisor);
        for (var decimals = 0; decimals <= 12; decimals++)
        {
            var scale = BigInteger.Pow(10, decimals);
            if (!(scale % bottom).IsZero) continue;
            var plain = BigInteger.Abs(top * scale / bottom).ToString(CultureInfo.InvariantCulture).PadLeft(decimals + 1, '0');
            var sign = top.Sign < 0 ? "-" : "";
            return decimals == 0 ? sign + plain : $"{sign}{plain[..^decimals]}.{plain[^decimals..]}";
        }

        return $"{top}/{bottom}";
    }

    /// <summary>The largest whole number not above this one, and what remains as a fraction of <paramref name="divisor"/>.</summary>
    internal BigInteger Floor(out BigInteger remainder, out BigInteger divisor)
    {
        divisor = BigDenominator;
        var quotient = BigInteger.DivRem(BigNumerator, divisor, out remainder);
        if (remainder.Sign >= 0) return quotient;
        remainder += divisor;
        return quotient - 1;
    }

    /// <summary>The 64-bit numerator and denominator, when the number has them: the fast path of rounding.</summary>
    internal bool TryFast(out long top, out long bottom)
    {
        (top, bottom) = (numerator, Denominator);
        return large is null;
    }

    private static Ratio Of(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero) throw new DivideByZeroException();
        if (denominator.Sign < 0) (numerator, denominator) = (-numerator, -denominator);
        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        (numerator, denominator) = (numerator / divisor, denominator / divisor);
        return numerator >= long.MinValue && numerator <= long.MaxValue && denominator <= long.MaxValue
            ? new Ratio((long)numerator, (long)denominator)
            : new Ratio(new Large(numerator, denominator));
    }

    private static bool Fits(long left, long right, out long product) => Math.BigMul(left, right, out product) == product >> 63;

    private static bool FitsLong(Int128 value) => value >= long.MinValue && value <= long.MaxValue;

    private static Int128 GreatestCommonDivisor(Int128 left, Int128 right)
    {
        while (right != 0) (left, right) = (right, left % right);
        return left;
    }

    private sealed record Large(BigInteger Numerator, BigInteger Denominator);
}
