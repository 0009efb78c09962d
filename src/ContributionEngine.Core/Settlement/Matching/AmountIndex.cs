namespace ContributionEngine.Core;

/// <summary>Remittances by the account and currency that they are payable in and by what was open on them when the run began.</summary>
internal sealed class AmountIndex
{
    private const int LookedAtMax = 64;
    private const int None = -1;

    private readonly MatchTable table;
    private readonly Dictionary<(int Pot, long Minor), int> heads;
    private readonly List<(int Remittance, int Next)> nodes;

    public AmountIndex(MatchTable table)
    {
        this.table = table;
        heads = new Dictionary<(int, long), int>(table.Remittances.Length);
        nodes = new List<(int, int)>(table.Remittances.Length);
        for (var r = table.Remittances.Length - 1; r >= 0; r--)
        {
            var minor = table.Outstanding(r);
            if (minor == 0) continue;
            foreach (var account in table.Remittances[r].Accounts) Add((table.PotOf(account, table.Remittances[r].Currency), minor), r);
        }
    }

    /// <summary>Remittances, in their order, on which so much was open when the run began and still is.</summary>
    public IEnumerable<int> Open(int pot, long minor) => At(pot, minor).Where(r => table.Outstanding(r) == minor);

    /// <summary>The best of the remittances that had the same amount open and are not among the parts.</summary>
    public RunnerUp? RunnerUp(int money, IReadOnlyList<MatchedPart> parts)
    {
        RunnerUp? best = null;
        var item = table.Money[money];
        foreach (var r in At(table.PotOf(money), item.Minor).Take(LookedAtMax))
        {
            var other = table.Remittances[r];
            if (parts.Any(part => part.Remittance.Id == other.Id)) continue;
            var score = table.Rules.Score(MatchTable.Circumstances(item, other).Prepend(Cue.AmountExact));
            if (best is null || score > best.Score) best = new RunnerUp(other, score);
        }

        return best;
    }

    private IEnumerable<int> At(int pot, long minor)
    {
        for (var node = heads.GetValueOrDefault((pot, minor), None); node != None; node = nodes[node].Next) yield return nodes[node].Remittance;
    }

    private void Add((int Pot, long Minor) key, int remittance)
    {
        nodes.Add((remittance, heads.GetValueOrDefault(key, None)));
        heads[key] = nodes.Count - 1;
    }
}
