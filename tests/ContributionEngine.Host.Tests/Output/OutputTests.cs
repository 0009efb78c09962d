using System.Text;
using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Output;

/// <summary>Data on standard output, talk on standard error, and cells that no spreadsheet runs.</summary>
internal sealed class OutputTests
{
    private static readonly string[] Dangerous = ["=1+2", "+55", "-x", "@home", "-5", "=HYPERLINK(\"http://x\")"];

    [TestCase("agreement list")]
    [TestCase("agreement show CR-2021-014")]
    [TestCase("agreement calendar CR-2021-014 --from 2021-01-01 --to 2021-02-28")]
    [TestCase("member list --agreement CR-2021-014")]
    [TestCase("schedule show --agreement CR-2021-014 --member A001")]
    [TestCase("upload list --agreement CR-2021-014")]
    [TestCase("upload check january.csv --agreement CR-2021-014 --errors-out errors.csv")]
    [TestCase("settlement list --agreement CR-2021-014")]
    [TestCase("settlement plan --agreement CR-2021-014")]
    [TestCase("settlement run --agreement CR-2021-014 --as-of 2021-02-05")]
    [TestCase("settlement resume")]
    [TestCase("remittance list --agreement CR-2021-014")]
    [TestCase("bank inspect statement.xml")]
    [TestCase("case list")]
    [TestCase("audit list")]
    [TestCase("audit verify")]
    [TestCase("outbox list")]
    [TestCase("verify")]
    [TestCase("pack list")]
    [TestCase("pack show cr-convenio-2021")]
    [TestCase("calendar list")]
    [TestCase("db status")]
    public async Task Standard_output_holds_one_JSON_value_and_nothing_else(string command)
    {
        using var place = await Prepared.Settled();
        var said = await place.Run($"{command} -o json");
        Assert.That(() => JsonNode.Parse(said.Out), Throws.Nothing, said.ToString());
    }

    [Test]
    public async Task Lines_of_JSON_are_one_value_each()
    {
        using var place = await Prepared.Harvest();
        var lines = (await place.Ok("member list --agreement CR-2021-014 -o jsonl")).Out.TrimEnd('\n').Split('\n');
        Assert.That(lines.Select(line => JsonNode.Parse(line).At("member_no")), Is.EqualTo(new[] { "A001", "A002", "A003" }));
    }

    [TestCase("agreement list")]
    [TestCase("verify")]
    [TestCase("upload check january.csv --agreement CR-2021-014")]
    [TestCase("agreement show NO-SUCH")]
    public async Task What_is_piped_has_no_escape_codes(string command)
    {
        using var place = await Prepared.Settled();
        var said = await place.Run(command);
        Assert.That(said.Out + said.Error, Does.Not.Contain('\u001b'));
    }

    [Test]
    public async Task Text_cells_of_an_export_that_a_spreadsheet_would_run_are_guarded()
    {
        using var place = await Prepared.Harvest();
        place.Write("cells.csv", Receipts.Csv(Dangerous.Select(number => new Paid($"\"{number.Replace("\"", "\"\"", StringComparison.Ordinal)}\"", "A001", "2021-01-15", "100.00"))));
        await place.Ok("upload submit cells.csv --agreement CR-2021-014");
        Assert.That((await place.Export("receipts")).Of("receipt_no"), Is.EqualTo(Dangerous.Select(number => $"'{number}")));
    }

    [Test]
    public async Task Negative_amounts_of_an_export_stay_numbers()
    {
        using var place = await Prepared.Collected();
        await place.Ok($"upload undo {(await place.Export("receipts")).Rows[0]["upload"]} --reason mistaken");
        Assert.That((await place.Export("allocations")).Rows.Count(row => row["amount"] == "-17320.00"), Is.EqualTo(3));
    }

    [Test]
    public async Task Cells_of_a_list_as_CSV_are_guarded_too()
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", "member_no,national_id,full_name,enrolled_from\nA009,9-9-9,=HYPERLINK(x),2021-01-01\n");
        await place.Ok("member import more.csv --agreement CR-2021-014");
        Assert.That((await place.Ok("member list --agreement CR-2021-014 -o csv")).Out, Does.Contain(",'=HYPERLINK(x)"));
    }

    [Test]
    public async Task An_export_as_lines_of_JSON_has_the_cells_as_they_are()
    {
        using var place = await Prepared.Harvest();
        place.Write("cells.csv", Receipts.Csv(new Paid("=1+2", "A001", "2021-01-15", "100.00")));
        await place.Ok("upload submit cells.csv --agreement CR-2021-014");
        Assert.That(JsonNode.Parse((await place.Ok("export receipts --format jsonl")).Out).At("receipt_no"), Is.EqualTo("=1+2"));
    }

    [Test]
    public async Task The_errors_file_holds_the_error_rows_as_they_were_and_what_to_fix()
    {
        string[] rows = ["R1;A001; 05/01/2021 ;38600,00;Ana Mora", "=1+2; X900 ;20/01/2021; ₡ 100,00 ;\"Peña; Iván\"", "R3;A003;21/01/2021;abc;'Rosa"];
        using var place = await Prepared.Harvest();
        place.Write("rows.csv", $"recibo;Afiliado;fecha;Monto;nombre\n{string.Join('\n', rows)}\n");
        await place.Run("upload check rows.csv --agreement CR-2021-014 --errors-out errors.csv");
        var lines = place.Read("errors.csv").TrimEnd('\n').Split('\n');
        Assert.That(
            (lines.Length, lines[0], lines[1].StartsWith(rows[1] + ";", StringComparison.Ordinal), lines[1].EndsWith(";R02", StringComparison.Ordinal), lines[2].StartsWith(rows[2] + ";", StringComparison.Ordinal), lines[2].EndsWith(";R07", StringComparison.Ordinal)),
            Is.EqualTo((3, "recibo;Afiliado;fecha;Monto;nombre;what_to_fix;error_code", true, true, true, true)), string.Join('\n', lines));
    }

    [Test]
    public async Task The_errors_file_keeps_the_accents_of_a_Windows_file()
    {
        using var place = await Prepared.Harvest();
        place.Write("rows.csv", Encoding.Latin1.GetBytes("afiliado;fecha;monto;nombre\nX900;15/01/2021;100,00;Peña\n"));
        await place.Run("upload check rows.csv --agreement CR-2021-014 --errors-out errors.csv");
        Assert.That(place.Read("errors.csv"), Does.Contain("X900;15/01/2021;100,00;Peña;"));
    }
}
