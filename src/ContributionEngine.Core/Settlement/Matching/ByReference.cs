namespace ContributionEngine.Core;

/// <summary>The passes that go by the reference: exact, and repaired by one slip of the pen.</summary>
internal static class ByReference
{
    public static void Exact(MatchTable table)
    {
        var shown = table.Free.Select(m => (Money: m, References: ReferenceTexts.Whole(table.Money[m].Texts))).Where(item => item.References.Count > 0).ToList();
        var wanted = shown.SelectMany(item => item.References).ToHashSet(StringComparer.Ordinal);
        var known = new Dictionary<string, int>(wanted.Count, StringComparer.Ordinal);
        for (var r = 0; r < table.Remittances.Length; r++)
        {
            if (wanted.Contains(table.Remittances[r].Reference)) known[table.Remittances[r].Reference] = r;
        }

        foreach (var (m, references) in shown)
        {
            var named = references.Where(known.ContainsKey).Select(reference => known[reference]).Where(r => table.Remittances[r].Currency == table.Money[m].Currency).ToList();
            if (named.Count > 0) Place(table, m, named, new Found(MatchPass.ReferenceExact, Cue.ReferenceExact, null));
        }
    }

    public static void Repaired(MatchTable table)
    {
        var written = table.Free.Where(m => table.Money[m].Texts.Count > 0).ToList();
        if (table.Remittances.Length == 0 || written.Count == 0) return;
        var references = table.References;
        var (shortest, longest) = (table.Remittances.Min(item => item.Reference.Length), table.Remittances.Max(item => item.Reference.Length));
        foreach (var m in written)
        {
            var (meant, seen) = (new List<int>(), "");
            foreach (var slip in table.Money[m].Texts.SelectMany(text => ReferenceTexts.Slips(text, shortest, longest)))
            {
                var before = meant.Count;
                ReferenceTexts.Repair(slip, reference => references.TryGetValue(reference, out var r) && IsOpen(table, m, r) && Note(table, (m, r), meant));
                if (meant.Count > before) seen = slip;
            }

            if (meant.Count == 1) Place(table, m, meant, new Found(MatchPass.ReferenceRepaired, Cue.ReferenceRepaired, seen));
            else if (meant.Count > 1) table.Leave(m, Doubt.SeveralRepairs, meant);
        }
    }

    private sealed record Found(MatchPass Pass, Cue Cue, string? Seen)
    {
        public MatchTable.Draft Draft(MatchKind kind, params IEnumerable<Cue> further) => new(Pass, kind, [Cue, .. further]) { Seen = Seen };
    }

    private static bool Note(MatchTable table, (int Money, int Remittance) pair, List<int> found)
    {
        if (table.Remittances[pair.Remittance].Currency != table.Money[pair.Money].Currency) return false;
        if (!found.Contains(pair.Remittance)) found.Add(pair.Remittance);
        return true;
    }

    private static bool IsOpen(MatchTable table, int m, int r) => table.Money[m].Minor > 0 ? table.Outstanding(r) > 0 : table.Paid(r) > 0;

    private static void Place(MatchTable table, int m, List<int> shown, Found found)
    {
        var minor = table.Money[m].Minor;
        if (minor < 0) Back(table, m, shown, found);
        else if (shown.Count > 1) Several(table, m, shown, found);
        else if (table.Remittances[shown[0]].IsCancelled) table.Leave(m, Doubt.Cancelled, shown);
        else table.Take(found.Draft(MatchKind.Payment, minor == table.Outstanding(shown[0]) ? [Cue.AmountExact] : []), (m, shown[0], minor));
    }

    private static void Several(MatchTable table, int m, List<int> shown, Found found)
    {
        var open = shown.Where(r => table.Outstanding(r) > 0).Order().ToList();
        if (open.Sum(table.Outstanding) == table.Money[m].Minor) table.Take(found.Draft(MatchKind.Payment, Cue.AmountExact), [.. open.Select(r => (m, r, table.Outstanding(r)))]);
        else table.Leave(m, Doubt.SeveralReferences, shown);
    }

    // What the fund has above what is payable comes back as a refund; anything else, and whatever the bank itself takes back, is a payment that failed.
    private static void Back(MatchTable table, int m, List<int> shown, Found found)
    {
        var (minor, r) = (-table.Money[m].Minor, shown[0]);
        if (shown.Count > 1) table.Leave(m, Doubt.SeveralReferences, shown);
        else if (minor > table.Paid(r)) table.Leave(m, Doubt.ReturnAbovePaid, shown);
        else
        {
            var isReversal = table.Money[m].IsReversal;
            var surplus = Math.Max(0, table.Paid(r) - (table.Remittances[r].IsCancelled ? 0 : table.Remittances[r].Payable));
            var kind = minor <= surplus && !isReversal ? MatchKind.Refunded : MatchKind.Returned;
            var cues = new List<Cue>();
            if (minor == (kind == MatchKind.Refunded ? surplus : table.Paid(r))) cues.Add(Cue.AmountExact);
            if (isReversal) cues.Add(Cue.Reversal);
            table.Take(found.Draft(kind, cues), (m, r, -minor));
        }
    }
}
