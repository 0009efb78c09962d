using ContributionEngine.Files;

namespace ContributionEngine.Files.Tests;

/// <summary>Cells that a person has put right are read as if they stood in the file.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FixedCellTests
{
    private const string File = "member_no;amount;received_on\nA1;1,50;2021-02-10\nA2;abc;2021-02-11\nA3;2,50;2021-02-12\n";

    [Test]
    public void A_fixed_amount_is_read_by_the_rules_of_its_column() => Assert.That(Rows(File, (3, "amount", "1.250,75"))[1].AmountMinor, Is.EqualTo(125075));

    [Test]
    public void A_fixed_cell_may_be_as_wrong_as_any_other() => Assert.That(Rows(File, (3, "amount", "1.5"))[1].Problems.Single().Code, Is.EqualTo("R07"));

    [Test]
    public void A_field_without_a_column_can_be_given() => Assert.That(Rows(File, (3, "receipt_no", "R9"))[1].ReceiptNo, Is.EqualTo("R9"));

    [Test]
    public void A_cell_can_be_emptied() => Assert.That(Rows(File, (2, "member_no", ""))[0].Problems.Single().Code, Is.EqualTo("R01"));

    [Test]
    public void Other_rows_stay_as_they_are() => Assert.That(Rows(File, (3, "amount", "7"))[0].AmountMinor, Is.EqualTo(150));

    [Test]
    public void An_errors_file_says_with_what_its_rows_were_sent_out()
    {
        var row = Rows("member_no;amount;received_on;what_to_fix;error_code\nA1;1,50;2021-02-10;Row 7: no;R02\n")[0];
        Assert.That(row.SentOutWith, Is.EqualTo(("R02", "Row 7: no")));
    }

    [Test]
    public void A_row_whose_cells_ran_over_stays_in_doubt_until_its_amount_is_given()
    {
        const string over = "member_no,received_on,amount\nA1,2021-02-10,1,50\nA2,2021-02-10,2.50\n";
        Assert.That((Rows(over, (2, "member_no", "A9"))[0].IsFaulty("amount"), Rows(over, (2, "amount", "1.50"))[0].AmountMinor, Rows(over, (2, "amount", "1.50"))[0].Problems.Count), Is.EqualTo((true, 150L, 0)));
    }

    [Test]
    public void An_account_can_be_given_where_a_statement_has_no_column_for_it_and_its_totals_still_hold()
    {
        const string statement = "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn\nQ1,2021-02-10 10:00:00,Pay Bill from 2547****222,Completed,100.00,\n,,Totals,,100.00,\n";
        Assert.That(Rows(statement, (2, "member_no", "A1"), (2, "amount", "90.00")).Select(row => (row.MemberNo, row.AmountMinor)), Is.EqualTo(new[] { ("A1", 9_000L) }));
    }

    [Test]
    public void A_statement_takes_only_what_it_can_say()
    {
        const string statement = "Receipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn\nQ1,2021-02-10 10:00:00,Pay Bill from 2547****222,Completed,100.00,\n";
        using var sheet = Reading.Survey(statement).Value;
        Assert.That(sheet.Fixable, Is.EqualTo(new[] { "member_no", "amount", "received_on", "receipt_no" }));
    }

    private static List<ReceiptRow> Rows(string text, params (long Row, string Field, string Text)[] cells)
    {
        var terms = new SheetTerms("receipts.csv", Reading.Colones, new DateOnly(2021, 2, 28), null) { Fixed = (row, field) => Array.Find(cells, cell => cell.Row == row && cell.Field == field).Text };
        using var sheet = Reading.Survey(text, terms).Value;
        return [.. sheet.ReadRows()];
    }
}
