using ContributionEngine.Core;
using CsCheck;

namespace ContributionEngine.Core.Tests;

/// <summary>What holds of every run, over random money and remittances whose few amounts, days and names collide often.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MatchingProperties
{
    private const string Seed = "0000KeXn5uR2";

    private static readonly string[] Names = ["Coopetarrazú R.L.", "Asociación de Vendedores", "Mutual del Sur"];

    [Test]
    public void No_money_is_used_twice_and_no_remittance_above_what_was_open_save_as_a_named_difference() => ForRuns((_, _, result) =>
    {
        var parts = result.Proposals.SelectMany(match => match.Parts).ToList();
        var used = parts.GroupBy(part => part.Money).All(group => group.Sum(part => part.Minor) == group.Key.Minor);
        var once = parts.Select(part => (part.Money, part.Remittance)).Distinct().Count() == parts.Count && result.Undecided.All(item => parts.All(part => part.Money != item.Money));
        var filled = parts.GroupBy(part => part.Remittance).All(group => group.Sum(part => Math.Max(0, part.Minor) - part.Over) <= group.Key.Outstanding - group.Sum(part => Math.Min(0, part.Minor)));
        return used && once && filled;
    });

    [Test]
    public void What_is_matched_is_what_was_open_less_what_is_short_plus_what_is_over() => ForRuns((_, _, result) =>
        result.Proposals.SelectMany(match => match.Parts).Where(part => part.Minor > 0).All(part => part.Minor == part.Open - part.Short + part.Over));

    [Test]
    public void The_order_in_which_money_and_remittances_are_told_changes_nothing() => ForRuns((money, remittances, result) =>
        Told(Matching.Of(Bench.Rules, [.. money.Reverse()], [.. remittances.Reverse()])) == Told(result));

    [Test]
    public void An_entry_that_has_nothing_to_do_with_it_changes_nothing() => ForRuns((money, remittances, result) =>
        Told(Matching.Of(Bench.Rules, [.. money, Bench.Money(999, 1_000_003) with { Account = 99 }, Bench.Money(998, 1_000_003, "RF18539007547034")], remittances)) == Told(result));

    [Test]
    public void Only_what_is_unique_both_ways_is_matched_by_its_amount() => ForRuns((money, remittances, result) =>
        result.Proposals.Where(match => match.Pass == MatchPass.AmountAndDate).Select(match => match.Parts[0]).All(pair =>
            result.Undecided.All(item => item.Doubt != Doubt.SeveralCandidates || item.Money.Minor != pair.Minor || item.Candidates.All(other => other.Id != pair.Remittance.Id))));

    private static string Told(MatchingResult result) => result.Told() + string.Join(" ", result.Proposals.Select(match => $"{match.Score} {match.RunnerUp?.Remittance.Id}")) + string.Join(" ", result.Undecided.Select(item => $"{item.Money.Entry} {item.Doubt} {string.Join(',', item.Candidates.Select(other => other.Id))}"));

    private static void ForRuns(Func<IReadOnlyList<BankMoney>, IReadOnlyList<OpenRemittance>, MatchingResult, bool> holds) => Gen.Int[0, int.MaxValue].Sample(seed =>
    {
        var random = new Random(seed);
        var remittances = Enumerable.Range(1, random.Next(1, 12)).Select(i => Remittance(i, random)).ToList();
        var money = Enumerable.Range(1, random.Next(1, 12)).Select(i => Money(i, remittances, random)).ToList();
        return holds(money, remittances, Matching.Of(Bench.Rules, money, remittances));
    }, seed: Seed, iter: 1_000, threads: 1);

    private static OpenRemittance Remittance(int id, Random random) => Bench.Remittance(id, random.Next(1, 8) * 100) with
    {
        Paid = random.Next(4) * 100, IsCancelled = random.Next(10) == 0, Names = [Names[random.Next(Names.Length)]], Until = new DateOnly(2021, 2, random.Next(8, 13)),
    };

    private static BankMoney Money(int entry, List<OpenRemittance> remittances, Random random)
    {
        var reference = remittances[random.Next(remittances.Count)].Reference;
        string[] texts = random.Next(5) switch { 0 => [reference], 1 => [reference[..^1] + "X"], 2 => [$"{reference} {remittances[0].Reference}"], _ => [] };
        return Bench.Money(entry, random.Next(1, 10) * 100 * (random.Next(6) == 0 ? -1 : 1), texts) with
        {
            BookedOn = new DateOnly(2021, 2, random.Next(5, 13)), Counterparty = random.Next(2) == 0 ? Names[random.Next(Names.Length)] : null, IsReversal = random.Next(3) == 0,
        };
    }
}
