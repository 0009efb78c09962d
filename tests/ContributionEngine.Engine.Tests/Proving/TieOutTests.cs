using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Proving;

/// <summary>The harvest's January against schedule, receipts, fund and bank: 38,600.00 owed by each of three, 77,200.00 remitted on 5 February.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TieOutTests
{
    private const string Number = Harvest.Number;

    [Test]
    public async Task A_month_with_a_rejected_line_is_explained_to_the_cent()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3);
        await harvest.Say(AcknowledgementOutcome.Rejected, 4);
        var tied = await Tied(harvest);
        Assert.That((Of(tied, "2021-01"), Of(tied, "2021-02"), Of(tied, Remittance(tied))), Is.EqualTo((
            "Schedule 115800.00, Receipts 97200.00, Fund 55920.00, Unpaid 18600.00, Custody 20000.00, Rejected 21280.00, NotOnTheBank 55920.00",
            "Schedule 115800.00, Receipts 11400.00, Unpaid 104400.00, Custody 11400.00",
            "Schedule 77200.00, Receipts 55920.00, Fund 55920.00, Rejected 21280.00, NotOnTheBank 55920.00")));
        Assert.That((tied.Unexplained.Minor, Of(tied, Number)), Is.EqualTo((0L, "Schedule 579000.00, Receipts 108600.00, Fund 55920.00, Unpaid 470400.00, Custody 31400.00, Rejected 21280.00, NotOnTheBank 55920.00")));
    }

    [Test]
    public async Task Money_whose_receipt_was_taken_back_after_it_had_gone_is_a_claim_and_no_receipt()
    {
        await using var harvest = await Harvest.Remitted();
        _ = (await harvest.Correct(new CorrectionRequest("reverse", "R3", "the cheque bounced") { AsOf = "2021-02-06" })).Value;
        var tied = await Tied(harvest);
        Assert.That((Of(tied, "2021-01"), tied.Unexplained.Minor), Is.EqualTo(("Schedule 115800.00, Receipts 58600.00, Unpaid 18600.00, Claims 38600.00, Custody 20000.00, Unanswered 77200.00", 0L)));
    }

    [Test]
    public async Task What_was_paid_before_the_fund_has_said_anything_is_named_and_what_was_paid_too_much_is_due_from_the_fund()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Pay("77200.00");
        Assert.That(Of(await Tied(harvest), "2021-01"), Is.EqualTo("Schedule 115800.00, Receipts 97200.00, Bank 77200.00, Unpaid 18600.00, Custody 20000.00, Unanswered 77200.00, PaidUnanswered 77200.00"));
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3);
        await harvest.Say(AcknowledgementOutcome.Rejected, 4);
        var tied = await Tied(harvest);
        Assert.That((Of(tied, "2021-01"), Of(tied, ""), Of(tied, Remittance(tied)), tied.Unexplained.Minor), Is.EqualTo((
            "Schedule 115800.00, Receipts 97200.00, Fund 55920.00, Bank 55920.00, Unpaid 18600.00, Custody 20000.00, Rejected 21280.00",
            "Bank 21280.00, DueFromFund 21280.00",
            "Schedule 77200.00, Receipts 55920.00, Fund 55920.00, Bank 77200.00, Rejected 21280.00, DueFromFund 21280.00", 0L)));
    }

    [Test]
    public async Task A_part_payment_reaches_accepted_lines_first()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 3, 4);
        await harvest.Pay("40000.00");
        Assert.That(Of(await Tied(harvest), "2021-01"), Is.EqualTo("Schedule 115800.00, Receipts 97200.00, Fund 38600.00, Bank 40000.00, Unpaid 18600.00, Custody 20000.00, Unanswered 38600.00, PaidUnanswered 1400.00"));
    }

    [Test]
    public async Task A_returned_line_and_a_reopened_month_still_tie_out()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        await harvest.Pay("77200.00");
        await harvest.Say(AcknowledgementOutcome.Returned, 2);
        await harvest.Cut("2021-02-12");
        var tied = await Tied(harvest);
        Assert.That((tied.Unexplained.Minor, tied.Rows.Count(row => row.Level == TieOutLevel.Remittance), Of(tied, "")), Is.EqualTo((0L, 2, "Bank 21280.00, DueFromFund 21280.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [TestCase("update bank_match set amount = amount - 1", "REM-|bank entry")]
    [TestCase("update remittance_line set amount = amount + 1 where line_no = 1", "line|REM-")]
    [TestCase("update obligation set allocated = allocated - 1 where id = (select min(id) from obligation where allocated > 0)", "obligation")]
    [TestCase("update allocation set amount = amount + 1 where id = (select min(id) from allocation)", "receipt")]
    [TestCase("update remittance set paid = paid - 1", "REM-")]
    public async Task One_cent_that_nothing_explains_is_found_with_the_rows_that_break_it(string statement, string named)
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2, 3, 4);
        await harvest.Pay("77200.00");
        Assert.That(StoredFacts.Forge(harvest.Desk.Place.Database, statement), Is.Positive);
        var tied = await Tied(harvest);
        Assert.That(string.Join('\n', tied.Lines.Select(line => line.Subject)), Does.Match(named));
        Assert.That(tied.Unexplained.Minor, Is.Positive);
    }

    [Test]
    public async Task It_is_kept_once_a_day_and_the_next_one_says_what_has_changed()
    {
        await using var harvest = await Harvest.Collected();
        await Night(harvest);
        await harvest.Cut("2021-02-05");
        await Night(harvest);
        var tied = await Tied(harvest);
        Assert.That((tied.Last, tied.Changes.Where(change => change.Subject == "2021-01").Select(change => $"{change.Item} {change.Before.ToMajor()} {change.Now.ToMajor()}")), Is.EqualTo((
            new DateOnly(2022, 6, 1), new[] { "Custody 97200.00 20000.00", "Unanswered 0.00 77200.00" })));
        harvest.Desk.Clock.Move(TimeSpan.FromDays(1));
        await Night(harvest);
        Assert.That(((await Tied(harvest)).Last, (await Tied(harvest)).Changes), Is.EqualTo((new DateOnly(2022, 6, 2), Array.Empty<ChangedFigure>())));
    }

    [Test]
    public async Task What_is_unexplained_is_a_case_until_it_is_explained()
    {
        await using var harvest = await Harvest.Collected();
        StoredFacts.Forge(harvest.Desk.Place.Database, "update obligation set allocated = allocated - 1 where id = (select min(id) from obligation where allocated > 0)");
        await Night(harvest);
        Assert.That((await harvest.Cases("tie_out_broken")).Select(one => one.Amount!.Value.ToMajor()), Is.EqualTo(new[] { "0.02" }), "of its period, and of the agreement");
        StoredFacts.Forge(harvest.Desk.Place.Database, "update obligation set allocated = allocated + 1 where id = (select min(id) from obligation where allocated > 0)");
        harvest.Desk.Clock.Move(TimeSpan.FromDays(1));
        await Night(harvest);
        Assert.That(await harvest.Cases("tie_out_broken"), Is.Empty);
    }

    [Test]
    public async Task The_scheduler_has_an_agreement_tied_out_once_a_day()
    {
        await using var harvest = await Harvest.Collected();
        _ = await new ScheduledSettlement(harvest.Desk.Database).Round(CancellationToken.None);
        await harvest.Drain();
        Assert.That((await Tied(harvest)).Last, Is.EqualTo(new DateOnly(2022, 6, 1)));
    }

    private static async Task Night(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Number);
        await harvest.Desk.Database.Write(Desk.Treasurer, work => work.Say(agreement.Id, new TieOut(agreement.Id, "scheduler")), CancellationToken.None);
        await harvest.Drain();
    }

    private static async Task<KnownTieOut> Tied(Harvest harvest) => (await ProveTieOut.Show(harvest.Desk.Database, Desk.Treasurer, Number, CancellationToken.None)).Value;

    private static string Remittance(KnownTieOut tied) => tied.Rows.Single(row => row.Level == TieOutLevel.Remittance).Subject;

    private static string Of(KnownTieOut tied, string subject)
    {
        var row = tied.Rows.Single(found => found.Subject == subject);
        return string.Join(", ", Enum.GetValues<TieOutItem>().Where(item => row[item] != 0).Select(item => $"{item} {new Money(row[item], tied.Agreement.Currency).ToMajor()}"));
    }
}
