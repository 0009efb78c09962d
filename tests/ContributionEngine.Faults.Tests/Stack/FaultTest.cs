namespace ContributionEngine.Faults.Tests;

/// <summary>A test with a stack; when it fails, the logs of all processes and the seed stand in its output.</summary>
internal abstract class FaultTest
{
    private Stack? stack;

    protected Chance Chance { get; } = new(TestContext.CurrentContext.Test.Name);

    protected Stack Stack => stack!;

    [TearDown]
    public async Task End()
    {
        if (TestContext.CurrentContext.Result.FailCount > 0) TestContext.Out.WriteLine($"{Chance.Replay}\n{stack?.Logs()}");
        if (stack is not null) await stack.DisposeAsync();
    }

    protected async Task<Stack> Begin(Shape? shape = null)
    {
        return stack = await Stack.Open(shape ?? new Shape());
    }

    /// <summary>Nothing lost, nothing twice, in order, as without the fault, and proved.</summary>
    protected async Task AssertAllHeld(string? undisturbed = null)
    {
        await Stack.Idle();
        var expected = undisturbed ?? await Template.Undisturbed;
        var verify = await Stack.Commands.Run("verify");
        var (faults, figures) = (await Stack.Books.Faults(), await Stack.Books.Figures());
        using (Assert.EnterMultipleScope())
        {
            Assert.That(faults, Is.Empty, Chance.Replay);
            Assert.That(Differences(expected, figures), Is.Empty, Chance.Replay);
            Assert.That(verify.Exit, Is.Zero, $"{Chance.Replay}\n{verify}");
        }
    }

    private static IReadOnlyList<string> Differences(string expected, string figures)
    {
        var (before, after) = (expected.Split('\n'), figures.Split('\n'));
        return [.. before.Except(after).Select(line => $"gone: {line}"), .. after.Except(before).Select(line => $"new: {line}")];
    }
}
