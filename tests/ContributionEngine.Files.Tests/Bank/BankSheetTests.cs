namespace ContributionEngine.Files.Tests;

/// <summary>Statements that are tables.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BankSheetTests
{
    private const string Head = "Short Code:,556677\n\nReceipt No.,Completion Time,Details,Transaction Status,Paid In,Withdrawn,Balance,Reason Type,Other Party Info,Linked Transaction ID,A/C No.\n";
    private const string Newest = "B2,31-08-2026 18:00:00,Business Charge,Completed,,-60.00,\"1,140.00\",Business Pay Bill Charge,,,\n";
    private const string Oldest = "B1,30-08-2026 09:15:00,Pay Bill,Completed,\"1,200.00\",,\"1,200.00\",Pay Bill Online,2547****0111 - MARY,,MBR-00041\n";

    [TestCase(Head + Newest + Oldest)]
    [TestCase(Head + Oldest + Newest)]
    public void Running_balances_give_both_ends_in_either_order(string text)
    {
        var read = BankReading.Read(text).Value;
        Assert.That((read.Format, read.Told()[0], read.Statements[0].Statement, read.Warned()), Is.EqualTo((BankFormat.Mpesa, "556677 KES 0.00 1140.00 2 2 1200.00 60.00 adds up", "2026-08-30..2026-08-31", "currency_assumed")));
    }

    [Test]
    public void Payments_that_failed_are_no_entries_and_a_charge_is_known_apart_from_its_payment()
    {
        var failed = "B1,30-08-2026 09:15:00,Pay Bill Charge,Completed,,10.00,\"1,190.00\",,,,\nB9,30-08-2026 09:16:00,Pay Bill,Failed,700.00,,\"1,190.00\",,,,\n";
        Assert.That(BankReading.Read(Head + Oldest + failed).Value.First().Select(entry => (entry.ServicerReference, entry.Signed)), Is.EqualTo(new[] { ("B1", 120000L), ("B1/charge", -1000L) }));
    }

    [Test]
    public void A_row_that_does_not_continue_the_balance_holds_the_statement()
    {
        var statement = BankReading.Read(Head + Oldest + Newest.Replace("1,140.00", "1,141.00", StringComparison.Ordinal)).Value.Statements[0];
        Assert.That((statement.Balances, statement.IsDoubtful), Is.EqualTo((false, true)));
    }

    [TestCase("1,200.00", false)]
    [TestCase("1,199.00", true)]
    public void A_totals_row_is_checked(string paidIn, bool doubtful) =>
        Assert.That(BankReading.Read($"{Head}{Oldest},,Totals,,\"{paidIn}\",,,,,,\n").Value.Statements[0].IsDoubtful, Is.EqualTo(doubtful));

    [Test]
    public void Our_own_columns_are_a_statement_with_signed_amounts()
    {
        var read = BankReading.Read("booked_on,amount,reference,counterparty,text,balance,account,currency\n2026-05-04,\"1,200.50\",RF18539007547034,Coope,mayo,1300.50,cr 1,CRC\n2026-05-05,-100.00,,,fee,1200.50,cr 1,CRC\n").Value;
        Assert.That((read.Format, read.Told()[0], read.First()[0].References[0]), Is.EqualTo((BankFormat.Csv, "CR1 CRC 100.00 1200.50 2 2 1200.50 100.00 adds up", "RF18539007547034")));
    }

    [Test]
    public void A_table_takes_account_and_currency_from_whoever_sends_it()
    {
        var read = BankReading.Read("booked_on,amount\n2026-05-04,5\n", BankReading.Terms with { Account = "A7", Currency = "XOF" }).Value;
        Assert.That(read.Told(), Is.EqualTo(new[] { "A7 XOF - - 1 1 5 0 adds up" }));
    }

    [TestCase("booked_on,amount\n2026-05-04,5\n", "bank_no_currency")]
    [TestCase("booked_on,amount,currency\n2026-05-04,5.001,USD\n", "bank_figure")]
    [TestCase("booked_on,amount,currency\nsoon,5,USD\n", "bank_figure")]
    [TestCase("booked_on,amount,currency\n2026-05-04,5,USD\n2026-05-04,5,CRC\n", "bank_figure")]
    [TestCase("booked_on,amount,currency\n2026-05-04,\"1.200\",USD\n", "bank_figure")]
    [TestCase("day,money\n1,2\n", "bank_not_a_statement")]
    public void A_table_in_doubt_is_refused(string text, string code) => Assert.That(BankReading.Read(text).Refusal!.Code, Is.EqualTo(code));
}
