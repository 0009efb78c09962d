using System.Reflection;
using System.Text;
using System.Text.Json.Nodes;
using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class PackReaderTests
{
    [Test]
    public void Every_shipped_pack_is_sound() => Assert.That(PackLibrary.Ids.Select(id => PackLibrary.Find(id).Refusal), Is.All.Null);

    [TestCase("cr-convenio-2021 tables[0].rows[1].from", "\"297046\"", "tables[0].rows[1].from", "gap")]
    [TestCase("cr-convenio-2021 tables[0].rows[1].from", "\"297044\"", "tables[0].rows[1].from", "overlaps")]
    [TestCase("cr-convenio-2021 tables[0].rows[4].to", "\"9999999\"", "tables[0].rows[4].to", "no upper edge")]
    [TestCase("cr-convenio-2021 figures[0].value", "\"-5\"", "figures[0].value", "negative")]
    [TestCase("cr-convenio-2021 figures[0].to", "\"2021-11\"", "components[0]", "no value on 2021-12-01")]
    [TestCase("cr-convenio-2021 figures[0].source", "\"\"", "figures[0].source", "source")]
    [TestCase("cr-convenio-2021 components[0].base.floor", "\"bmc\"", "components[0]", "no figure")]
    [TestCase("cr-convenio-2021 rounding.unit", "\"0.001\"", "rounding.unit", "multiple")]
    [TestCase("cr-convenio-2021 obligation_due", "{}", "obligation_due", "either")]
    [TestCase("cr-convenio-2021 in_force[0].to", "\"2020-12\"", "in_force[0].to", "before from")]
    [TestCase("ar-monotributo-2026h1 tables[0].incomplete", "null", "tables[0].rows", "no row")]
    [TestCase("ar-monotributo-2026h1 due[0].number", "31", "due[0].number", "February")]
    [TestCase("ar-monotributo-2026h1 components[0].amount.kind", "\"formula\"", "components[0].amount", "kind")]
    [TestCase("ph-employer-2025 due[0].choice.rows[1].from", "6", "due[0].choice.rows", "last digit")]
    [TestCase("ph-employer-2025 late[1].due_from", "\"2020-02-01\"", "late[1].due_from", "without a rule")]
    [TestCase("gh-cocoa events.least_quantity", "\"sack\"", "events.least_quantity", "must be a figure")]
    [TestCase("br-plans-2026 inputs[0].words", "[\"own-account-20\"]", "components[1].when.is", "no word")]
    [TestCase("cr-coffee-2021 operations", "[\"calculate\",\"late\",\"allocate\"]", "operations", "no rule")]
    [TestCase("cr-convenio-2021 formula", "\"x\"", "formula", "not known")]
    [TestCase("cr-convenio-2021 components[0].amount", "{}", "components[0].amount", "kind must be one of flat")]
    [TestCase("cr-convenio-2021 entitlement.kind", "\"always\"", "entitlement", "one of unpaid_age")]
    [TestCase("cr-convenio-2021 figures[0].confidence", "\"sure\"", "figures[0].confidence", "one of s, d, m, c")]
    [TestCase("cr-convenio-2021 agreement.liability", "\"none\"", "agreement.liability", "one of agency")]
    [TestCase("cr-convenio-2021 output_decimals", "\"0\"", "output_decimals", "whole number")]
    [TestCase("cr-convenio-2021 title", "1", "title", "text in quotes")]
    [TestCase("cr-convenio-2021 agreement.uses_presumptive_income", "\"yes\"", "agreement.uses_presumptive_income", "true or false")]
    [TestCase("cr-convenio-2021 figures", "{}", "figures", "a list in brackets")]
    [TestCase("cr-convenio-2021 figures", "null", "figures", "null")]
    [TestCase("cr-convenio-2021 rounding", "[]", "rounding", "members in braces")]
    [TestCase("cr-convenio-2021 holidays.dates[0]", "\"2021-02-30\"", "holidays.dates[0]", "day of the calendar")]
    [TestCase("cr-convenio-2021 components[0].when", "{}", "components[0].when", "must say a condition")]
    [TestCase("br-plans-2026 components[0].when.is", "[]", "components[0].when.is", "words of an input")]
    [TestCase("uy-mides tenure", "null", "tables[0].key", "needs the block tenure")]
    [TestCase("ar-monotributo-2026h1 late[0].rate", "null", "late[0].sliced", "needs a rate")]
    [TestCase("br-plans-2026 in_force", "[]", "components[0]", "name the months of the pack in in_force")]
    public void A_fault_is_named_by_path_and_reason(string where, string value, string path, string reason) =>
        Fault(where.Split(' ')[0], json => Put(json, where.Split(' ')[1], value), path, reason);

    [TestCase("", "the file is empty")]
    [TestCase("{\n \"pack\": \"x\",\n}", "from line 3 on: a comma stands before the closing bracket")]
    [TestCase("{\n \"pack\": \"x", "from line 2 on")]
    public void A_file_that_is_no_JSON_is_refused_with_the_line(string text, string reason)
    {
        var said = PackReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Refusal!.Detail;
        Assert.That(said, Does.Contain(reason).And.Not.Contain("BytePosition"));
    }

    [Test]
    public void A_rate_of_more_than_500_percent_is_named() => Fault("cr-convenio-2021", pack => Put(pack, "tables[0].rows[0].values.sem", "\"501\""), "tables[0].rows[0].values.sem", "500");

    [Test]
    public void A_component_may_not_build_on_one_that_follows() =>
        Fault("in-epf", pack => Components(pack).Single(item => item["amount"]!["kind"]!.GetValue<string>() == "residual")["amount"]!["minus"] = new JsonArray("epf-employer"), "components[2].amount.minus", "before");

    [TestCase("2021-01-15", "invalid_input")]
    [TestCase("2026-01-01", "not_in_force")]
    public void A_term_that_the_figures_do_not_fit_is_refused_when_it_begins(string start, string code) =>
        Assert.That(PackLibrary.Find("cr-convenio-2021").Value.CheckTerm(DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture))?.Code, Is.EqualTo(code));

    [Test]
    public void A_missing_parameter_is_refused_by_name() =>
        Assert.That(PackLibrary.Find("cr-convenio-2021").Value.CheckParameters(new Dictionary<string, string>())[0].Field, Is.EqualTo("parameters.payment_day"));

    [Test]
    public void A_payment_day_of_31_is_refused() =>
        Assert.That(PackLibrary.Find("cr-convenio-2021").Value.CheckParameters(new Dictionary<string, string> { ["payment_day"] = "31" })[0].Code, Is.EqualTo("invalid_input"));

    private static void Fault(string id, Action<JsonObject> spoil, string path, string reason)
    {
        using var stream = typeof(Pack).Assembly.GetManifestResourceStream($"packs/{id}.json")!;
        var pack = JsonNode.Parse(stream)!.AsObject();
        spoil(pack);
        var refusal = PackReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(pack.ToJsonString()))).Refusal;
        Assert.That(refusal?.Errors.Select(error => (error.Field, error.Detail)), Has.Some.Matches<(string? Field, string Detail)>(error => error.Field == path && error.Detail.Contains(reason, StringComparison.Ordinal)));
    }

    private static void Put(JsonNode at, string where, string value)
    {
        var parts = where.Split('.', '[').Select(part => part.TrimEnd(']')).ToList();
        foreach (var part in parts[..^1]) at = int.TryParse(part, out var index) ? at[index]! : at[part]!;
        if (int.TryParse(parts[^1], out var last)) at[last] = JsonNode.Parse(value);
        else at[parts[^1]] = JsonNode.Parse(value);
    }

    private static IEnumerable<JsonNode> Components(JsonObject pack) => pack["components"]!.AsArray().OfType<JsonNode>();
}
