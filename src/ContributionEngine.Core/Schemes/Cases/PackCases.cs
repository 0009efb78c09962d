using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>
/// Evaluates files of cases against a pack: format contribution-vectors/1 in, contribution-results/1 out. A case fails on its
/// own; the others are still evaluated.
/// </summary>
public static class PackCases
{
    private static readonly Operation[] Operations = Enum.GetValues<Operation>();

    /// <summary>Writes one result per case in file order. Refusals: <c>cases_unreadable</c>, <c>pack_unknown</c>.</summary>
    /// <param name="given">The pack that the cases are of; null: the one of that id that comes with the program.</param>
    public static Outcome<int> Evaluate(Stream cases, Stream results, Pack? given = null)
    {
        try
        {
            using var file = JsonDocument.Parse(cases);
            var root = file.RootElement;
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("format", out var format) || format.ToString() != "contribution-vectors/1") return Unreadable("its format is not contribution-vectors/1");
            if (!root.TryGetProperty("pack", out var id) || !root.TryGetProperty("cases", out var list) || list.ValueKind != JsonValueKind.Array) return Unreadable("it has no pack or no list of cases");
            if (given is not null && given.Id != id.ToString()) return Unreadable($"its cases are of pack {id}, and the pack that was named is {given.Id}");
            if (!(given ?? PackLibrary.Find(id.ToString())).Ok(out var pack, out var refusal)) return refusal;
            using var writer = new Utf8JsonWriter(results, new JsonWriterOptions { Indented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
            return Write(pack, list, writer);
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
            writer.WriteString("id", one.ValueKind == JsonValueKind.Object && one.TryGetProperty("id", out var id) ? id.ToString() : "");
            writer.WritePropertyName("result");
            JsonSerializer.Serialize(writer, ResultOf(pack, one));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        return count;
    }

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
            return new Dictionary<string, object> { ["error"] = fault.Code, ["field"] = fault.Field };
        }
    }

    private static Refusal Unreadable(string why) => Refusal.Usage("cases_unreadable", $"The file of cases cannot be read: {why}.");
}
