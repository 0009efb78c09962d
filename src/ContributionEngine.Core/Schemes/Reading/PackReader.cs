using System.Text.Json;

namespace ContributionEngine.Core;

/// <summary>Reads and checks a pack file; a faulty pack is never loaded, and every fault is named by its path, value and reason.</summary>
public static class PackReader
{
    /// <summary>The pack, or a refusal with code <c>pack_invalid</c> and one error per fault.</summary>
    public static Outcome<Pack> Read(Stream json)
    {
        PackFile file;
        try
        {
            file = JsonSerializer.Deserialize<PackFile>(json, PackJson.Options) ?? throw new JsonException("The file holds null.");
        }
        catch (JsonException fault)
        {
            return Invalid([PackFault.At(JsonFaults.PathOf(fault), null, JsonFaults.Plain(fault, typeof(PackFile)))]);
        }
        catch (NotSupportedException fault)
        {
            // So the serializer refuses a rule that does not say its kind.
            return Invalid([PackFault.At(JsonFaults.PathOf(fault), null, JsonFaults.Kinds(JsonFaults.PathOf(fault)))]);
        }

        var faults = new PackChecks(file).Faults().ToList();
        return faults.Count == 0 ? new Pack(file) : Invalid(faults);
    }

    /// <summary>The form of a pack file as a JSON schema, for editors.</summary>
    public static string Schema() => PackJson.Schema();

    private static Refusal Invalid(IReadOnlyList<Refusal> faults) => faults[0] with
    {
        Code = "pack_invalid", Errors = faults, Help = "Correct the named figures; docs/schemes.md explains each member of a pack.",
    };
}

/// <summary>A fault of a pack, by path, value and reason.</summary>
internal static class PackFault
{
    public static Refusal At(string path, string? value, string reason) =>
        Refusal.Input("pack_fault", $"{path}: {(value is null ? "" : $"«{value}» ")}{reason}.") with { Field = path, Value = value };
}
