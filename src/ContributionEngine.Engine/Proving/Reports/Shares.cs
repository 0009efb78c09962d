using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>Shares and ranks of whole numbers.</summary>
internal static class Shares
{
    private static readonly Rounding Down = new(RoundingMode.Down, 1);

    /// <summary>Percent with one decimal, cut and never rounded up: 99.99 of 100 is 99.9, since something is missing. Null of nothing.</summary>
    public static Ratio? Percent(long part, long whole) => whole == 0 ? null : Ratio.Of(Down.Apply(Ratio.Of((Int128)part * 1000, whole)), 10);

    /// <summary>The smallest value that so many percent of all do not exceed; null of none.</summary>
    public static long? Ranked(IEnumerable<long> values, int percent) => values.Order().ToList() is { Count: > 0 } sorted ? sorted[(((sorted.Count * percent) + 99) / 100) - 1] : null;
}
