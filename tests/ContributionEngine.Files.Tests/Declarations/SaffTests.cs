using System.Globalization;
using System.Text;
using ContributionEngine.Core;
using Sylvan.Data.Csv;

namespace ContributionEngine.Files.Tests;

/// <summary>SAFF 1.0: 133 columns by position, whatever a name holds.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SaffTests
{
    private static readonly DeclarationLine[] Lines =
    [
        Jane("sg", 65000), Jane("salary-sacrifice", 10000),
        Declared.Line("00003", "000000000", "sg", 30000).Of("Pat O'Neil", null, ("family_name", "O'Neil, Jr"), ("given_name", "Pat \"P\""), ("sex", "X"), ("birth_date", "1990-02-28")),
        Jane("sg", 72050) with { Period = "2025-07", Months = 3, MemberNo = "00004" },
    ];

    [Test]
    public async Task A_declaration_has_the_bytes_of_its_golden_file()
    {
        var (written, text) = (await Declared.Write("saff1", Declared.Australia, Lines)).Value;
        Assert.That(text, Is.EqualTo(Declared.Golden("saff1.csv")));
        Assert.That((written.Lines, written.TotalMinor, written.Bytes), Is.EqualTo((4L, 177_050L, (long)text.Length)));
    }

    [Test]
    public async Task The_header_rows_are_those_of_the_published_layout()
    {
        var sample = Encoding.UTF8.GetString(Reading.Sample("social-security", "saff/saff_v1_133cols_valid.csv")).Split("\r\n");
        var ours = (await Declared.Write("saff1", Declared.Australia, Lines)).Value.Text.Split("\r\n");
        Assert.That(ours[..3], Is.EqualTo(new[] { sample[0].Replace("COOP20260831A", "RF18000000001001", StringComparison.Ordinal), sample[1], sample[2] }));
    }

    [Test]
    public async Task The_rows_read_back_by_position_give_the_sums_of_the_lines()
    {
        var rows = Read((await Declared.Write("saff1", Declared.Australia, Lines)).Value.Text);
        Assert.That(rows.Select(row => row.Length), Is.All.EqualTo(133));
        Assert.That(rows.Sum(row => row[59..67].Where(cell => cell != "").Sum(cell => decimal.Parse(cell, CultureInfo.InvariantCulture))), Is.EqualTo(1770.50m));
        Assert.That(rows.Select(row => row[25]), Is.All.EqualTo("1770.50"));
        Assert.That(rows.Select(row => $"{row[33]} {row[36]} {row[37]} {row[39]} {row[57]} {row[58]} {row[54]}"), Is.EqualTo(new[]
        {
            "123456782 Smith-Jones Jane 2 2025-04-01 2025-04-30 00001",
            "000000000 O'Neil, Jr Pat \"P\" 3 2025-04-01 2025-04-30 00003",
            "123456782 Smith-Jones Jane 2 2025-07-01 2025-09-30 00004",
        }));
    }

    [Test]
    public async Task Names_of_any_kind_keep_the_count_of_cells()
    {
        var random = new Random(11);
        const string letters = "añÑé,\"\r\n;'= -漢😀";
        for (var round = 0; round < 200; round++)
        {
            var name = string.Concat(Enumerable.Range(0, random.Next(1, 60)).Select(_ => letters[random.Next(letters.Length - 2)]));
            var row = Read((await Declared.Write("saff1", Declared.Australia, [Declared.Line("1", "000000000", "sg", 100).Of("", null, ("family_name", name), ("given_name", name), ("sex", "F"), ("birth_date", "1990-02-28"))])).Value.Text).Single();
            Assert.That((row.Length, row[36], row[37]), Is.EqualTo((133, name, name)));
        }
    }

    [Test]
    public async Task Negative_amounts_are_announced_in_the_first_row() =>
        Assert.That((await Declared.Write("saff1", Declared.Australia, [.. Lines, Jane("personal", -500)])).Value.Text, Does.StartWith("VERSION,1.0,NEGATIVES SUPPORTED,TRUE,FILE ID,RF18000000001001\r\n"));

    [Test]
    public async Task What_is_missing_is_named_by_field() =>
        Assert.That((await Declared.Write("saff1", Declared.Australia, [Declared.Line("1", "12345678", "levy", 100)])).Refusal!.Errors.Select(error => error.Field), Is.EqualTo(new[] { "national_id", "family_name", "given_name", "sex", "birth_date", "component" }));

    private static DeclarationLine Jane(string component, long minor) => Declared.Line("00001", "123 456 782", component, minor)
        .Of("Jane Smith-Jones", null, ("family_name", "Smith-Jones"), ("given_name", "Jane"), ("sex", "F"), ("birth_date", "1980-04-30"), ("address_line_1", "1 Test St"), ("locality", "Sydney"), ("postcode", "2000"), ("state", "NSW"), ("country", "AU"));

    private static List<string[]> Read(string text)
    {
        using var reader = CsvDataReader.Create(new StringReader(text), new CsvDataReaderOptions { HasHeaders = false, ResultSetMode = ResultSetMode.SingleResult });
        var rows = new List<string[]>();
        while (reader.Read()) rows.Add([.. Enumerable.Range(0, reader.RowFieldCount).Select(reader.GetString)]);
        return rows[3..];
    }
}
