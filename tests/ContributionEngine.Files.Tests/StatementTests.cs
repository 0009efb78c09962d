using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class StatementTests
{
    private const string Header = "Receipt No.,Completion Time,Initiation Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Balance Confirmed,Reason Type,Other Party Info,Linked Transaction ID,A/C No.\n";
    private static readonly SheetTerms Shillings = Reading.Terms with { Currency = Currency.Of("KES").Value };

    [Test]
    public void An_organisations_statement_gives_what_was_paid_in_and_what_was_taken_back()
    {
        using var sheet = Statement("mpesa_org_portal_statement.csv");
        Assert.That(sheet.Told(), Is.EqualTo(new[]
        {
            "8 MBR-00041 120000 2026-08-30", "9 mbr 41 60000 2026-08-30", "11 0041/0042 240000 2026-08-29", "12  50000 2026-08-29", "13 MBR-00050 50000 2026-08-28",
        }));
        var reversal = sheet.ReadRows().Single(row => row.Reverses is not null);
        Assert.That((reversal.ReceiptNo, reversal.Reverses, reversal.Reference), Is.EqualTo(("TH99Z8YY5G", "TH88A1AA4H", "254722000115 - NJOROGE")));
    }

    [Test]
    public void What_is_no_members_payment_is_passed_over_and_counted_by_kind()
    {
        using var sheet = Statement("mpesa_org_portal_statement.csv");
        Assert.That((sheet.IsStatement, sheet.Understood.Format, sheet.Understood.HeaderRow), Is.EqualTo((true, "mpesa statement", 5L)));
        Assert.That(sheet.Understood.Notes, Is.EqualTo(new[]
        {
            "3 rows above the header were passed over.", "Rows that are no members' payments were passed over: 1 Business Pay Bill Charge, 1 Failed, 1 Withdraw Funds to Bank.",
        }));
    }

    [Test]
    public void The_older_statement_names_the_account_in_its_details_and_its_totals_are_checked()
    {
        using var sheet = Statement("mpesa_org_portal_iso_dates_totals.csv");
        Assert.That(sheet.Told(), Is.EqualTo(new[] { "5 R-000001 105300 2026-09-22", "7  23200 2026-09-22" }));
        Assert.That(sheet.Understood.Notes, Has.Member("Row 8 is the totals row; the rows add up to it."));
    }

    [Test]
    public void Totals_that_the_rows_do_not_add_up_to_are_refused_with_both_figures()
    {
        var text = System.Text.Encoding.UTF8.GetString(Reading.Sample("mobile-money", "mpesa_org_portal_iso_dates_totals.csv"));
        var refusal = Reading.Survey(text.Replace("TIM12XYZ6C,22-09-2026 23:59:59,22-09-2026 23:59:40,Pay Bill from 2547****222,Completed,232.00,,\"10,270.00\"\n", "", StringComparison.Ordinal), Shillings).Refusal!;
        Assert.That((refusal.Code, refusal.Detail), Is.EqualTo(("F10", "Row 7 says that “Paid In” is 1285.00 in all; the rows add up to 1053.00. Difference: 232.00.")));
    }

    [Test]
    public void A_statement_with_a_currency_is_read_in_that_currency()
    {
        using var sheet = ReceiptSheet.Survey(() => new MemoryStream(Reading.Sample("mobile-money", "telecel_cash_gh_statement.csv")), Reading.Terms with { Currency = Currency.Of("GHS").Value }).Value;
        Assert.That((sheet.Told().Single(), sheet.ReadRows().Single().ReceiptNo), Is.EqualTo(("2  12550 2026-01-15", "11927711719")));
        Assert.That(Reading.Told(Reading.Sample("mobile-money", "telecel_cash_gh_statement.csv"), Shillings), Is.EqualTo(new[] { "2  R16:currency" }));
    }

    [Test]
    public void Of_a_customers_own_statement_only_what_came_in_is_read()
    {
        using var sheet = Statement("mpesa_customer_statement.csv");
        Assert.That((sheet.Told().Single(), sheet.ReadRows().Single().Reference), Is.EqualTo(("2  150000 2026-08-30", "2547****111 JANE DOE")));
        Assert.That(sheet.Understood.Notes, Has.Some.StartsWith("It is a customer's own statement"));
    }

    [Test]
    public void A_callback_says_the_same_as_the_statements_row_of_that_payment()
    {
        using var callback = Statement("mpesa_c2b_confirmation.json");
        using var statement = Statement("mpesa_org_portal_statement.csv");
        Assert.That((callback.Understood.Format, callback.IsStatement), Is.EqualTo(("mpesa callback", true)));
        Assert.That(callback.ReadRows().Single() with { Row = 8 }, Is.EqualTo(statement.ReadRows().First()));
    }

    [TestCase("{\"TransID\":\"X\"}", "F06")]
    [TestCase("{broken", "F13")]
    [TestCase("[1]", "F06")]
    public void A_message_that_is_no_payment_is_refused(string json, string code) => Assert.That(Reading.Survey(json).Refusal!.Code, Is.EqualTo(code));

    [TestCase("X1,31-08-2026 18:02:11,,Pay Bill from A Acc. M1,Verified,1.00,,,,,,,", "2 M1 R07:amount")]
    [TestCase("X1,31-08-2026 18:02:11,,Pay Bill from A Acc. M1,Completed,1.00,2.00,,,,,,", "2 M1 R07:amount")]
    [TestCase("X1,31-08-2026 18:02:11,,Pay Bill from A Acc. M1,Completed,\"1.000,00\",,,,,,,", "2 M1 R07:amount")]
    [TestCase("X1,8/31/2026 18:02,,Pay Bill from A Acc. M1,Completed,1.00,,,,,,,", "2 M1 R14:received_on")]
    [TestCase("X1,31-08-2026 18:02:11,,Reversal,Completed,,-1.00,,,Reversal,,,", "2  R07:amount")]
    [TestCase("X1,31-08-2026 18:02:11,,Reversal of Y2,Completed,,1.00,,,,,,", "2  100 2026-08-31")]
    [TestCase("2.5E+11,31-08-2026 18:02:11,,Pay Bill from A Acc. M1,Completed,1.00,,,,,,,", "2 M1 R13:receipt_no")]
    public void What_cannot_be_told_is_a_case_for_a_person(string row, string told) => Assert.That(Reading.Told(Header + row + "\n", Shillings), Is.EqualTo(new[] { told }));

    [Test]
    public void Totals_are_not_checked_against_rows_in_doubt()
    {
        using var sheet = Reading.Survey(Header + "X1,31-08-2026 18:02:11,,Pay Bill from A Acc. M1,Verified,1.00,,,,,,,\n,,,Totals,,1.00,,,,,,,\n", Shillings).Value;
        Assert.That((sheet.Told().Single(), sheet.Understood.Notes.Single()), Is.EqualTo(("2 M1 R07:amount", "Row 3 is the totals row; with rows in doubt it could not be checked.")));
    }

    [Test]
    public void Words_under_a_statement_are_no_rows()
    {
        using var sheet = Reading.Survey(Header + "X1,31-08-2026 18:02:11,,Pay Bill from A Acc. M1,Completed,1.00,,,,,,,\nDisclaimer: only for you.\n", Shillings).Value;
        Assert.That((sheet.Told().Single(), sheet.Understood.Notes.Single()), Is.EqualTo(("2 M1 100 2026-08-31", "Rows that are no members' payments were passed over: 1 without a payment.")));
    }

    [Test]
    public void A_statement_is_the_same_whatever_holds_it()
    {
        var lines = System.Text.Encoding.UTF8.GetString(Reading.Sample("mobile-money", "mpesa_org_portal_iso_dates_totals.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var rows = string.Concat(lines.Select((line, i) => Books.Row(i + 1, [.. Cells(line)])));
        Assert.That(Reading.Told(Books.Of(rows), Shillings), Is.EqualTo(new[] { "5 R-000001 105300 2026-09-22", "7  23200 2026-09-22" }));
    }

    [Test]
    public void The_errors_of_a_statement_read_back_to_the_same_rows()
    {
        using var sheet = Statement("mpesa_org_portal_statement.csv");
        using var target = new MemoryStream();
        sheet.WriteErrors(target, new Dictionary<long, (string, string)> { [9] = ("Who is mbr 41?", "R02"), [12] = ("Find it", "R02") });
        using var again = Reading.Survey(target.ToArray(), Shillings).Value;
        Assert.That(again.Told(), Is.EqualTo(new[] { "2 mbr 41 60000 2026-08-30", "3  50000 2026-08-29" }));
        Assert.That((again.IsCorrection, again.IsStatement), Is.EqualTo((true, true)));
    }

    [Test]
    public void A_list_from_an_aggregator_is_asked_who_its_members_are() =>
        Assert.That(Reading.Survey(Reading.Sample("mobile-money", "bboxx_orange_mtn_import.csv")).Refusal!.Detail, Is.EqualTo("The column “member_no” is missing."));

    [Test]
    public void A_text_copied_from_a_statement_is_refused_with_what_to_ask_for() =>
        Assert.That(Reading.Survey(Reading.Sample("mobile-money", "mtn_ug_pdf_text_line.txt")).Refusal!.Help, Does.Contain("ask the operator for the CSV or XLSX"));

    private static ReceiptSheet Statement(string name)
    {
        var bytes = Reading.Sample("mobile-money", name);
        return Reading.Survey(bytes, Shillings).Value;
    }

    // Every second piece between quotes is a cell of its own; the others are cells between commas.
    private static IEnumerable<string> Cells(string line) =>
        line.Split('"').SelectMany((part, i) => i % 2 == 1 ? [part] : part.Length == 0 ? [] : (i == 0 ? part : part[1..]).Split(',').SkipLast(line.EndsWith(part, StringComparison.Ordinal) ? 0 : 1));
}
