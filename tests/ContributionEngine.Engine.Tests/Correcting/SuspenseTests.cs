using ContributionEngine.Core;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>Money whose member is not known: kept with what the file said, suggested to nobody but a person, and counted once.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SuspenseTests
{
    private const string Columns = "receipt_no,member_no,national_id,member_name,received_on,amount,reference\n";

    [Test]
    public async Task Held_money_is_listed_with_what_the_file_said_and_whom_it_may_mean()
    {
        await using var harvest = await Held("A-020,9-9,Luis Vega,2021-01-15,700.00,call back");
        var held = (await harvest.Held("2021-02-10")).Single();
        Assert.That((held.MemberNo, held.NationalId, held.MemberName, held.Reference, held.AgeDays, held.Amount.ToMajor()), Is.EqualTo(("A-020", "9-9", "Luis Vega", "call back", 10, "700.00")));
        Assert.That(held.Suggestions.Select(one => one.MemberNo), Is.EqualTo(new[] { "A002" }));
        var asked = (await new CaseDesk(harvest.Desk.Database).List(Desk.Treasurer, new CaseQuestion(Harvest.Number, "member_unknown", null, 9) { AsOf = "2021-02-10" }, CancellationToken.None)).Value.Single();
        Assert.That((asked.AgeDays, asked.Detail.EndsWith("Held for 10 days.", StringComparison.Ordinal), string.Join(' ', asked.Actions)), Is.EqualTo(((int?)10, true, "assign refund write_off")));
    }

    [Test]
    public async Task A_member_who_was_imported_later_is_suggested_too()
    {
        await using var harvest = await Held("A777,,,2021-01-15,700.00,");
        Assert.That((await harvest.Held("2021-02-10")).Single().Suggestions, Is.Empty);
        await harvest.Desk.Enrol(Harvest.Number, [new Person("A777", "1-1777-0777", "Eva Rojas")]);
        Assert.That((await harvest.Held("2021-02-10")).Single().Suggestions.Single(), Is.EqualTo(new LookAlike("A777", "Eva Rojas", "same number")));
    }

    [Test]
    public async Task Assigned_money_pays_what_she_owes_and_the_rest_is_her_credit()
    {
        await using var harvest = await Held("A020,,,2021-01-15,40000.00,");
        _ = (await Assign(harvest, "A002")).Value;
        var receipt = await harvest.Receipt("H1");
        Assert.That((receipt.MemberNo, receipt.Allocated.ToMajor(), receipt.Credit.ToMajor(), receipt.Suspense.Minor), Is.EqualTo(("A002", "38600.00", "1400.00", 0L)));
        Assert.That((await harvest.Balance("suspense"), (await harvest.Cases("member_unknown")).Count, (await harvest.Held("2021-02-10")).Count), Is.EqualTo((0m, 0, 0)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [TestCase("A020", TestName = "{m}(as it was sent)")]
    [TestCase("A002", TestName = "{m}(with her right number)")]
    public async Task Assigned_money_with_a_receipt_number_is_not_posted_a_second_time(string memberNo)
    {
        await using var harvest = await Held("A020,,,2021-01-15,700.00,");
        _ = (await Assign(harvest, "A002")).Value;
        await Again(harvest, $"H1,{memberNo},,,2021-01-15,700.00,\n");
    }

    [TestCase("A020", TestName = "{m}(as it was sent)")]
    [TestCase("A002", TestName = "{m}(with her right number)")]
    public async Task Assigned_money_without_a_number_is_not_posted_a_second_time(string memberNo)
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post($"{Columns},A020,,,2021-01-15,700.00,\n", "2021-01-31", hold: true)).Value;
        _ = (await harvest.Correct(new CorrectionRequest("assign", (await harvest.Held("2021-01-31")).Single().Receipt, "asked her") { ToMember = "A002", AsOf = "2021-01-31" })).Value;
        await Again(harvest, $",{memberNo},,,2021-01-15,700.00,\n");
    }

    [Test]
    public async Task A_case_of_held_money_is_decided_in_one_step_with_the_money()
    {
        await using var harvest = await Held("A020,,,2021-01-15,700.00,");
        var number = (await harvest.Cases("member_unknown")).Single().Case;
        Assert.That((await harvest.Decide(new CaseDecision(number, "assign", "asked her") { AsOf = "2021-01-31" })).Refusal!.Code, Is.EqualTo("member_needed"));
        var decided = (await harvest.Decide(new CaseDecision(number, "assign", "asked her") { ToMember = "A002", AsOf = "2021-01-31" })).Value;
        Assert.That((decided.Case.State, decided.Case.Resolution, await harvest.Pays("A002", "2021-01")), Is.EqualTo(("resolved", "assign: asked her", "sem 700.00")));
    }

    [Test]
    public async Task Held_money_is_given_back_only_when_a_second_person_agrees()
    {
        await using var harvest = await Held("A020,,,2021-01-15,700.00,");
        var asked = (await harvest.Ask(new CorrectionRequest("refund", "H1", "nobody knows him") { AsOf = "2021-01-31" })).Value;
        Assert.That((asked.State, await harvest.Balance("suspense")), Is.EqualTo(("approval_needed", -700m)));
        var approval = new CaseDecision(asked.Case!, "approve", "paid out") { Approve = true, AsOf = "2021-01-31" };
        Assert.That(((await harvest.Decide(approval)).Refusal!.Kind, (await harvest.Decide(approval, Harvest.Olga)).Value.Correction!.State), Is.EqualTo((RefusalKind.NotAllowed, "done")));
        Assert.That(((await harvest.Receipt("H1")).Refunded.ToMajor(), await harvest.Balance("cash"), (await harvest.Cases()).Count), Is.EqualTo(("700.00", 0m, 0)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Held_money_that_was_none_is_taken_back_with_its_case()
    {
        await using var harvest = await Held("A020,,,2021-01-15,700.00,");
        _ = (await harvest.Correct(new CorrectionRequest("reverse", "H1", "bounced") { AsOf = "2021-01-31" })).Value;
        Assert.That((await harvest.Balance("suspense"), await harvest.Balance("cash"), (await harvest.Cases()).Count), Is.EqualTo((0m, 0m, 0)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Another_organisation_sees_neither_held_money_nor_receipts_nor_cases()
    {
        await using var harvest = await Held("A020,,,2021-01-15,700.00,");
        var (database, stranger, receipt) = (harvest.Desk.Database, new Actor("pedro", 1), (await harvest.Held("2021-01-31")).Single().Receipt);
        var held = (await new HeldInSuspense(database).List(stranger, null, null, CancellationToken.None)).Value;
        var cases = (await new CaseDesk(database).List(stranger, new CaseQuestion(null, null, null, null), CancellationToken.None)).Value;
        var shown = (await new ShowReceipt(database).Run(stranger, receipt, null, CancellationToken.None)).Refusal!.Code;
        Assert.That((held.Count, cases.Count, shown), Is.EqualTo((0, 0, "receipt_unknown")));
    }

    [Test]
    public async Task Only_held_money_is_assigned_and_held_money_is_not_moved()
    {
        await using var harvest = await Held("A020,,,2021-01-15,700.00,");
        Assert.That((await harvest.Ask(new CorrectionRequest("move", "H1", "x") { ToMember = "A002", AsOf = "2021-01-31" })).Refusal!.Code, Is.EqualTo("receipt_in_suspense"));
        _ = (await Assign(harvest, "A002")).Value;
        Assert.That((await Assign(harvest, "A001")).Refusal!.Code, Is.EqualTo("receipt_not_in_suspense"));
    }

    private static async Task<Harvest> Held(string row)
    {
        var harvest = await Harvest.With();
        _ = (await harvest.Post($"{Columns}H1,{row}\n", "2021-01-31", hold: true)).Value;
        return harvest;
    }

    private static Task<Outcome<Corrected>> Assign(Harvest harvest, string memberNo) => harvest.Correct(new CorrectionRequest("assign", "H1", "asked her") { ToMember = memberNo, AsOf = "2021-01-31" });

    // The row beside it makes the file another one.
    private static async Task Again(Harvest harvest, string row)
    {
        var again = (await harvest.Post($"{Columns}{row}R9,A003,,,2021-01-30,1.00,\n", "2021-01-31", hold: true)).Value;
        Assert.That((again.Ready, again.Problems.Single(problem => problem.Code == "R06").Severity), Is.EqualTo((1L, "warning")));
    }
}
