namespace ContributionEngine.Faults.Tests;

/// <summary>A server goes down while receipts go through, and comes back.</summary>
[Category("Quick")]
internal sealed class ServerTests : FaultTest
{
    [Test]
    public async Task A_broker_that_is_killed_under_load_comes_back_and_the_work_goes_on()
    {
        await Begin(new Shape { OwnBroker = true });
        await Task.WhenAll(Stack.Worker(), Stack.Worker());
        await Stack.Broker!.Kill();
        await Stack.Broker.Start();
        await Stack.Hurry();
        await AssertAllHeld();
    }

    [Test]
    public async Task A_database_that_is_restarted_midway_comes_back_and_the_work_goes_on([Values] bool isKilled)
    {
        await Begin(new Shape { OwnDatabase = true });
        await Task.WhenAll(Stack.Worker(), Stack.Worker());
        await (isKilled ? Stack.Server!.Kill() : Stack.Server!.Stop());
        await Stack.Server.Start();
        await Stack.Hurry();
        await AssertAllHeld();
    }

    [Test]
    public async Task A_queue_that_is_deleted_is_declared_again()
    {
        await Begin();
        await Task.WhenAll(Stack.Worker(), Stack.Worker());
        await Stack.Queues.Delete(Queues.Reconcile);
        await Stack.Hurry();
        await AssertAllHeld();
    }

    [Test]
    public async Task Messages_that_the_broker_has_lost_are_sent_again()
    {
        await Begin();
        var idle = await Stack.Start("gateway");
        await Stack.Until("the broker has them all", async () => await Stack.Books.Number("select count(*) from outbox where sent_at is null") == 0);
        await Stack.Queues.Purge(Queues.Reconcile);
        await Stack.Kill(idle);
        await Stack.Hurry();
        await Stack.Worker();
        await AssertAllHeld();
    }

    [Test]
    public async Task A_unit_of_work_that_loses_a_deadlock_runs_again()
    {
        await Begin();
        await using var rival = await Rival.Open(Stack.Commands.Database);
        await rival.Do("select 1 from obligation for update");
        await Stack.Worker();
        await Stack.Until("a worker waits for the rival", async () => await Stack.Books.Number("select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'") > 0);
        await rival.Do("update agreement set claims = claims");
        await rival.Leave();
        await AssertAllHeld();
    }
}
