namespace ContributionEngine.Core;

/// <summary>Splits of an amount into parts that always add up to it.</summary>
public static class Split
{
    /// <summary>
    /// Parts in proportion to the weights, by largest remainder: each part is rounded down, and the units left over go one each
    /// to the parts that lost most; equal losses are served in list order.
    /// </summary>
    /// <param name="total">The amount in units, negative amounts mirroring positive ones.</param>
    /// <param name="weights">One weight per part, none negative, not all zero.</param>
    public static long[] ByWeights(long total, IReadOnlyList<long> weights)
    {
        Int128 sum = 0;
        foreach (var weight in weights)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(weight);
            sum += weight;
        }

        if (sum == 0) throw new ArgumentException("At least one weight must be above zero.", nameof(weights));
        var parts = new long[weights.Count];
        var lost = new Int128[weights.Count];
        var left = Int128.Abs(total);
        for (var i = 0; i < parts.Length; i++)
        {
            var exact = Int128.Abs(total) * weights[i];
            parts[i] = (long)(exact / sum);
            lost[i] = exact % sum;
            left -= parts[i];
        }

        foreach (var i in Enumerable.Range(0, parts.Length).OrderByDescending(i => lost[i]).ThenBy(i => i).Take((int)left)) parts[i]++;
        return total < 0 ? [.. parts.Select(part => -part)] : parts;
    }

    /// <summary>So many equal parts; the units left over go one each to the first ones.</summary>
    public static long[] Evenly(long total, int parts) => ByWeights(total, [.. Enumerable.Repeat(1L, parts)]);
}
