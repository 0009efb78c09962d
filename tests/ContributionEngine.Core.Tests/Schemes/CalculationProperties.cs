using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using CsCheck;

namespace ContributionEngine.Core.Tests;

/// <summary>What holds for whatever member of whatever shipped pack.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CalculationProperties
{
    private const string Seed = "0000KeXn5uR2";
    private const int Members = 60;

    /// <summary>Who can owe less on a higher income, by pack, with the words of the pack that say why. All payers together never do.</summary>
    private static readonly Dictionary<(string Pack, Payer Payer), string> CanFall = new()
    {
        [("cr-convenio-2021", Payer.State)] = "falls where the member's percent rises",
    };

    [TestCaseSource(nameof(Packs))]
    public void Invented_members_are_mostly_taken_so_that_the_properties_say_something(string id)
    {
        var pack = PackLibrary.Find(id).Value;
        var owing = Enumerable.Range(0, Members).Count(seed => pack.Lines(new RandomCase(pack, seed).Calculation()).Ok(out var found, out _) && found.Lines.Count + found.Fees.Count > 0);
        Assert.That(owing, Is.GreaterThan(Members / 6), "Tables with missing cells refuse some.");
    }

    [TestCaseSource(nameof(Packs))]
    public void Lines_add_up_to_the_totals_of_their_payers(string id) => ForMembers(id, (pack, input) =>
    {
        if (pack.Printed(Operation.Calculate, input) is not { } printed) return true;
        var sums = printed.GetProperty("lines").EnumerateArray().GroupBy(line => Text(line, "payer")).ToDictionary(payer => payer.Key, payer => payer.Aggregate(Ratio.Zero, (sum, line) => sum + Number(line.GetProperty("amount"))));
        return sums.Count == printed.GetProperty("totals").EnumerateObject().Count() && printed.GetProperty("totals").EnumerateObject().All(total => sums[total.Name] == Number(total.Value));
    });

    [TestCaseSource(nameof(Packs))]
    public void A_component_asked_for_alone_owes_what_it_owes_among_the_others(string id) => ForMembers(id, (pack, input) =>
    {
        if (!pack.Lines(input).Ok(out var whole, out _)) return true;
        var alone = pack.Components.Select(component => component.Id).Distinct().SelectMany(component =>
        {
            var only = (JsonObject)input.DeepClone();
            only["components"] = new JsonArray(component);
            return pack.Printed(Operation.Calculate, only)!.Value.GetProperty("lines").EnumerateArray().ToList();
        });
        var together = pack.Printed(Operation.Calculate, input)!.Value.GetProperty("lines").EnumerateArray();
        return alone.Select(line => line.GetRawText()).Order().SequenceEqual(together.Select(line => line.GetRawText()).Order());
    });

    [TestCaseSource(nameof(Packs))]
    public void More_income_never_owes_less_unless_the_pack_says_so(string id) => ForMembers(id, (pack, input) =>
    {
        if (!pack.Lines(input).Ok(out var less, out _) || !pack.Lines(WithMore(pack, input)).Ok(out var more, out _)) return true;
        return less.Total() <= more.Total() && Enum.GetValues<Payer>().All(payer => CanFall.ContainsKey((id, payer)) || less.Total(payer) <= more.Total(payer));
    });

    [Test]
    public void Whoever_can_owe_less_on_a_higher_income_does_and_the_pack_says_why() => Assert.That(CanFall.Where(item =>
    {
        var pack = PackLibrary.Find(item.Key.Pack).Value;
        var cases = Enumerable.Range(0, Members).Select(seed => new RandomCase(pack, seed).Calculation());
        var falls = cases.Any(input => pack.Lines(input).Ok(out var less, out _) && pack.Lines(WithMore(pack, input)).Ok(out var more, out _) && less.Total(item.Key.Payer) > more.Total(item.Key.Payer));
        return !falls || !pack.Components.Any(component => component.Payer == item.Key.Payer && component.Note?.Contains(item.Value, StringComparison.Ordinal) == true);
    }), Is.Empty);

    [TestCaseSource(nameof(Packs))]
    public void The_last_step_of_the_arithmetic_is_the_amount_of_the_line(string id) => ForMembers(id, (pack, input) =>
        !pack.Lines(input).Ok(out var found, out _) || found.Lines.Concat(found.Fees).All(line => line.Steps[^1].Value == pack.Print(line.Amount.Minor)));

    private static IEnumerable<string> Packs() => PackLibrary.Ids.Where(id => PackLibrary.Find(id).Value.File.Operations.Contains(Operation.Calculate));

    private static void ForMembers(string id, Func<Pack, JsonObject, bool> holds)
    {
        var pack = PackLibrary.Find(id).Value;
        Gen.Int[0, int.MaxValue].Sample(seed => holds(pack, new RandomCase(pack, seed).Calculation()), iter: Members, seed: Seed, threads: 1);
    }

    private static JsonObject WithMore(Pack pack, JsonObject input)
    {
        var more = (JsonObject)input.DeepClone();
        more["member"]!["declared_income"] = Raised(pack, (string)input["member"]!["declared_income"]!);
        foreach (var one in more["events"]?.AsArray().Take(1) ?? [])
        {
            if (pack.File.Events!.Plus.Contains((string)one!["kind"]!)) one["amount"] = Raised(pack, (string)one["amount"]!);
        }

        return more;
    }

    // A little more and a lot more, so that edges of classes and long stretches are both crossed.
    private static string Raised(Pack pack, string money)
    {
        Ratio.TryParse(money, pack.File.InputDecimals, out var number);
        return $"{number + (money.Length % 2 == 0 ? 1 : new Rounding(RoundingMode.Up, 1).Apply(number))}";
    }

    private static string Text(JsonElement line, string name) => line.GetProperty(name).GetString()!;

    private static Ratio Number(JsonElement text) => Ratio.TryParse(text.GetString(), 9, out var number) ? number : throw new FormatException(text.GetRawText());
}
