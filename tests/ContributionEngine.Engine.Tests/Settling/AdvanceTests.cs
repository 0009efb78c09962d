using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Settling;

/// <summary>
/// An organisation that pays for members who have not: Luis paid 20,000.00 of January's 38,600.00, which is due on 15 February 2021.
/// Cut-offs are Fridays, so 12 February is the last one that is on time.
/// </summary>
[Parallelizable(ParallelScope.All)]
public sealed class AdvanceTests
{
    [Test]
    public async Task Nothing_is_advanced_while_a_later_cut_off_is_still_on_time()
    {
        await using var harvest = await Collected();
        await harvest.Cut("2021-02-05");
        Assert.That((await Books(harvest), (await harvest.Desk.Totals(Harvest.Number)).Remitted), Is.EqualTo(("cash 108600.00, advances 0.00", 7_720_000L)));
    }

    [Test]
    public async Task What_is_missing_at_the_last_cut_off_before_it_is_due_is_paid_by_the_organisation_and_goes_with_the_rest()
    {
        await using var harvest = await Advanced();
        Assert.That((await harvest.Pays("A002", "2021-01"), (await harvest.Desk.Totals(Harvest.Number)).Remitted), Is.EqualTo(("sem 17320.00, ivm 21280.00", 11_580_000L)));
        Assert.That((await Books(harvest), await harvest.Balance("in_transit")), Is.EqualTo(("cash 108600.00, advances 18600.00", -115_800m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_plan_says_what_the_organisation_will_have_to_pay_and_writes_nothing()
    {
        await using var harvest = await Collected();
        var plan = (await new RunSettlement(harvest.Desk.Database).Plan(Desk.Treasurer, new SettlementRequest(Harvest.Number, "2021-02-12"), CancellationToken.None)).Value;
        Assert.That((plan.Advance.ToMajor(), plan.Lines, plan.Total.ToMajor(), await Books(harvest)), Is.EqualTo(("18600.00", 6L, "115800.00", "cash 108600.00, advances 0.00")));
    }

    // He names February, and more than January's 18,600.00 is left for it.
    [Test]
    public async Task The_members_next_money_repays_it_before_anything_else_whatever_it_names()
    {
        await using var harvest = await Advanced();
        _ = (await harvest.Post("receipt_no,member_no,received_on,amount,period\nR5,A002,2021-02-20,20000.00,2021-02\n", "2021-02-20")).Value;
        Assert.That((await harvest.Pays("A002", "2021-01"), await harvest.Pays("A002", "2021-02"), await Books(harvest)), Is.EqualTo(("sem 17320.00, ivm 21280.00, advance 18600.00", "sem 1400.00", "cash 128600.00, advances 0.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_part_repays_a_part()
    {
        await using var harvest = await Advanced();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R5", "A002", "2021-02-20", "5000.00")), "2021-02-20")).Value;
        Assert.That((await harvest.Pays("A002", "2021-02"), await Books(harvest), await harvest.Desk.Breaks()), Is.EqualTo(("", "cash 113600.00, advances 13600.00", Array.Empty<Break>())));
    }

    [Test]
    public async Task A_repayment_that_bounces_opens_the_advance_again()
    {
        await using var harvest = await Advanced();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R5", "A002", "2021-02-20", "20000.00")), "2021-02-20")).Value;
        _ = (await harvest.Correct(new CorrectionRequest("reverse", "R5", "bounced") { AsOf = "2021-02-21" })).Value;
        Assert.That((await harvest.Pays("A002", "2021-02"), await Books(harvest), await harvest.Desk.Breaks()), Is.EqualTo(("", "cash 108600.00, advances 18600.00", Array.Empty<Break>())));
    }

    [Test]
    public async Task The_same_cut_off_again_advances_nothing_more()
    {
        await using var harvest = await Advanced();
        await harvest.Cut("2021-02-12");
        Assert.That(await Books(harvest), Is.EqualTo("cash 108600.00, advances 18600.00"));
    }

    [Test]
    public async Task An_advance_is_no_payment_of_the_member_that_could_be_taken_back_or_moved()
    {
        await using var harvest = await Advanced();
        var number = await AdvanceReceipt(harvest);
        Assert.That((await harvest.Ask(new CorrectionRequest("reverse", number, "never mind") { AsOf = "2021-02-13" })).Refusal!.Code, Is.EqualTo("receipt_is_advance"));
        Assert.That((await harvest.Ask(new CorrectionRequest("move", number, "never mind") { AsOf = "2021-02-13", ToMember = "A001" })).Refusal!.Code, Is.EqualTo("receipt_is_advance"));
    }

    // On 12 March the organisation pays 18,600.00 of January and all of February, 104,400.00. Luis repays 28,600.00, the fund sends his
    // February back, and he turns out to have left in January: nobody needs what was paid for his February, and 10,000.00 are his.
    [Test]
    public async Task What_is_not_needed_any_more_goes_back_to_the_organisation()
    {
        await using var harvest = await Collected();
        await harvest.Cut("2021-03-12");
        Assert.That(await harvest.Balance("advances"), Is.EqualTo(123_000m));
        _ = (await harvest.Post(Receipts.Csv(new Paid("R5", "A002", "2021-03-13", "28600.00")), "2021-03-13")).Value;
        await harvest.Say(AcknowledgementOutcome.Rejected, 7, 8);
        await harvest.Desk.Enrol(Harvest.Number, [Members.Pickers[1] with { EnrolledTo = "2021-01-31" }]);
        await Left(harvest, "2021-03-14");
        Assert.That((await harvest.Pays("A002", "2021-02"), await Books(harvest), await harvest.Balance("member_credit"), await harvest.Desk.Breaks()), Is.EqualTo(("", "cash 137200.00, advances 65800.00", -10_000m, Array.Empty<Break>())));
    }

    [Test]
    public async Task Whoever_leaves_without_repaying_is_a_case_until_she_does()
    {
        await using var harvest = await Advanced();
        await harvest.Desk.Enrol(Harvest.Number, [Members.Pickers[1] with { EnrolledTo = "2021-01-31" }]);
        await Left(harvest, "2021-02-22");
        Assert.That((await harvest.Cases("advance_unrecovered")).Select(one => $"{one.Subject} {one.Amount!.Value.ToMajor()}"), Is.EqualTo(new[] { "member A002 18600.00" }));
        _ = (await harvest.Post(Receipts.Csv(new Paid("R5", "A002", "2021-02-23", "18600.00")), "2021-02-23")).Value;
        Assert.That((await harvest.Cases("advance_unrecovered")).Count, Is.Zero);
    }

    private static Task Left(Harvest harvest, string day) =>
        new GenerateSchedule(harvest.Desk.Database).Run(Desk.Treasurer, new ScheduleRequest(Harvest.Number, null, null, day), CancellationToken.None);

    private static async Task<Harvest> Collected()
    {
        var harvest = await Harvest.With(Agreements.Coffee() with { Liability = "guarantee", Shortfall = "advance_and_recover" });
        _ = (await harvest.Post(Receipts.Csv(Harvest.January), "2021-01-31")).Value;
        return harvest;
    }

    private static async Task<Harvest> Advanced()
    {
        var harvest = await Collected();
        await harvest.Cut("2021-02-12");
        return harvest;
    }

    private static async Task<string> AdvanceReceipt(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        var upload = (await harvest.Desk.Read(work => work.Uploads.Of(agreement.Id))).Single(one => one.FileName.StartsWith("advances", StringComparison.Ordinal));
        return (await harvest.Desk.Read(work => work.Reversals.Posted(upload.Id))).Single().Number;
    }

    private static async Task<string> Books(Harvest harvest) => FormattableString.Invariant($"cash {await harvest.Balance("cash"):F2}, advances {await harvest.Balance("advances"):F2}");
}
