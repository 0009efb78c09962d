using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

// What the back office counts, and who sees what of it.
public abstract partial class StorageSuite
{
    [Test]
    public async Task What_waits_is_counted_for_the_fund_and_nothing_of_it_for_another_organisation()
    {
        await using var store = await Open();
        await Owe(store, 1_000);
        await Booked(store, 700);
        var today = new DateOnly(2021, 3, 10);
        await store.Write(async work =>
        {
            var agreement = await work.Agreements.FindToChange(Coffee);
            foreach (var (day, amount) in new[] { (today, 100L), (today.AddDays(-8), 200L), (today.AddDays(-31), 300L) }) await work.Cases.Open(agreement.Value.Id, day, [new NewCase("refund_due", $"member A{amount}", amount, $"")]);
        });
        var own = await store.Read(async work => (await work.Agreements.Find(Coffee)).Value.OrganisationId);
        Assert.That((await Desk(store, Operator, today), await Desk(store, new Actor("maria", own), today), await Desk(store, new Actor("pedro", own + 1), today)), Is.EqualTo((
            "entries CRC 1 700; refund_due CRC 3 600: 1 1 1; runs 0; chains 1; gaps 0; totals 0", "refund_due CRC 3 600: 1 1 1; runs 0; chains 0; gaps 0; totals 0", "runs 0; chains 0; gaps 0; totals 0")));
    }

    private static Task<string> Desk(EmptyStore store, Actor actor, DateOnly today) => store.Database.Read(actor, async work => string.Join("; ", (string[])
    [
        .. (await work.WorkCounts.Of()).Select(count => $"{count.Kind} {count.Currency} {count.Count} {count.Amount}"),
        .. (await work.CaseSums.Of(today, null)).Select(sum => $"{sum.Reason} {sum.Currency} {sum.Count} {sum.Amount}: {sum.Week} {sum.Month} {sum.Older}"),
        $"runs {(await work.Lists.MatchRuns(new Slice())).Rows.Count + (await work.WorkCounts.LatestRun() is null ? 0 : 1)}", $"chains {(await work.StatementChains.Of()).Count}", $"gaps {(await work.StatementChains.Gaps(5)).Count}",
        $"totals {(await work.RemittanceTotals.Of(1)).Count}",
    ]), CancellationToken.None);
}
