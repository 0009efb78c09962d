namespace ContributionEngine.Storage.Tests;

// The outbox and its shards.
public abstract partial class StorageSuite
{
    private static readonly IEnumerable<long> EveryShard = Enumerable.Range(0, Outbox.Shards).Select(shard => (long)shard);

    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task What_is_due_longest_is_carried_first_and_what_is_not_due_waits()
    {
        await using var store = await Open();
        foreach (var (body, minutes) in new[] { ("second", -1), ("first", -2), ("not yet", 5) }) await Say(store, body, minutes * Minute);
        Assert.That((await Due(store)).Select(row => row.Body), Is.EqualTo(new[] { "first", "second" }));
    }

    [Test]
    public async Task Messages_of_shards_that_are_not_asked_for_are_not_carried()
    {
        await using var store = await Open();
        await Say(store, "look", -Minute);
        Assert.That(await store.Read(work => work.Outbox.DueOf(EveryShard.Skip(1), 10)), Is.Empty);
    }

    [Test]
    public async Task What_was_sent_is_due_again_only_when_nobody_has_handled_it_by_then()
    {
        await using var store = await Open();
        var row = await Said(store);
        await store.Write(work => work.Outbox.MarkSent([row], work.Now + Minute));
        var sent = await Only(store);
        Assert.That((sent.Sends, sent.SentAt is not null, (await Due(store)).Count, await store.Read(work => work.Outbox.Row(row.Id)) is not null), Is.EqualTo((1L, true, 0, true)));
    }

    [Test]
    public async Task Word_of_an_older_sending_changes_nothing()
    {
        await using var store = await Open();
        var row = await Said(store);
        await store.Write(work => work.Outbox.Postpone(row.Id, work.Now - Minute));
        await store.Write(work => work.Outbox.MarkSent([row], work.Now + Minute));
        await store.Write(work => work.Outbox.PutOff([row], work.Now + Minute));
        var now = await Only(store);
        Assert.That((now.Sends, now.SentAt, (await Due(store)).Count), Is.EqualTo((0L, (DateTimeOffset?)null, 1)));
    }

    [Test]
    public async Task What_the_broker_did_not_take_is_put_off_and_counts_no_failure()
    {
        await using var store = await Open();
        var row = await Said(store);
        await store.Write(work => work.Outbox.PutOff([row], work.Now + Minute));
        Assert.That(((await Only(store)).Attempts, (await Due(store)).Count), Is.EqualTo((0L, 0)));
    }

    [Test]
    public async Task A_failure_counts_and_the_message_waits()
    {
        await using var store = await Open();
        var row = await Said(store);
        await store.Write(work => work.Outbox.Defer(row.Id, work.Now + Minute, null));
        Assert.That(((await Only(store)).Attempts, (await Due(store)).Count, await store.Read(work => work.Outbox.Row(row.Id))), Is.EqualTo((1L, 0, (OutboxRow?)null)));
    }

    [Test]
    public async Task What_is_parked_or_foreign_is_never_due_until_somebody_says_so()
    {
        await using var store = await Open();
        var row = await Said(store);
        await store.Write(work => work.Outbox.Defer(row.Id, work.Now - Minute, "six times"));
        await store.Write(work => work.Outbox.Keep(new NewMessage("cut", "foreign", "?", null, null), "nobody knows it"));
        Assert.That(((await store.Read(work => work.Outbox.Waiting())).Count, (await Due(store)).Count, await store.Read(work => work.Outbox.Row(row.Id))), Is.EqualTo((2, 0, (OutboxRow?)null)));
        Assert.That(await store.Write(work => work.Outbox.Retry(row.Id)), Is.True);
        Assert.That((await Due(store)).Select(due => due.Id), Is.EqualTo(new[] { row.Id }));
    }

    [Test]
    public async Task Of_two_who_have_handled_a_message_at_once_one_is_told_that_it_was_she()
    {
        await using var store = await Open();
        var row = await Said(store);
        var first = await Together(2, _ => store.Write(work => work.Outbox.Done(row.Id)));
        Assert.That((first.Count(done => done), (await store.Read(work => work.Outbox.Waiting())).Count), Is.EqualTo((1, 0)));
    }

    [Test]
    public async Task Free_shards_are_taken_and_shared_fairly_with_who_comes_later()
    {
        await using var store = await Open();
        Assert.That(await Lease(store, "north"), Is.EqualTo(EveryShard));
        Assert.That(await Lease(store, "south"), Is.Empty);
        var north = await Lease(store, "north");
        var south = await Lease(store, "south");
        Assert.That((north.Count, south.Count, north.Intersect(south).Any()), Is.EqualTo((8, 8, false)));
    }

    [Test]
    public async Task Three_who_lease_at_once_never_have_one_shard_together()
    {
        await using var store = await Open();
        string[] owners = ["north", "south", "east"];
        var leased = new IReadOnlyList<long>[owners.Length];
        for (var round = 0; round < 4; round++) leased = await Together(owners.Length, i => Lease(store, owners[i]));
        foreach (var (owner, i) in owners.Select((owner, i) => (owner, i))) leased[i] = await Lease(store, owner);
        Assert.That(leased.SelectMany(shards => shards).Order(), Is.EqualTo(EveryShard));
        Assert.That(leased.Select(shards => shards.Count), Is.All.InRange(4, 6));
    }

    [Test]
    public async Task Shards_of_one_who_is_gone_are_taken_over()
    {
        await using var store = await Open();
        await Lease(store, "north");
        await Do(store, $"update outbox_shard set until = {store.Database.Dialect.Clock("-1")}");
        Assert.That(await Lease(store, "south"), Is.EqualTo(EveryShard));
        Assert.That(await Lease(store, "north"), Is.Empty);
    }

    [Test]
    public async Task One_who_was_away_longer_than_her_lease_has_only_what_she_takes_anew()
    {
        await using var store = await Open();
        await Lease(store, "north");
        await Do(store, $"update outbox_shard set until = {store.Database.Dialect.Clock("-1")}");
        Assert.That(await Lease(store, "north"), Is.EqualTo(EveryShard));
        Assert.That(await store.Read(work => work.One<long>($"select count(*) from outbox_shard where until > {store.Database.Dialect.Clock("20")}")), Is.EqualTo(Outbox.Shards));
    }

    [Test]
    public async Task Shards_that_are_given_back_are_free()
    {
        await using var store = await Open();
        await Lease(store, "north");
        await store.Write(work => work.Outbox.Leave("north"));
        Assert.That(await Lease(store, "south"), Is.EqualTo(EveryShard));
    }

    private static Task Say(EmptyStore store, string body, TimeSpan fromNow) => store.Write(work => work.Outbox.Enqueue(new NewMessage("reconcile", "Reconcile", body, null, work.Now + fromNow)));

    private static async Task<OutboxRow> Said(EmptyStore store)
    {
        await Say(store, "look", -Minute);
        return (await Due(store)).Single();
    }

    private static Task<IReadOnlyList<OutboxRow>> Due(EmptyStore store) => store.Read(work => work.Outbox.DueOf(EveryShard, 10));

    private static async Task<WaitingMessage> Only(EmptyStore store) => (await store.Read(work => work.Outbox.Waiting())).Single();

    private static Task<IReadOnlyList<long>> Lease(EmptyStore store, string owner) => store.Write(work => work.Outbox.Lease(owner));
}
