namespace ContributionEngine.Files.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class UnderstandingTests
{
    private const string Text = "Socia;Pagado;Cuando;Recibo;Notas\nA1;1.234;01/02/2021;R1;x\n";

    [Test]
    public void Each_column_says_why_it_was_taken_and_what_is_no_field_is_named()
    {
        using var sheet = Reading.Survey("member_no;Monto;Cuando;Notas;\nA1;1,50;31/01/2021;x;\n", With(null, Map(("received_on", "cuando")))).Value;
        Assert.That(sheet.Understood.Columns, Is.EqualTo(new[]
        {
            new UnderstoodColumn("member_no", "member_no", "name"), new UnderstoodColumn("amount", "Monto", "alias"), new UnderstoodColumn("received_on", "Cuando", "saved map"),
        }));
        Assert.That((sheet.Understood.Ignored.Single(), sheet.Understood.Decimal, sheet.Understood.DateOrder), Is.EqualTo(("Notas", ",", "dmy")));
    }

    [Test]
    public void Nothing_is_said_of_a_decision_that_was_not_needed()
    {
        using var sheet = Reading.Survey("member_no,amount,received_on\nA1,1,2021-02-10\n").Value;
        Assert.That((sheet.Understood.Decimal, sheet.Understood.DateOrder), Is.EqualTo(((string?)null, (string?)null)));
    }

    [Test]
    public void A_member_who_is_listed_without_a_payment_is_no_row_and_is_told()
    {
        using var sheet = Reading.Survey("member_no,member_name,amount,received_on,receipt_no\nA1,Ana,,,\nA2,Luis,5.00,2021-02-10,\nA3,Rosa,,,\n").Value;
        Assert.That(sheet.ReadRows().Select(row => row.Row), Is.EqualTo(new[] { 3 }));
        Assert.That(sheet.Understood.Notes, Is.EqualTo(new[] { "Rows 2 and 4 name members and no payments." }));
    }

    [TestCase("A1,Ana,,2021-02-10,")]
    [TestCase("A1,Ana,,,R-1")]
    public void A_day_or_a_receipt_without_an_amount_is_a_row_to_fix(string row) =>
        Assert.That(Reading.Told($"member_no,member_name,amount,received_on,receipt_no\n{row}\n").Single(), Does.Contain("R07:amount"));

    [Test]
    public void The_newest_saved_map_whose_columns_all_stand_in_the_header_is_used()
    {
        var newest = Map(("member_no", "Socia"), ("amount", "Otra"), ("received_on", "Cuando"));
        var older = Map(("member_no", "Socia"), ("amount", "Pagado"), ("received_on", "Cuando")) with { Decimal = ",", DateOrder = "dmy" };
        Assert.That(Reading.Told(Text, With(null, newest, older)), Is.EqualTo(new[] { "2 A1 123400 2021-02-01" }));
    }

    [TestCase("Socia;Pagado;Cuando;Pagado", 1, "a place is used again below the same names")]
    [TestCase("Socia;Cuando;Pagado;Pagado", 0, "moved")]
    [TestCase("Socia;Pagado;Cuando;Cobro", 0, "renamed")]
    [TestCase("Socia;Pagado;Cuando;Pagado;Nota", 0, "one more")]
    public void A_saved_place_is_used_only_below_the_names_that_it_was_given_for(string header, int rows, string why)
    {
        var saved = Map(("member_no", "Socia"), ("amount", "#4"), ("received_on", "Cuando")) with { Names = ["Socia", "Pagado", "Cuando", "PAGADO"], Decimal = ".", DateOrder = "dmy" };
        var read = Reading.Survey($"{header}\nA1;1.00;01/02/2021;7.00;\n", With(null, saved));
        Assert.That(read.Ok(out var sheet, out _) ? sheet.ReadRows().Count() : 0, Is.EqualTo(rows), why);
    }

    [Test]
    public void What_a_saved_map_says_of_amounts_and_days_gives_way_to_the_cells()
    {
        var saved = Map(("member_no", "Socia"), ("amount", "Pagado"), ("received_on", "Cuando")) with { Decimal = ",", DateOrder = "dmy" };
        Assert.That(Reading.Told(Text + "A2;1.50;01/31/2021;R2;x\nA3;2.50;01/31/2021;R3;x\n", With(null, saved)), Is.EqualTo(new[] { "2 A1 R09:amount", "3 A2 150 2021-01-31", "4 A3 250 2021-01-31" }));
    }

