namespace ContributionEngine.Faults.Tests;

/// <summary>A lease ends while its holder lives: a frozen process, a clock that steps.</summary>
[Category("Quick")]
internal sealed class LeaseTests : FaultTest
{
    private const int Steps = 8;

    // A lease whose agreement no transaction holds: its holder stands between two chunks.
    private const string HeldBetweenChunks = "select count(*) from (select id from agreement where lease_owner is not null for update skip locked) as free";

    [Test]
    public async Task A_worker_that_was_frozen_for_longer_than_its_lease_writes_nothing_when_it_wakes()
    {
        await Begin();
        var zombie = await Stack.Worker();
        await Catch(zombie);
        await Stack.Outlive(zombie);
        await Stack.Worker();
        await Task.Delay(Chance.Within(3_000));
        await zombie.Command.Thaw();
        await AssertAllHeld();
    }

    [Test]
    public async Task A_worker_that_was_frozen_at_any_moment_does_no_harm_when_it_wakes()
    {
        await Begin();
        var zombie = await Stack.Worker();
        var other = Stack.Worker();
        await Task.Delay(Chance.Within(600));
        await zombie.Command.Freeze();
        await Stack.Outlive(zombie);
        await other;
        await Task.Delay(Chance.Within(3_000));
        await zombie.Command.Thaw();
        await Stack.Hurry();
        await AssertAllHeld();
    }

    [Test]
    public async Task A_clock_that_steps_over_every_lease_lets_nothing_happen_twice()
    {
        await Begin();
        await Task.WhenAll(Stack.Worker(), Stack.Worker());
        for (var step = 0; step < Steps; step++)
        {
            await Stack.Books.Do($"update {Chance.Of<string>(["outbox_shard set until", "agreement set lease_until"])} = clock_timestamp() - interval '1 minute'");
            await Stack.Hurry();
            await Task.Delay(Chance.Within(400));
        }

        await AssertAllHeld();
    }

    // Between two chunks, or in the last one wherever it is.
    private async Task Catch(RoleProcess process)
    {
        while (true)
        {
            await process.Command.Freeze();
            if (await Stack.Books.Number(HeldBetweenChunks) > 0 || await Stack.Books.Number("select count(*) from upload_chunk where posted = 0") <= 1) return;
            await process.Command.Thaw();
            await Task.Delay(Chance.Within(30));
        }
    }
}
