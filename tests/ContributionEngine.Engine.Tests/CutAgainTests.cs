using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>After a rejection: the line is corrected and goes again by itself, and what was accepted never does.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CutAgainTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task Only_the_line_that_came_back_goes_again_with_the_corrected_id_and_its_case_closes()
    {
        var fund = new ScriptedFund { Answer = [Line(1, AcknowledgementOutcome.Rejected), Line(2, AcknowledgementOutcome.Accepted)] };
        await using var desk = await Remitted(fund);
        await desk.Enrol(Coffee.Number, [Members.Pickers[0] with { NationalId = "9-9999-9999" }]);
        var made = (await new CutAgain(desk.Database).Supplement(Desk.Treasurer, (await All(desk))[0].Number, null, CancellationToken.None)).Value.Single();
        var lines = await desk.Read(work => work.Lines.Of(made.Id));
        Assert.That((made.Kind, made.Supplemented, made.Total, lines.Single().NationalId), Is.EqualTo(("supplementary", (await All(desk))[0].Number, 1732000L, "9-9999-9999")));
        Assert.That((await desk.Read(work => work.Cases.List(new CaseFilter(Coffee.Number, null, null))), await desk.Breaks()), Is.EqualTo((Array.Empty<StoredCase>(), Array.Empty<Break>())));
    }

    [Test]
    public async Task What_came_back_goes_only_once()
    {
        var fund = new ScriptedFund { Answer = [Line(1, AcknowledgementOutcome.Rejected), Line(2, AcknowledgementOutcome.Accepted)] };
        await using var desk = await Remitted(fund);
        var first = (await All(desk))[0].Number;
        _ = (await new CutAgain(desk.Database).Supplement(Desk.Treasurer, first, null, CancellationToken.None)).Value;
        Assert.That((await new CutAgain(desk.Database).Supplement(Desk.Treasurer, first, null, CancellationToken.None)).Refusal!.Code, Is.EqualTo("nothing_came_back"));
        Assert.That(await All(desk), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task A_supplementary_remittance_is_handed_over_and_answered_like_any_other()
    {
        var fund = new ScriptedFund { Answer = [Line(1, AcknowledgementOutcome.Rejected), Line(2, AcknowledgementOutcome.Accepted)] };
        await using var desk = await Remitted(fund);
        fund.Answer = [new AcknowledgementEvent(AcknowledgementLevel.File, null, AcknowledgementOutcome.Accepted, "", "", null)];
        _ = (await new CutAgain(desk.Database).Supplement(Desk.Treasurer, (await All(desk))[0].Number, null, CancellationToken.None)).Value;
        await Drain(desk, fund);
        Assert.That(((await All(desk)).Select(remittance => remittance.State.Shown), await desk.Breaks()), Is.EqualTo((new[] { "acknowledged", "acknowledged" }, Array.Empty<Break>())));
    }

    [Test]
    public async Task Where_nothing_differs_nothing_is_revised()
    {
        await using var desk = await Remitted(new ScriptedFund());
        Assert.That((await new CutAgain(desk.Database).Revise(Desk.Treasurer, (await All(desk))[0].Number, null, CancellationToken.None)).Refusal!.Code, Is.EqualTo("nothing_differs"));
    }

    private static AcknowledgementEvent Line(long line, AcknowledgementOutcome outcome) => new(AcknowledgementLevel.Line, line, outcome, "", "", null);

    private static async Task<IReadOnlyList<StoredRemittance>> All(Desk desk)
    {
        var agreement = await desk.Agreement(Coffee.Number);
        return await desk.Read(work => work.Remittances.Of(agreement.Id));
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
}
