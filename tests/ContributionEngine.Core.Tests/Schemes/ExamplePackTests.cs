using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContributionEngine.Core;
using NJsonSchema;

namespace ContributionEngine.Core.Tests;

/// <summary>What docs/schemes.md teaches by example is what the program does.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class ExamplePackTests
{
    [Test]
    public async Task The_example_pack_is_valid_by_the_program_and_by_the_schema()
    {
        var schema = await JsonSchema.FromFileAsync(Path.Combine(Docs, "schemas", "pack.schema.json"));
        Assert.That((PackReader.Read(Example("vendors-2026.json")).Refusal, schema.Validate(Text("vendors-2026.json")).Count), Is.EqualTo(((Refusal?)null, 0)));
    }

    [Test]
    public void Every_case_of_the_example_comes_out_as_it_expects()
    {
        var found = PackCases.Check(Example("vendors-2026.cases.json"), PackReader.Read(Example("vendors-2026.json")).Value).Value;
        Assert.That((found.Count, found.Where(one => !one.AsExpected)), Is.EqualTo((11, Array.Empty<CheckedCase>())));
    }

    [Test]
    public void The_pieces_that_the_document_shows_are_those_of_the_example()
    {
        var (pack, cases) = (JsonNode.Parse(Text("vendors-2026.json"))!.AsObject(), JsonNode.Parse(Text("vendors-2026.cases.json"))!.AsObject());
        var pieces = Piece().Matches(File.ReadAllText(Path.Combine(Docs, "schemes.md"))).Select(piece => piece.Groups[1].Value).SelectMany(text => JsonNode.Parse(text.StartsWith('{') ? text : $"{{{text}}}")!.AsObject()).ToList();
        Assert.That(pieces, Has.Count.EqualTo(26));
        Assert.That(pieces.Where(piece => !IsPart(piece.Value, pack[piece.Key]) && !IsPart(piece.Value, cases[piece.Key])).Select(piece => piece.Key), Is.Empty);
    }

    [Test]
    public void A_case_that_expects_something_else_is_named_with_both_answers()
    {
        var cases = Text("vendors-2026.cases.json").Replace("\"member\": \"12.00\"", "\"member\": \"4.80\"", StringComparison.Ordinal);
        var wrong = PackCases.Check(Stream(cases), PackReader.Read(Example("vendors-2026.json")).Value).Value.Single(one => !one.AsExpected);
        Assert.That((wrong.Case, wrong.Difference), Is.EqualTo(("below-the-floor", "totals is {\"member\":\"12.00\",\"state\":\"15.00\"} where {\"member\":\"4.80\",\"state\":\"15.00\"} is expected")));
    }

    [TestCase("tables[0].rows[1].from", "\"450\"", "tables[0].rows[1].from: «450» overlaps the class below, which ends at 500.")]
    [TestCase("tables[0].rows[1].from", "\"501\"", "tables[0].rows[1].from: «501» leaves a gap from 500.")]
    [TestCase("tables[1].from", "\"2026-08\"", "components[0]: «scale.rate» has no value on 2026-07-01, when the pack is in force.")]
    [TestCase("tables[1].from", "\"2026-06\"", "tables[1].from: «2026-06» overlaps another «scale».")]
    [TestCase("components[0].base.source", "\"base_of\"", "components[0].base.of: is no item of this pack.")]
    [TestCase("components[1].amount.minus", "[\"health:state\"]", "components[1].amount.minus: «health:state» must be an item that stands before this one.")]
    [TestCase("components[0].amount.kind", "\"formula\"", "components[0].amount: «formula» is no kind that is known; kind must be one of flat, rate, table, residual, share, match, solve.")]
    [TestCase("figures[1].value", "\"900\"", "figures[1].value: «900» is above 500 percent.")]
    [TestCase("figures[1].value", "9", "figures[1].value: A figure is a decimal string such as \"4.17\".")]
    [TestCase("due[0].number", "31", "due[0].number: «31» is no day of every month (February has 28); use last_day for the end of the month.")]
    [TestCase("components[0].payer", "\"vendor\"", "components[0].payer: must be one of member, worker, employer, organisation, state, sponsor.")]
    [TestCase("components[0].amount.column", "\"scale.rat\"", "components[0]: «scale.rat» is no figure, table.column, parameters.name or member.name of this pack.")]
    public void A_fault_is_named_as_the_document_says(string where, string value, string said)
    {
        var pack = JsonNode.Parse(Text("vendors-2026.json"))!;
        Put(pack, where, value);
        Assert.That(PackReader.Read(Stream(pack.ToJsonString())).Refusal?.Errors.Select(error => error.Detail), Has.Some.EqualTo(said));
        Assert.That(File.ReadAllText(Path.Combine(Docs, "schemes.md")), Does.Contain(said));
    }

    [Test]
    public void The_document_lists_every_shipped_pack_with_its_country_and_operations()
    {
        var rows = Row().Matches(File.ReadAllText(Path.Combine(Docs, "schemes.md"))).Select(row => $"{row.Groups[1].Value} {row.Groups[2].Value} {row.Groups[3].Value}");
        Assert.That(rows, Is.EqualTo(PackLibrary.Ids.Select(id => PackLibrary.Find(id).Value.File).Select(file => $"{file.Pack} {file.Country} {string.Join(", ", file.Operations.Select(one => Pack.Word(one)))}")));
    }

    [Test]
    public void Every_source_that_a_pack_cites_is_in_the_document()
    {
        var told = Source().Matches(File.ReadAllText(Path.Combine(Docs, "schemes.md"))).Select(row => row.Groups[1].Value).ToHashSet();
        var cited = PackLibrary.Ids.SelectMany(id => Cited().Matches(System.Text.Encoding.UTF8.GetString(PackLibrary.Content(id))).Select(match => match.Value));
        Assert.That(cited.Distinct().Except(told), Is.Empty);
    }

    [TestCase("kinds of amounts", typeof(AmountRule))]
    [TestCase("kinds of entitlement", typeof(EntitlementRule))]
    public void Every_kind_of_a_rule_is_in_the_document(string what, Type rule)
    {
        var text = File.ReadAllText(Path.Combine(Docs, "schemes.md"));
        var kinds = rule.GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false).Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(kind => $"{kind.TypeDiscriminator}");
        Assert.That(kinds.Where(kind => !text.Contains($"\n| `{kind}` |", StringComparison.Ordinal)), Is.Empty, what);
    }

    [Test]
    public void Every_member_of_a_pack_is_in_the_document()
    {
        var text = File.ReadAllText(Path.Combine(Docs, "schemes.md"));
        var members = Member().Matches(PackReader.Schema()).Select(match => match.Groups[1].Value).Distinct().Except(["type", "properties", "items", "enum", "required", "pattern", "anyOf", "const", "default", "additionalProperties", "format"]);
        Assert.That(members.Where(member => !member.StartsWith('$') && !text.Contains($"`{member}`", StringComparison.Ordinal)), Is.Empty);
    }

    private static bool IsPart(JsonNode? piece, JsonNode? whole) => JsonNode.DeepEquals(piece, whole) || (piece is JsonArray some && whole is JsonArray all && some.All(item => all.Any(other => JsonNode.DeepEquals(item, other))));

    private static string Docs { get; } = Find();

    private static string Text(string name) => File.ReadAllText(Path.Combine(Docs, "examples", name));

    private static MemoryStream Example(string name) => Stream(Text(name));

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static void Put(JsonNode at, string where, string value)
    {
        var parts = where.Split('.', '[').Select(part => part.TrimEnd(']')).ToList();
        foreach (var part in parts[..^1]) at = int.TryParse(part, out var index) ? at[index]! : at[part]!;
        if (int.TryParse(parts[^1], out var last)) at[last] = JsonNode.Parse(value);
        else at[parts[^1]] = JsonNode.Parse(value);
    }

    private static string Find()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at.FullName, "ContributionEngine.sln"))) at = at.Parent ?? throw new DirectoryNotFoundException("No folder above holds ContributionEngine.sln.");
        return Path.Combine(at.FullName, "docs");
    }

    [GeneratedRegex(@"^\| \[([a-z0-9-]+)\]\([^)]*\) \| ([A-Z]{2}) \|[^|\n]*\| ([a-z, ]+) \|$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^\| ([A-Z]{2}\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Source();

    [GeneratedRegex(@"\b(?:AR|BE|BR|CL|CR|DJ|DO|ES|FR|GH|IN|PH|RW|SN|TR|UY)\d+\b")]
    private static partial Regex Cited();

    [GeneratedRegex(@"```json\n(.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex Piece();

    [GeneratedRegex("\"([a-z_$]+)\":")]
    private static partial Regex Member();
}
