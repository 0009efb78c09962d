using System.Runtime.InteropServices;

namespace ContributionEngine.Core;

/// <summary>
/// Open remittances by where they are payable and by what was open on them when the run began, as far as there is money of that amount. A pot
/// is an account in a currency: money that lies in one pays only what is payable from it.
/// </summary>
internal sealed class AmountIndex
{
    private const int LookedAtMax = 64;
    private const int None = -1;

    private readonly MatchTable table;
    private readonly Dictionary<long, List<(string Currency, int Pot)>> pots = [];
    private readonly List<Dictionary<long, int>> heads = [];
    private readonly List<Node> nodes = [];

    public AmountIndex(MatchTable table)
    {
        this.table = table;
        var amounts = new HashSet<long>(table.Money.Length);
        foreach (var money in table.Money)
        {
            amounts.Add(money.Minor);
            if (PotOf(money.Account, money.Currency) == None) Make(money.Account, money.Currency);
        }

        for (var r = table.Remittances.Length - 1; r >= 0; r--)
        {
            var minor = table.Outstanding(r);
            if (minor == 0 || !amounts.Contains(minor)) continue;
            for (var i = 0; i < table.Remittances[r].Accounts.Count; i++) Add(PotOf(table.Remittances[r].Accounts[i], table.Remittances[r].Currency), minor, r);
        }
    }

    /// <summary>A remittance that is payable from a pot, and the next one there with the same amount.</summary>
    private readonly record struct Node(int Remittance, int Next);

    public int PotOf(int money) => PotOf(table.Money[money].Account, table.Money[money].Currency);

    /// <summary>The pot of an account in a currency; -1 where no money lies.</summary>
    public int PotOf(long account, string currency)
    {
        if (!pots.TryGetValue(account, out var currencies)) return None;
        foreach (var (of, pot) in currencies)
        {
            if (of == currency) return pot;
        }

        return None;
    }

    /// <summary>Remittances, in their order, on which so much was open when the run began and still is.</summary>
    public IEnumerable<int> Open(int pot, long minor)
    {
        for (var at = Head(pot, minor); at != None; at = nodes[at].Next)
        {
            if (table.Outstanding(nodes[at].Remittance) == minor) yield return nodes[at].Remittance;
        }
    }

    /// <summary>The best of the remittances that had the same amount open and are not among the parts.</summary>
    public RunnerUp? RunnerUp(int money, IReadOnlyList<MatchedPart> parts)
    {
        RunnerUp? best = null;
        var item = table.Money[money];
        var looked = 0;
        for (var at = Head(PotOf(money), item.Minor); at != None && looked < LookedAtMax; at = nodes[at].Next, looked++)
        {
            var other = table.Remittances[nodes[at].Remittance];
            if (parts.Any(part => part.Remittance == other)) continue;
            var score = table.Rules.Score(MatchTable.Circumstances(item, other).Prepend(Cue.AmountExact));
            if (best is null || score > best.Score) best = new RunnerUp(other, score);
        }

        return best;
    }

    private int Head(int pot, long minor) => heads[pot].GetValueOrDefault(minor, None);

    private void Make(long account, string currency)
    {
        if (!pots.TryGetValue(account, out var currencies)) currencies = pots[account] = [];
        currencies.Add((currency, heads.Count));
        heads.Add([]);
    }

    private void Add(int pot, long minor, int remittance)
    {
        if (pot == None) return;
        ref var head = ref CollectionsMarshal.GetValueRefOrAddDefault(heads[pot], minor, out var isThere);
        nodes.Add(new Node(remittance, isThere ? head : None));
        head = nodes.Count - 1;
    }
}
