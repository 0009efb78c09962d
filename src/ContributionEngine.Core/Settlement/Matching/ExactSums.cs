using System.Numerics;

namespace ContributionEngine.Core;

/// <summary>Finds in which ways some of a few amounts add up to sums that are wanted. All sums of the amounts are gone through once, whatever is wanted.</summary>
internal sealed class ExactSums(MatchingRules rules, IReadOnlyList<long> amounts, HashSet<long> wanted)
{
    private readonly Dictionary<long, (int First, int Second)> found = [];

    /// <summary>Per wanted sum the first two ways, each as the positions of its amounts; a sum that cannot be made is not there.</summary>
    public static IReadOnlyDictionary<long, int[][]> Of(MatchingRules rules, IReadOnlyList<long> amounts, HashSet<long> wanted)
    {
        if (amounts.Count < 2 || amounts.Count > rules.SumCandidatesMax) return new Dictionary<long, int[][]>();
        var sums = new ExactSums(rules, amounts, wanted);
        sums.Extend(0, 0, 0);
        return sums.found.ToDictionary(item => item.Key, item => item.Value.Second == 0 ? [Positions(item.Value.First)] : new[] { Positions(item.Value.First), Positions(item.Value.Second) });
    }

    // A way is a set of positions, one bit each.
    private void Extend(int from, int way, long sum)
    {
        if (BitOperations.PopCount((uint)way) == rules.SumPartsMax) return;
        for (var i = from; i < amounts.Count; i++)
        {
            var (longer, total) = (way | (1 << i), checked(sum + amounts[i]));
            if (way != 0 && wanted.Contains(total)) Note(total, longer);
            Extend(i + 1, longer, total);
        }
    }

    private void Note(long sum, int way) => found[sum] = found.TryGetValue(sum, out var before) ? (before.First, way) : (way, 0);

    private static int[] Positions(int way) => [.. Enumerable.Range(0, 32).Where(i => (way & (1 << i)) != 0)];
}
