namespace ContributionEngine.Core;

/// <summary>Numbers at a stated precision, halves away from zero.</summary>
internal static class Decimals
{
    public static Ratio HalfUp(Ratio value, int decimals) => Ratio.Of(Rounding.HalfUp.Apply(value * Scale(decimals)), Scale(decimals));

    /// <summary>The number with exactly so many decimals.</summary>
    public static string Print(Ratio value, int decimals) => Money.ToMajor(Rounding.HalfUp.Apply(value * Scale(decimals)), decimals);

    private static long Scale(int decimals)
    {
        var scale = 1L;
        for (; decimals > 0; decimals--) scale *= 10;
        return scale;
    }
}
