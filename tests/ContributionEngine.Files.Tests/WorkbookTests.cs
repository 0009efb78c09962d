using System.Text;

namespace ContributionEngine.Files.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class WorkbookTests
{
    private static readonly string Header = Books.Row(1, "member_no", "amount", "received_on");

    [Test]
    public void Texts_numbers_and_dates_are_read_as_they_stand() => Assert.That(
        Reading.Told(Books.Of(Header + Books.Row(2, "A1", "38600", "=44237") + Books.Row(4, "0012", "1250.5", "2021-02-10"))),
        Is.EqualTo(new[] { "2 A1 3860000 2021-02-10", "4 0012 125050 2021-02-10" }));

    [TestCase("1250.1000000000001", "2 A1 125010 2021-02-10")]
    [TestCase("0.30000000000000004", "2 A1 30 2021-02-10")]
    [TestCase("1.2505E3", "2 A1 125050 2021-02-10")]
    [TestCase("1.005", "2 A1 R09:amount")]
    [TestCase("1E-05", "2 A1 R09:amount")]
    [TestCase("-5", "2 A1 R07:amount")]
    [TestCase("0", "2 A1 R08:amount")]
    [TestCase("1E+20", "2 A1 R07:amount")]
    [TestCase("=44237", "2 A1 R07:amount")]
    [TestCase("< t=\"b\"><v>1</v>", "2 A1 R07:amount")]
    [TestCase("< t=\"e\"><v>#N/A</v>", "2 A1 R07:amount")]
    public void A_number_is_taken_to_fifteen_digits_and_never_rounded(string cell, string told) =>
        Assert.That(Reading.Told(Books.Of(Header + Books.Row(2, "A1", cell, "=44237")))[0], Is.EqualTo(told));

    [Test]
    public void Numbers_have_no_vote_on_how_texts_are_written() => Assert.That(
        Reading.Told(Books.Of(Header + Books.Row(2, "A1", "1250.5", "=44237") + Books.Row(3, "A2", "1.250,50", "=44237") + Books.Row(4, "A3", "1250.25", "=44237") + Books.Row(5, "A4", "1250.75", "=44237"))),
        Is.EqualTo(new[] { "2 A1 125050 2021-02-10", "3 A2 125050 2021-02-10", "4 A3 125025 2021-02-10", "5 A4 125075 2021-02-10" }));

    [TestCase("254722000111", "2 254722000111 100 2021-02-10")]
    [TestCase("123456789012345", "2 123456789012345 100 2021-02-10")]
    [TestCase("1234567890123456", "2 1.23456789012346E+15 R13:member_no")]
    [TestCase("< t=\"e\"><v>#REF!</v>", "2 #REF! R13:member_no")]
    public void A_numeric_id_is_printed_whole_or_named_as_damaged(string id, string told) =>
        Assert.That(Reading.Told(Books.Of(Header + Books.Row(2, id, "1", "=44237")))[0], Is.EqualTo(told));

    [TestCase("=44237.75", "2 A1 100 2021-02-10")]
    [TestCase("=61", "2 A1 100 1900-03-01")]
    [TestCase("=59", "2 A1 100 1900-02-28")]
    [TestCase("=60", "2 A1 R14:received_on")]
    [TestCase("44237", "2 A1 R14:received_on")]
    [TestCase("< t=\"d\"><v>2021-02-10T00:00:00</v>", "2 A1 100 2021-02-10")]
    public void A_date_is_a_number_that_its_style_shows_as_one(string cell, string told) =>
        Assert.That(Reading.Told(Books.Of(Header + Books.Row(2, "A1", "1", cell)))[0], Is.EqualTo(told));

