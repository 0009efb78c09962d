using ContributionEngine.Core;
using CsCheck;

namespace ContributionEngine.Core.Tests;

/// <summary>Money that is spread: over instalments, over parts, over open items by the rule of each pack.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SpreadProperties
{
    private const string Seed = "0000KeXn5uR2";
    private const int Payments = 200;

    private static readonly Gen<long[]> Weights = Gen.Long[0, 1_000_000].Array[1, 20].Where(weights => weights.Any(weight => weight > 0));

    [Test]
    public void Parts_by_weight_add_up_and_each_is_less_than_a_unit_from_its_share() => Gen.Select(Gen.Long[-1_000_000_000, 1_000_000_000], Weights).Sample((total, weights) =>
    {
        var parts = Split.ByWeights(total, weights);
        var sum = weights.Sum();
        return parts.Sum() == total && parts.Zip(weights).All(part => Int128.Abs(((Int128)part.First * sum) - ((Int128)total * part.Second)) < sum);
    }, seed: Seed);

    [Test]
    public void Instalments_add_up_and_never_grow() => Gen.Select(Gen.Long[0, 1_000_000_000], Gen.Int[1, 60]).Sample((total, count) =>
    {
        var parts = Split.Evenly(total, count);
        return parts.Length == count && parts.Sum() == total && parts[0] - parts[^1] <= 1 && parts.Zip(parts.Skip(1)).All(pair => pair.First >= pair.Second);
    }, seed: Seed);

    [TestCaseSource(nameof(Packs))]
    public void A_payment_pays_no_item_above_what_is_open_and_what_is_left_is_told(string id) => ForPayments(id, (pack, open, random) =>
    {
        var owed = open.Sum(item => item.Minor);
        var payment = pack.File.Allocation!.Accept == Acceptance.ExactOnly ? owed : random.NextInt64(1, (owed * 5 / 4) + 2);
        var spread = pack.Allocate(payment, open[0].Period, open).Value;
        var byId = open.ToDictionary(item => item.Id, item => item.Minor);
        return spread.Parts.All(part => part.Minor > 0 && part.Minor <= byId[part.Id]) && spread.LeftOver >= 0 && spread.Parts.Sum(part => part.Minor) + spread.LeftOver == payment;
    });

    [TestCaseSource(nameof(Packs))]
    public void Enough_money_pays_all_that_the_rule_reaches(string id) => ForPayments(id, (pack, open, _) =>
    {
        var reached = open.Where(item => pack.File.Allocation!.Steps.Any(step => (step.Kinds.Count == 0 || step.Kinds.Contains(item.Kind)) && (step.Payer is null || step.Payer == item.Payer))).Sum(item => item.Minor);
        var payment = open.Sum(item => item.Minor);
        return pack.Allocate(payment, open[0].Period, open).Value.LeftOver == payment - reached;
    });

    [TestCaseSource(nameof(Packs))]
    public void The_order_in_which_open_items_are_told_changes_nothing(string id) => ForPayments(id, (pack, open, random) =>
    {
        var payment = pack.File.Allocation!.Accept == Acceptance.ExactOnly ? open.Sum(item => item.Minor) : random.NextInt64(1, open.Sum(item => item.Minor) + 1);
        var turned = open.Reverse().ToList();
        return pack.Allocate(payment, open[0].Period, open).Value.Parts.SequenceEqual(pack.Allocate(payment, open[0].Period, turned).Value.Parts);
    });

    [TestCaseSource(nameof(ExactOnly))]
    public void A_pack_that_takes_only_the_exact_sum_refuses_any_other(string id) => ForPayments(id, (pack, open, random) =>
    {
        var owed = open.Sum(item => item.Minor);
        var other = random.Next(2) == 0 ? owed + (random.Next(2) == 0 ? 1 : -1) : random.NextInt64(owed * 2);
        return pack.Allocate(owed, null, open).Refusal is null && (other == owed || pack.Allocate(other, null, open).Refusal?.Code == "not_accepted");
    });

    private static IEnumerable<string> Packs() => PackLibrary.Ids.Where(id => PackLibrary.Find(id).Value.File.Allocation is not null);

    private static IEnumerable<string> ExactOnly() => Packs().Where(id => PackLibrary.Find(id).Value.File.Allocation!.Accept == Acceptance.ExactOnly);

    private static void ForPayments(string id, Func<Pack, IReadOnlyList<OpenItem>, Random, bool> holds)
    {
        var pack = PackLibrary.Find(id).Value;
        Gen.Int[0, int.MaxValue].Sample(seed =>
        {
            var random = new Random(seed);
            return holds(pack, [.. Enumerable.Range(1, random.Next(1, 12)).Select(i => Open(pack, $"i{i}", random))], random);
        }, iter: Payments, seed: Seed, threads: 1);
    }

    private static OpenItem Open(Pack pack, string id, Random random)
    {
        var components = pack.File.Allocation!.Components;
        var month = new Period(new DateOnly(2025, random.Next(1, 13), 1), 1);
        return new OpenItem(id, random.NextInt64(1, 1_000_000))
        {
            Member = $"m{random.Next(4)}",
            Kind = (OpenKind)random.Next(Enum.GetValues<OpenKind>().Length),
            Component = components.Count == 0 ? null : components[random.Next(components.Count)],
            Payer = random.Next(2) == 0 ? Payer.Worker : Payer.Employer,
            Due = month.Last.AddDays(random.Next(30)),
            Period = month,
        };
    }
}
