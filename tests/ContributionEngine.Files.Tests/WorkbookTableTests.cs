using ContributionEngine.Files;
using ContributionEngine.Testing;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using DocumentFormat.OpenXml.Validation;
using NUnit.Framework;

namespace ContributionEngine.Files.Tests;

/// <summary>Tables that we write for treasurers.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WorkbookTableTests
{
    private static readonly SheetTable Table = new(
        "Receipts",
        [
            new("member_no", "The member's number."),
            new("amount", "What was paid.") { Kind = CellKind.Number },
            new("received_on", "The day.") { Kind = CellKind.Date },
            new("method", "How.") { Choices = ["cash", "bank"] },
            new("period", "The month.") { Choices = ["2021-02", "2021-01", "2020-12"] },
        ],
        [[new("0012"), new(""), new(""), new(""), new("")], [new("=1+1"), new("12500.5", CellKind.Number), new(""), new("cash"), new("2021-01")]]);

    [Test]
    public void The_workbook_follows_the_standard_that_office_programs_check()
    {
        using var book = Written();
        Assert.That(new OpenXmlValidator().Validate(book).Select(fault => $"{fault.Path?.XPath}: {fault.Description}"), Is.Empty);
    }

    [Test]
    public void A_number_that_is_an_id_stays_text_with_its_zeros()
    {
        using var book = Written();
        var cell = CellAt(book, "A2");
        Assert.That((cell.InnerText, cell.DataType?.InnerText, FormatOf(book, cell)), Is.EqualTo(("0012", "inlineStr", 49u)), "49 is the format “Text”");
    }

    [Test]
    public void What_looks_like_a_formula_is_text_and_never_one()
    {
        using var book = Written();
        var cell = CellAt(book, "A3");
        Assert.That((cell.InnerText, cell.CellFormula), Is.EqualTo(("=1+1", (CellFormula?)null)));
    }

    [Test]
    public void Amounts_are_numbers_that_a_spreadsheet_can_add_up()
    {
        using var book = Written();
        var cell = CellAt(book, "B3");
        Assert.That((cell.CellValue?.Text, cell.DataType), Is.EqualTo(("12500.5", (DocumentFormat.OpenXml.EnumValue<CellValues>?)null)));
    }

    [Test]
    public void Columns_with_choices_offer_each_its_own_list()
    {
        using var book = Written();
        var lists = SheetOf(book, "Receipts").Descendants<DataValidation>().Where(rule => rule.Type?.Value == DataValidationValues.List);
        Assert.That(lists.Select(rule => (rule.SequenceOfReferences?.InnerText, rule.Formula1?.Text)), Is.EqualTo(new[] { ("D2:D10003", "Lists!$A$2:$A$3"), ("E2:E10003", "Lists!$B$2:$B$4") }));
        Assert.That(TextAt(book, "Lists", "B4"), Is.EqualTo("2020-12"));
    }

    [Test]
    public void The_guide_says_what_to_write_in_each_column()
    {
        using var book = Written();
        Assert.That((TextAt(book, "Guide", "A3"), TextAt(book, "Guide", "B3")), Is.EqualTo(("amount", "What was paid.")));
    }

    [Test]
    public void As_csv_it_starts_with_a_mark_and_guards_what_looks_like_a_formula()
    {
        using var target = new MemoryStream();
        CsvTable.Write(target, Table);
        Assert.That(System.Text.Encoding.UTF8.GetString(target.ToArray()), Is.EqualTo("\uFEFFmember_no,amount,received_on,method,period\n0012,,,,\n'=1+1,12500.5,,cash,2021-01\n"));
    }

    [Test]
    public void Rows_to_fix_are_written_as_a_workbook_that_reads_as_the_same_rows()
    {
        var book = Xlsx.Of(["afiliado", "monto", "fecha", "nota"], [[new Xlsx.Number("12"), new Xlsx.Number("1234.5"), new Xlsx.Day(new DateOnly(2021, 2, 10)), new Xlsx.Text("=x")], [new Xlsx.Number("13"), new Xlsx.Text("abc"), new Xlsx.Day(new DateOnly(2021, 2, 11))]]);
        using var sheet = Reading.Survey(book).Value;
        using var target = new MemoryStream();
        sheet.WriteErrorsWorkbook(target, new Dictionary<long, (string, string)> { [2] = ("look", "R02"), [3] = ("write digits", "R07") });
        Assert.That(Reading.Told(target.ToArray()), Is.EqualTo(new[] { "2 12 123450 2021-02-10", "3 13 R07:amount" }));
        using var written = SpreadsheetDocument.Open(new MemoryStream(target.ToArray()), isEditable: false);
        Assert.That((TextAt(written, "Rows to fix", "D2"), TextAt(written, "Rows to fix", "F3"), new OpenXmlValidator().Validate(written).Count()), Is.EqualTo(("=x", "R07", 0)));
    }

    private static SpreadsheetDocument Written()
    {
        var target = new MemoryStream();
        WorkbookTable.Write(target, Table);
        target.Position = 0;
        return SpreadsheetDocument.Open(target, isEditable: false);
    }

    private static Worksheet SheetOf(SpreadsheetDocument book, string name)
    {
        var sheet = book.WorkbookPart!.Workbook!.Descendants<Sheet>().Single(one => one.Name == name);
        return ((WorksheetPart)book.WorkbookPart.GetPartById(sheet.Id!.Value!)).Worksheet!;
    }

    private static Cell CellAt(SpreadsheetDocument book, string at) => SheetOf(book, "Receipts").Descendants<Cell>().Single(cell => cell.CellReference == at);

    private static string TextAt(SpreadsheetDocument book, string sheet, string at) => SheetOf(book, sheet).Descendants<Cell>().Single(cell => cell.CellReference == at).InnerText;

    private static uint? FormatOf(SpreadsheetDocument book, Cell cell) =>
        book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().ElementAt((int)cell.StyleIndex!.Value).NumberFormatId?.Value;
}
