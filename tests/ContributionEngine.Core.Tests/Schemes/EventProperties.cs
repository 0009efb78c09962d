using System.Text.Json.Nodes;
using ContributionEngine.Core;
using CsCheck;

namespace ContributionEngine.Core.Tests;

/// <summary>What holds for whatever events of packs that work on them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EventProperties
{
    private const string Seed = "0000KeXn5uR2";
    private const int Members = 60;

    [TestCaseSource(nameof(Packs))]
    public void The_order_of_events_changes_nothing(string id) => ForMembers(id, (pack, input) =>
    {
        var turned = (JsonObject)input.DeepClone();
        turned["events"] = new JsonArray([.. input["events"]!.AsArray().Reverse().Select(one => one!.DeepClone())]);
        return Told(pack, input) == Told(pack, turned);
    });

    [TestCaseSource(nameof(PerEvent))]
    public void Events_told_one_by_one_owe_what_they_owe_together(string id) => ForMembers(id, (pack, input) =>
    {
        if (!pack.Lines(input).Ok(out var together, out _)) return true;
        var apart = input["events"]!.AsArray().Select(one => pack.Lines(With(input, one!)).Value).ToList();
        return Sums(apart.SelectMany(one => one.Lines)).SequenceEqual(Sums(together.Lines));
    });

    [TestCaseSource(nameof(Reversing))]
    public void A_reversal_mirrors_its_sale_to_the_minor_unit(string id) => ForMembers(id, (pack, input) =>
    {
        var (plus, minus) = (input["events"]![0]!.DeepClone(), input["events"]![0]!.DeepClone());
        (plus["kind"], minus["kind"]) = (pack.File.Events!.Plus[0], pack.File.Events.Minus[0]);
        if (!pack.Lines(With(input, plus)).Ok(out var sold, out _)) return true;
        var back = pack.Lines(With(input, minus)).Value;
        return Sums(sold.Lines).SequenceEqual(Sums(back.Lines).Select(line => (line.Key, -line.Minor)))
            && pack.Lines(With(input, plus, minus)).Value.Lines.Count == 0;
    });

    private static IEnumerable<string> Packs() => PackLibrary.Ids.Where(id => PackLibrary.Find(id).Value.File is { Events: not null } file && file.Operations.Contains(Operation.Calculate));

    private static IEnumerable<string> PerEvent() => Packs().Where(id => PackLibrary.Find(id).Value.File.Components is { Count: > 0 } components && components.All(component => component.Per == Per.Event));

    private static IEnumerable<string> Reversing() => PerEvent().Where(id => PackLibrary.Find(id).Value.File.Events!.Minus.Count > 0);

    private static JsonObject With(JsonObject input, params JsonNode[] events)
    {
        var other = (JsonObject)input.DeepClone();
        other["events"] = new JsonArray([.. events.Select(one => one.DeepClone())]);
        return other;
    }

    private static string Told(Pack pack, JsonObject input) => pack.Lines(input).Ok(out var found, out var refusal) ? found.Told() : refusal.Code;

    private static List<(string Key, long Minor)> Sums(IEnumerable<CalculatedLine> lines) =>
        [.. lines.GroupBy(line => $"{line.Rule.Id} {line.Payer}").Select(group => (group.Key, Minor: group.Sum(line => line.Amount.Minor))).Where(line => line.Minor != 0).OrderBy(line => line.Key, StringComparer.Ordinal)];

    private static void ForMembers(string id, Func<Pack, JsonObject, bool> holds)
    {
        var pack = PackLibrary.Find(id).Value;
        Gen.Int[0, int.MaxValue].Sample(seed => holds(pack, new RandomCase(pack, seed).Calculation()), iter: Members, seed: Seed, threads: 1);
    }
}
