using ContributionEngine.Core;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>A sale comes with the money that was withheld of it, and goes with it.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class EventTests
{
    private const string Columns = "receipt_no,member_no,received_on,amount,event_kind,event_value\n";

    [Test]
    public async Task Taking_a_receipt_back_takes_its_sale_back()
    {
        await using var harvest = await Sold("P1");
        var after = (await harvest.Correct(new CorrectionRequest("reverse", "S1", "no sale") { AsOf = "2026-05-31" })).Value.KnockOns!;
        Assert.That(after.Obligations.Select(row => $"{row.Component} {row.OwedBefore.ToMajor()} {row.OwedAfter.ToMajor()}"), Is.EqualTo(new[] { "inss 222.00 0.00", "rat 18.50 0.00", "senar 37.00 0.00" }));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Moving_a_receipt_moves_its_sale()
    {
        await using var harvest = await Sold("P1");
        _ = (await harvest.Correct(new CorrectionRequest("move", "S1", "Bruno sold it") { ToMember = "P2", AsOf = "2026-05-31" })).Value;
        Assert.That((await harvest.Pays("P1", "2026-05"), await harvest.Pays("P2", "2026-05")), Is.EqualTo(("", "inss 222.00, rat 18.50, senar 37.00")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_sale_whose_contribution_has_gone_to_the_fund_leaves_a_case_and_what_the_organisation_owes()
    {
        await using var harvest = await Sold("P1");
        await harvest.Cut("2026-06-05");
        _ = (await harvest.Correct(new CorrectionRequest("reverse", "S1", "no sale") { AsOf = "2026-06-06" })).Value;
        Assert.That((await harvest.Cases()).Select(one => one.Reason).Distinct().Order(), Is.EqualTo(new[] { "organisation_owes", "reduced_after_remittance" }));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
        await harvest.Say(AcknowledgementOutcome.Rejected, 1, 2, 3);
        Assert.That((await harvest.Pays("P1", "2026-05"), await harvest.Balance("claims"), await harvest.Balance("cash")), Is.EqualTo(("", 0m, 0m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task The_sale_of_an_unknown_member_waits_with_her_money()
    {
        await using var harvest = await Sold("P9");
        _ = (await harvest.Correct(new CorrectionRequest("assign", "S1", "asked her") { ToMember = "P1", AsOf = "2026-05-31" })).Value;
        Assert.That(await harvest.Pays("P1", "2026-05"), Is.EqualTo("inss 222.00, rat 18.50, senar 37.00"));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    // A sale of 18,500.00 with its 277.50.
    private static async Task<Harvest> Sold(string memberNo)
    {
        var harvest = await Harvest.OfSales();
        _ = (await harvest.Post($"{Columns}S1,{memberNo},2026-05-12,277.50,sale,18500.00\n", "2026-05-31", hold: true)).Value;
        return harvest;
    }
}
