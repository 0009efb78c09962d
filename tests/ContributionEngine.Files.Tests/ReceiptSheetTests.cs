using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;
using CsCheck;

namespace ContributionEngine.Files.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class ReceiptSheetTests
{
    private const string Header = "member_no,amount,received_on\n";
    private static readonly Currency Colones = Currency.Of("CRC").Value;

    [Test]
    public void The_canonical_file_is_read_with_its_physical_lines()
    {
        var rows = Rows("member_no,amount,received_on,receipt_no,period\nA1,38600.00,2021-02-10,R1,2021-01\n\n\"A\n2\",5,2021-02-11,R2,\nA3,6,2021-02-12,R3,\n");
        Assert.That(rows.Select(row => (row.Row, row.MemberNo, row.AmountMinor)), Is.EqualTo(new[] { (2L, "A1", 3860000L), (4L, "A\n2", 500L), (6L, "A3", 600L) }));
    }

    [TestCase("afiliado;monto;fecha\nA1;1.250,50;10/02/2021\nA2;7,5;31/01/2021\n", 125050)]
    [TestCase("\uFEFFmember_no,amount,received_on\nA1,\"1,250.50\",2021-02-10\n", 125050)]
    [TestCase("sep=;\nmatricule;montant;date\nA1;1 250,50;2021-02-10\n", 125050)]
    [TestCase("Beneficiário\tValor\tData\nA1\t₡1250,5\t2021-02-10\n", 125050)]
    public void Layout_is_tolerated(string text, long minor) => Assert.That(Rows(text)[0].AmountMinor, Is.EqualTo(minor));

    [TestCase("1.234", "F07")]
    [TestCase("1,234", "F07")]
    public void An_amount_that_could_be_two_things_is_asked(string amount, string code) => Assert.That(Refused(Header + $"A1,\"{amount}\",2021-02-10\n"), Is.EqualTo(code));

    [TestCase("abc", "R07")]
    [TestCase("-5", "R07")]
    [TestCase("(5)", "R07")]
    [TestCase("1E+3", "R07")]
    [TestCase("0", "R08")]
    [TestCase("0.00", "R08")]
    [TestCase("1.2345", "R09")]
    [TestCase("", "R07")]
    public void A_wrong_amount_is_named(string amount, string code) =>
        Assert.That(Rows(Header + $"A1,{amount},2021-02-10\nA2,1.50,2021-02-10\n")[0].Problems.Single().Code, Is.EqualTo(code));

    [Test]
    public void Cells_that_contradict_the_majority_are_errors_and_not_guessed()
    {
        var rows = Rows("member_no;amount;received_on\nA1;1,50;2021-02-10\nA2;2,50;2021-02-10\nA3;3.5;2021-02-10\n");
        Assert.That(rows.Select(row => row.Problems.FirstOrDefault()?.Code), Is.EqualTo(new[] { null, null, "R07" }));
    }

    [Test]
    public void In_a_currency_without_decimals_a_mark_before_three_digits_groups()
    {
        var sheet = Survey("member_no,amount,received_on\nA1,1.234,2021-02-10\n", Currency.Of("XOF").Value).Value;
        Assert.That(sheet.ReadRows().Single().AmountMinor, Is.EqualTo(1234));
    }

    [TestCase("2021-02-31", "R14")]
    [TestCase("2021-03-01", "R14")]
    [TestCase("soon", "R14")]
    public void A_day_that_does_not_exist_or_is_to_come_is_named(string day, string code) => Assert.That(Rows(Header + $"A1,1,{day}\n")[0].Problems.Single().Code, Is.EqualTo(code));

    [Test]
    public void A_day_order_that_nothing_decides_is_asked() => Assert.That(Refused(Header + "A1,1,01/02/2021\n"), Is.EqualTo("F14"));

    [Test]
    public void A_number_that_a_spreadsheet_changed_is_named() => Assert.That(Rows(Header + "1.23E+05,1,2021-02-10\n")[0].Problems.Single().Code, Is.EqualTo("R13"));

    [Test]
    public void A_row_without_anyone_is_named() => Assert.That(Rows(Header + ",1,2021-02-10\n")[0].Problems.Single().Code, Is.EqualTo("R01"));

    [Test]
    public void Another_currency_is_named() => Assert.That(Rows("member_no,amount,received_on,currency\nA1,1,2021-02-10,USD\n")[0].Problems.Single().Code, Is.EqualTo("R16"));

    [Test]
    public void A_month_that_is_none_is_named() => Assert.That(Rows("member_no,amount,received_on,period\nA1,1,2021-02-10,spring\n")[0].Problems.Single().Code, Is.EqualTo("R11"));

