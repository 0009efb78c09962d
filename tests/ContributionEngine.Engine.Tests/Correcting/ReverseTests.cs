using ContributionEngine.Core;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>Payments that were none. What is here goes back; what has gone to the fund is owed by the organisation, and by nobody else.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReverseTests
{
    [Test]
    public async Task A_bounced_cheque_opens_again_what_it_had_paid_and_its_credit_is_gone()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await Reverse(harvest, "R3", "2021-01-31")).Value;
        var receipt = await harvest.Receipt("R3");
        Assert.That((receipt.State, receipt.Reversed.ToMajor(), receipt.Allocated.Minor, receipt.Credit.Minor, await harvest.Pays("A003", "2021-01")), Is.EqualTo(("reversed", "50000.00", 0L, 0L, "")));
        Assert.That((await harvest.Balance("cash"), await harvest.Balance("member_credit"), await harvest.Balance("custody")), Is.EqualTo((58_600m, 0m, -58_600m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task What_follows_from_it_is_told_line_by_line()
    {
        await using var harvest = await Harvest.Collected();
        var after = (await Reverse(harvest, "R3", "2021-01-31")).Value.KnockOns!;
        Assert.That(after.Obligations.Select(row => $"{row.MemberNo} {row.Period} {row.Component} {row.PaidBefore.ToMajor()} {row.PaidAfter.ToMajor()}"), Is.EqualTo(new[] { "A003 2021-01 ivm 21280.00 0.00", "A003 2021-01 sem 17320.00 0.00" }));
        Assert.That(after.Cover, Is.EqualTo(new[] { new ChangedCover("A003", "2021-01", "paid", "unpaid") }));
        Assert.That((after.NextRemittance!.LinesBefore, after.NextRemittance.LinesAfter, after.NextRemittance.TotalBefore.ToMajor(), after.NextRemittance.TotalAfter.ToMajor()), Is.EqualTo((4L, 2L, "77200.00", "38600.00")));
    }

    [Test]
    public async Task What_has_gone_to_the_fund_stays_there_and_the_organisation_owes_it()
    {
        await using var harvest = await Harvest.Remitted();
        _ = (await Reverse(harvest, "R3", "2021-02-06")).Value;
        var receipt = await harvest.Receipt("R3");
        Assert.That((receipt.Allocated.ToMajor(), receipt.Reversed.ToMajor(), receipt.Credit.Minor), Is.EqualTo(("38600.00", "11400.00", 0L)));
        Assert.That((await harvest.Claims()).Select(claim => $"{claim.Debtor} {claim.Amount.ToMajor()} {claim.State}"), Is.EqualTo(new[] { "organisation 17320.00 open", "organisation 21280.00 open" }));
        Assert.That((await harvest.Cases("organisation_owes")).Select(one => one.Amount!.Value.ToMajor()), Is.EqualTo(new[] { "38600.00" }));
        Assert.That((await harvest.Balance("cash"), await harvest.Balance("claims"), await harvest.Balance("in_transit")), Is.EqualTo((58_600m, 38_600m, -77_200m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_line_of_a_receipt_that_was_taken_back_gives_no_money_back_when_the_fund_rejects_it()
    {
        await using var harvest = await Harvest.Remitted();
        _ = (await Reverse(harvest, "R1", "2021-02-06")).Value;
        await harvest.Say(AcknowledgementOutcome.Rejected, 1, 2);
        var receipt = await harvest.Receipt("R1");
        Assert.That((receipt.Allocated.Minor, receipt.Reversed.ToMajor(), await harvest.Pays("A001", "2021-01")), Is.EqualTo((0L, "38600.00", "")));
        Assert.That((await harvest.Claims()).Select(claim => claim.State), Is.EqualTo(new[] { "extinguished", "extinguished" }));
        Assert.That((await harvest.Cases()).Select(one => one.Reason), Is.Empty);
        Assert.That((await harvest.Balance("claims"), await harvest.Balance("custody"), await harvest.Balance("cash")), Is.EqualTo((0m, -31_400m, 70_000m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task One_line_that_comes_back_leaves_the_other_owed()
    {
        await using var harvest = await Harvest.Remitted();
        _ = (await Reverse(harvest, "R1", "2021-02-06")).Value;
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2);
        await harvest.Say(AcknowledgementOutcome.Returned, 2);
        Assert.That((await harvest.Claims()).Select(claim => $"{claim.Amount.ToMajor()} {claim.State}"), Is.EqualTo(new[] { "17320.00 open", "21280.00 extinguished" }));
        Assert.That((await harvest.Cases()).Select(one => $"{one.Reason} {one.Amount!.Value.ToMajor()}"), Is.EqualTo(new[] { "organisation_owes 17320.00" }));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_case_of_a_line_that_came_back_is_closed_when_its_money_is_taken_back()
    {
        await using var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Rejected, 1, 2, 3);
        Assert.That((await harvest.Cases("line_rejected")).Count, Is.EqualTo(3));
        _ = (await Reverse(harvest, "R1", "2021-02-06")).Value;
        Assert.That(((await harvest.Cases("line_rejected")).Single().Subject.EndsWith("line 3", StringComparison.Ordinal), (await harvest.Claims()).Count), Is.EqualTo((true, 0)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_remittance_that_is_cancelled_leaves_nothing_owed_for_it()
    {
        await using var harvest = await Harvest.Collected();
        harvest.Fund.OnDeliver = new Handover.NotReached("not_heard", $"the line is down");
        await harvest.Cut("2021-02-05");
        _ = (await Reverse(harvest, "R1", "2021-02-06")).Value;
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        var number = (await harvest.Desk.Read(work => work.Remittances.Of(agreement.Id))).Single().Number;
        _ = (await new HandOver(harvest.Desk.Database).Cancel(Desk.Treasurer, number, "never mind", CancellationToken.None)).Value;
        Assert.That(((await harvest.Claims()).Count(claim => claim.State == "extinguished"), (await harvest.Desk.Totals(Harvest.Number)).Allocated), Is.EqualTo((2, 7_000_000L)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task What_the_organisation_has_paid_for_is_sent_again_when_its_line_comes_back()
    {
        await using var harvest = await Harvest.Remitted();
        _ = (await Reverse(harvest, "R1", "2021-02-06")).Value;
        var owes = (await harvest.Cases("organisation_owes")).Single();
        _ = (await harvest.Decide(new CaseDecision(owes.Case, "settle", "paid in at the bank") { AsOf = "2021-02-07" })).Value;
        Assert.That((await harvest.Balance("cash"), await harvest.Balance("claims"), (await harvest.Cases("organisation_owes")).Count), Is.EqualTo((108_600m, 0m, 0)));
        await harvest.Say(AcknowledgementOutcome.Rejected, 1, 2);
        await harvest.Cut("2021-02-12");
        Assert.That((await harvest.Pays("A001", "2021-01"), (await harvest.Desk.Totals(Harvest.Number)).Remitted), Is.EqualTo(("sem 17320.00, ivm 21280.00", 7_720_000L)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_receipt_is_taken_back_once()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await Reverse(harvest, "R1", "2021-01-31")).Value;
        Assert.That((await Reverse(harvest, "R1", "2021-01-31")).Refusal!.Code, Is.EqualTo("receipt_taken_back"));
    }

    [Test]
    public async Task Credit_that_had_moved_on_to_a_later_period_comes_back_from_there()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A001", "2021-02-10", "1.00")), "2021-02-28")).Value;
        Assert.That(await harvest.Pays("A003", "2021-02"), Is.EqualTo("sem 11400.00"));
        _ = (await Reverse(harvest, "R3", "2021-02-28")).Value;
        Assert.That((await harvest.Pays("A003", "2021-01"), await harvest.Pays("A003", "2021-02"), (await harvest.Receipt("R3")).Reversed.ToMajor()), Is.EqualTo(("", "", "50000.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Other_credit_of_the_member_pays_at_once_what_is_open_again()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(Harvest.January[0], new Paid("R4", "A001", "2021-01-16", "40000.00")), "2021-01-31")).Value;
        var after = (await Reverse(harvest, "R1", "2021-01-31")).Value.KnockOns!;
        Assert.That((after.ObligationsTotal, await harvest.Pays("A001", "2021-01"), (await harvest.Receipt("R4")).Credit.ToMajor()), Is.EqualTo((0, "sem 17320.00, ivm 21280.00", "1400.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Part_of_a_month_that_another_payment_completed_is_taken_back_alone()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A002", "2021-01-30", "18600.00")), "2021-01-31")).Value;
        _ = (await Reverse(harvest, "R2", "2021-01-31")).Value;
        Assert.That(await harvest.Pays("A002", "2021-01"), Is.EqualTo("ivm 18600.00"));
    }

    [Test]
    public async Task What_had_been_refunded_of_it_is_owed_by_the_member()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await harvest.Correct(new CorrectionRequest("refund", "R3", "she asked for it") { AsOf = "2021-01-31" })).Value;
        _ = (await Reverse(harvest, "R3", "2021-01-31")).Value;
        Assert.That((await harvest.Claims()).Select(claim => $"{claim.Debtor} {claim.MemberNo} {claim.Amount.ToMajor()}"), Is.EqualTo(new[] { "member A003 11400.00" }));
        Assert.That(((await harvest.Receipt("R3")).Reversed.ToMajor(), await harvest.Balance("cash"), (await harvest.Cases()).Single().Reason), Is.EqualTo(("38600.00", 47_200m, "member_owes")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Late_charges_follow_what_is_open_again()
    {
        var draft = Agreements.Coffee();
        await using var harvest = await Harvest.With(draft with { Parameters = new Dictionary<string, string>(draft.Parameters) { ["late_interest_percent_per_month"] = "1" } });
        _ = (await harvest.Post(Receipts.Csv(Harvest.January[0]), "2021-01-31")).Value;
        var after = (await Reverse(harvest, "R1", "2021-04-20")).Value.KnockOns!;
        Assert.That(after.LateCharges.Where(row => row.MemberNo == "A001" && row.Period == "2021-01").Select(row => $"{row.Component} {row.Class} {row.OwedBefore.ToMajor()} {row.OwedAfter.ToMajor()}"), Has.Exactly(2).Items);
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_payment_number_that_stands_on_two_receipts_is_asked_for_by_id()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "17320.00", "2021-01", "sem"), new Paid("R1", "A001", "2021-01-15", "21280.00", "2021-01", "ivm")), "2021-01-31")).Value;
        var refusal = (await Reverse(harvest, "R1", "2021-01-31")).Refusal!;
        Assert.That((refusal.Code, refusal.Detail.Split("RCP-").Length), Is.EqualTo(("receipt_ambiguous", 3)));
    }

    [Test]
    public async Task The_same_number_may_be_posted_again_once_its_payment_was_taken_back()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await Reverse(harvest, "R1", "2021-01-31")).Value;
        var again = (await harvest.Post(Receipts.Csv(Harvest.January[0] with { ReceivedOn = "2021-01-29" }), "2021-01-31")).Value;
        Assert.That((again.Ready, await harvest.Pays("A001", "2021-01")), Is.EqualTo((1L, "sem 17320.00, ivm 21280.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_statement_that_says_it_was_taken_back_is_acted_on_and_its_case_is_closed()
    {
        await using var harvest = await Harvest.Collected();
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        await harvest.Desk.Database.Write(Desk.Treasurer, work => work.Cases.Open(agreement.Id, new DateOnly(2021, 1, 31), [new NewCase("reversal_reported", "R2", 2_000_000, $"said by a statement")]), CancellationToken.None);
        var decided = (await harvest.Decide(new CaseDecision((await harvest.Cases("reversal_reported")).Single().Case, "reverse", "the statement says so") { AsOf = "2021-01-31" })).Value;
        Assert.That((decided.Case.State, decided.Case.ResolvedBy, (await harvest.Receipt("R2")).State), Is.EqualTo(("resolved", "os:treasurer", "reversed")));
    }

    private static Task<Outcome<Corrected>> Reverse(Harvest harvest, string receipt, string asOf) => harvest.Correct(new CorrectionRequest("reverse", receipt, "the cheque bounced") { AsOf = asOf });
}
