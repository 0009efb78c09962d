using ContributionEngine.Testing;

namespace ContributionEngine.Faults.Tests;

/// <summary>A database with the short season's files staged, made once by commands; each test works on a copy.</summary>
internal sealed class Template : IAsyncDisposable
{
    private static readonly Lazy<Task<Template>> Once = new(Make);
    private static readonly Lazy<Task<string>> Untroubled = new(FiguresOfOneWorker);

    private readonly TestDatabase database;

    private Template(TestDatabase database, string key) => (this.database, Key) = (database, key);

    public string Key { get; }

    public static Task<Template> Short => Once.Value;

    /// <summary>What stands on the books of the short season when nothing disturbs its posting.</summary>
    public static Task<string> Undisturbed => Untroubled.Value;

    public Task<TestDatabase> Copy() => TestDatabase.CopyOf(database);

    public ValueTask DisposeAsync() => database.DisposeAsync();

    internal static async Task End()
    {
        if (Once.IsValueCreated) await (await Once.Value).DisposeAsync();
    }

    private static async Task<Template> Make()
    {
        var database = await TestDatabase.Create();
        using var place = new Workplace();
        return new Template(database, await Season.Short.Bring(new Commands(place, database.Address, null)));
    }

    // Without a broker one process does it all.
    private static async Task<string> FiguresOfOneWorker()
    {
        var template = await Short;
        await using var copy = await template.Copy();
        using var place = new Workplace();
        var books = new Books(copy.Address);
        await new Commands(place, copy.Address, null) { Key = template.Key }.Ok("settlement resume");
        if (await books.Waiting() > 0) throw new InvalidOperationException($"Undisturbed, something waits:\n{await books.Outbox()}");
        return await books.Figures();
    }
}

/// <summary>Lets go of the template when every test has ended.</summary>
[SetUpFixture]
internal sealed class AfterAll
{
    [OneTimeSetUp]
    public void Say() => TestContext.Progress.WriteLine($"faults: {Chance.Replay}");

    [OneTimeTearDown]
    public Task End() => Template.End();
}
