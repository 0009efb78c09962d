using ContributionEngine.Testing;
using Npgsql;

namespace ContributionEngine.Faults.Tests;

/// <summary>Which servers a process reaches by way of the stack's proxies.</summary>
[Flags]
internal enum Through
{
    Nothing = 0,
    DatabaseProxy = 1,
    BrokerProxy = 2,
}

/// <summary>A process with a role, and its name in the test's output.</summary>
internal sealed record RoleProcess(string Name, RunningCommand Command)
{
    private const string Welcome = "SIGTERM or Ctrl-C ends it";

    public async Task<RoleProcess> Ready() => await Command.Says(Welcome) ? this : throw new InvalidOperationException($"{Name} ended: {Command.Said}");
}

/// <summary>The production stack of one test: a database, a broker, a proxy before either, and processes; all of it gone when disposed.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(150);

    private readonly Stack<IAsyncDisposable> held = new();
    private readonly List<RoleProcess> processes = [];

    private Stack()
    {
    }

    public required Workplace Place { get; init; }

    public Season Season { get; private set; } = Season.Short;

    public Books Books { get; private set; } = new("");

    /// <summary>Commands past the proxies.</summary>
    public Commands Commands { get; private set; } = null!;

    public TcpProxy DatabaseProxy { get; private set; } = null!;

    public TcpProxy BrokerProxy { get; private set; } = null!;

    /// <summary>The server that the test may kill; null when it is the one of the run.</summary>
    public OwnPostgreSql? Server { get; private set; }

    /// <summary>The broker that the test may kill; null when it is the one of the run.</summary>
    public OwnRabbitMq? Broker { get; private set; }

    /// <summary>The database on the test's own server; null when it is a copy on the one of the run.</summary>
    public TestDatabase? Database { get; private set; }

    public Queues Queues { get; private set; } = null!;

    public static async Task<Stack> Open(Shape shape)
    {
        var stack = new Stack { Place = new Workplace() };
        stack.held.Push(stack.Place);
        try
        {
            await stack.Build(shape);
            return stack;
        }
        catch
        {
            await stack.DisposeAsync();
            throw;
        }
    }

    public Task<RoleProcess> Start(string role, Through through = Through.Nothing) => Launch(role, through).Ready();

    /// <summary>Starts a process and does not wait until it is at work.</summary>
    public RoleProcess Launch(string role, Through through = Through.Nothing)
    {
        var commands = Commands with
        {
            Database = through.HasFlag(Through.DatabaseProxy) ? new NpgsqlConnectionStringBuilder(Commands.Database) { Port = DatabaseProxy.Port }.ConnectionString : Commands.Database,
            Bus = through.HasFlag(Through.BrokerProxy) ? new UriBuilder(Commands.Bus!) { Port = BrokerProxy.Port }.Uri.ToString() : Commands.Bus,
        };
        var process = new RoleProcess($"{role.Split(' ')[0]} {processes.Count + 1}", commands.Start(role));
        processes.Add(process);
        return process;
    }

    public Task<RoleProcess> Worker(Through through = Through.Nothing) => Start("worker", through);

    public Task<RoleProcess> Gateway(Through through = Through.Nothing) => Start("gateway", through);

    /// <summary>Kills a process, and lets the leases that it leaves end at once, as half a minute would.</summary>
    public async Task Kill(RoleProcess process)
    {
        await process.Command.Kill();
        await EndLeases(process, "");
    }

    /// <summary>Ends the leases of a frozen process as if half a minute had passed for everybody. What one of its transactions holds stays held, as it would.</summary>
    public Task Outlive(RoleProcess process) => EndLeases(process, "skip locked");

    /// <summary>Makes every message due now, as some minutes would.</summary>
    public Task Hurry() => Books.Do("update outbox set not_before = clock_timestamp() where parked_reason is null");

    /// <summary>Waits until part of the season's receipts are posted, so that what follows strikes midway.</summary>
    public Task Posted(double part) => Until($"{part:P0} are posted", async () => await Books.Number("select count(*) from upload_chunk where posted = 1") >= part * await Books.Number("select count(*) from upload_chunk"));

    /// <summary>Waits until no message and no chunk is left to work on.</summary>
    public Task Idle() => Until("nothing waits", async () => await Books.Waiting() == 0);

    public Task Until(string what, Func<Task<bool>> holds) => Until(what, Cli.Patience, holds);

    public async Task Until(string what, TimeSpan patience, Func<Task<bool>> holds)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience) throw new TimeoutException($"Not within {patience}: {what}; {Chance.Replay}\n{await Books.Outbox()}");
            await Task.Delay(Look);
        }
    }

    /// <summary>What the processes have said, a heading each.</summary>
    public string Logs() => string.Join('\n', processes.Select(process => $"=== {process.Name}, process {process.Command.Pid}\n{process.Command.Said}"));

    public async ValueTask DisposeAsync()
    {
        foreach (var process in processes) process.Command.Dispose();
        while (held.TryPop(out var one)) await one.DisposeAsync();
    }

    private async Task EndLeases(RoleProcess process, string locked)
    {
        await Books.Do($"update outbox_shard set until = clock_timestamp() - interval '1 second' where shard in (select shard from outbox_shard where owner like '% process {process.Command.Pid} %' for update {locked})");
        await Books.Do($"update agreement set lease_until = clock_timestamp() - interval '1 second' where id in (select id from agreement where lease_owner like '% process {process.Command.Pid} %' for update {locked})");
    }

    private async Task Build(Shape shape)
    {
        var (database, key) = await Brought(shape);
        Books = new Books(database);
        DatabaseProxy = Held(TcpProxy.To(new NpgsqlConnectionStringBuilder(database).Port));
        if (shape.OwnBroker) Broker = Held(await OwnRabbitMq.Create());
        var bus = Broker?.Address ?? Held(await TestVirtualHost.Create()).Address;
        BrokerProxy = Held(TcpProxy.To(new Uri(bus).Port));
        Commands = new Commands(Place, database, bus) { Key = key };
        Queues = new Queues(bus);
        Place.Write(Season.FundSettings, shape.Fund.Json);
    }

    private async Task<(string Address, string Key)> Brought(Shape shape)
    {
        if (!shape.OwnDatabase)
        {
            var template = await Template.Short;
            return (Held(await template.Copy()).Address, template.Key);
        }

        Server = Held(await OwnPostgreSql.Create());
        Database = await TestDatabase.On(Server.Address);
        Season = shape.Season ?? Season;
        return (Database.Address, await Season.Bring(new Commands(Place, Database.Address, null)));
    }

    private T Held<T>(T one) where T : IAsyncDisposable
    {
        held.Push(one);
        return one;
    }
}

/// <summary>What a stack is made of.</summary>
internal sealed record Shape
{
    public bool OwnDatabase { get; init; }

    /// <summary>For a database of the test's own; null: the short one.</summary>
    public Season? Season { get; init; }

    public bool OwnBroker { get; init; }

    public FundBehaviour Fund { get; init; } = new();
}
