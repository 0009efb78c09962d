using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>Files with answers as they come: to be picked up or by hand, late, unreadable, in doubt, or about what was never sent.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AnswerFileTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task A_file_that_cannot_be_read_is_kept_with_one_case_and_stops_no_other()
    {
        var fund = new ScriptedFund { Answer = [All(AcknowledgementOutcome.Accepted)], Files = [new PickedAnswer("broken.xml", "<Document"u8.ToArray())] };
        await using var desk = await Remitted(fund);
        desk.Clock.Move(TimeSpan.FromHours(7));
        await Drain(desk, fund);
        Assert.That(((await Remittance(desk)).Answer, string.Join(' ', await Reasons(desk))), Is.EqualTo(("accepted", "answer_unreadable")));
        Assert.That((await desk.Read(work => work.Acknowledgements.List(null, null))).Select(came => $"{came.Name} {came.State}"), Is.EquivalentTo(new[] { "answer.json applied", "broken.xml answer_unreadable" }));
    }

    [Test]
    public async Task An_answer_about_what_was_never_sent_opens_a_case_and_does_nothing()
    {
        await using var desk = await Remitted(new ScriptedFund());
        var taken = await Taken(desk, Csv("RF18539007547034", "file,,accepted"));
        Assert.That((taken.Findings.Single().Code, (await Remittance(desk)).Answer), Is.EqualTo(("answer_unknown", "none")));
        Assert.That((await desk.Read(work => work.Cases.List(new CaseFilter(null, "answer_unknown", null)))).Single().Subject, Is.EqualTo("RF18539007547034"));
    }

    [Test]
    public async Task An_answer_for_another_organisations_remittance_is_as_unknown_as_none()
    {
        await using var desk = await Remitted(new ScriptedFund());
        var file = new RawAnswer("a.csv", Csv((await Remittance(desk)).Reference, "file,,accepted"), ImportAnswer.ByHand);
        var taken = (await new ImportAnswer(desk.Database).Run(new Actor("stranger", 999), file, CancellationToken.None)).Value;
        Assert.That((taken.Findings.Single().Code, (await Remittance(desk)).Answer), Is.EqualTo(("answer_unknown", "none")));
    }

    [Test]
    public async Task The_same_bytes_again_change_nothing_and_say_so()
    {
        await using var desk = await Remitted(new ScriptedFund());
        var file = Csv((await Remittance(desk)).Reference, "line,1,rejected\nline,2,accepted");
        await Taken(desk, file);
        var again = await Taken(desk, file);
        Assert.That((again.Findings.Single().Code, (await Remittance(desk)).Rejected, await desk.Breaks()), Is.EqualTo(("duplicate", 1732000L, Array.Empty<Break>())));
    }

    [Test]
    public async Task A_technical_yes_and_hours_later_a_no_is_a_no_in_whatever_order_they_come([Values] bool isReversed)
    {
        await using var desk = await Remitted(new ScriptedFund());
        var reference = (await Remittance(desk)).Reference;
        byte[][] files = [Report(reference, "ACTC"), Report(reference, "RJCT")];
        foreach (var file in isReversed ? files.Reverse() : files) await Taken(desk, file);
        Assert.That(((await Remittance(desk)).Answer, (await desk.Totals(Coffee.Number)).Remitted, await desk.Breaks()), Is.EqualTo(("rejected", 0L, Array.Empty<Break>())));
    }

    [TestCase("line,9,rejected", "answer_line_unknown")]
    [TestCase("line,1,accepted,173.21", "answer_with_other_totals")]
    [TestCase("line,1,accepted\nline,1,rejected", "answer_contradicts")]
    public async Task An_answer_in_doubt_opens_a_case_and_nothing_of_it_is_applied(string rows, string reason)
    {
        await using var desk = await Remitted(new ScriptedFund());
        var taken = await Taken(desk, Csv((await Remittance(desk)).Reference, $"{rows}\nline,2,accepted"));
        Assert.That((taken.Findings, (await Reasons(desk)).Single()), Is.EqualTo((taken.Findings, reason)));
        Assert.That((await desk.Read(async work => await work.Lines.Of((await Remittance(desk)).Id))).Select(line => line.Outcome), Is.All.EqualTo("sent"));
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_fund_that_takes_its_word_back_settles_nothing_until_a_person_says_what_stands()
    {
        await using var desk = await Remitted(new ScriptedFund { Answer = [All(AcknowledgementOutcome.Accepted)] });
        await Taken(desk, Csv((await Remittance(desk)).Reference, "line,1,rejected"));
        var remittance = await Remittance(desk);
        Assert.That((remittance.Answer, (await Reasons(desk)).Single()), Is.EqualTo(("none", "answer_contradicts")));
        var number = (await desk.Read(work => work.Cases.List(new CaseFilter(Coffee.Number, null, null)))).Single().Number;
        _ = (await new ResolveCase(desk.Database, new FourEyes(1_000_000)).Run(Desk.Treasurer, new CaseDecision(number, "keep", "the fund was asked"), CancellationToken.None)).Value;
        Assert.That(((await Remittance(desk)).Answer, await desk.Breaks()), Is.EqualTo(("accepted", Array.Empty<Break>())));
    }

    [Test]
    public async Task An_answer_after_the_last_one_is_still_picked_up_and_a_return_counts()
    {
        var fund = new ScriptedFund { Answer = [All(AcknowledgementOutcome.Accepted)] };
        await using var desk = await Remitted(fund);
        fund.Files = [new PickedAnswer("later.csv", Csv((await Remittance(desk)).Reference, "line,1,returned"))];
        desk.Clock.Move(TimeSpan.FromHours(7));
        await Drain(desk, fund);
        Assert.That(((await Remittance(desk)).Rejected, string.Join(' ', await Reasons(desk))), Is.EqualTo((1732000L, "line_returned")));
    }

    [Test]
    public async Task After_the_last_answer_the_fund_is_looked_at_ever_more_seldom_and_not_for_ever()
    {
        var fund = new ScriptedFund { Answer = [All(AcknowledgementOutcome.Accepted)] };
        await using var desk = await Remitted(fund);
        for (var day = 0; day < 200; day++)
        {
            desk.Clock.Move(TimeSpan.FromDays(1));
            await Drain(desk, fund);
        }

        Assert.That(fund.Looked, Is.InRange(10, 25));
        Assert.That(await desk.Read(work => work.Outbox.NextDue()), Is.Empty);
    }

    [Test]
    public async Task A_fund_that_is_silent_past_its_banking_days_is_asked_again_and_the_case_closes_with_the_answer()
    {
        // 1 June 2022 is a Wednesday: the third banking day after it is Monday.
        var fund = new ScriptedFund { OnAsk = new Handover.NotFound() };
        await using var desk = await Remitted(fund);
        desk.Clock.Move(TimeSpan.FromDays(5));
        await Drain(desk, fund);
        Assert.That((fund.Asked, (await Reasons(desk)).Count), Is.EqualTo((0, 0)));
        desk.Clock.Move(TimeSpan.FromDays(1));
        await Drain(desk, fund);
        Assert.That((fund.Delivered, fund.Asked, (await Reasons(desk)).Single()), Is.EqualTo((1, 1, "answer_missing")));
        await Taken(desk, Csv((await Remittance(desk)).Reference, "file,,accepted"));
        Assert.That(await Reasons(desk), Is.Empty);
    }

    private static AcknowledgementEvent All(AcknowledgementOutcome outcome) => new(AcknowledgementLevel.File, null, outcome, "", "", null);

    private static byte[] Csv(string reference, string rows) =>
        Encoding.UTF8.GetBytes("reference,level,line,outcome,amount\n" + string.Concat(rows.Split('\n').Select(row => $"{reference},{row}\n")));

    private static byte[] Report(string reference, string status) =>
        Encoding.UTF8.GetBytes($"<Document><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>{reference}</OrgnlMsgId><GrpSts>{status}</GrpSts></OrgnlGrpInfAndSts></CstmrPmtStsRpt></Document>");

    private static async Task<TakenAnswer> Taken(Desk desk, byte[] content) =>
        (await new ImportAnswer(desk.Database).Run(Desk.Treasurer, new RawAnswer("answer", content, ImportAnswer.ByHand), CancellationToken.None)).Value;

    private static async Task<IReadOnlyList<string>> Reasons(Desk desk) =>
        [.. (await desk.Read(work => work.Cases.List(new CaseFilter(Coffee.Number, null, null)))).Select(found => found.Reason)];

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
}
