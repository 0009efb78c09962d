namespace ContributionEngine.Core;

/// <summary>Looks for the one way in which some of a few amounts add up to a sum.</summary>
internal sealed class ExactSums(MatchingRules rules)
{
    private readonly List<int> chosen = [];

    private int steps;

    /// <summary>The ways that were found: none, one, or the first two of several. Positions in the amounts, ascending.</summary>
    public IReadOnlyList<int[]> Of(long sum, IReadOnlyList<long> amounts)
    {
        if (amounts.Count < 2 || amounts.Count > rules.SumCandidatesMax) return [];
        var order = Enumerable.Range(0, amounts.Count).OrderByDescending(i => amounts[i]).ThenBy(i => i).ToArray();
        var rest = new long[order.Length + 1];
        for (var i = order.Length - 1; i >= 0; i--) rest[i] = rest[i + 1] + amounts[order[i]];
        var ways = new List<int[]>();
        steps = 0;
        chosen.Clear();
        Search(new Amounts(amounts, order, rest), 0, sum, ways);
        // Who gave up half way does not know whether there is another way.
        return steps > rules.SumStepsMax ? [] : ways;
    }

    private sealed record Amounts(IReadOnlyList<long> Values, int[] Order, long[] Rest);

    private void Search(Amounts amounts, int from, long left, List<int[]> ways)
    {
        if (left == 0)
        {
            if (chosen.Count > 1) ways.Add([.. chosen.Order()]);
            return;
        }

        for (var i = from; i < amounts.Order.Length && chosen.Count < rules.SumPartsMax && left <= amounts.Rest[i]; i++)
        {
            if (ways.Count > 1 || ++steps > rules.SumStepsMax) return;
            var position = amounts.Order[i];
            if (amounts.Values[position] > left) continue;
            chosen.Add(position);
            Search(amounts, i + 1, left - amounts.Values[position], ways);
            chosen.RemoveAt(chosen.Count - 1);
        }
    }
}