    [TestCase("1")]
    [TestCase("true")]
    public void Dates_may_count_from_1904(string word)
    {
        var parts = Books.Parts(("S", "visible", Header + Books.Row(2, "A1", "1", "=42775")));
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].Replace("<workbookPr/>", $"<workbookPr date1904=\"{word}\"/>", StringComparison.Ordinal);
        Assert.That(Reading.Told(Books.Zip([.. parts])), Is.EqualTo(new[] { "2 A1 100 2021-02-10" }));
    }

    [Test]
    public void A_day_beyond_the_last_one_is_no_date()
    {
        var parts = Books.Parts(("S", "visible", Header + Books.Row(2, "A1", "1", "=2958465") + Books.Row(3, "A2", "1", "=1E+30") + Books.Row(4, "A3", "1", "< s=\"1\"><v> </v>")));
        parts["xl/workbook.xml"] = parts["xl/workbook.xml"].Replace("<workbookPr/>", "<workbookPr date1904=\"1\"/>", StringComparison.Ordinal);
        Assert.That(Reading.Told(Books.Zip([.. parts])), Is.EqualTo(new[] { "2 A1 R14:received_on", "3 A2 R14:received_on", "4 A3 R14:received_on" }));
    }

    [TestCase("dd/mm/yyyy", true)]
    [TestCase("[$-409]mmm\\-yy;@", true)]
    [TestCase("\"del día\" 0.00", false)]
    [TestCase("[Red]#,##0.00\\ \"DM\"", false)]
    [TestCase("_-* #,##0.00\\ _D_-", false)]
    [TestCase("[h]:mm", false)]
    public void A_style_of_the_workbooks_own_is_told_by_its_code(string code, bool isDate)
    {
        var parts = Books.Parts(("S", "visible", Header + Books.Row(2, "A1", "1", "=44237")));
        parts["xl/styles.xml"] = $"<styleSheet xmlns=\"{Books.Main}\"><numFmts><numFmt numFmtId=\"170\" formatCode=\"{System.Security.SecurityElement.Escape(code)}\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>";
        Assert.That(Reading.Told(Books.Zip([.. parts]))[0], Is.EqualTo(isDate ? "2 A1 100 2021-02-10" : "2 A1 R14:received_on"));
    }

    [Test]
    public void A_formula_gives_the_value_that_was_worked_out_and_none_is_noted()
    {
        using var sheet = Reading.Survey(Books.Of(Header + Books.Row(2, "A1", "<><f>1+1</f><v>2</v>", "=44237") + Books.Row(3, "A2", "<><f>1+1</f>", "=44237"))).Value;
        Assert.That(sheet.Told(), Is.EqualTo(new[] { "2 A1 200 2021-02-10", "3 A2 R07:amount" }));
        Assert.That(sheet.Understood.Notes, Is.EqualTo(new[] { "The formula in B3 has no value and was read as empty." }));
    }

    [Test]
    public void Rich_and_shared_texts_are_joined_without_their_pronunciation()
    {
        var parts = Books.Parts(("S", "visible", Header + Books.Row(2, "< t=\"s\"><v>0</v>", "1", "=44237")));
        parts["xl/_rels/workbook.xml.rels"] = parts["xl/_rels/workbook.xml.rels"].Replace("</Relationships>", "<Relationship Id=\"t\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings\" Target=\"/xl/texts.xml\"/></Relationships>", StringComparison.Ordinal);
        parts["xl/texts.xml"] = $"<sst xmlns=\"{Books.Main}\"><si> <r><t>A</t></r> <r><t>1</t></r><rPh><t>ei</t></rPh></si></sst>";
        Assert.That(Reading.Told(Books.Zip([.. parts])), Is.EqualTo(new[] { "2 A1 100 2021-02-10" }));
    }

    [Test]
    public void Hidden_rows_are_read_and_named()
    {
        using var sheet = Reading.Survey(Books.Of(Header + Books.Row(2, "A1", "1", "=44237").Replace("<row", "<row hidden=\"true\"", StringComparison.Ordinal))).Value;
        Assert.That((sheet.Told().Single(), sheet.Understood.Notes.Single()), Is.EqualTo(("2 A1 100 2021-02-10", "The hidden row 2 was read all the same.")));
    }

    [Test]
    public void Merged_cells_have_a_value_only_in_the_first()
    {
        var parts = Books.Parts(("S", "visible", Header + Books.Row(2, "A1", "1", "=44237") + Books.Row(3, "", "2", "=44237")));
        parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].Replace("</sheetData>", "</sheetData><mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>", StringComparison.Ordinal);
        using var sheet = Reading.Survey(Books.Zip([.. parts])).Value;
        Assert.That(sheet.Told()[1], Is.EqualTo("3  R01:member_no"));
        Assert.That(sheet.Understood.Notes, Is.EqualTo(new[] { "Of the merged cells A2:A3 only the first has a value." }));
    }

    [Test]
    public void The_only_sheet_with_receipts_is_read_though_it_is_hidden_and_another_is_named()
    {
        using var sheet = Reading.Survey(Books.Of(("Notas", "visible", Books.Row(1, "Cosecha")), ("Pagos", "hidden", Header + Books.Row(2, "A1", "1", "=44237")))).Value;
        Assert.That((sheet.Understood.Format, sheet.Understood.Sheet, sheet.Understood.HeaderRow), Is.EqualTo(("xlsx", "Pagos", 1L)));
        Assert.That(sheet.Understood.Notes, Is.EqualTo(new[] { "The sheet “Pagos” is hidden; it was read all the same.", "The sheet “Notas” was not read." }));
    }

    [Test]
    public void Two_sheets_with_receipts_are_asked_about_and_the_map_answers()
    {
        var book = Books.Of(("Enero", "visible", Header + Books.Row(2, "A1", "1", "=44237")), ("Febrero", "visible", Header + Books.Row(2, "A2", "2", "=44237")));
        var refusal = Reading.Survey(book).Refusal!;
        Assert.That((refusal.Code, refusal.Field, refusal.Detail), Is.EqualTo(("F06", "sheet", "More than one sheet has contribution rows: “Enero”, “Febrero”.")));
        Assert.That(Reading.Told(book, Reading.Terms with { Map = new SheetMap { Sheet = "febrero" } }), Is.EqualTo(new[] { "2 A2 200 2021-02-10" }));
        Assert.That(Reading.Refused(book, Reading.Terms with { Map = new SheetMap { Sheet = "Marzo" } }), Is.EqualTo("F06"));
    }

    [Test]
    public void A_sheet_with_a_header_and_no_rows_is_not_asked_about() => Assert.That(
        Reading.Told(Books.Of(("Enero", "visible", Header + Books.Row(2, "A1", "1", "=44237")), ("Febrero", "visible", Header))), Is.EqualTo(new[] { "2 A1 100 2021-02-10" }));

    [Test]
    public void What_is_missing_is_told_of_the_sheet_that_names_the_most() => Assert.That(
        Reading.Survey(Books.Of(("Notas", "visible", Books.Row(1, "Cosecha")), ("Enero", "visible", Books.Row(1, "afiliado", "monto")))).Refusal!.Field, Is.EqualTo("received_on"));

    [Test]
    public void Rows_above_the_header_are_passed_over()
    {
        using var sheet = Reading.Survey(Books.Of(Books.Row(2, "Cooperativa X") + Books.Row(5, "afiliado", "monto", "fecha") + Books.Row(9, "A1", "1", "=44237"))).Value;
        Assert.That((sheet.Understood.HeaderRow, sheet.Told().Single(), sheet.Understood.Notes.Single()), Is.EqualTo((5L, "9 A1 100 2021-02-10", "1 row above the header was passed over.")));
    }

    [Test]
    public void A_members_file_may_be_a_workbook()
    {
        var book = Books.Of(Books.Row(1, "member_no", "national_id", "full_name", "enrolled_from", "declared_income") + Books.Row(2, "A1", "110010001", "Ana Mora", "=44197", "400000.5"));
        var member = MemberSheet.Read(() => new MemoryStream(book), "members.xlsx").Value.Single();
        Assert.That((member.Row, member.NationalId, member.EnrolledFrom, member.Facts.DeclaredIncome.ToString()), Is.EqualTo((2L, "110010001", new DateOnly(2021, 1, 1), "400000.5")));
    }

    [Test]
    public void Errors_of_a_workbook_are_written_as_a_csv_that_reads_back_to_the_same_rows()
    {
        var book = Books.Of(Header + Books.Row(2, "=1", "1", "=44237") + Books.Row(3, "A2", "1.005", "=44237") + Books.Row(4, "A3", "1250,5", "=44237") + Books.Row(5, "A4", "0.25", "=44237"));
        using var sheet = Reading.Survey(book).Value;
        using var target = new MemoryStream();
        sheet.WriteErrors(target, Enumerable.Range(3, 3).ToDictionary(row => (long)row, _ => ("fix", "R02")));
        Assert.That(Encoding.UTF8.GetString(target.ToArray()), Is.EqualTo(
            "member_no,amount,received_on,what_to_fix,error_code\nA2,\"1,0050\",2021-02-10,fix,R02\nA3,\"1250,5\",2021-02-10,fix,R02\nA4,\"0,25\",2021-02-10,fix,R02\n"));
        Assert.That(Reading.Told(target.ToArray()), Is.EqualTo(new[] { "2 A2 R09:amount", "3 A3 125050 2021-02-10", "4 A4 25 2021-02-10" }));
    }

    [Test]
    public void The_cells_of_rows_can_be_had_as_they_stand()
    {
        using var sheet = Reading.Survey(Books.Of(Header + Books.Row(2, " A1 ", "1250.5", "=44237"))).Value;
        var (row, cells) = sheet.CellsOf(new HashSet<long> { 2 }).Single();
        Assert.That((row, sheet.Header, cells), Is.EqualTo((2L, new[] { "member_no", "amount", "received_on" }, new[] { new SheetCell(" A1 "), new SheetCell("1250.5", CellKind.Number), new SheetCell("2021-02-10", CellKind.Date) })).UsingPropertiesComparer());
    }
}
