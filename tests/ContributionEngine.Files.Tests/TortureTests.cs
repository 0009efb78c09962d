using System.Text;
using ExcelDataReader;

namespace ContributionEngine.Files.Tests;

/// <summary>The sample files, read in place: what each must give.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TortureTests
{
    // One is locked; in the others that version of the other reader mistakes small letters in references, and "true" for 1904.
    private static readonly string[] Otherwise = ["pwd_password", "LowerCaseReferenceAttribute", "Issue_649"];

    private static readonly SheetMap Phones = Map(("member_no", "id_no"), ("amount", "amount"), ("received_on", "paid_on")) with { Decimal = "," };

    [Test]
    public void Damage_done_by_a_spreadsheet_is_asked_about_and_then_named_cell_by_cell()
    {
        var bytes = Reading.Sample("csv-torture", "own/excel_serials_and_sci.csv");
        Assert.That(Reading.Refused(bytes), Is.EqualTo("F07"));
        Assert.That(Reading.Told(bytes, Reading.Terms with { Map = Phones }), Is.EqualTo(new[]
        {
            "3 2,54722E+11 R13:member_no R14:received_on", "4 1.23457E+15 R13:member_no R14:received_on", "5 1E5 R13:member_no R07:amount",
            "6 00123 R07:amount R14:received_on", "7 12345678901234567890 R14:received_on",
        }));
    }

    [Test]
    public void A_quote_that_is_never_closed_is_named_with_its_line()
    {
        var refusal = Reading.Survey(Reading.Sample("csv-torture", "own/ragged_and_nbsp.csv")).Refusal!;
        Assert.That((refusal.Code, refusal.Detail), Is.EqualTo(("F13", "The file cannot be read as CSV or XLSX: a quote near line 7 is not closed.")));
    }

    [Test]
    public void Short_rows_and_odd_blanks_are_read_up_to_there()
    {
        var text = Encoding.UTF8.GetString(Reading.Sample("csv-torture", "own/ragged_and_nbsp.csv")).Split("4,\"unclosed")[0].Replace(" name ,amount", " received_on ,amount", StringComparison.Ordinal);
        Assert.That(Reading.Survey(text).Refusal!.Detail, Is.EqualTo("Is “10.00” 10.00 or 1000?"));
        Assert.That(Reading.Told(text, Reading.Terms with { Map = new SheetMap { Decimal = "," } }), Is.EqualTo(new[] { "2 1 R07:amount R14:received_on", "3 2 R07:amount R14:received_on", "6 3 R14:received_on" }));
    }

    [Test]
    public void A_german_file_is_read_with_a_map()
    {
        var map = Map(("member_no", "Mitglied"), ("member_name", "Name"), ("amount", "Betrag"), ("received_on", "Datum"));
        using var sheet = Reading.Survey(Reading.Sample("csv-torture", "own/semicolon_decimal_comma_cp1252.csv"), Reading.Terms with { Map = map }).Value;
        Assert.That(sheet.Told(), Is.EqualTo(new[] { "2 0001 123456 2026-08-31", "3 0002 R07:amount", "4 0003 123456 2026-09-01" }));
        Assert.That((sheet.ReadRows().First().MemberName, sheet.Understood.Encoding), Is.EqualTo(("Müller, Jürgen", "Windows-1252")));
    }

    [Test]
    public void Two_files_in_one_are_never_read_under_the_columns_of_the_first()
    {
        var bytes = Reading.Sample("csv-torture", "own/two_files_concatenated.csv");
        Assert.That(Reading.Refused(bytes), Is.EqualTo("F06"));
        Assert.That(Reading.Survey(bytes, Reading.Terms with { Map = Map(("received_on", "name")) }).Refusal!.Detail, Does.Contain("row 5 names the columns again"));
    }

    [TestCase("csvkit/test_utf16_big.csv", "a,b,c", "2 1 R14:received_on|3 4 R14:received_on")]
    [TestCase("csvkit/test_latin1.csv", "a,b,c", "2 1 R14:received_on|3 4 R14:received_on")]
    [TestCase("csvkit/test_utf8.csv", "foo,bar,baz", "2 1 R14:received_on|3 4 R14:received_on")]
    [TestCase("csvkit/sniff_limit.csv", "a,b,c", "2 1 R14:received_on")]
    [TestCase("csvkit/optional_quote_characters.csv", "a,b,c", "2 1 R14:received_on")]
    [TestCase("csvkit/test_locale.csv", "b,a,c", "2 200.000.000 R14:received_on")]
    [TestCase("csvkit/test_locale_converted.csv", "b,a,c", "2 200000000 R14:received_on")]
    [TestCase("csvkit/test_no_leading_zeroes.csv", "a,b,c", "2 01 R14:received_on")]
    [TestCase("csvkit/bad_skip_lines.csv", "column_a,column_b,column_c", "5 1 R14:received_on|6  R07:amount R14:received_on R01:member_no|7 0 R07:amount R14:received_on")]
    [TestCase("csvkit/test_empty_columns.csv", "a,b,c", "3  R07:amount R14:received_on R01:member_no")]
    [TestCase("csvkit/dummy_col_shuffled_ragged.csv", "a,b,d", "2 1 R14:received_on")]
    [TestCase("tabulator/bom.csv", "id,name,name", "2 1 R07:amount R14:received_on|3 2 R07:amount R14:received_on")]
    [TestCase("tabulator/skip-rows.csv", "id,name,id", "3 1 R07:amount R14:received_on|4 # it's a comment! R07:amount R14:received_on|5 2 R07:amount R14:received_on")]
    [TestCase("miniexcel/TestIssue298.csv", "ID,Age,Name", "2 1 R14:received_on|4 2 R14:received_on|6 3 R14:received_on")]
    [TestCase("messytables/simple.zip", "place,temperature,date", "2 Galway 100 2011-01-01|3 Galway R07:amount|4 Galway R08:amount|5 Berkeley 600 2011-01-01|6 Berkeley 800 2011-01-02|7 Berkeley 500 2011-01-03")]
    [TestCase("csvkit/null_byte.csv", "a,b,c", "F13")]
    [TestCase("csvkit/test_empty_columns_long_row.csv", "a,b,c", "F04")]
    [TestCase("csvkit/test_header_newline.csv", "start end,b,c", "8 d R07:amount R14:received_on")]
    public void A_sample_gives_its_rows_or_its_code_when_a_map_names_its_columns(string name, string columns, string told)
    {
        var theirs = columns.Split(',');
        var outcome = Reading.Survey(Reading.Sample("csv-torture", name), Reading.Terms with { Map = Map(("member_no", theirs[0]), ("amount", theirs[1]), ("received_on", theirs[2])) });
        Assert.That(outcome.Refusal?.Code ?? string.Join('|', outcome.Value.Told()), Is.EqualTo(told));
    }

    [TestCase("csv-torture", "F06 31, F07 1, F13 2")]
    [TestCase("xlsx-torture", "F04 3, F05 1, F06 30, F13 2")]
    public void Without_a_map_every_sample_has_a_code_of_its_own(string folder, string told)
    {
        if (ReceiptSheetTests.Samples(folder) is not { } root) Assert.Ignore("The sample files are not here.");
        var codes = Directory.EnumerateFiles(ReceiptSheetTests.Samples(folder)!, "*", SearchOption.AllDirectories).Select(path => Reading.Refused(File.ReadAllBytes(path)) ?? "read");
        Assert.That(string.Join(", ", codes.GroupBy(code => code).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => $"{group.Key} {group.Count()}")), Is.EqualTo(told));
    }

    [Test]
    public void Every_sample_workbook_holds_the_cells_that_another_reader_finds()
    {
        if (ReceiptSheetTests.Samples("xlsx-torture") is not { } root) Assert.Ignore("The sample files are not here.");
        Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);
        var compared = 0;
        foreach (var path in Directory.EnumerateFiles(ReceiptSheetTests.Samples("xlsx-torture")!, "*.xlsx", SearchOption.AllDirectories).Where(path => !Otherwise.Any(name => path.Contains(name, StringComparison.Ordinal))))
        {
            using var book = XlsxWorkbook.Of(SafeArchive.Of(() => File.OpenRead(path)));
            using var other = ExcelReaderFactory.CreateReader(File.OpenRead(path));
            foreach (var sheet in book.Sheets)
            {
                Assert.That(string.Join('\n', Ours(sheet)), Is.EqualTo(string.Join('\n', Theirs(other))), $"{Path.GetFileName(path)} {sheet.Name}");
                other.NextResult();
                compared++;
            }
        }

        Assert.That(compared, Is.GreaterThan(20));
    }

    [Test]
    public void A_workbook_that_counts_its_days_from_1904_is_read_by_it()
    {
        using var book = XlsxWorkbook.Of(SafeArchive.Of(() => new MemoryStream(Reading.Sample("xlsx-torture", "exceldatareader/Test_git_Issue_649_Date1904_Parsings.xlsx"))));
        Assert.That(Ours(book.Sheets[0]), Is.EqualTo(new[] { "12 12 Date 2023-09-01" }));
    }

    [TestCase("merged-cells.xls", "1 0 Text data")]
    [TestCase("sheet2.xls", "1 0 Text id|1 1 Text name|2 0 Number 1|2 1 Text english|3 0 Number 2|3 1 Text 中国人")]
    [TestCase("table-with-booleans.xls", "1 0 Text id|1 1 Text boolean|2 0 Number 1|2 1 Text TRUE|3 0 Number 2|3 1 Text FALSE")]
    public void An_old_workbook_is_read(string name, string cells)
    {
        var bytes = Reading.Sample("xlsx-torture", "tabulator/" + name);
        using var book = XlsWorkbook.Of(() => new MemoryStream(bytes), name);
        Assert.That(string.Join('|', book.Sheets.SelectMany(Ours)), Is.EqualTo(cells));
    }

    [Test]
    public void Receipts_are_read_from_an_old_workbook() => Assert.That(
        Reading.Told(Reading.Sample("xlsx-torture", "tabulator/sheet2.xls"), Reading.Terms with { Map = Map(("member_no", "id"), ("amount", "id"), ("received_on", "name")) }), Is.EqualTo(new[] { "2 1 R14:received_on", "3 2 R14:received_on" }));

    private static IEnumerable<string> Ours(WorkbookSheet sheet)
    {
        foreach (var row in sheet.Rows(new SheetOddities()))
        {
            for (var i = 0; i < row.Count; i++)
            {
                if (row.Verbatim(i).Length > 0) yield return $"{row.Row} {i} {row.Kind(i)} {row.Verbatim(i)}";
            }
        }
    }

    private static IEnumerable<string> Theirs(IExcelDataReader reader)
    {
        for (var row = 1; reader.Read(); row++)
        {
            for (var i = 0; i < reader.FieldCount; i++)
            {
                if (reader.GetValue(i) is { } value and not "") yield return $"{row} {i} {Told(value)}";
            }
        }
    }

    private static string Told(object value) => value switch
    {
        double number => $"Number {CellNumbers.Text(number)}",
        DateTime time => $"Date {time:yyyy-MM-dd}",
        TimeSpan time => $"Number {CellNumbers.Text(time.TotalDays)}",
        bool isTrue => $"Text {(isTrue ? "TRUE" : "FALSE")}",
        _ => $"Text {value}",
    };

    private static SheetMap Map(params (string Field, string Theirs)[] columns) => new() { Columns = columns.ToDictionary(pair => pair.Field, pair => pair.Theirs) };
}
