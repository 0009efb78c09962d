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

    [Test]
    public void A_gap_in_a_table_is_named() => Fault(pack => Row(pack, 1)["from"] = "297046", "tables[0].rows[1].from", "gap");

    [Test]
    public void An_overlap_in_a_table_is_named() => Fault(pack => Row(pack, 1)["from"] = "297044", "tables[0].rows[1].from", "overlaps");

    [Test]
    public void A_rate_of_more_than_500_percent_is_named() => Fault(pack => pack["figures"]![2]!["value"] = "1066", "figures[2].value", "500");

    [Test]
    public void A_figure_without_source_is_named() => Fault(pack => pack["figures"]![0]!["source"] = "", "figures[0].source", "source");

    [Test]
    public void An_unknown_figure_is_named() => Fault(pack => pack["components"]![0]!["base"]!["floor"] = "bmc", "components[0].base.floor", "no figure");

    [Test]
    public void A_component_may_not_build_on_one_that_follows() => Fault(pack => pack["components"]![2]!["amount"]!["of"] = "ivm-state", "components[2].amount.of", "before");

    [Test]
    public void Figures_of_one_name_may_not_overlap() => Fault(pack => pack["figures"]!.AsArray().Add(pack["figures"]![0]!.DeepClone()), "figures[4].from", "overlaps");

    [Test]
    public void A_rounding_unit_below_the_smallest_coin_is_named() => Fault(pack => pack["rounding"]!["unit"] = "0.001", "rounding.unit", "multiple");

    [Test]
    public void A_late_rule_without_any_rate_is_named() => Fault(pack => pack["late"]![1]!["rate_parameter"] = null, "late[1]", "either");

    [Test]
    public void A_rate_parameter_that_the_pack_does_not_have_is_named() => Fault(pack => pack["late"]![1]!["rate_parameter"] = "usury", "late[1].rate_parameter", "no parameter");

    [Test]
    public void A_due_day_by_neither_item_nor_parameter_is_named() => Fault(pack => pack["obligation_due"] = new JsonObject(), "obligation_due", "either");

    [TestCase("2021-01-15", "invalid_input")]
    [TestCase("2026-01-01", "not_in_force")]
    public void A_term_that_the_figures_do_not_fit_is_refused_when_it_begins(string start, string code) =>
        Assert.That(PackLibrary.Find("cr-convenio-2021").Value.CheckTerm(DateOnly.Parse(start, System.Globalization.CultureInfo.InvariantCulture))?.Code, Is.EqualTo(code));

    [Test]
    public void An_unknown_member_is_refused() => Fault(pack => pack["formula"] = "x", "formula", "formula");

    [Test]
    public void A_missing_parameter_is_refused_by_name() =>
        Assert.That(PackLibrary.Find("cr-convenio-2021").Value.CheckParameters(new Dictionary<string, string>())[0].Field, Is.EqualTo("parameters.payment_day"));

    [Test]
    public void A_payment_day_of_31_is_refused() =>
        Assert.That(PackLibrary.Find("cr-convenio-2021").Value.CheckParameters(new Dictionary<string, string> { ["payment_day"] = "31" })[0].Code, Is.EqualTo("invalid_input"));

    private static void Fault(Action<JsonObject> spoil, string path, string reason)
    {
        using var stream = typeof(Pack).Assembly.GetManifestResourceStream("packs/cr-convenio-2021.json")!;
        var pack = JsonNode.Parse(stream)!.AsObject();
        spoil(pack);
        var refusal = PackReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(pack.ToJsonString()))).Refusal;
        Assert.That(refusal?.Errors.Select(error => (error.Field, error.Detail)), Has.One.Matches<(string? Field, string Detail)>(error => error.Field == path && error.Detail.Contains(reason, StringComparison.Ordinal)));
    }

    private static JsonNode Row(JsonObject pack, int i) => pack["tables"]![0]!["rows"]![i]!;
}
