using System.Numerics;

namespace ContributionEngine.Core;

/// <summary>How a fraction becomes a whole unit. Halves go away from zero, so a negative amount mirrors the positive one.</summary>
public enum RoundingMode
{
    /// <summary>Nearest; halves away from zero.</summary>
    HalfUp,

    /// <summary>Nearest; halves to the even unit.</summary>
    HalfEven,

    /// <summary>Toward zero.</summary>
    Down,

    /// <summary>Away from zero.</summary>
    Up,
}

/// <summary>A declared rounding: to which multiple, and which way. The one place where a fraction becomes an amount.</summary>
/// <param name="Mode">Which way.</param>
/// <param name="Unit">The multiple, in the same unit as the value that is rounded: 100 minor units for whole colones.</param>
public readonly record struct Rounding(RoundingMode Mode, long Unit)
{
    /// <summary>To the nearest single unit, halves away from zero.</summary>
    public static Rounding HalfUp { get; } = new(RoundingMode.HalfUp, 1);

    /// <summary>The multiple of <see cref="Unit"/> that the value rounds to.</summary>
    /// <exception cref="OverflowException">The result does not fit 64 bits.</exception>
    public long Apply(Ratio value)
    {
        if (value.TryFast(out var top, out var bottom) && Math.BigMul(bottom, Unit, out var whole) == 0 && whole > 0) return Fast(top, whole);
        return (long)(Slow(value / Unit) * Unit);
    }

    private long Fast(long top, long bottom)
    {
        var (quotient, remainder) = Math.DivRem(top, bottom);
        if (remainder == 0) return checked(quotient * Unit);
        var lost = Math.Abs(remainder); // Less than the divisor, so neither this nor what is left of it overflows.
        var away = Away(lost.CompareTo(bottom - lost), (quotient & 1) != 0);
        return checked((quotient + (away ? Math.Sign(top) : 0)) * Unit);
    }

    private BigInteger Slow(Ratio value)
    {
        var negative = value.Sign < 0;
        var floor = (negative ? -value : value).Floor(out var remainder, out var divisor);
        if (!remainder.IsZero && Away((remainder * 2).CompareTo(divisor), !floor.IsEven)) floor += 1;
        return negative ? -floor : floor;
    }

    private bool Away(int comparedToHalf, bool odd) => Mode switch
    {
        RoundingMode.HalfUp => comparedToHalf >= 0,
        RoundingMode.HalfEven => comparedToHalf > 0 || (comparedToHalf == 0 && odd),
        RoundingMode.Down => false,
        _ => true,
    };
}
