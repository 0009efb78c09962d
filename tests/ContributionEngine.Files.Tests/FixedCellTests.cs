using System.Text;
using ContributionEngine.Core;
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

    private static List<ReceiptRow> Rows(string text, params (long Row, string Field, string Text)[] cells)
    {
        var terms = new SheetTerms("receipts.csv", Currency.Of("CRC").Value, new DateOnly(2021, 2, 28), null) { Fixed = (row, field) => Array.Find(cells, cell => cell.Row == row && cell.Field == field).Text };
        return [.. ReceiptSheet.Survey(() => new MemoryStream(Encoding.UTF8.GetBytes(text)), terms).Value.ReadRows()];
    }
}
