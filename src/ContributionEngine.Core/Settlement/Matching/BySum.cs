namespace ContributionEngine.Core;

/// <summary>The pass that goes by sums: one entry for several remittances, then several entries for one. Only the one way in which it adds up counts.</summary>
internal sealed class BySum
{
    private readonly MatchTable table;
    private readonly HashSet<int> contestedMoney;
    private readonly HashSet<int> contestedRemittances;

    private BySum(MatchTable table, IReadOnlyList<(int Money, int Remittance)> contested)
    {
        this.table = table;
        contestedMoney = [.. contested.Select(pair => pair.Money)];
        contestedRemittances = [.. contested.Select(pair => pair.Remittance)];
    }

    /// <param name="contested">Pairs that are equally good already: no sum takes a side of theirs.</param>
    public static void Match(MatchTable table, IReadOnlyList<(int Money, int Remittance)> contested)
    {
        var pass = new BySum(table, contested);
        pass.OneForSeveral();
        pass.SeveralForOne();
    }

    private static MatchTable.Draft Draft => new(MatchPass.Sum, MatchKind.Payment, [Cue.SumExact]);

    /// <summary>One side whose amount is the sum of several of the other: the ways in which it may be.</summary>
    private sealed record Whole(int One, IReadOnlyList<int[]> Ways);

    private void OneForSeveral()
    {
        var money = Payments().GroupBy(m => (Pot: table.Amounts.PotOf(m), table.Money[m].BookedOn)).ToDictionary(of => of.Key, of => of.ToList());
        var candidates = CandidatesByDay(money.Keys);
        foreach (var (whole, isOnly) in Decided([.. money.SelectMany(of => Wholes(of.Value, m => table.Money[m].Minor, candidates[of.Key], table.Outstanding))]))
        {
            if (isOnly) table.Take(Draft, [.. whole.Ways[0].Select(r => (whole.One, r, table.Outstanding(r)))]);
            else table.Leave(whole.One, Doubt.SeveralSums, whole.Ways.SelectMany(way => way));
        }
    }

    private void SeveralForOne()
    {
        // A pot with one piece of money holds no sum.
        var money = Payments().GroupBy(table.Amounts.PotOf).Where(pot => pot.Skip(1).Any()).ToDictionary(pot => pot.Key, pot => pot.ToList());
        if (money.Count == 0) return;
        var alike = Payable().Where(item => money.ContainsKey(item.Pot)).GroupBy(item => (item.Pot, table.Remittances[item.Remittance].From, table.Remittances[item.Remittance].Until), item => item.Remittance);
        var wholes = from of in alike
                     let due = money[of.Key.Pot].Where(m => table.Money[m].BookedOn >= of.Key.From && table.Money[m].BookedOn <= of.Key.Until).ToList()
                     from whole in Wholes(of, table.Outstanding, due, m => table.Money[m].Minor)
                     select whole;
        foreach (var (whole, isOnly) in Decided([.. wholes]))
        {
            if (isOnly) table.Take(Draft, [.. whole.Ways[0].Select(m => (m, whole.One, table.Money[m].Minor))]);
            else LeaveAll(whole);
        }
    }

    private void LeaveAll(Whole whole)
    {
        var free = table.Free.ToHashSet();
        foreach (var m in whole.Ways.SelectMany(way => way).Distinct().Where(free.Contains)) table.Leave(m, Doubt.SeveralSums, [whole.One]);
    }

    // Those on one side that some of the other side add up to.
    private IEnumerable<Whole> Wholes(IEnumerable<int> ones, Func<int, long> wanted, List<int> parts, Func<int, long> amount)
    {
        if (parts.Count < 2 || parts.Count > table.Rules.SumCandidatesMax) return [];
        var sums = ExactSums.Of(table.Rules, [.. parts.Select(amount)], [.. ones.Select(wanted)]);
        return sums.Count == 0 ? [] : ones.Where(one => sums.ContainsKey(wanted(one))).Select(one => new Whole(one, [.. sums[wanted(one)].Select(way => way.Select(i => parts[i]).ToArray())]));
    }

    // What two sums both want is neither's.
    private static IEnumerable<(Whole Whole, bool IsOnly)> Decided(IReadOnlyList<Whole> found)
    {
        var wanted = found.SelectMany(whole => whole.Ways.SelectMany(way => way).Distinct()).CountBy(part => part).ToDictionary();
        var ones = found.CountBy(whole => whole.One).ToDictionary();
        return found.Select(whole => (whole, whole.Ways.Count == 1 && ones[whole.One] == 1 && whole.Ways[0].All(part => wanted[part] == 1))).OrderByDescending(item => item.Item2).ThenBy(item => item.whole.One);
    }

    private List<int> Payments() => [.. table.Free.Where(m => table.Money[m].Minor > 0 && !contestedMoney.Contains(m))];

    // Remittances that may be had for a sum, once for each pot from which they are payable.
    private IEnumerable<(int Remittance, int Pot)> Payable()
    {
        for (var r = 0; r < table.Remittances.Length; r++)
        {
            if (table.Outstanding(r) == 0 || contestedRemittances.Contains(r)) continue;
            for (var i = 0; i < table.Remittances[r].Accounts.Count; i++) yield return (r, table.Amounts.PotOf(table.Remittances[r].Accounts[i], table.Remittances[r].Currency));
        }
    }

    // One more than may be looked at is enough to see that there are too many.
    private Dictionary<(int Pot, DateOnly Day), List<int>> CandidatesByDay(IReadOnlyCollection<(int Pot, DateOnly BookedOn)> days)
    {
        var candidates = days.ToDictionary(key => key, _ => new List<int>());
        if (candidates.Count == 0) return candidates;
        var byPot = days.GroupBy(key => key.Pot).ToDictionary(pot => pot.Key, pot => pot.Select(key => (key.BookedOn, Remittances: candidates[key])).ToArray());
        foreach (var (r, pot) in Payable())
        {
            if (!byPot.TryGetValue(pot, out var booked)) continue;
            foreach (var (day, remittances) in booked)
            {
                if (remittances.Count <= table.Rules.SumCandidatesMax && table.Remittances[r].IsDueOn(day)) remittances.Add(r);
            }
        }

        return candidates;
    }
}
