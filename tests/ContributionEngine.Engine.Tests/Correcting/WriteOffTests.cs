using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>Giving up: Rosa has paid 11,400.00 above January; Ana's 38,600.00 is with the fund when her payment bounces.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WriteOffTests
{
    private const string Day = "2021-01-31";

    [Test]
    public async Task Credit_that_nobody_claims_is_given_up_by_two_persons()
    {
        await using var harvest = await Harvest.Collected();
        var rosa = await harvest.Receipt("R3");

        var asked = (await harvest.Ask(new CorrectionRequest("write_off", rosa.Receipt, "not to be found") { AsOf = Day })).Value;
        var before = await harvest.Balance(Account.WrittenOff);
        _ = (await harvest.Decide(new CaseDecision(asked.Case!, "approve", "seen") { Approve = true, AsOf = Day }, Harvest.Olga)).Value;

        Assert.That((asked.State, before), Is.EqualTo(("approval_needed", 0m)));
        var after = await harvest.Receipt("R3");
        Assert.That((after.Credit.ToMajor(), after.WrittenOff.ToMajor(), after.Reversals.Single().Kind), Is.EqualTo(("0.00", "11400.00", "written_off")));
        Assert.That(await harvest.Balance(Account.WrittenOff), Is.EqualTo(-11400m));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_receipt_that_is_taken_back_takes_back_what_was_given_up_of_it()
    {
        await using var harvest = await Harvest.Collected();
        var rosa = await harvest.Receipt("R3");
        _ = (await harvest.Correct(new CorrectionRequest("write_off", rosa.Receipt, "not to be found") { AsOf = Day })).Value;

        _ = (await harvest.Correct(new CorrectionRequest("reverse", rosa.Receipt, "the cheque bounced") { AsOf = Day })).Value;

        var after = await harvest.Receipt(rosa.Receipt);
        Assert.That((after.Reversed.ToMajor(), after.WrittenOff.ToMajor()), Is.EqualTo(("50000.00", "0.00")));
        Assert.That(await harvest.Balance(Account.WrittenOff), Is.Zero);
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_claim_that_nobody_pays_is_given_up_and_its_case_says_so()
    {
        await using var harvest = await Harvest.Remitted();
        _ = (await harvest.Correct(new CorrectionRequest("reverse", (await harvest.Receipt("R1")).Receipt, "the cheque bounced") { AsOf = "2021-02-05" })).Value;
        var owed = (await harvest.Cases("organisation_owes")).Single();

        var asked = (await harvest.Decide(new CaseDecision(owed.Case, "write_off", "the cooperative is gone") { AsOf = "2021-02-05" })).Value;
        _ = (await harvest.Decide(new CaseDecision(asked.Correction!.Case!, "approve", "seen") { Approve = true, AsOf = "2021-02-05" }, Harvest.Olga)).Value;

        Assert.That((await harvest.Claims()).Select(claim => claim.State).Distinct(), Is.EqualTo(new[] { "written_off" }));
        Assert.That((await harvest.Cases(state: "written_off")).Single().Case, Is.EqualTo(owed.Case));
        Assert.That((await harvest.Balance(Account.WrittenOff), await harvest.Balance(Account.Claims)), Is.EqualTo((38600m, 0m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Whoever_asked_does_not_approve_it()
    {
        await using var harvest = await Harvest.Collected();
        var asked = (await harvest.Ask(new CorrectionRequest("write_off", (await harvest.Receipt("R3")).Receipt, "not to be found") { AsOf = Day })).Value;

        var decided = await harvest.Decide(new CaseDecision(asked.Case!, "approve", "seen") { Approve = true, AsOf = Day });

        Assert.That(decided.Refusal?.Code, Is.EqualTo("second_person_needed"));
    }

    [Test]
    public async Task Money_that_pays_something_is_not_given_up()
    {
        await using var harvest = await Harvest.Collected();

        var refused = await harvest.Ask(new CorrectionRequest("write_off", (await harvest.Receipt("R1")).Receipt, "a try") { AsOf = Day });

        Assert.That(refused.Refusal?.Code, Is.EqualTo("nothing_to_write_off"));
    }
}