    [Test]
    public void A_saved_map_that_only_answers_a_question_leaves_the_columns_to_an_older_one()
    {
        var columns = Map(("member_no", "Socia"), ("amount", "Pagado"), ("received_on", "Cuando"));
        Assert.That(Reading.Told(Text, With(null, new SheetMap { Decimal = ",", DateOrder = "mdy" }, columns)), Is.EqualTo(new[] { "2 A1 123400 2021-01-02" }));
    }

    [Test]
    public void The_map_of_today_comes_before_a_saved_one()
    {
        var saved = Map(("member_no", "Socia"), ("amount", "Recibo"), ("received_on", "Cuando"));
        using var sheet = Reading.Survey(Text, With(Map(("amount", "Pagado")) with { Decimal = ".", DateOrder = "mdy" }, saved)).Value;
        Assert.That(sheet.Understood.Columns.Select(column => (column.Field, column.Header, column.Reason)), Is.EqualTo(new[]
        {
            ("member_no", "Socia", "saved map"), ("amount", "Pagado", "map"), ("received_on", "Cuando", "saved map"), ("receipt_no", "Recibo", "alias"),
        }));
    }

    [Test]
    public void A_column_that_the_map_names_and_nobody_has_is_missing()
    {
        var refusal = Reading.Survey(Text, With(Map(("amount", "Importe")))).Refusal!;
        Assert.That((refusal.Code, refusal.Field), Is.EqualTo(("F06", "Importe")));
    }

    [Test]
    public void What_is_missing_is_told_of_the_row_that_names_the_most()
    {
        var refusal = Reading.Survey("Fecha: 31/08/2026\nfecha;nota\nafiliado;monto;nota\nA1;1;x\n").Refusal!;
        Assert.That((refusal.Code, refusal.Field), Is.EqualTo(("F06", "received_on")));
    }

    [Test]
    public void A_header_that_two_columns_fit_is_asked_about_though_a_later_row_would_do() => Assert.That(
        Reading.Survey("member_no,monto,importe,received_on\nA1,1,1,2021-02-10\nmember_no,amount,x,received_on\n").Refusal!.Detail, Is.EqualTo("“monto” and “importe” could both be amount."));

    [Test]
    public void A_file_in_a_zip_is_read_and_named_without_its_path()
    {
        using var sheet = Reading.Survey(Books.ZipOf(("enero/", []), ("__MACOSX/._pagos.csv", [1]), ("enero/.DS_Store", [0]), ("enero/pagos.csv", "member_no,amount,received_on\nA1,1,2021-02-10\n"u8.ToArray()))).Value;
        Assert.That((sheet.Understood.InZip, sheet.Understood.Format, sheet.Told().Single()), Is.EqualTo(("pagos.csv", "csv", "2 A1 100 2021-02-10")));
    }

    [Test]
    public void A_workbook_in_a_zip_is_read()
    {
        var book = Books.Of(Books.Row(1, "member_no", "amount", "received_on") + Books.Row(2, "A1", "1", "=44237"));
        using var sheet = Reading.Survey(Books.ZipOf(("pagos.xlsx", book))).Value;
        Assert.That((sheet.Understood.InZip, sheet.Understood.Format, sheet.Told().Single()), Is.EqualTo(("pagos.xlsx", "xlsx", "2 A1 100 2021-02-10")));
    }

    [Test]
    public void Nothing_that_was_opened_is_held_when_a_workbook_has_been_read()
    {
        var opened = new List<MemoryStream>();
        var book = Books.ZipOf(("pagos.xlsx", Books.Of(Books.Row(1, "member_no", "amount", "received_on") + Books.Row(2, "A1", "1", "=44237"))));
        using var sheet = ReceiptSheet.Survey(() => Opened(opened, book), Reading.Terms).Value;
        Assert.That((opened.Count > 0, opened.Any(stream => stream.CanRead), sheet.Told().Single()), Is.EqualTo((true, false, "2 A1 100 2021-02-10")));
    }

    private static MemoryStream Opened(List<MemoryStream> opened, byte[] bytes)
    {
        opened.Add(new MemoryStream(bytes));
        return opened[^1];
    }

    private static SheetMap Map(params (string Field, string Theirs)[] columns) => new() { Columns = columns.ToDictionary(pair => pair.Field, pair => pair.Theirs) };

    private static SheetTerms With(SheetMap? map, params SheetMap[] saved) => Reading.Terms with { Map = map, Saved = saved };
}
