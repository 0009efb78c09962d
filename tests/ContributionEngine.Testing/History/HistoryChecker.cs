namespace ContributionEngine.Testing;

/// <summary>Holds what took effect against what was committed: nothing lost, nothing twice, to the cent, in order.</summary>
public static class HistoryChecker
{
    /// <summary>What is wrong, a sentence each; none is the proof.</summary>
    public static IReadOnlyList<string> Faults(IEnumerable<Commitment> committed, IEnumerable<Effect> effects)
    {
        var due = committed.ToLookup(commitment => (commitment.Agreement, commitment.Key));
        var done = effects.ToLookup(effect => (effect.Agreement, effect.Key));
        var keys = due.Select(group => group.Key).Union(done.Select(group => group.Key)).ToList();
        return
        [
            .. keys.SelectMany(key => Miscounted(key, [.. due[key]], [.. done[key]])),
            .. keys.Where(key => due[key].Count() == done[key].Count()).SelectMany(key => Changed(key, due[key], done[key])),
            .. keys.SelectMany(key => Pairs(due[key], done[key])).GroupBy(pair => pair.Effect.Agreement).SelectMany(OutOfTurn),
        ];
    }

    private static IEnumerable<string> Miscounted((string Agreement, string Key) of, IReadOnlyList<Commitment> due, IReadOnlyList<Effect> done)
    {
        var name = Name(of.Agreement, of.Key);
        if (due.Count == 0) yield return $"Invented: {name} was never committed, and took effect {Times(done.Count)}.";
        else if (done.Count == 0) yield return $"Lost: {name} ({due[0].Place}) was committed {Times(due.Count)}, and never took effect.";
        else if (done.Count < due.Count) yield return $"Lost: {name} was committed {Times(due.Count)}, and took effect {Times(done.Count)}.";
        else if (done.Count > due.Count) yield return $"Duplicate: {name} was committed {Times(due.Count)}, and took effect {Times(done.Count)}, at {string.Join(" and ", done.Select(effect => effect.Order).Order())}.";
    }

    private static IEnumerable<string> Changed((string Agreement, string Key) of, IEnumerable<Commitment> due, IEnumerable<Effect> done) =>
        from pair in due.Select(commitment => commitment.Amount).Order().Zip(done.Select(effect => effect.Amount).Order())
        where pair.First != pair.Second
        select $"Changed: {Name(of.Agreement, of.Key)} was committed with {pair.First}, and took effect with {pair.Second} (minor units).";

    // Of those with one key the first to be due is held to be the first that happened.
    private static IEnumerable<(Commitment Commitment, Effect Effect)> Pairs(IEnumerable<Commitment> due, IEnumerable<Effect> done) =>
        due.OrderBy(commitment => commitment.Place.Rank).Zip(done.OrderBy(effect => effect.Order));

    private static IEnumerable<string> OutOfTurn(IEnumerable<(Commitment Commitment, Effect Effect)> ofAgreement)
    {
        var happened = ofAgreement.OrderBy(pair => pair.Effect.Order).ThenBy(pair => pair.Commitment.Place.Rank).ToList();
        return from step in happened.Zip(happened.Skip(1))
               let before = step.First
               let after = step.Second
               where after.Commitment.Place.Rank.CompareTo(before.Commitment.Place.Rank) < 0
               select $"Out of turn: {Name(after.Effect.Agreement, after.Effect.Key)} ({after.Commitment.Place}) took effect at {after.Effect.Order}, after {before.Effect.Key} ({before.Commitment.Place}) at {before.Effect.Order}.";
    }

    private static string Name(string agreement, string key) => $"{key} of {agreement}";

    private static string Times(int count) => count == 1 ? "once" : $"{count} times";
}
