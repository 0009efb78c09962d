using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>A case after its answer was held against what it expects.</summary>
/// <param name="Difference">Empty when it came out as expected.</param>
public sealed record CheckedCase(string Case, bool AsExpected, string Difference);

/// <summary>
/// Evaluates files of cases against a pack: format contribution-vectors/1 in, contribution-results/1 out. A case fails on its
/// own; the others are still evaluated.
/// </summary>
public static class PackCases
{
    private static readonly Operation[] Operations = Enum.GetValues<Operation>();
    private static readonly JsonSerializerOptions Plain = new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one result per case in file order. Refusals: <c>cases_unreadable</c>, <c>pack_unknown</c>.</summary>
    /// <param name="own">The pack that the file names, where it is not a shipped one.</param>
    public static Outcome<int> Evaluate(Stream cases, Stream results, Pack? own = null) => Read(cases, own, (pack, list) =>
    {
        using var writer = new Utf8JsonWriter(results, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        return Write(pack, list, writer);
    });

    /// <summary>Holds each case's answer against what it expects: every member of <c>expect</c> must be in the answer with an equal value. Refusals as above.</summary>
    public static Outcome<IReadOnlyList<CheckedCase>> Check(Stream cases, Pack? own = null) =>
        Read<IReadOnlyList<CheckedCase>>(cases, own, (pack, list) => [.. list.EnumerateArray().Select(one => Checked(pack, one))]);

    private static Outcome<T> Read<T>(Stream cases, Pack? own, Func<Pack, JsonElement, T> use)
    {
        try
        {
            using var file = JsonDocument.Parse(cases);
            var root = file.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ToString() != "contribution-vectors/1") return Unreadable("its format is not contribution-vectors/1");
            if (!root.TryGetProperty("pack", out var id) || !root.TryGetProperty("cases", out var list) || list.ValueKind != JsonValueKind.Array) return Unreadable("it has no pack or no list of cases");
            if (own is not null) return own.Id == id.ToString() ? use(own, list) : Unreadable($"its cases are for the pack «{id}», not «{own.Id}»");
            return PackLibrary.Find(id.ToString()).Ok(out var pack, out var refusal) ? use(pack, list) : refusal;
        }
        catch (JsonException fault)
        {
            return Unreadable($"it is no JSON at line {fault.LineNumber + 1}");
        }
    }

    private static int Write(Pack pack, JsonElement cases, Utf8JsonWriter writer)
    {
        var count = 0;
        writer.WriteStartObject();
        writer.WriteString("format", "contribution-results/1");
        writer.WriteString("pack", pack.Id);
        writer.WriteStartArray("results");
        foreach (var one in cases.EnumerateArray())
        {
            count++;
            writer.WriteStartObject();
            writer.WriteString("id", IdOf(one));
            writer.WritePropertyName("result");
            JsonSerializer.Serialize(writer, ResultOf(pack, one));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return count;
    }

    private static CheckedCase Checked(Pack pack, JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("expect", out var expect) || expect.ValueKind != JsonValueKind.Object) return new CheckedCase(IdOf(one), false, "expects nothing");
        var answer = JsonSerializer.SerializeToElement(ResultOf(pack, one), Plain);
        var differences = expect.EnumerateObject().Where(member => !answer.TryGetProperty(member.Name, out var value) || !JsonElement.DeepEquals(member.Value, value)).Select(member => Difference(member, answer)).ToList();
        return new CheckedCase(IdOf(one), differences.Count == 0, string.Join("; ", differences));
    }

    private static string Difference(JsonProperty expected, JsonElement answer) =>
        $"{expected.Name} is {(answer.TryGetProperty(expected.Name, out var value) ? Short(value) : $"not in {Short(answer)}")} where {Short(expected.Value)} is expected";

    private static string Short(JsonElement value) => JsonSerializer.Serialize(value, Plain);

    private static string IdOf(JsonElement one) => one.ValueKind == JsonValueKind.Object && one.TryGetProperty("id", out var id) ? id.ToString() : "";

    private static object ResultOf(Pack pack, JsonElement one)
    {
        try
        {
            var asked = one.ValueKind == JsonValueKind.Object ? Operations.Where(operation => one.TryGetProperty(Pack.Word(operation), out _)).ToList() : [];
            if (asked.Count != 1) throw new CaseFault("invalid_input", Pack.Word(asked.Count == 0 ? Operation.Calculate : asked[1]));
            return new CaseOperations(pack).Run(asked[0], one.GetProperty(Pack.Word(asked[0])));
        }
        catch (CaseFault fault)
        {
            return Fault(fault.Code, fault.Field);
        }
        catch (OverflowException)
        {
            // An amount that no money can be; the other cases go on.
            return Fault("invalid_input", Pack.Word(Operations.First(operation => one.TryGetProperty(Pack.Word(operation), out _))));
        }
    }

    private static Dictionary<string, object> Fault(string code, string field) => new() { ["error"] = code, ["field"] = field };

    private static Refusal Unreadable(string why) => Refusal.Usage("cases_unreadable", $"The file of cases cannot be read: {why}.");
}
