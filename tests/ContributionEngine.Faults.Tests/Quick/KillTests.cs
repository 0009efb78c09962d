namespace ContributionEngine.Faults.Tests;

/// <summary>Kill -9 of a worker: another goes on where it was.</summary>
[Category("Quick")]
internal sealed class KillTests : FaultTest
{
    private const int Kills = 6;

    [Test]
    public async Task A_worker_that_is_killed_midway_leaves_its_work_to_another()
    {
        await Begin();
        var doomed = await Stack.Worker();
        var other = Stack.Worker();
        await Stack.Posted(0.2);
        await Stack.Kill(doomed);
        await other;
        await AssertAllHeld();
    }

    [Test]
    public async Task Workers_that_are_killed_again_and_again_lose_nothing_between_sending_and_noting_it()
    {
        await Begin();
        var workers = new Queue<Task<RoleProcess>>([Stack.Worker(), Stack.Worker()]);
        for (var kill = 0; kill < Kills; kill++)
        {
            var doomed = await workers.Dequeue();
            workers.Enqueue(Stack.Worker());
            await Task.Delay(Chance.Within(300));
            await Stack.Kill(doomed);
        }

        await Task.WhenAll(workers);
        await AssertAllHeld();
    }
}
