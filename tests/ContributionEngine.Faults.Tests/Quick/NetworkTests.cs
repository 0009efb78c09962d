using ContributionEngine.Testing;

namespace ContributionEngine.Faults.Tests;

/// <summary>The network swallows what is said between a worker and its servers, for a while.</summary>
[Category("Quick")]
internal sealed class NetworkTests : FaultTest
{
    private const int Blinks = 6;

    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(3);

    [Test]
    public async Task A_black_hole_before_the_broker_is_waited_for()
    {
        await Begin();
        await Stack.Worker(Through.BrokerProxy);
        Stack.BrokerProxy.BlackHole();
        await Stack.BrokerProxy.Struck;
        await Task.Delay(Outage);
        Stack.BrokerProxy.PassThrough();
        await AssertAllHeld();
    }

    [Test]
    public async Task A_black_hole_before_the_database_is_waited_for_while_another_worker_goes_on()
    {
        await Begin();
        await Task.WhenAll(Stack.Worker(Through.DatabaseProxy), Stack.Worker());
        Stack.DatabaseProxy.BlackHole();
        await Stack.DatabaseProxy.Struck;
        await Task.Delay(Outage);
        Stack.DatabaseProxy.PassThrough();
        await AssertAllHeld();
    }

    [Test]
    public async Task Lost_confirms_let_messages_be_sent_again_and_handled_once()
    {
        await Begin();
        var worker = Stack.Worker(Through.BrokerProxy);
        for (var blink = 0; blink < Blinks; blink++)
        {
            Stack.BrokerProxy.DropServerToClient();
            await Task.WhenAny(Stack.BrokerProxy.Struck, Task.Delay(Outage));
            await Task.Delay(Chance.Within(300));
            Stack.BrokerProxy.PassThrough();
            await Task.Delay(Chance.Within(700));
        }

        await Survives(worker, Through.BrokerProxy);
        await Stack.Hurry();
        await AssertAllHeld();
    }

    [Test]
    public async Task A_commit_whose_answer_is_lost_takes_effect_once_whether_it_came_through_or_not()
    {
        await Begin();
        await Stack.Worker(Through.DatabaseProxy);
        for (var blink = 0; blink < Blinks; blink++)
        {
            await Task.Delay(Chance.Within(400));
            Stack.DatabaseProxy.DropServerToClient();
            await Task.WhenAny(Stack.DatabaseProxy.Struck, Task.Delay(Outage));
            await Task.Delay(Chance.Within(200));
            Stack.DatabaseProxy.PassThrough();
        }

        await Stack.Hurry();
        await AssertAllHeld();
    }

    [Test]
    public async Task Connections_that_are_cut_again_and_again_are_made_again()
    {
        await Begin();
        await Stack.Worker(Through.DatabaseProxy | Through.BrokerProxy);
        for (var cut = 0; cut < Blinks; cut++)
        {
            await Task.Delay(Chance.Within(500));
            Chance.Of<TcpProxy>([Stack.DatabaseProxy, Stack.BrokerProxy]).Reset();
        }

        await Stack.Hurry();
        await AssertAllHeld();
    }

    // A process that meets no broker when it starts says so and ends; its supervisor starts it anew.
    private async Task Survives(Task<RoleProcess> starting, Through through)
    {
        await Task.WhenAny(starting);
        if (!starting.IsCompletedSuccessfully) await Stack.Worker(through);
    }
}
