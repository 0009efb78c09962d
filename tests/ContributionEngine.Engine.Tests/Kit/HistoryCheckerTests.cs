using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>A checker that proves that nothing went wrong has to find whatever goes wrong among thousands.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HistoryCheckerTests
{
    private const int Rows = 5_000;

    [Test]
    public void A_clean_history_has_no_faults([Range(1, 5)] int seed)
    {
        var (committed, effects) = History(seed);
        Assert.That(HistoryChecker.Faults(committed, Shuffled(effects, seed)), Is.Empty);
    }

    [Test]
    public void An_empty_history_has_no_faults() => Assert.That(HistoryChecker.Faults([], []), Is.Empty);

    [Test]
    public void What_never_took_effect_is_lost([Range(1, 5)] int seed)
    {
        var (committed, effects) = History(seed);
        var lost = Any(effects, seed);
        effects.Remove(lost);
        Assert.That(HistoryChecker.Faults(committed, effects), Is.EqualTo(new[] { $"Lost: {lost.Key} of {lost.Agreement} ({PlaceOf(lost, committed)}) was committed once, and never took effect." }));
    }

    [Test]
    public void What_took_effect_twice_is_a_duplicate([Range(1, 5)] int seed)
    {
        var (committed, effects) = History(seed);
        var once = Any(effects, seed);
        var last = effects.Max(effect => effect.Order) + 1;
        effects.Add(once with { Order = last });
        Assert.That(HistoryChecker.Faults(committed, effects), Is.EqualTo(new[] { $"Duplicate: {once.Key} of {once.Agreement} was committed once, and took effect 2 times, at {once.Order} and {last}." }));
    }

    [Test]
    public void A_cent_more_or_less_is_a_changed_amount([Values(-1, 1)] int cent, [Range(1, 5)] int seed)
    {
        var (committed, effects) = History(seed);
        var right = Any(effects, seed);
        effects[effects.IndexOf(right)] = right with { Amount = right.Amount + cent };
        Assert.That(
            HistoryChecker.Faults(committed, effects),
            Is.EqualTo(new[] { $"Changed: {right.Key} of {right.Agreement} was committed with {right.Amount}, and took effect with {right.Amount + cent} (minor units)." }));
    }

    [Test]
    public void Two_chunks_that_change_places_are_out_of_turn([Range(1, 5)] int seed)
    {
        var (committed, effects) = History(seed);
        var early = Any(effects.Where(effect => effects.Any(other => other.Agreement == effect.Agreement && other.Order == effect.Order + 1)), seed);
        var swapped = effects.Select(effect => effect.Agreement != early.Agreement ? effect : effect with { Order = Swapped(effect.Order, early.Order) }).ToList();
        var faults = HistoryChecker.Faults(committed, swapped);
        Assert.That(faults, Is.Not.Empty);
        Assert.That(faults, Has.All.StartsWith("Out of turn: ").And.All.Contains($" of {early.Agreement} (").And.Some.Contains($"{PlaceOf(early, committed)}"));
    }

    [Test]
    public void A_single_row_that_comes_late_is_out_of_turn([Range(1, 5)] int seed)
    {
        var (committed, effects) = History(seed);
        var late = Any(effects.Where(effect => effects.Any(other => other.Agreement == effect.Agreement && other.Order > effect.Order)), seed);
        var last = effects.Where(effect => effect.Agreement == late.Agreement).Max(effect => effect.Order) + 1;
        effects[effects.IndexOf(late)] = late with { Order = last };
        Assert.That(HistoryChecker.Faults(committed, effects), Has.Exactly(1).StartsWith($"Out of turn: {late.Key} of {late.Agreement} ({PlaceOf(late, committed)}) took effect at {last}, after "));
    }

    [Test]
    public void What_nobody_committed_is_invented()
    {
        var (committed, effects) = History(1);
        effects.Add(new Effect("A-0", "R-none", 1, 1));
        Assert.That(HistoryChecker.Faults(committed, effects), Is.EqualTo(new[] { "Invented: R-none of A-0 was never committed, and took effect once." }));
    }

    [Test]
    public void Another_agreement_does_not_make_good_for_a_loss()
    {
        var committed = new Commitment("A-0", "R-1", 100, new Place(1, 1));
        Assert.That(HistoryChecker.Faults([committed], [new Effect("A-1", "R-1", 100, 1)]), Has.Count.EqualTo(2).And.Some.StartsWith("Lost: R-1 of A-0").And.Some.StartsWith("Invented: R-1 of A-1"));
    }

    // Two pickers with equal receipts on one day: both are due, and both amounts count.
    [Test]
    public void Two_commitments_with_one_key_are_due_twice()
    {
        Commitment[] committed = [new("A-0", "R-1", 100, new Place(1, 1)), new("A-0", "R-1", 250, new Place(2, 1))];
        Effect[] effects = [new("A-0", "R-1", 100, 1), new("A-0", "R-1", 250, 2)];
        Assert.That(HistoryChecker.Faults(committed, effects), Is.Empty);
        Assert.That(HistoryChecker.Faults(committed, effects[..1]), Is.EqualTo(new[] { "Lost: R-1 of A-0 was committed 2 times, and took effect once." }));
        Assert.That(HistoryChecker.Faults(committed, [effects[0], effects[1] with { Amount = 100 }]), Is.EqualTo(new[] { "Changed: R-1 of A-0 was committed with 250, and took effect with 100 (minor units)." }));
    }

    // Three agreements whose uploads of up to nine chunks take effect chunk by chunk, in one stroke each, and interleaved with the others'.
    private static (List<Commitment> Committed, List<Effect> Effects) History(int seed)
    {
        var random = new Random(seed);
        var committed = new List<Commitment>();
        var effects = new List<Effect>();
        var (uploads, orders) = (new int[3], new int[3]);
        while (committed.Count < Rows)
        {
            var agreement = random.Next(3);
            var upload = ++uploads[agreement] * 10 + agreement;
            foreach (var chunk in Enumerable.Range(1, random.Next(1, 10)))
            {
                var order = ++orders[agreement];
                var rows = Enumerable.Range(committed.Count, random.Next(1, 40)).Select(row => new Commitment($"A-{agreement}", $"R-{row}", random.Next(1, 5_000_000), new Place(upload, chunk))).ToList();
                committed.AddRange(rows);
                effects.AddRange(rows.Select(row => new Effect(row.Agreement, row.Key, row.Amount, order)));
            }
        }

        return (committed, effects);
    }

    private static Effect Any(IEnumerable<Effect> effects, int seed) => effects.ToList() is var list ? list[new Random(seed * 31).Next(list.Count)] : null!;

    private static List<Effect> Shuffled(IEnumerable<Effect> effects, int seed)
    {
        var all = effects.ToArray();
        new Random(seed).Shuffle(all);
        return [.. all];
    }

    private static Place PlaceOf(Effect effect, IEnumerable<Commitment> committed) => committed.Single(commitment => commitment.Key == effect.Key && commitment.Agreement == effect.Agreement).Place;

    private static long Swapped(long order, long early) => order == early ? early + 1 : order == early + 1 ? early : order;
}
