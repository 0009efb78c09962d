using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>Shares and ranks of whole numbers.</summary>
internal static class Shares
{
    /// <summary>All of something, in tenths of a percent.</summary>
    public const long Whole = 100 * TenthsOfPercent;

    public const long TenthsOfPercent = 10;

    private static readonly Rounding Down = new(RoundingMode.Down, 1);

    /// <summary>Percent with one decimal, cut and never rounded up: 99.99 of 100 is 99.9, since something is missing. Null of nothing.</summary>
    public static Ratio? Percent(long part, long whole) => whole == 0 ? null : Ratio.Of(Tenths(part, whole), TenthsOfPercent);

    /// <summary>The same in tenths of a percent, for drawing; 0 of nothing.</summary>
    public static long Tenths(long part, long whole) => whole == 0 ? 0 : Down.Apply(Ratio.Of((Int128)part * Whole, whole));

    /// <summary>The smallest value that so many percent of all do not exceed; null of none.</summary>
    public static long? Ranked(IEnumerable<long> values, int percent) => values.Order().ToList() is { Count: > 0 } sorted ? sorted[(((sorted.Count * percent) + 99) / 100) - 1] : null;
}
