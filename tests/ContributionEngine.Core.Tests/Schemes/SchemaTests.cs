using System.Text.Json.Nodes;
using ContributionEngine.Core;
using NJsonSchema;

namespace ContributionEngine.Core.Tests;

/// <summary>The JSON schemas that are shipped for editors say what the program itself accepts.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SchemaTests
{
    [TestCaseSource(nameof(Packs))]
    public async Task Every_shipped_pack_is_valid_by_the_schema_of_packs(string pack) =>
        Assert.That((await Schema("pack")).Validate(Shipped(pack).ToJsonString()), Is.Empty);

    [Test]
    public void The_schema_of_packs_is_the_one_that_the_program_reads_by()
    {
        var path = Path.Combine(Docs(), "schemas", "pack.schema.json");
        if (Environment.GetEnvironmentVariable("CONTRIBUTION_ENGINE_WRITE_SNAPSHOTS") == "1") File.WriteAllText(path, PackReader.Schema() + "\n");
        Assert.That(File.ReadAllText(path).Trim(), Is.EqualTo(PackReader.Schema().Trim()), "Set CONTRIBUTION_ENGINE_WRITE_SNAPSHOTS=1 to write it anew.");
    }

    [Test]
    public async Task The_example_agreement_is_valid_by_its_schema_and_is_taken_by_the_program()
    {
        var text = await File.ReadAllTextAsync(Path.Combine(Docs(), "agreement.example.json"));
        Assert.That((await Schema("agreement")).Validate(text), Is.Empty);
        Assert.That(AgreementFile.Read(text).Refusal, Is.Null);
    }

    [TestCase("figures")]
    [TestCase("rounding")]
    [TestCase("obligation_due")]
    [TestCase("parameters")]
    public async Task What_a_pack_must_have_is_missed_by_schema_and_program_alike(string member)
    {
        var pack = Shipped("cr-convenio-2021");
        pack.Remove(member);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(pack.ToJsonString()));
        Assert.That(((await Schema("pack")).Validate(pack.ToJsonString()).Count > 0, PackReader.Read(stream).Refusal?.Code), Is.EqualTo((true, "pack_invalid")));
    }

    [TestCase("source")]
    [TestCase("confidence")]
    [TestCase("value")]
    [TestCase("from")]
    public async Task What_a_figure_must_have_is_missed_by_schema_and_program_alike(string member)
    {
        var pack = Shipped("cr-convenio-2021");
        pack["figures"]![0]!.AsObject().Remove(member);
        using var stream = new MemoryStream(System.Text.Encoding.UTF8.GetBytes(pack.ToJsonString()));
        Assert.That(((await Schema("pack")).Validate(pack.ToJsonString()).Count > 0, PackReader.Read(stream).Refusal?.Code), Is.EqualTo((true, "pack_invalid")));
    }

    private static IEnumerable<string> Packs() => PackLibrary.Ids;

    private static Task<JsonSchema> Schema(string name) => JsonSchema.FromFileAsync(Path.Combine(Docs(), "schemas", $"{name}.schema.json"));

    private static JsonObject Shipped(string pack)
    {
        using var stream = typeof(Pack).Assembly.GetManifestResourceStream($"packs/{pack}.json")!;
        return JsonNode.Parse(stream)!.AsObject();
    }

    private static string Docs()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ContributionEngine.sln"))) at = at.Parent ?? throw new DirectoryNotFoundException("No folder above holds ContributionEngine.sln.");
        return Path.Combine(at.FullName, "docs");
    }
}
