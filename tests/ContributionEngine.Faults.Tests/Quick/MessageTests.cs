namespace ContributionEngine.Faults.Tests;

/// <summary>Messages that come twice, late, in another order, from strangers, or cannot be handled.</summary>
[Category("Quick")]
internal sealed class MessageTests : FaultTest
{
    private const int Copies = 5;
    private const string Parked = "select count(*) from outbox where parked_reason is not null";

    [Test]
    public async Task A_message_that_comes_many_times_and_to_two_workers_at_once_takes_effect_once()
    {
        await Begin();
        var messages = await Stack.Books.Rows("select id::text, body from outbox");
        await Task.WhenAll(Stack.Worker(), Stack.Worker());
        await Stack.Queues.Put(Queues.Reconcile, Chance.Shuffled(Enumerable.Repeat(messages, Copies).SelectMany(copy => copy)).Select(row => ((string?)row[0], row[1])));
        await Stack.Idle();
        await Stack.Queues.Put(Queues.Reconcile, messages.Select(row => ((string?)row[0], row[1])));
        await AssertAllHeld();
        await Stack.Until("no repeat keeps an agreement", async () => await Stack.Books.Number("select count(*) from agreement where lease_owner is not null") == 0);
    }

    [Test]
    public async Task Messages_that_are_shuffled_and_late_lead_to_the_same_figures()
    {
        await Begin();
        var ids = Chance.Shuffled((await Stack.Books.Rows("select id::text from outbox")).Select(row => row[0]));
        foreach (var id in ids) await Stack.Books.Do($"update outbox set not_before = clock_timestamp() + interval '{Chance.Below(4_000)} milliseconds' where id = {id}");
        await Task.WhenAll(Stack.Worker(), Stack.Worker());
        await AssertAllHeld();
    }

    [Test]
    public async Task Foreign_and_corrupt_messages_are_laid_aside_and_hold_nothing_up()
    {
        await Begin();
        await Stack.Worker();
        var body = (await Stack.Books.Rows("select body from outbox limit 1")).Select(row => row[0]).FirstOrDefault("{}");
        (string? Id, string Body)[] strangers = [(null, body), (null, "no JSON"), ("not a number", body), ("-1", body), (null, "")];
        await Stack.Queues.Put(Queues.Reconcile, Chance.Shuffled(strangers));
        await Stack.Queues.Put(Queues.Reconcile, [("999999999999", body)]);
        await Stack.Until("the strangers are laid aside", async () => await Stack.Books.Number(Parked) == strangers.Length);
        await AssertAllHeld();
    }

    [Test]
    public async Task A_message_that_always_fails_is_parked_and_holds_nothing_up()
    {
        await Begin();
        await Stack.Books.Do("""
            insert into outbox (id, shard, destination, type, body, not_before, attempts, version, sends, enqueued_at)
            select 7, 0, 'reconcile-receipts', 'Reconcile', '{"Agreement":-7,"By":"operator"}', now(), 0, 0, 0, now()
            """);
        await Stack.Worker();
        await Stack.Until("it is parked", async () =>
        {
            await Stack.Books.Do("update outbox set not_before = clock_timestamp() where id = 7 and attempts > 0 and sent_at is null and not_before > clock_timestamp()");
            return await Stack.Books.Number(Parked) == 1;
        });
        await AssertAllHeld();
    }
}
