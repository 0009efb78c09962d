using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Storage.Tests;

// Several at once: held agreements, leases, ids.
public abstract partial class StorageSuite
{
    private const int AtOnce = 6;

    [Test]
    public async Task Units_on_one_agreement_come_one_after_the_other_and_all_stand()
    {
        await using var store = await Open();
        var agreement = await store.Write(work => Add(work, Drafts.Coffee()));
        await Together(AtOnce, i => store.Write(async work =>
        {
            var held = await work.Agreements.GetToChange(agreement.Id);
            await work.Audit.Record(held.Number, "touched", $"{i}", "{}");
        }));
        var chain = await store.Read(work => work.Audit.List(agreement.Number));
        Assert.That(await Claims(store), Is.EqualTo(AtOnce));
        Assert.That(chain.Select(link => link.Seq), Is.EqualTo(Enumerable.Range(1, AtOnce)));
        Assert.That(chain.Skip(1).Select(link => link.PreviousHash), Is.EqualTo(chain.SkipLast(1).Select(link => link.Hash)));
    }

    [Test]
    public async Task Events_of_administration_come_one_after_the_other()
    {
        await using var store = await Open();
        await Together(AtOnce, i => store.Write(work => work.Audit.Record(Audit.Administration, "touched", $"{i}", "{}")));
        Assert.That((await store.Read(work => work.Audit.List(Audit.Administration))).Select(link => link.Seq), Is.EqualTo(Enumerable.Range(1, AtOnce)));
    }

    [Test]
    public async Task A_unit_that_does_not_hold_the_agreement_may_not_change_it()
    {
        await using var store = await Open();
        await store.Write(work => Add(work, Drafts.Coffee()));
        Assert.That(() => store.Write(work => work.Audit.Record(Drafts.Coffee().Number, "touched", "x", "{}")), Throws.InvalidOperationException);
    }

    [Test]
    public async Task What_another_has_leased_is_not_to_be_held()
    {
        await using var store = await Open();
        var agreement = await Leased(store, "north");
        Assert.That(Hold(store, agreement), Throws.InstanceOf<BusyException>());
        Assert.That(Impatient(store, work => (work with { Lessee = "south" }).Agreements.Lease(agreement)), Throws.InstanceOf<BusyException>());
        Assert.That(await Claims(store), Is.Zero);
    }

    [Test]
    public async Task A_lease_ends_by_the_clock_of_the_database_and_no_other()
    {
        await using var store = await Open();
        var agreement = await Leased(store, "north");
        Assert.That(Hold(store, agreement, new StillClock(DateTimeOffset.UtcNow.AddYears(1))), Throws.InstanceOf<BusyException>());
        await Do(store, $"update agreement set lease_until = {store.Database.Dialect.Clock("-1")}");
        await Hold(store, agreement, new StillClock(DateTimeOffset.UtcNow.AddYears(-1)))();
        Assert.That(await Claims(store), Is.EqualTo(1));
    }

    [Test]
    public async Task Who_holds_what_she_has_leased_begins_the_lease_anew()
    {
        await using var store = await Open();
        var agreement = await Leased(store, "north");
        await Do(store, $"update agreement set lease_until = {store.Database.Dialect.Clock("5")}");
        await As(store, "north", work => work.Agreements.GetToChange(agreement.Id));
        Assert.That(await store.Read(work => work.One<long>($"select count(*) from agreement where lease_until > {store.Database.Dialect.Clock("20")}")), Is.EqualTo(1));
    }

    [Test]
    public async Task A_lease_that_is_given_back_is_anybody_s()
    {
        await using var store = await Open();
        var agreement = await Leased(store, "north");
        await As(store, "south", work => work.Agreements.EndLease(agreement.Id));
        Assert.That(Hold(store, agreement), Throws.InstanceOf<BusyException>());
        await As(store, "north", work => work.Agreements.EndLease(agreement.Id));
        await Hold(store, agreement)();
        Assert.That(await Claims(store), Is.EqualTo(1));
    }

    [Test]
    public async Task Ids_of_two_processes_at_once_are_never_the_same()
    {
        await using var store = await Open();
        await using var other = new Database(store.Database.Dialect, TimeProvider.System);
        var ids = await Together(AtOnce, i => (i % 2 == 0 ? store.Database : other).Write(Operator, work => Task.FromResult(Enumerable.Range(0, 400).Select(_ => work.NextId()).ToList()), CancellationToken.None));
        Assert.That(ids.SelectMany(list => list), Is.Unique);
    }

    [Test]
    public async Task A_read_sees_one_moment()
    {
        await using var store = await Open();
        await store.Write(work => Add(work, Drafts.Coffee() with { Number = "CR-2021-001" }));
        var seen = await store.Read(async work =>
        {
            var before = (await work.Agreements.All()).Count;
            await store.Write(other => Add(other, Drafts.Coffee()));
            return (before, (await work.Agreements.All()).Count);
        });
        Assert.That((seen, (await store.Read(work => work.Agreements.All())).Count), Is.EqualTo(((1, 1), 2)));
    }

    private protected static Task<T[]> Together<T>(int count, Func<int, Task<T>> each) => Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => each(i))));

    private protected static Task Together(int count, Func<int, Task> each) => Task.WhenAll(Enumerable.Range(0, count).Select(i => Task.Run(() => each(i))));

    private protected static Task As(EmptyStore store, string lessee, Func<Work, Task> unit) => store.Write(work => unit(work with { Lessee = lessee }));

    private protected static async Task<StoredAgreement> Leased(EmptyStore store, string lessee)
    {
        var agreement = await store.Write(work => Add(work, Drafts.Coffee()));
        await As(store, lessee, work => work.Agreements.Lease(agreement));
        return agreement;
    }

    private protected static Func<Task> Hold(EmptyStore store, StoredAgreement agreement, TimeProvider? clock = null) => Impatient(store, work => work.Agreements.GetToChange(agreement.Id), clock);

    // By a process that does not wait.
    private static Func<Task> Impatient(EmptyStore store, Func<Work, Task> unit, TimeProvider? clock = null) => async () =>
    {
        await using var process = new Database(store.Database.Dialect, clock ?? TimeProvider.System) { Patience = TimeSpan.Zero };
        await process.Write(Operator, unit, CancellationToken.None);
    };

    private static Task<long> Claims(EmptyStore store) => store.Read(work => work.One<long>("select claims from agreement"));
}
