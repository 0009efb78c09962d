using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Proving;

/// <summary>The books of one month: 108,600.00 collected, 77,200.00 of it remitted, and what the fund says.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class LedgerTests
{
    [Test]
    public async Task The_trial_balance_of_a_month_shows_every_account_and_its_totals_are_equal()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3);
        await harvest.Say(AcknowledgementOutcome.Rejected, 4);
        var trial = await Trial(harvest);
        Assert.That(trial.Accounts.Select(Shown), Is.EqualTo(new[]
        {
            "cash 108600.00 0.00 108600.00", "member_credit 11400.00 11400.00 0.00", "custody 77200.00 129880.00 52680.00", "in_transit 21280.00 77200.00 55920.00",
            "owed 899400.00 0.00 899400.00", "scheduled 0.00 899400.00 899400.00",
            "state_share 42720.00 0.00 42720.00", "state_due 0.00 42720.00 42720.00", "acknowledged 55920.00 0.00 55920.00", "confirmed 0.00 55920.00 55920.00",
        }));
        Assert.That((trial.Balanced, trial.Totals.Single().Debit.ToMajor(), trial.Totals.Single().Credit.ToMajor()), Is.EqualTo((true, "1216520.00", "1216520.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task What_was_booked_later_is_not_in_the_balance_of_an_earlier_day()
    {
        await using var harvest = await Harvest.Remitted();
        var trial = (await new ReadLedger(harvest.Desk.Database).Balances(Desk.Treasurer, Harvest.Number, "2021-02-04", CancellationToken.None)).Value;
        Assert.That(trial.Accounts.Select(row => row.Account), Does.Not.Contain("in_transit"));
    }

    [Test]
    public async Task An_account_is_shown_entry_by_entry_with_its_event_and_the_balance_after_it()
    {
        await using var harvest = await Harvest.Remitted();
        var sides = await Sides(harvest, "custody");
        Assert.That(sides.Select(side => $"{side.BookedOn:yyyy-MM-dd} {side.Event} {side.Debit.ToMajor()} {side.Credit.ToMajor()} {side.Balance.ToMajor()}"), Is.EqualTo(new[]
        {
            "2021-01-31 Collected 0.00 97200.00 97200.00", "2021-02-05 CreditApplied 0.00 11400.00 108600.00", "2021-02-05 Remitted 77200.00 0.00 31400.00",
        }));
    }

    [Test]
    public async Task A_line_that_is_returned_after_it_was_accepted_is_acknowledged_no_more()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        await harvest.Say(AcknowledgementOutcome.Returned, 2);
        Assert.That((await Sides(harvest, "acknowledged")).Select(side => side.Balance.ToMajor()), Is.EqualTo(new[] { "77200.00", "55920.00" }));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task An_account_that_the_chart_does_not_know_is_not_found_and_the_known_ones_are_named()
    {
        await using var harvest = await Harvest.With();
        var refusal = (await new ReadLedger(harvest.Desk.Database).Account(Desk.Treasurer, ("petty_cash", Harvest.Number), null, CancellationToken.None)).Refusal!;
        Assert.That((refusal.Code, (int)refusal.Kind, refusal.Help), Is.EqualTo(("account_unknown", 5, refusal.Help)));
        Assert.That(refusal.Help, Does.Contain("in_transit"));
    }

    private static string Shown(AccountBalance row) => $"{row.Account} {row.Debit.ToMajor()} {row.Credit.ToMajor()} {row.Balance.ToMajor()}";

    private static async Task<TrialBalance> Trial(Harvest harvest) => (await new ReadLedger(harvest.Desk.Database).Balances(Desk.Treasurer, Harvest.Number, null, CancellationToken.None)).Value;

    private static async Task<IReadOnlyList<AccountSide>> Sides(Harvest harvest, string account) =>
        (await new ReadLedger(harvest.Desk.Database).Account(Desk.Treasurer, (account, Harvest.Number), null, CancellationToken.None)).Value;
}
