using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>What a fund says and when, against a channel that says what the test tells it to.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FundAnswerTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task A_delivery_that_was_interrupted_is_asked_about_and_never_sent_a_second_time()
    {
        var fund = new ScriptedFund { OnDeliver = new Handover.Unknown("timed_out", $"no answer"), OnAsk = new Handover.Delivered(null) };
        await using var desk = await Remitted(fund);
        Assert.That((fund.Delivered, fund.Asked, (await Remittance(desk)).Delivery), Is.EqualTo((1, 1, "delivered")));
    }

    [Test]
    public async Task Not_found_frees_a_remittance_only_after_the_settling_time_and_the_second_time()
    {
        var fund = new ScriptedFund { OnDeliver = new Handover.Unknown("timed_out", $"no answer"), OnAsk = new Handover.NotFound() };
        await using var desk = await Remitted(fund);
        Assert.That((fund.Delivered, fund.Asked), Is.EqualTo((1, 1)));
        desk.Clock.Move(TimeSpan.FromMinutes(59));
        await Drain(desk, fund);
        Assert.That(fund.Delivered, Is.EqualTo(1));
        fund.OnDeliver = new Handover.Delivered(null);
        desk.Clock.Move(TimeSpan.FromMinutes(2));
        await Drain(desk, fund);
        Assert.That((fund.Delivered, (await Remittance(desk)).Delivery), Is.EqualTo((2, "delivered")));
    }

    [Test]
    public async Task A_line_that_the_fund_returns_after_it_accepted_is_back_in_custody_and_due_from_the_fund()
    {
        var fund = new ScriptedFund();
        await using var desk = await Remitted(fund);
        fund.Answer = [Line(1, AcknowledgementOutcome.Accepted), Line(2, AcknowledgementOutcome.Accepted)];
        var remittance = await Answered(desk, fund, await Remittance(desk));
        await desk.Database.Write(Desk.Treasurer, async work => await work.Remittances.Save(remittance.Id, remittance.State.Paid(remittance.Total)), CancellationToken.None);
        await Apply(desk, remittance, [Line(2, AcknowledgementOutcome.Returned)]);

        var agreement = await desk.Agreement(Coffee.Number);
        Assert.That((await Remittance(desk)).State.Surplus, Is.EqualTo(2128000));
        Assert.That((await desk.Read(work => work.Totals.Cases(agreement.Id))).Select(row => row.Reason), Is.EqualTo(new[] { "line_returned", "paid_above" }));
        Assert.That((await desk.Breaks()).Where(row => row.Truth == 3), Is.Empty);
    }

    [Test]
    public async Task An_answer_with_another_total_changes_nothing_and_opens_a_case()
    {
        var fund = new ScriptedFund { AmountTotal = 3860001, Answer = [new AcknowledgementEvent(AcknowledgementLevel.File, null, AcknowledgementOutcome.Accepted, "", "", null)] };
        await using var desk = await Remitted(fund);
        var agreement = await desk.Agreement(Coffee.Number);
        Assert.That(((await Remittance(desk)).Answer, (await desk.Read(work => work.Totals.Cases(agreement.Id))).Single().Reason), Is.EqualTo(("none", "answer_with_other_totals")));
    }

    [Test]
    public async Task The_same_answer_twice_is_one_answer()
    {
        var fund = new ScriptedFund { Answer = [Line(1, AcknowledgementOutcome.Rejected), Line(2, AcknowledgementOutcome.Accepted)] };
        await using var desk = await Remitted(fund);
        await Apply(desk, await Remittance(desk), fund.Answer);
        Assert.That(((await Remittance(desk)).Rejected, (await desk.Totals(Coffee.Number)).Remitted), Is.EqualTo((1732000L, 2128000L)));
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_remittance_that_was_cancelled_gives_its_money_back_to_custody()
    {
        await using var desk = await Remitted(new ScriptedFund { OnDeliver = new Handover.NotReached("not_heard", $"the line is down") });
        var number = (await Remittance(desk)).Number;
        Assert.That((await new HandOver(desk.Database).Cancel(Desk.Treasurer, number, "sealed by mistake", CancellationToken.None)).Value.State.Shown, Is.EqualTo("cancelled"));
        Assert.That((await desk.Totals(Coffee.Number)).Remitted, Is.Zero);
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_remittance_that_the_fund_has_cannot_be_cancelled()
    {
        await using var desk = await Remitted(new ScriptedFund());
        Assert.That((await new HandOver(desk.Database).Cancel(Desk.Treasurer, (await Remittance(desk)).Number, "too late", CancellationToken.None)).Refusal!.Code, Is.EqualTo("remittance_not_cancellable"));
    }

    // Ana pays January: line 1 is sem, 17,320.00, and line 2 ivm, 21,280.00.
    private static async Task<Desk> Remitted(ScriptedFund fund)
    {
        var desk = await Desk.With(Coffee, [Members.Pickers[0]]);
        _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00")), "2021-01-31")).Value;
        await Drain(desk, fund);
        _ = (await new RunSettlement(desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Coffee.Number, "2021-01-31"), CancellationToken.None)).Value;
        await Drain(desk, fund);
        return desk;
    }

    private static async Task Drain(Desk desk, ScriptedFund fund)
    {
        var failures = await new DirectDispatcher(desk.Database, MessageMap.Of(new FundChannels(_ => Outcome<IFundChannel>.Of(fund)))).Drain(Desk.Treasurer, CancellationToken.None);
        Assert.That(failures, Is.Empty);
    }

    private static async Task<StoredRemittance> Remittance(Desk desk)
    {
        var agreement = await desk.Agreement(Coffee.Number);
        return (await desk.Read(work => work.Remittances.Of(agreement.Id))).Single();
    }

    private static async Task<StoredRemittance> Answered(Desk desk, ScriptedFund fund, StoredRemittance remittance)
    {
        await Apply(desk, remittance, fund.Answer);
        return await Remittance(desk);
    }

    private static async Task Apply(Desk desk, StoredRemittance remittance, IReadOnlyList<AcknowledgementEvent> events)
    {
        var file = new RawAnswer("answer.json", ScriptedFund.Bytes((remittance.Reference, Currency.Of(remittance.Currency).Value), events, null), ImportAnswer.ByHand);
        _ = (await desk.Database.Attempt(Desk.Treasurer, work => TakenAnswers.Take(work, file), CancellationToken.None)).Value;
    }

    private static AcknowledgementEvent Line(long line, AcknowledgementOutcome outcome) => new(AcknowledgementLevel.Line, line, outcome, "", "", null);
}
