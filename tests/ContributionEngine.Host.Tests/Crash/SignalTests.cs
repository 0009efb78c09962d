using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Crash;

/// <summary>A process that is asked to end, ends; one that is frozen does so when it is thawed.</summary>
internal sealed class SignalTests
{
    [Test]
    public async Task A_command_that_is_asked_to_end_has_not_finished_its_work()
    {
        using var place = new Workplace();
        using var running = await AtWork(place);
        var (answer, took) = await running.Stop();
        Assert.That((answer.Exit == 0, took < Cli.Patience), Is.EqualTo((false, true)), $"{answer} after {took}");
    }

    [Test]
    public async Task A_frozen_command_ends_when_it_is_thawed()
    {
        using var place = new Workplace();
        using var running = await AtWork(place);
        await running.Freeze();
        var stopping = running.Stop();
        var first = await Task.WhenAny(stopping, Task.Delay(TimeSpan.FromMilliseconds(300)));
        Assert.That(first, Is.Not.SameAs(stopping));
        await running.Thaw();
        Assert.That((await stopping).Took, Is.GreaterThan(TimeSpan.FromMilliseconds(290)));
    }

    private static async Task<RunningCommand> AtWork(Workplace place)
    {
        var running = Cli.Start(place.Folder, "demo --dir demo", [KeyValuePair.Create("CONTRIBUTION_ENGINE_DB", "sqlite:work.db")]);
        await running.Says("cosecha-1-enero");
        return running;
    }
}