    [TestCase("octubre 2021")]
    [TestCase("10/2021")]
    [TestCase("Octobre 2021")]
    [TestCase("202110")]
    [TestCase("outubro de 2021")]
    public void A_month_is_read_as_people_write_it(string month) =>
        Assert.That(Rows($"member_no,amount,received_on,period\nA1,1,2021-02-10,{month}\n")[0].Period.ToString(), Is.EqualTo("2021-10"));

    [Test]
    public void A_totals_row_is_no_row() => Assert.That(Rows(Header + "A1,1,2021-02-10\nTotal,1,\n"), Has.Count.EqualTo(1));

    [TestCase("", "F04")]
    [TestCase("member_no,amount,received_on\n", "F04")]
    [TestCase("member_no,when\nA1,x\n", "F06")]
    [TestCase("member_no,monto,importe,received_on\nA1,1,1,2021-02-10\n", "F06")]
    [TestCase("member_no,amount,received_on\n\"A1,1,2021-02-10\n", "F13")]
    [TestCase("a\0b,c\n", "F13")]
    [TestCase("PK\u0003\u0004", "F13")]
    public void A_file_that_is_no_receipts_file_is_refused_as_a_whole(string text, string code) => Assert.That(Refused(text), Is.EqualTo(code));

    [Test]
    public void Old_office_programs_are_read_in_their_code_page()
    {
        byte[] bytes = [.. Encoding.ASCII.GetBytes("member_no,name,amount,received_on\nA1,Zu"), 0xF1, .. Encoding.ASCII.GetBytes("iga,1,2021-02-10\n")];
        var sheet = ReceiptSheet.Survey(() => new MemoryStream(bytes), Terms(Colones)).Value;
        Assert.That(sheet.ReadRows().Single().MemberName, Is.EqualTo("Zuñiga"));
    }

    [Test]
    public void The_errors_file_keeps_the_cells_as_they_were_and_guards_only_its_own()
    {
        var sheet = Survey("afiliado;monto;fecha\n=A1;\"1,5\";2021-02-10\nA2;x;2021-02-10\n", Colones).Value;
        using var target = new MemoryStream();
        sheet.WriteErrors(target, new Dictionary<long, (string, string)> { [2] = ("=fix; it", "R02") });
        Assert.That(Encoding.UTF8.GetString(target.ToArray()), Is.EqualTo("afiliado;monto;fecha;what_to_fix;error_code\n=A1;\"1,5\";2021-02-10;\"'=fix; it\";R02\n"));
    }

    [Test]
    public void An_amount_in_any_accepted_style_is_read_back_or_asked_and_never_misread() =>
        Gen.Select(Gen.Long[1, 99_999_999_999].List[1, 8], Gen.Bool, Gen.Bool).Sample((amounts, comma, grouped) =>
        {
            var cells = amounts.Select(minor => Print(minor, comma ? ',' : '.', grouped)).ToList();
            var column = new AmountColumn(Colones);
            foreach (var cell in cells) column.See(cell);
            return column.Decide(null) is { Code: "F07" } || amounts.Zip(cells).All(pair => column.Read(pair.Second, out var minor) == AmountReading.Fine && minor == pair.First);
        }, seed: "0000KeXn5uR2");

    [Test]
    public void No_file_of_the_torture_set_makes_the_reader_fall()
    {
        if (Samples("csv-torture") is not { } folder) Assert.Ignore("The sample files are not here.");
        foreach (var path in Directory.EnumerateFiles(Samples("csv-torture")!, "*", SearchOption.AllDirectories))
        {
            var outcome = ReceiptSheet.Survey(() => File.OpenRead(path), new SheetTerms(Path.GetFileName(path), Colones, new DateOnly(2030, 1, 1), null));
            Assert.That(outcome.Refusal is null || outcome.Refusal.Code.StartsWith('F'), path);
        }
    }

    internal static string? Samples(string name)
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "shared", "formats", name);
            if (Directory.Exists(path)) return path;
        }

        return null;
    }

    private static string Print(long minor, char mark, bool grouped)
    {
        var text = Money.ToMajor(minor, 2).Replace('.', mark);
        if (!grouped) return text;
        for (var i = text.IndexOf(mark) - 3; i > 0; i -= 3) text = text.Insert(i, mark == ',' ? "." : ",");
        return text;
    }

    private static SheetTerms Terms(Currency currency) => new("receipts.csv", currency, new DateOnly(2021, 2, 28), null);

    private static Outcome<ReceiptSheet> Survey(string text, Currency currency) => ReceiptSheet.Survey(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), Terms(currency));

    private static List<ReceiptRow> Rows(string text) => [.. Survey(text, Colones).Value.ReadRows()];

    private static string? Refused(string text) => Survey(text, Colones).Refusal?.Code;
}
