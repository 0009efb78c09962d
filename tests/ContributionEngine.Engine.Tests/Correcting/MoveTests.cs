using ContributionEngine.Core;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Correcting;

/// <summary>Money that was given to the wrong member or period, and never comes in a second time.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MoveTests
{
    [Test]
    public async Task Money_moved_to_another_member_pays_what_she_owes()
    {
        await using var harvest = await Harvest.Collected();
        var moved = (await Move(harvest, "R2", "A001")).Value;
        var (before, now) = (await harvest.Receipt(moved.Subject), await harvest.Receipt("R2"));
        Assert.That((before.State, before.Reversed.ToMajor(), now.Receipt, now.MemberNo, now.Credit.ToMajor(), now.Row, now.Upload == before.Upload), Is.EqualTo(("moved", "20000.00", moved.ReplacedBy, "A001", "20000.00", before.Row, true)));
        Assert.That((await harvest.Pays("A002", "2021-01"), await harvest.Balance("cash")), Is.EqualTo(("", 108_600m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task Money_moved_to_another_period_pays_that_first()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(Harvest.January[0]), "2021-02-28")).Value;
        _ = (await harvest.Correct(new CorrectionRequest("move", "R1", "it was for February") { ToMember = "A001", ToPeriod = "2021-02", AsOf = "2021-02-28" })).Value;
        Assert.That((await harvest.Pays("A001", "2021-01"), await harvest.Pays("A001", "2021-02")), Is.EqualTo(("", "sem 17320.00, ivm 21280.00")));
    }

    [Test]
    public async Task What_had_gone_to_the_fund_is_owed_by_the_organisation_and_goes_again_for_the_right_member()
    {
        await using var harvest = await Harvest.Remitted();
        _ = (await Move(harvest, "R1", "A002", "2021-02-06")).Value;
        Assert.That((await harvest.Claims()).Sum(claim => claim.Amount.Minor), Is.EqualTo(3_860_000));
        await harvest.Cut("2021-02-12");
        Assert.That((await harvest.Pays("A002", "2021-01"), (await harvest.Desk.Totals(Harvest.Number)).Remitted, await harvest.Balance("claims")), Is.EqualTo(("sem 17320.00, ivm 21280.00", 11_580_000L, 38_600m)));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [TestCase("A002", TestName = "{m}(as it was sent)")]
    [TestCase("A001", TestName = "{m}(as it is now)")]
    public async Task A_numbered_payment_that_was_moved_is_known_in_a_file(string memberNo)
    {
        await using var harvest = await Harvest.Collected();
        _ = (await Move(harvest, "R2", "A001")).Value;
        var again = (await harvest.Post(Receipts.Csv(Harvest.January[1] with { MemberNo = memberNo }, new Paid("R9", "A003", "2021-01-30", "1.00")), "2021-01-31")).Value;
        Assert.That((again.Ready, again.Problems.Single().Code, again.Problems.Single().Severity), Is.EqualTo((1L, "R06", "warning")));
    }

    [TestCase("A002", "", TestName = "{m}(as it was sent)")]
    [TestCase("A001", "", TestName = "{m}(of the right member)")]
    [TestCase("A001", "2021-02", TestName = "{m}(of the right member and period)")]
    public async Task A_payment_without_a_number_that_was_moved_is_known_in_a_file(string memberNo, string period)
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(new Paid("", "A002", "2021-01-15", "700.00")), "2021-01-31")).Value;
        var number = (await Known(harvest)).Single();
        _ = (await harvest.Correct(new CorrectionRequest("move", number, "Ana paid") { ToMember = "A001", ToPeriod = "2021-02", AsOf = "2021-01-31" })).Value;
        var again = (await harvest.Post(Receipts.Csv(new Paid("", memberNo, "2021-01-15", "700.00", period), new Paid("R9", "A003", "2021-01-30", "1.00")), "2021-01-31")).Value;
        Assert.That((again.Ready, again.Problems.Single().Code, again.Problems.Single().Severity), Is.EqualTo((1L, "R06", "warning")));
    }

    [Test]
    public async Task A_payment_of_the_right_member_that_was_there_before_stays_a_payment_of_its_own()
    {
        await using var harvest = await Harvest.With();
        _ = (await harvest.Post(Receipts.Csv(new Paid("", "A001", "2021-01-15", "700.00"), new Paid("", "A002", "2021-01-15", "700.00")), "2021-01-31")).Value;
        _ = (await harvest.Correct(new CorrectionRequest("move", (await Known(harvest))[1], "Ana paid twice") { ToMember = "A001", AsOf = "2021-01-31" })).Value;
        var again = (await harvest.Post(Receipts.Csv(new Paid("", "A001", "2021-01-15", "700.00"), new Paid("", "A001", "2021-01-15", "700.00"), new Paid("", "A001", "2021-01-15", "700.00")), "2021-01-31")).Value;
        Assert.That((again.Ready, again.LeftOut), Is.EqualTo((1L, 2L)));
    }

    [Test]
    public async Task What_was_moved_twice_is_still_known_as_it_was_sent()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await Move(harvest, "R2", "A001")).Value;
        _ = (await Move(harvest, "R2", "A003")).Value;
        var again = (await harvest.Post(Receipts.Csv(Harvest.January[1], new Paid("R9", "A003", "2021-01-30", "1.00")), "2021-01-31")).Value;
        Assert.That((again.Ready, again.Problems.Single().Severity), Is.EqualTo((1L, "warning")));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    [TestCase("A009", null, "member_unknown")]
    [TestCase("A002", null, "move_changes_nothing")]
    [TestCase("A001", "2031-01", "R15")]
    [TestCase("A001", "January", "period_malformed")]
    public async Task A_move_that_makes_no_sense_is_refused(string memberNo, string? period, string code)
    {
        await using var harvest = await Harvest.Collected();
        Assert.That((await harvest.Ask(new CorrectionRequest("move", "R2", "x") { ToMember = memberNo, ToPeriod = period, AsOf = "2021-01-31" })).Refusal!.Code, Is.EqualTo(code));
    }

    private static Task<Outcome<Corrected>> Move(Harvest harvest, string receipt, string memberNo, string asOf = "2021-01-31") =>
        harvest.Correct(new CorrectionRequest("move", receipt, "written on the wrong line") { ToMember = memberNo, AsOf = asOf });

    private static Task<IReadOnlyList<string>> Known(Harvest harvest) => harvest.Desk.Read<IReadOnlyList<string>>(async work =>
    {
        var numbers = new List<string>();
        await foreach (var row in work.Exports.Table("receipts", null).Value.Rows) numbers.Add(row[0]!);
        return numbers;
    });
}
