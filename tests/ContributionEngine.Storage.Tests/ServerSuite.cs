using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

/// <summary>What servers do beyond the contract: many processes write at once.</summary>
public abstract class ServerSuite : StorageSuite
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    [Test]
    public async Task Units_on_two_agreements_do_not_wait_for_each_other()
    {
        await using var store = await Open();
        var coffee = await store.Write(work => Add(work, Drafts.Coffee()));
        var sugar = await store.Write(work => Add(work, Drafts.Coffee() with { Number = "CR-2021-015" }));
        await store.Write(async work =>
        {
            await work.Agreements.GetToChange(coffee.Id);
            await Hold(store, sugar)().WaitAsync(Soon);
        });
        Assert.That(await store.Read(work => work.Rows<long>("select claims from agreement")), Is.EqualTo(new[] { 1L, 1L }));
    }

    [Test]
    public async Task A_unit_that_waits_too_long_for_a_lock_is_told_so()
    {
        await using var store = await Open();
        await using var impatient = new Database(store.Database.Dialect, TimeProvider.System) { Patience = TimeSpan.Zero };
        var kept = await store.Write(async work =>
        {
            await work.Audit.Record(Audit.Administration, "first", "x", "{}");
            return Assert.CatchAsync(() => impatient.Write(Operator, other => other.Audit.Record(Audit.Administration, "second", "x", "{}"), CancellationToken.None));
        });
        Assert.That(store.Database.Dialect.TroubleOf(kept!), Is.EqualTo(Trouble.Locked), kept!.ToString());
    }

    [Test]
    public async Task A_unit_waits_until_the_other_has_let_go_of_the_agreement()
    {
        await using var store = await Open();
        var agreement = await Leased(store, "north");
        var waiting = store.Write(work => work.Agreements.GetToChange(agreement.Id));
        await As(store, "north", work => work.Agreements.EndLease(agreement.Id));
        Assert.That((await waiting.WaitAsync(Soon)).Number, Is.EqualTo(agreement.Number));
    }

    [Test]
    public async Task Two_processes_have_names_of_their_own()
    {
        await using var store = await Open();
        await using var other = new Database(store.Database.Dialect, TimeProvider.System);
        Assert.That(other.Owner, Is.Not.EqualTo(store.Database.Owner));
    }

    [Test]
    public async Task Hosts_that_migrate_at_once_wait_for_each_other()
    {
        await using var store = await Empty();
        await Together(4, _ => store.Database.Dialect.Migrate(CancellationToken.None));
        Assert.That(await store.Database.Dialect.Applied(CancellationToken.None), Is.EqualTo(Migrations.For(store.Database.Dialect).Select(script => script.Name)));
    }
}
