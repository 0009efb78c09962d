using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Settling;

/// <summary>The State adds 21,360.00 to each month of a picker: nobody collects it, and it is owed once the fund has accepted her month.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class StateShareTests
{
    [Test]
    public async Task Nothing_is_claimed_before_the_fund_has_accepted_a_line()
    {
        await using var harvest = await Harvest.Remitted();
        Assert.That((await Shares(harvest), await harvest.Balance("state_share")), Is.EqualTo((Array.Empty<string>(), 0m)));
    }

    // Lines 1 and 2 are Ana's January, 3 and 4 are Rosa's.
    [Test]
    public async Task What_the_fund_has_accepted_is_claimed_for_that_member_and_period()
    {
        await using var harvest = await Accepted();
        Assert.That(await Shares(harvest), Is.EqualTo(new[] { "state A001 2021-01 21360.00 open" }));
        Assert.That((await harvest.Balance("state_share"), await harvest.Balance("state_due"), await harvest.Balance("cash"), await harvest.Desk.Breaks()), Is.EqualTo((21_360m, -21_360m, 108_600m, Array.Empty<Break>())));
    }

    [Test]
    public async Task One_of_two_lines_that_comes_back_leaves_the_claim_and_both_withdraw_it()
    {
        await using var harvest = await Accepted();
        await harvest.Say(AcknowledgementOutcome.Returned, 2);
        Assert.That(await Shares(harvest), Is.EqualTo(new[] { "state A001 2021-01 21360.00 open" }));
        await harvest.Say(AcknowledgementOutcome.Returned, 1);
        Assert.That((await Shares(harvest), await harvest.Balance("state_share"), await harvest.Desk.Breaks()), Is.EqualTo((new[] { "state A001 2021-01 21360.00 withdrawn" }, 0m, Array.Empty<Break>())));
    }

    [Test]
    public async Task What_is_sent_again_and_accepted_is_claimed_again()
    {
        await using var harvest = await Accepted();
        await harvest.Say(AcknowledgementOutcome.Returned, 1, 2);
        await harvest.Cut("2021-02-12");
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2);
        Assert.That((await Shares(harvest), await harvest.Desk.Breaks()), Is.EqualTo((new[] { "state A001 2021-01 21360.00 withdrawn", "state A001 2021-01 21360.00 open" }, Array.Empty<Break>())));
    }

    [Test]
    public async Task What_the_State_has_paid_is_settled_for_one_claim_or_for_all()
    {
        await using var harvest = await Accepted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 3, 4);
        var first = (await harvest.Shares())[0];
        _ = (await new SettleClaim(harvest.Desk.Database).Run(Desk.Treasurer, (first.Claim, "treasury transfer 7", "2021-03-01"), CancellationToken.None)).Value;
        var rest = (await new SettleStateClaims(harvest.Desk.Database).Run(Desk.Treasurer, new StatePayment(Harvest.Number, "state", "treasury transfer 8") { AsOf = "2021-03-02" }, CancellationToken.None)).Value;
        Assert.That((await Shares(harvest), rest.Claims, rest.Total.ToMajor(), await harvest.Balance("state_share")), Is.EqualTo((new[] { "state A001 2021-01 21360.00 settled", "state A003 2021-01 21360.00 settled" }, 1, "21360.00", 0m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_share_that_was_paid_and_is_not_owed_any_more_is_a_case()
    {
        await using var harvest = await Accepted();
        _ = (await new SettleStateClaims(harvest.Desk.Database).Run(Desk.Treasurer, new StatePayment(Harvest.Number, "state", "paid") { AsOf = "2021-03-02" }, CancellationToken.None)).Value;
        await harvest.Say(AcknowledgementOutcome.Returned, 1, 2);
        Assert.That((await harvest.Cases("state_share_paid_above")).Select(one => one.Amount!.Value.ToMajor()), Is.EqualTo(new[] { "21360.00" }));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    // She turns out to have left before January: what the State was asked for is withdrawn, and its obligation is lowered, not removed.
    [Test]
    public async Task A_share_that_is_no_longer_owed_is_no_longer_claimed()
    {
        await using var harvest = await Accepted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 3, 4);
        await harvest.Desk.Enrol(Harvest.Number, [Members.Pickers[0] with { EnrolledTo = "2021-01-01" }]);
        _ = (await new GenerateSchedule(harvest.Desk.Database).Run(Desk.Treasurer, new ScheduleRequest(Harvest.Number, null, null, "2021-03-01"), CancellationToken.None)).Value;
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task The_file_for_the_State_lists_what_is_open_with_its_total()
    {
        await using var harvest = await Accepted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 3, 4);
        using var file = new MemoryStream();
        var sum = (await new SettleStateClaims(harvest.Desk.Database).Export(Desk.Treasurer, Harvest.Number, file, CancellationToken.None)).Value;
        var rows = Encoding.UTF8.GetString(file.ToArray()).Split('\n');
        var numbers = (await harvest.Shares()).Select(claim => claim.Claim).ToList();
        Assert.That((sum.Claims, sum.Total.ToMajor()), Is.EqualTo((2, "42720.00")));
        Assert.That(rows, Is.EqualTo(new[]
        {
            "H,CR-2021-014,FUND,COOP,2022-06-01,CRC",
            $"D,{numbers[0]},state,A001,1-1001-0001,2021-01,ivm-state,21360.00,2022-06-01",
            $"D,{numbers[1]},state,A003,1-1003-0003,2021-01,ivm-state,21360.00,2022-06-01",
            "T,2,42720.00",
            "",
        }));
    }

    private static async Task<Harvest> Accepted()
    {
        var harvest = await Harvest.Remitted();
        await harvest.Say(AcknowledgementOutcome.Accepted, 1, 2);
        return harvest;
    }

    private static async Task<IReadOnlyList<string>> Shares(Harvest harvest) => [.. (await harvest.Shares()).Select(claim => $"{claim.Debtor} {claim.MemberNo} {claim.Period} {claim.Amount.ToMajor()} {claim.State}")];
}
