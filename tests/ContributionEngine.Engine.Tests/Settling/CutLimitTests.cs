using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Settling;

/// <summary>A fund that takes so much at once, not before and not after, and an agreement that sends nothing for small change.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CutLimitTests
{
    [TestCase("\"max_amount\": \"40000.00\"", TestName = "{m}(amount)")]
    [TestCase("\"max_lines\": 3", TestName = "{m}(lines)")]
    public async Task A_cut_above_the_limit_becomes_several_remittances_of_one_cut_off_and_no_members_period_is_split(string terms)
    {
        await using var harvest = await Cut(terms);
        Assert.That(await Remittances(harvest), Is.EqualTo(new[] { "2 lines 38600.00", "2 lines 38600.00" }));
        Assert.That((harvest.Fund.Delivered, await harvest.Balance("in_transit"), await harvest.Desk.Breaks()), Is.EqualTo((2, -77_200m, Array.Empty<Break>())));
    }

    [Test]
    public async Task A_line_above_the_limit_goes_alone_and_a_person_is_told()
    {
        await using var harvest = await Cut("\"max_amount\": \"20000.00\"");
        Assert.That(await Remittances(harvest), Is.EqualTo(new[] { "1 lines 17320.00", "1 lines 21280.00", "1 lines 17320.00", "1 lines 21280.00" }));
        Assert.That((await harvest.Cases("line_above_limit")).Select(one => one.Amount!.Value.ToMajor()), Is.EqualTo(new[] { "21280.00", "21280.00" }));
    }

    [Test]
    public async Task Too_little_is_carried_forward_and_goes_with_the_next_cut()
    {
        await using var harvest = await Cut("\"min_amount\": \"100000.00\"");
        Assert.That((await Remittances(harvest), (await Runs(harvest)).Select(run => run.Carried)), Is.EqualTo((Array.Empty<string>(), new[] { 7_720_000L })));
        _ = (await harvest.Post(Receipts.Csv(new Paid("R4", "A002", "2021-02-08", "38600.00")), "2021-02-08")).Value;
        await harvest.Cut("2021-02-12");
        Assert.That(await Remittances(harvest), Is.EqualTo(new[] { "6 lines 115800.00" }));
        Assert.That(await harvest.Desk.Breaks(), Is.Empty);
    }

    // The last Friday of 2021 is 31 December; the next cut-off is after the term.
    [TestCase("2021-12-24", 0)]
    [TestCase("2021-12-31", 1)]
    [TestCase("2022-03-04", 1)]
    public async Task The_last_cut_off_of_a_term_takes_all(string cutoff, int remittances)
    {
        await using var harvest = await Collected("\"min_amount\": \"100000.00\"");
        await harvest.Cut(cutoff);
        Assert.That(await Remittances(harvest), Has.Count.EqualTo(remittances));
    }

    [Test]
    public async Task A_file_outside_the_hours_of_the_fund_waits_sealed()
    {
        await using var harvest = await Cut("\"earliest\": \"08:00\", \"latest\": \"17:00\"");
        Assert.That((harvest.Fund.Delivered, (await Stored(harvest)).Single().Delivery), Is.EqualTo((0, "sealed")), "noon in London is six in the morning in Costa Rica");
        harvest.Desk.Clock.Move(TimeSpan.FromHours(2));
        await harvest.Drain();
        Assert.That((harvest.Fund.Delivered, (await Stored(harvest)).Single().Delivery), Is.EqualTo((1, "delivered")));
    }

    [Test]
    public async Task A_plan_says_that_a_cut_off_will_leave_the_money_to_the_next()
    {
        await using var harvest = await Collected("\"min_amount\": \"100000.00\"");
        var plan = (await new RunSettlement(harvest.Desk.Database).Plan(Desk.Treasurer, new SettlementRequest(Harvest.Number, "2021-02-05"), CancellationToken.None)).Value;
        Assert.That((plan.Lines, plan.Total.Minor, plan.Blocked), Is.EqualTo((0L, 0L, "77200.00 CRC is less than the 100000.00 CRC that a cut needs; it is carried forward to the next cut-off.")));
    }

    private static async Task<Harvest> Collected(string terms)
    {
        var harvest = await Harvest.With(Agreements.Coffee() with { Terms = terms });
        _ = (await harvest.Post(Receipts.Csv(Harvest.January), "2021-01-31")).Value;
        return harvest;
    }

    private static async Task<Harvest> Cut(string terms)
    {
        var harvest = await Collected(terms);
        await harvest.Cut("2021-02-05");
        return harvest;
    }

    private static async Task<IReadOnlyList<StoredRemittance>> Stored(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        return await harvest.Desk.Read(work => work.Remittances.Of(agreement.Id));
    }

    private static async Task<IReadOnlyList<string>> Remittances(Harvest harvest) =>
        [.. (await Stored(harvest)).Select(one => $"{one.LineCount} lines {new Money(one.Total, Currency.Of("CRC").Value).ToMajor()}")];

    private static async Task<IReadOnlyList<StoredRun>> Runs(Harvest harvest)
    {
        var agreement = await harvest.Desk.Agreement(Harvest.Number);
        return await harvest.Desk.Read(work => work.Settlements.Of(agreement.Id));
    }
}
