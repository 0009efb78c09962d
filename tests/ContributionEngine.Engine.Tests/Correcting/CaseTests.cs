using ContributionEngine.Core;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>What people decide stays decided, money moves with the decision, and large or outgoing money asks two of them.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CaseTests
{
    [Test]
    public async Task Credit_pays_what_opens_and_what_is_left_of_it_can_be_given_back()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A003", "2021-02-10", "30000.00")), "2021-02-28")).Value;
        Assert.That(((await harvest.Receipt("R3")).Credit.ToMajor(), (await harvest.Receipt("R4")).Credit.ToMajor(), await harvest.Pays("A003", "2021-02")), Is.EqualTo(("0.00", "2800.00", "sem 17320.00, ivm 21280.00")));
        _ = (await harvest.Correct(new CorrectionRequest("refund", "R4", "she asked for it") { AsOf = "2021-02-28" })).Value;
        Assert.That(((await harvest.Receipt("R4")).Refunded.ToMajor(), (await harvest.Receipt("R4")).Credit.Minor, await harvest.Balance("cash")), Is.EqualTo(("2800.00", 0L, 135_800m)));
        Assert.That((await harvest.Ask(new CorrectionRequest("refund", "R4", "again") { AsOf = "2021-02-28" })).Refusal!.Code, Is.EqualTo("nothing_to_refund"));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task What_is_asked_for_twice_is_one_case()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await harvest.Ask(new CorrectionRequest("refund", "R3", "she asked") { AsOf = "2021-01-31" })).Value;
        Assert.That((await harvest.Ask(new CorrectionRequest("refund", "R3", "she asked") { AsOf = "2021-01-31" })).Refusal!.Code, Is.EqualTo("approval_waiting"));
    }

    [Test]
    public async Task What_was_declined_moves_nothing_and_may_be_asked_for_again()
    {
        await using var harvest = await Harvest.Collected();
        var asked = (await harvest.Ask(new CorrectionRequest("refund", "R3", "she asked") { AsOf = "2021-01-31" })).Value;
        _ = (await harvest.Decide(new CaseDecision(asked.Case!, "decline", "let it stand"), Harvest.Olga)).Value;
        Assert.That(((await harvest.Receipt("R3")).Credit.ToMajor(), (await harvest.Ask(new CorrectionRequest("refund", "R3", "she asked") { AsOf = "2021-01-31" })).Value.State), Is.EqualTo(("11400.00", "approval_needed")));
    }

    [Test]
    public async Task Above_the_limit_a_second_person_decides_and_both_names_are_in_the_audit()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "1000000.01")), "2021-01-31")).Value;
        var asked = (await harvest.Ask(new CorrectionRequest("reverse", "R1", "bounced") { AsOf = "2021-01-31" })).Value;
        Assert.That((asked.State, (await harvest.Receipt("R1")).State), Is.EqualTo(("approval_needed", "posted")));
        _ = (await harvest.Decide(new CaseDecision(asked.Case!, "approve", "seen") { Approve = true, AsOf = "2021-01-31" }, Harvest.Olga)).Value;
        var audit = (await harvest.Desk.Read(work => work.Audit.List(Harvest.Number))).Single(row => row.UseCase == "receipt-reversed");
        Assert.That((audit.Actor, audit.Document.Contains("\"asked_by\":\"os:treasurer\"", StringComparison.Ordinal), audit.Document.Contains("\"approved_by\":\"olga\"", StringComparison.Ordinal)), Is.EqualTo(("olga", true, true)), audit.Document);
    }

    [Test]
    public async Task At_the_limit_one_person_is_enough()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "1000000.00")), "2021-01-31")).Value;
        Assert.That((await harvest.Ask(new CorrectionRequest("reverse", "R1", "bounced") { AsOf = "2021-01-31" })).Value.State, Is.EqualTo("done"));
    }

    [Test]
    public async Task An_approval_is_said_in_as_many_words()
    {
        await using var harvest = await Harvest.Collected();
        var asked = (await harvest.Ask(new CorrectionRequest("refund", "R3", "she asked") { AsOf = "2021-01-31" })).Value;
        Assert.That((await harvest.Decide(new CaseDecision(asked.Case!, "approve", "seen"), Harvest.Olga)).Refusal!.Code, Is.EqualTo("approve_needed"));
    }

    [Test]
    public async Task A_leavers_credit_that_a_person_keeps_is_asked_about_again_only_when_it_changes()
    {
        await using var harvest = await Left();
        _ = (await harvest.Decide(new CaseDecision((await harvest.Cases("refund_due")).Single().Case, "keep", "she comes back in May"))).Value;
        await BringTo(harvest, "2021-03-02");
        Assert.That(await harvest.Cases("refund_due"), Is.Empty);
        _ = (await harvest.Post(Receipts.Csv(new Paid("R5", "A003", "2021-03-02", "10.00")), "2021-03-02")).Value;
        Assert.That((await harvest.Cases("refund_due")).Select(one => one.Amount!.Value.ToMajor()), Is.EqualTo(new[] { "11410.00" }));
    }

    [Test]
    public async Task A_leavers_credit_is_given_back_by_her_case_and_a_second_person()
    {
        await using var harvest = await Left();
        var asked = (await harvest.Decide(new CaseDecision((await harvest.Cases("refund_due")).Single().Case, "refund", "by cheque") { AsOf = "2021-03-01" })).Value;
        Assert.That((asked.Correction!.State, asked.Case.State), Is.EqualTo(("approval_needed", "open")));
        _ = (await harvest.Decide(new CaseDecision(asked.Correction.Case!, "approve", "seen") { Approve = true, AsOf = "2021-03-01" }, Harvest.Olga)).Value;
        Assert.That((await harvest.Balance("member_credit"), (await harvest.Cases()).Count), Is.EqualTo((0m, 0)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_row_that_a_person_dismissed_is_not_asked_about_when_its_file_is_checked_again()
    {
        await using var harvest = await Harvest.With();
        var upload = (await harvest.Post(Receipts.Csv(new Paid("R1", "X900", "2021-01-15", "10.00"), Harvest.January[1]), "2021-01-31")).Value.Upload!;
        _ = (await harvest.Decide(new CaseDecision((await harvest.Cases("row_left_out")).Single().Case, "dismiss", "not ours"))).Value;
        _ = (await new RecheckUpload(harvest.Desk.Database).Run(Desk.Treasurer, upload, "2021-01-31", CancellationToken.None)).Value;
        Assert.That((await harvest.Cases("row_left_out"), (await harvest.Cases("row_left_out", "resolved")).Single().ResolvedBy), Is.EqualTo((Array.Empty<KnownCase>(), "os:treasurer")));
    }

    [Test]
    public async Task A_left_out_row_is_posted_by_its_case_once_its_member_is_there()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R1", "A777", "2021-01-15", "10.00")), "2021-01-31")).Value;
        await harvest.Desk.Enrol(Harvest.Number, [new Person("A777", "1-1777-0777", "Eva Rojas")]);
        var decided = (await harvest.Decide(new CaseDecision((await harvest.Cases("row_left_out")).Single().Case, "recheck", "she is there now") { AsOf = "2021-01-31" })).Value;
        await harvest.Drain();
        Assert.That((decided.Case.State, (await harvest.Receipt("R1")).MemberNo), Is.EqualTo(("resolved", "A777")));
    }

    [Test]
    public async Task An_action_that_is_none_of_the_reasons_own_is_refused()
    {
        await using var harvest = await Left();
        Assert.That((await harvest.Decide(new CaseDecision((await harvest.Cases("refund_due")).Single().Case, "dismiss", "no"))).Refusal!.Code, Is.EqualTo("action_not_allowed"));
    }

    [TestCase("reverse", "reversed")]
    [TestCase("move", "moved")]
    [TestCase("refund", "refunded")]
    public async Task An_upload_of_which_a_receipt_was_put_right_is_not_undone(string kind, string word)
    {
        await using var harvest = await Harvest.Collected();
        _ = (await harvest.Correct(new CorrectionRequest(kind, "R3", "x") { ToMember = "A001", AsOf = "2021-01-31" })).Value;
        var refusal = (await harvest.Ask(new CorrectionRequest("undo", (await harvest.Receipt("R1")).Upload, "wrong file") { AsOf = "2021-01-31" })).Refusal!;
        Assert.That((refusal.Code, refusal.Detail.Contains(word, StringComparison.Ordinal)), Is.EqualTo(("upload_touched", true)), refusal.Detail);
    }

    [Test]
    public async Task Undoing_an_upload_tells_what_follows()
    {
        await using var harvest = await Harvest.Collected();
        var undone = (await harvest.Ask(new CorrectionRequest("undo", (await harvest.Receipt("R1")).Upload, "wrong file") { AsOf = "2021-01-31" })).Value;
        Assert.That((undone.Receipts, undone.Amount.ToMajor(), undone.KnockOns!.ObligationsTotal, undone.KnockOns.NextRemittance!.LinesBefore, undone.KnockOns.NextRemittance.LinesAfter), Is.EqualTo((3, "108600.00", 6, 4L, 0L)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    // Rosa leaves at the end of January with 11,400.00 more paid than she owes.
    private static async Task<Harvest> Left()
    {
        var harvest = await Harvest.Collected();
        await harvest.Desk.Enrol(Harvest.Number, [Members.Pickers[2] with { EnrolledTo = "2021-01-31" }]);
        await BringTo(harvest, "2021-03-01");
        return harvest;
    }

    private static async Task BringTo(Harvest harvest, string day) => _ = (await new GenerateSchedule(harvest.Desk.Database).Run(Desk.Treasurer, new ScheduleRequest(Harvest.Number, null, null, day), CancellationToken.None)).Value;
}
