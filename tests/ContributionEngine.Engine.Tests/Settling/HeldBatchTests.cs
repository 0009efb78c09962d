using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Settling;

/// <summary>A period that goes whole or not at all: Luis lacks 18,600.00 of January, so 97,200.00 of all three are held, for ten days.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HeldBatchTests
{
    [Test]
    public async Task Nothing_of_a_period_goes_while_one_member_lacks_money()
    {
        await using var harvest = await Held();
        Assert.That((await Remitted(harvest), (await harvest.Cases("batch_held")).Count, await harvest.Desk.Breaks()), Is.EqualTo((0L, 0, Array.Empty<Break>())));
    }

    [Test]
    public async Task It_goes_whole_once_the_last_member_has_paid()
    {
        await using var harvest = await Held();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A002", "2021-02-08", "18600.00")), "2021-02-08")).Value;
        await harvest.Cut("2021-02-12");
        Assert.That(await Remitted(harvest), Is.EqualTo(11_580_000L));
    }

    [Test]
    public async Task After_the_days_that_were_agreed_a_person_decides()
    {
        await using var harvest = await Held();
        await harvest.Cut("2021-02-12");
        Assert.That((await harvest.Cases("batch_held")).Count, Is.Zero, "seven of ten days");
        await harvest.Cut("2021-02-19");
        var asked = (await harvest.Cases("batch_held")).Single();
        Assert.That((asked.Subject, asked.Amount!.Value.ToMajor(), string.Join(' ', asked.Actions), await Remitted(harvest)), Is.EqualTo(("period 2021-01", "97200.00", "advance drop release", 0L)));
        Assert.That(asked.Detail, Is.EqualTo("97200.00 CRC of 2021-01 is held since 2021-02-05, because 1 member has not paid in full: 18600.00 CRC is missing."));
    }

    [TestCase("drop", 7_720_000, 0, TestName = "{m}(drop: Luis waits, the others go)")]
    [TestCase("release", 9_720_000, 0, TestName = "{m}(release: all that is paid goes)")]
    [TestCase("advance", 11_580_000, 18_600, TestName = "{m}(advance: the organisation pays the rest)")]
    public async Task The_next_cut_off_does_what_was_decided(string action, long remitted, decimal advances)
    {
        await using var harvest = await Asked();
        _ = (await harvest.Decide(new CaseDecision((await harvest.Cases("batch_held")).Single().Case, action, "the board said so") { AsOf = "2021-02-20" })).Value;
        await harvest.Cut("2021-02-26");
        Assert.That((await Remitted(harvest), await harvest.Balance("advances"), (await harvest.Cases("batch_held")).Count, await harvest.Desk.Breaks()), Is.EqualTo((remitted, advances, 0, Array.Empty<Break>())));
    }

    [Test]
    public async Task An_organisation_that_guarantees_pays_without_being_asked()
    {
        await using var harvest = await Held("guarantee");
        await harvest.Cut("2021-02-19");
        Assert.That((await Remitted(harvest), await harvest.Balance("advances"), (await harvest.Cases("batch_held")).Count), Is.EqualTo((11_580_000L, 18_600m, 0)));
    }

    // Due on 15 February; 18,600.00 of January are missing.
    [TestCase("joint", "drop_unpaid", "2021-01 was due from 2021-02-15 on, and 1 member has not paid in full: 18600.00 CRC is missing. The organisation owes it beside them.")]
    [TestCase("debtor", "pro_rata", "2021-01 was due from 2021-02-15 on, and 1 member has not paid in full: 18600.00 CRC is missing. The organisation owes it to the fund.")]
    public async Task What_the_organisation_owes_too_is_asked_for_when_it_is_due(string liability, string shortfall, string detail)
    {
        await using var harvest = await Collected(Agreements.Coffee() with { Liability = liability, Shortfall = shortfall });
        await harvest.Cut("2021-02-12");
        Assert.That((await harvest.Cases("period_short")).Count, Is.Zero, "not due yet");
        await harvest.Cut("2021-02-19");
        var asked = (await harvest.Cases("period_short")).Single();
        Assert.That((asked.Detail, asked.Amount!.Value.ToMajor()), Is.EqualTo((detail, "18600.00")));
        _ = (await harvest.Decide(new CaseDecision(asked.Case, "advance", "paid from the reserve") { AsOf = "2021-02-20" })).Value;
        await harvest.Cut("2021-02-26");
        Assert.That((await harvest.Pays("A002", "2021-01"), await harvest.Balance("advances"), await harvest.Desk.Breaks()), Is.EqualTo(("sem 17320.00, ivm 21280.00", 18_600m, Array.Empty<Break>())));
    }

    private static async Task<Harvest> Collected(AgreementDraft agreement)
    {
        var harvest = await Harvest.With(agreement);
        _ = (await harvest.Post(Receipts.Csv(Harvest.January), "2021-01-31")).Value;
        return harvest;
    }

    private static async Task<Harvest> Held(string liability = "agency")
    {
        var harvest = await Collected(Agreements.Coffee() with { Liability = liability, Shortfall = "hold_batch", HoldDays = 10 });
        await harvest.Cut("2021-02-05");
        return harvest;
    }

    private static async Task<Harvest> Asked()
    {
        var harvest = await Held();
        await harvest.Cut("2021-02-19");
        return harvest;
    }

    private static async Task<long> Remitted(Harvest harvest) => (await harvest.Desk.Totals(Harvest.Number)).Remitted;
}
