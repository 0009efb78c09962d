namespace ContributionEngine.Core;

/// <summary>The passes that go by the amount: with the date, and with the name.</summary>
internal static class ByAmount
{
    /// <summary>Matches what is unique both ways.</summary>
    /// <returns>Pairs that fit and are not unique: neither side is to be had for a sum.</returns>
    public static IReadOnlyList<(int Money, int Remittance)> Match(MatchTable table, MatchPass pass)
    {
        var contested = new List<(int Money, int Remittance)>();
        foreach (var group in Groups(table))
        {
            var pairs = Pairs(table, group, pass);
            var (ofMoney, ofRemittance) = (pairs.ToLookup(pair => pair.Money), pairs.ToLookup(pair => pair.Remittance));
            foreach (var pair in pairs)
            {
                if (ofMoney[pair.Money].Count() > 1 || ofRemittance[pair.Remittance].Count() > 1) contested.Add(pair);
                else table.Take(new MatchTable.Draft(pass, MatchKind.Payment, [Cue.AmountExact]), (pair.Money, pair.Remittance, group.Minor));
            }
        }

        return contested;
    }

    /// <summary>Leaves to a person what still has candidates of the same amount.</summary>
    public static void Doubt(MatchTable table)
    {
        foreach (var group in Groups(table))
        {
            foreach (var m in group.Money)
            {
                var candidates = group.Remittances.Where(r => table.Remittances[r].IsDueOn(table.Money[m].BookedOn)).Take(Undecided.NamedMax).ToList();
                if (candidates.Count > 0) table.Leave(m, Core.Doubt.SeveralCandidates, candidates);
            }
        }
    }

    /// <summary>Money of one account, currency and amount, and the remittances on which just this is open.</summary>
    private sealed record Group(long Minor, IReadOnlyList<int> Money, IReadOnlyList<int> Remittances);

    private static List<Group> Groups(MatchTable table) =>
    [
        .. from m in table.Free
           where table.Money[m].Minor > 0
           group m by (Pot: table.Amounts.PotOf(m), table.Money[m].Minor) into money
           let remittances = table.Amounts.Open(money.Key.Pot, money.Key.Minor).ToList()
           where remittances.Count > 0
           select new Group(money.Key.Minor, [.. money], remittances),
    ];

    private static List<(int Money, int Remittance)> Pairs(MatchTable table, Group group, MatchPass pass)
    {
        if ((long)group.Money.Count * group.Remittances.Count > table.Rules.PairsMax) return [];
        return
        [
            .. from m in @group.Money
               from r in @group.Remittances
               let money = table.Money[m]
               let remittance = table.Remittances[r]
               where pass == MatchPass.AmountAndDate ? remittance.IsDueOn(money.BookedOn) : PartyNames.Compare(money.Counterparty, remittance.Names) is not null
               select (m, r),
        ];
    }
}
