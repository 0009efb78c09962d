using System.Reflection;

namespace ContributionEngine.Core.Tests.Ledger;

/// <summary>The chart of accounts.</summary>
public sealed class ChartTests
{
    [Test]
    public void Every_account_that_may_be_booked_on_is_in_the_chart_once()
    {
        var codes = typeof(Account).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!);
        Assert.That(Chart.All.Select(account => account.Code), Is.EquivalentTo(codes));
    }

    [Test]
    public void Assets_grow_on_the_debit_side_and_liabilities_on_the_credit_side() => Assert.That(
        Chart.All.Where(account => account.Kind != AccountKind.Memorandum),
        Has.All.Matches<ChartedAccount>(account => account.Normal == (account.Kind == AccountKind.Asset ? Side.Debit : Side.Credit)));

    [Test]
    public void A_code_that_the_chart_does_not_know_finds_nothing() => Assert.That(Chart.Find("petty_cash"), Is.Null);

    [Test]
    public void An_entry_keeps_its_event_and_leaves_out_what_does_not_move()
    {
        var entry = JournalEntry.Of(LedgerEvent.Settled, (Account.InTransit, 3_860_000), (Account.DueFromFund, 0), (Account.Cash, -3_860_000))!;
        Assert.That((entry.Event, entry.Postings), Is.EqualTo((LedgerEvent.Settled, new[] { new Posting("in_transit", 3_860_000, 0), new Posting("cash", 0, 3_860_000) })));
    }
}
