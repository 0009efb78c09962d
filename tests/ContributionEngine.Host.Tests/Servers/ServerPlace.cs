using ContributionEngine.Testing;
using Npgsql;

namespace ContributionEngine.Host.Tests.Servers;

/// <summary>A workplace over a PostgreSQL database of its own, and over RabbitMQ where asked for; with all its processes gone when disposed.</summary>
internal sealed class ServerPlace : IAsyncDisposable
{
    private const string Welcome = "SIGTERM or Ctrl-C ends it";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private static readonly Lazy<Task<(TestDatabase Database, string Key)>> FreshOnce = new(MakeFresh);
    private static readonly Lazy<Task<(TestDatabase Database, string Key)>> HarvestOnce = new(MakeHarvest);

    private readonly TestDatabase database;
    private readonly TestVirtualHost? broker;
    private readonly List<RunningCommand> roles = [];

    private ServerPlace(TestDatabase database, TestVirtualHost? broker, string? key)
    {
        (this.database, this.broker, Key) = (database, broker, key);
        Work.Settings = Settings(key);
        Work.Write("fund.json", new FundBehaviour { RejectNationalIds = ["1-1003-0003"] }.Json);
        Work.Write("january.csv", Receipts.Csv(Prepared.January));
    }

    public Workplace Work { get; } = new();

    /// <summary>Key of the first user, an operator; null before there is one.</summary>
    public string? Key { get; }

    public string Database => database.Address;

    public string Bus => broker!.Address;

    /// <summary>A database that has had nothing yet.</summary>
    public static async Task<ServerPlace> Empty() => new(await TestDatabase.Create(), null, null);

    /// <summary>Brought up, with an operator, and nothing else.</summary>
    public static Task<ServerPlace> Fresh(bool onBroker = false) => Copy(FreshOnce, onBroker);

    /// <summary>The same with the coffee agreement, its three pickers and their schedule.</summary>
    public static Task<ServerPlace> Harvest(bool onBroker = false) => Copy(HarvestOnce, onBroker);

    /// <summary>Runs a command as another user, or as nobody.</summary>
    public async Task<Answer> As(string? key, string command)
    {
        using var running = Cli.Start(Work.Folder, command, Settings(key));
        return await running.Ended();
    }

    /// <summary>Adds a user and gives her key.</summary>
    public async Task<string> User(string name, string role)
    {
        await Work.Ok($"user add {name} --role {role}");
        return (await Work.Json($"key create --user {name}")).At("key");
    }

    /// <summary>Starts a process with a role, and waits until it is at work.</summary>
    public async Task<RunningCommand> Start(string role)
    {
        var running = Work.Start(role);
        roles.Add(running);
        return await running.Says(Welcome) ? running : throw new InvalidOperationException($"{role} ended: {running.Said}");
    }

    /// <summary>The number that a statement past the program gives.</summary>
    public async Task<long> Number(string statement)
    {
        await using var connection = new NpgsqlConnection(database.Address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync() ?? 0L, System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>Waits until a number is reached.</summary>
    public async Task Until(string statement, long number)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await Number(statement) < number)
        {
            if (TimeProvider.System.GetElapsedTime(began) > Cli.Patience) throw new TimeoutException($"'{statement}' does not reach {number}\n{string.Join('\n', roles.Select(role => role.Said))}");
            await Task.Delay(Look);
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var role in roles) role.Dispose();
        Work.Dispose();
        if (broker is not null) await broker.DisposeAsync();
        await database.DisposeAsync();
    }

    internal static async Task End()
    {
        foreach (var made in new[] { FreshOnce, HarvestOnce })
        {
            if (made.IsValueCreated && made.Value.IsCompletedSuccessfully) await (await made.Value).Database.DisposeAsync();
        }
    }

    private List<KeyValuePair<string, string>> Settings(string? key)
    {
        var settings = new List<KeyValuePair<string, string>> { new("CONTRIBUTION_ENGINE_DB", $"postgresql:{database.Address}") };
        if (key is not null) settings.Add(new("CONTRIBUTION_ENGINE_KEY", key));
        if (broker is not null) settings.Add(new("CONTRIBUTION_ENGINE_BUS", broker.Address));
        return settings;
    }

    private static async Task<ServerPlace> Copy(Lazy<Task<(TestDatabase Database, string Key)>> made, bool onBroker)
    {
        PostgreSqlServer.Needed();
        var (original, key) = await made.Value;
        return new ServerPlace(await TestDatabase.CopyOf(original), onBroker ? await TestVirtualHost.Create() : null, key);
    }

    private static async Task<(TestDatabase, string)> MakeFresh()
    {
        var made = await Empty();
        await made.Work.Ok("db migrate");
        var key = (await made.Work.Json("user add root --role operator")).At("key");
        return (made.database, key);
    }

    private static async Task<(TestDatabase, string)> MakeHarvest()
    {
        var made = await Fresh();
        await made.Work.Begin(Agreements.Coffee() with { FundSettings = "fund.json" }, Members.Pickers);
        return (made.database, made.Key!);
    }
}

/// <summary>Lets go of the databases that tests were copied from.</summary>
[SetUpFixture]
internal sealed class AfterServers
{
    [OneTimeTearDown]
    public Task End() => ServerPlace.End();
}
