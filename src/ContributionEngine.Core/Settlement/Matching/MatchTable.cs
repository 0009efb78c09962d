namespace ContributionEngine.Core;

/// <summary>What lies on the table during a run of all passes. Money and remittances are spoken of by their position.</summary>
internal sealed class MatchTable
{
    private readonly long[] paid;
    private readonly bool[] placed;
    private Dictionary<string, int>? byReference;
    private readonly List<(Draft Draft, int Money)> drafts = [];
    private readonly List<(int Money, Undecided Doubt)> doubts = [];

    public MatchTable(MatchingRules rules, IReadOnlyList<BankMoney> money, IReadOnlyList<OpenRemittance> remittances)
    {
        Rules = rules;
        Money = [.. money.OrderBy(item => item.BookedOn).ThenBy(item => item.Entry).ThenBy(item => item.Part)];
        Remittances = InOrder(remittances);
        paid = new long[Remittances.Length];
        placed = new bool[Money.Length];
        for (var i = 0; i < Remittances.Length; i++) paid[i] = Remittances[i].Paid;

        Amounts = new AmountIndex(this);
    }

    /// <summary>What a pass has put together. The runner-up is looked for at the end, and only for what is kept.</summary>
    public sealed record Draft(MatchPass Pass, MatchKind Kind, IReadOnlyList<Cue> Cues)
    {
        public IReadOnlyList<MatchedPart> Parts { get; init; } = [];

        public string? Seen { get; init; }
    }

    public MatchingRules Rules { get; }

    /// <summary>In the order of booking.</summary>
    public BankMoney[] Money { get; }

    /// <summary>In the order of their ids.</summary>
    public OpenRemittance[] Remittances { get; }

    public AmountIndex Amounts { get; }

    /// <summary>Positions of the money that is neither matched nor left to a person.</summary>
    public IEnumerable<int> Free => Enumerable.Range(0, Money.Length).Where(m => !placed[m]);

    public long Paid(int remittance) => paid[remittance];

    /// <summary>What is open on a remittance now; nothing once it was cancelled.</summary>
    public long Outstanding(int remittance) => Remittances[remittance].IsCancelled ? 0 : Math.Max(0, Remittances[remittance].Payable - paid[remittance]);

    /// <summary>Remittances by their references: made only when a misspelt one is to be found.</summary>
    public Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> References
    {
        get
        {
            byReference ??= Enumerable.Range(0, Remittances.Length).ToDictionary(r => Remittances[r].Reference);
            return byReference.GetAlternateLookup<ReadOnlySpan<char>>();
        }
    }

    /// <summary>Puts money and remittances together: each gives or takes so much, in the order of the list.</summary>
    public void Take(Draft draft, params IReadOnlyList<(int Money, int Remittance, long Minor)> parts)
    {
        var taken = new List<MatchedPart>(parts.Count);
        foreach (var (m, r, minor) in parts)
        {
            taken.Add(new MatchedPart(Money[m], Remittances[r], minor, minor > 0 ? Outstanding(r) : paid[r]));
            paid[r] += minor;
            placed[m] = true;
        }

        drafts.Add((draft with { Parts = taken }, parts[0].Money));
    }

    /// <summary>Leaves money to a person.</summary>
    public void Leave(int money, Doubt doubt, IEnumerable<int> candidates)
    {
        placed[money] = true;
        doubts.Add((money, new Undecided(Money[money], doubt, [.. candidates.Distinct().Order().Take(Undecided.NamedMax).Select(r => Remittances[r])])));
    }

    /// <summary>What date and names say for one piece of money and one remittance.</summary>
    public static IEnumerable<Cue> Circumstances(BankMoney money, OpenRemittance remittance)
    {
        if (remittance.IsDueOn(money.BookedOn)) yield return Cue.DateInWindow;
        if (PartyNames.Compare(money.Counterparty, remittance.Names) is { } name) yield return name;
    }

    public MatchingResult Result() => new([.. drafts.OrderBy(item => item.Money).Select(item => Proposed(item.Draft, item.Money))], [.. doubts.OrderBy(item => item.Money).Select(item => item.Doubt)]);

    private ProposedMatch Proposed(Draft draft, int money)
    {
        // What holds for every part holds for the match.
        List<Cue> cues = [.. draft.Cues];
        if (draft.Kind == MatchKind.Payment) cues.AddRange(draft.Parts is [var only] ? Circumstances(only.Money, only.Remittance) : draft.Parts.Select(part => Circumstances(part.Money, part.Remittance)).Aggregate((all, some) => all.Intersect(some)));
        var score = Rules.Score(cues);
        return new ProposedMatch(draft.Pass, draft.Kind, draft.Parts, cues)
        {
            Score = score,
            IsAccepted = draft.Parts.All(part => score >= (part.Remittance.AutoAccept ?? Rules.AutoAccept) && !part.Money.Undone.Contains(part.Remittance.Id)),
            RunnerUp = draft.Kind == MatchKind.Payment && draft.Parts.All(part => part.Money == draft.Parts[0].Money) ? Amounts.RunnerUp(money, draft.Parts) : null,
            Seen = draft.Seen,
        };
    }

    private static OpenRemittance[] InOrder(IReadOnlyList<OpenRemittance> remittances)
    {
        OpenRemittance[] all = [.. remittances];
        for (var i = 1; i < all.Length; i++)
        {
            if (all[i - 1].Id <= all[i].Id) continue;
            Array.Sort(all, (one, other) => one.Id.CompareTo(other.Id));
            break;
        }

        return all;
    }
}
