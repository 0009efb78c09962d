using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Packs;

/// <summary>What an official needs to hold a pack against the law stands in what <c>pack show</c> prints.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PackShowTests
{
    private static readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyList<IReadOnlyDictionary<string, string>>>>> Shown = [];

    [TestCaseSource(nameof(Ids))]
    public async Task Every_figure_is_shown_with_its_value_dates_source_and_mark(string id)
    {
        var file = PackLibrary.Find(id).Value.File;
        var shown = (await Rows(id)).Select(row => $"{row["what"]} {row["value"].Split(' ')[0]} {row["from"]} {row["to"]} {row["source"].Replace("] [C]", "]", StringComparison.Ordinal)}");
        Assert.That(file.Figures.Select(figure => $"{figure.Id} {Printed(file, figure.Value, figure.Unit)} {figure.From} {figure.To} [{figure.Confidence}] {figure.Source}").Except(shown), Is.Empty);
    }

    [TestCaseSource(nameof(Ids))]
    public async Task Every_cell_of_every_table_is_shown_with_its_class(string id)
    {
        var file = PackLibrary.Find(id).Value.File;
        var shown = await Rows(id);
        var cells = from table in file.Tables
                    from row in table.Rows
                    from cell in row.Values
                    let name = $"table {table.Id}: class {row.Class}"
                    let text = $"{cell.Key} {Printed(file, cell.Value, table.Columns[cell.Key])}"
                    where !shown.Any(line => line["what"] == name && line["from"] == $"{table.From}" && $"{line["value"].Replace(": ", ", ", StringComparison.Ordinal)},".Contains($"{text},", StringComparison.Ordinal) | $"{line["value"]},".Contains($"{text} %", StringComparison.Ordinal))
                    select $"{name} {text}";
        Assert.That(cells, Is.Empty);
    }

    [TestCaseSource(nameof(Ids))]
    public async Task Everything_that_has_an_id_or_is_not_known_is_shown(string id)
    {
        var file = PackLibrary.Find(id).Value.File;
        var shown = await Rows(id);
        var names = file.Components.Select(item => $"component {item.Id} ({Pack.Word(item.Payer)})").Concat(file.Subtotals.Select(item => $"subtotal {item.Id}")).Concat(file.Fees.Select(item => $"fee {item.Id} ({Pack.Word(item.Payer)})"))
            .Concat(file.Due.Select(due => $"due {due.Item}")).Concat(file.Late.Select(late => $"late {late.Kind}")).Concat(file.Inputs.Select(input => $"input {input.Name}")).Concat(file.Seasons.Select(season => $"season {season.Zone}"))
            .Concat(file.Holidays.Dates.Select(day => $"working days: holidays {day.Year}")).Concat(["rounding", "agreement", "author's choices"]);
        Assert.That(names.Except(shown.Select(row => row["what"])), Is.Empty);
        Assert.That(file.Unknown.Except(shown.Where(row => row["source"].StartsWith("[?]", StringComparison.Ordinal)).Select(row => row["value"])), Is.Empty);
        Assert.That(file.Parameters.Where(rule => !shown.Any(row => row["what"] == "parameter" && row["value"].StartsWith($"{rule.Name}, {(rule.Required ? "required" : "optional")}", StringComparison.Ordinal))), Is.Empty);
    }

    [TestCaseSource(nameof(Ids))]
    public async Task A_pack_as_JSON_is_the_file_and_is_read_again_as_the_same_pack(string id)
    {
        using var place = new Workplace();
        var text = (await place.Ok($"pack show {id} -o json")).Out;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text));
        Assert.That(JsonSerializer.Serialize(PackReader.Read(stream).Value.File), Is.EqualTo(JsonSerializer.Serialize(PackLibrary.Find(id).Value.File)));
        Assert.That(JsonNode.Parse(text)!["components"]!.AsArray().Select(item => item.At("payer")), Is.All.Matches<string>(word => Enum.GetValues<Payer>().Any(payer => Pack.Word(payer) == word)));
    }

    [TestCase("br-coop-2026", "component inss (member)", "20 % (inss_rate) of the base")]
    [TestCase("br-coop-2026", "component inss (member): base", "sum of the events, ceiling 8475.55 BRL (ceiling) shared with other collectors, not rounded")]
    [TestCase("br-coop-2026", "component inss-complement (member): who", "member pays, owes and remits; not collected here")]
    [TestCase("cr-convenio-2021", "component sem (member): base", "income, floor 295503 CRC (bmc_sem), waived by flag also_employed or partial_month or leave_over_15_days, not rounded")]
    [TestCase("cr-convenio-2021", "component ivm-state (state)", "10.66 % (ivm_total) of the base, rounded, less ivm")]
    [TestCase("br-plans-2026", "component inss (member): only if", "plan is simplified-11")]
    [TestCase("ph-employer-2025", "due contribution: 5 to 9", "the 20th")]
    [TestCase("ph-employer-2025", "subtotal total", "2.75 % / 5 % (premium_rate) of the base")]
    [TestCase("fr-coopaname", "payment: step 1", "principal of the worker: in proportion to what is owed, by largest remainder; in the order of id")]
    [TestCase("ar-promovido", "late interest", "interest: the agreement's late_interest_percent_per_month in percent, none if not given, for each whole month late")]
    [TestCase("cr-coffee-2021", "season south", "due in September, October, November, December, January; the other months are not due")]
    public async Task A_rule_is_shown_in_words(string id, string what, string value) =>
        Assert.That((await Rows(id)).Where(row => row["what"] == what).Select(row => row["value"]), Has.Some.EqualTo(value));

    [Test]
    public async Task The_choices_of_the_author_are_named_at_the_top()
    {
        var row = (await Rows("ar-coop-withholding")).Single(row => row["what"] == "author's choices");
        Assert.That((row["value"], row["source"]), Is.EqualTo(("withholding; rounding; late interest", "[C]")));
    }

    [Test]
    public async Task A_table_on_a_screen_breaks_no_name_and_no_date()
    {
        using var place = new Workplace();
        var shown = (await place.Ok("pack show ar-coop-withholding")).Out;
        Assert.That(shown, Does.Contain(" late_interest_percent_per_month,").And.Contain(" 2026-07 ").And.Contain("  class K ").And.Contain("NOT KNOWN"));
    }

    [Test]
    public async Task A_pack_file_that_is_not_shipped_is_shown_too()
    {
        using var place = new Workplace();
        place.Write("mine.json", (await place.Ok("pack show dj-cnss -o json")).Out.Replace("dj-cnss", "mine", StringComparison.Ordinal));
        Assert.That(Table.Parse((await place.Ok("pack show mine.json -o csv")).Out).Where("what", "pack").Of("value"), Is.EqualTo(new[] { "mine, version 2025-1" }));
    }

    private static IEnumerable<string> Ids() => PackLibrary.Ids;

    // Asked once per pack, however many tests look at it.
    private static Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> Rows(string id) => Shown.GetOrAdd(id, new Lazy<Task<IReadOnlyList<IReadOnlyDictionary<string, string>>>>(() => Ask(id))).Value;

    private static async Task<IReadOnlyList<IReadOnlyDictionary<string, string>>> Ask(string id)
    {
        using var place = new Workplace();
        return Table.Parse((await place.Ok($"pack show {id} -o csv")).Out).Rows;
    }

    // Money has the pack's decimals at least.
    private static string Printed(PackFile file, Ratio value, string unit)
    {
        var parts = $"{value}".Split('.');
        var decimals = parts.Length == 1 ? "" : parts[1];
        if (unit == "money") decimals = decimals.PadRight(file.OutputDecimals, '0');
        return decimals == "" ? parts[0] : $"{parts[0]}.{decimals}";
    }
}
