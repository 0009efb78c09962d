namespace ContributionEngine.Core;

/// <summary>The pass that goes by sums: one entry for several remittances, then several entries for one. Only the one way in which it adds up counts.</summary>
internal sealed class BySum
{
    private readonly MatchTable table;
    private readonly ExactSums sums;
    private readonly HashSet<int> contestedMoney;
    private readonly HashSet<int> contestedRemittances;

    private BySum(MatchTable table, IReadOnlyList<(int Money, int Remittance)> contested)
    {
        (this.table, sums) = (table, new ExactSums(table.Rules));
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

    /// <summary>One side whose amount is the sum of several of the other: the ways in which it may be.</summary>
    private sealed record Whole(int One, IReadOnlyList<int[]> Ways);

    private void OneForSeveral()
    {
        var money = Payments();
        var candidates = CandidatesByDay(money);
        var wholes = from m in money
                     let due = candidates.GetValueOrDefault((table.Amounts.PotOf(m), table.Money[m].BookedOn), [])
                     where due.Count <= table.Rules.SumCandidatesMax
                     let smaller = due.Where(r => table.Outstanding(r) < table.Money[m].Minor).Order().ToList()
                     select new Whole(m, [.. sums.Of(table.Money[m].Minor, [.. smaller.Select(table.Outstanding)]).Select(way => way.Select(i => smaller[i]).ToArray())]);
        foreach (var (whole, isOnly) in Decided([.. wholes]))
        {
            if (isOnly) table.Take(Draft, [.. whole.Ways[0].Select(r => (whole.One, r, table.Outstanding(r)))]);
            else table.Leave(whole.One, Doubt.SeveralSums, whole.Ways.SelectMany(way => way));
        }
    }

    private void SeveralForOne()
    {
        // A pot with one piece of money holds no sum.
        var money = Payments().GroupBy(table.Amounts.PotOf).Where(pot => pot.Skip(1).Any()).ToDictionary(pot => pot.Key, pot => pot.ToArray());
        if (money.Count == 0) return;
        var wholes = new List<Whole>();
        var near = new List<int>();
        foreach (var (r, pot) in Payable())
        {
            if (!money.TryGetValue(pot, out var booked) || !FillWithDue(near, booked, r)) continue;
            wholes.Add(new Whole(r, [.. sums.Of(table.Outstanding(r), [.. near.Select(m => table.Money[m].Minor)]).Select(way => way.Select(i => near[i]).ToArray())]));
        }

        foreach (var (whole, isOnly) in Decided(wholes))
        {
            if (isOnly) table.Take(Draft, [.. whole.Ways[0].Select(m => (m, whole.One, table.Money[m].Minor))]);
            else LeaveAll(whole);
        }
    }

    private static MatchTable.Draft Draft => new(MatchPass.Sum, MatchKind.Payment, [Cue.SumExact]);

    private void LeaveAll(Whole whole)
    {
        var free = table.Free.ToHashSet();
        foreach (var m in whole.Ways.SelectMany(way => way).Distinct().Where(free.Contains)) table.Leave(m, Doubt.SeveralSums, [whole.One]);
    }

    // What two sums both want is neither's.
    private static IEnumerable<(Whole Whole, bool IsOnly)> Decided(IReadOnlyList<Whole> wholes)
    {
        var found = wholes.Where(whole => whole.Ways.Count > 0).ToList();
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
            foreach (var account in table.Remittances[r].Accounts) yield return (r, table.Amounts.PotOf(account, table.Remittances[r].Currency));
        }
    }

    // One more than may be looked at is enough to see that there are too many. False where two are too much already, or all of them too little.
    private bool FillWithDue(List<int> near, int[] booked, int remittance)
    {
        near.Clear();
        var (until, sum) = (table.Remittances[remittance].Until, table.Outstanding(remittance));
        var (least, next, all) = (long.MaxValue / 2, long.MaxValue / 2, 0L);
        for (var i = FirstFrom(booked, table.Remittances[remittance].From); i < booked.Length && near.Count <= table.Rules.SumCandidatesMax && table.Money[booked[i]].BookedOn <= until; i++)
        {
            var minor = table.Money[booked[i]].Minor;
            if (minor >= sum) continue;
            near.Add(booked[i]);
            (least, next) = minor < least ? (minor, least) : (least, Math.Min(minor, next));
            all = checked(all + minor);
        }

        return near.Count > 1 && least + next <= sum && all >= sum;
    }

    // Money lies in the order of booking.
    private int FirstFrom(int[] booked, DateOnly day)
    {
        var (low, high) = (0, booked.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (table.Money[booked[middle]].BookedOn < day) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    private Dictionary<(int Pot, DateOnly Day), List<int>> CandidatesByDay(List<int> money)
    {
        var candidates = money.Select(m => (table.Amounts.PotOf(m), table.Money[m].BookedOn)).Distinct().ToDictionary(key => key, _ => new List<int>());
        var days = candidates.Keys.GroupBy(key => key.Item1).ToDictionary(pot => pot.Key, pot => pot.Select(key => key.BookedOn).ToArray());
        if (candidates.Count == 0) return candidates;
        foreach (var (r, pot) in Payable())
        {
            if (!days.TryGetValue(pot, out var booked)) continue;
            foreach (var day in booked)
            {
                if (table.Remittances[r].IsDueOn(day)) NoteUpToMax(candidates[(pot, day)], r);
            }
        }

        return candidates;
    }

    private void NoteUpToMax(List<int> candidates, int remittance)
    {
        if (candidates.Count <= table.Rules.SumCandidatesMax) candidates.Add(remittance);
    }
}
