using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.FundGateway;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary>How a session is opened.</summary>
/// <param name="Writes">It becomes the one writer where there is only one.</param>
internal sealed record Opening(bool Writes, Access Access)
{
    public FundPipeline Patience { get; init; } = new();

    /// <summary>How long a unit of work waits for an agreement that another process works on.</summary>
    public TimeSpan AgreementPatience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Only the schema is looked at or brought up, so it may be behind or newer.</summary>
    public bool IsAboutSchema { get; init; }
}

/// <summary>One command at work: the database, who acts, and the pipeline, in this process or behind a broker.</summary>
internal sealed class Session : IAsyncDisposable
{
    internal const string Direct = "direct";
    private const string KeysBesideProcess = "contribution-engine.keys";

    /// <summary>How long a request waits for an agreement that a worker has in hand.</summary>
    private static readonly TimeSpan AtABrowser = TimeSpan.FromSeconds(15);

    private const string FundMemory = "contribution-engine.fund";

    private readonly EngineLock? held;
    private readonly FundGate gate;
    private readonly WebhookSender webhooks = new(Settings.WebhookAllowLocal);
    private readonly DirectDispatcher dispatcher;
    private readonly bool waits;

    private Session(Database database, Actor actor, EngineLock? held, (FundGate Gate, Broker? Broker, bool Waits) pipeline)
    {
        (Database, Actor, this.held, gate, Broker, waits) = (database, actor, held, pipeline.Gate, pipeline.Broker, pipeline.Waits);
        ForPeople = new Database(database.Dialect, database.Clock) { Patience = AtABrowser, Owner = $"{database.Owner} people" };
        Map = MessageMap.Of(new FundChannels(gate.Find), new WebhookLine(webhooks.Send));
        dispatcher = new DirectDispatcher(database, Map);
    }

    public Database Database { get; }

    /// <summary>The same database for people at a browser: they wait longer for an agreement that is worked on, and lease it under a name of their own.</summary>
    public Database ForPeople { get; }

    /// <summary>Where the keys that protect sessions and forms are kept.</summary>
    public string KeysFolder => Settings.KeysFolder ?? (Database.Dialect is Sqlite file ? file.Path + ".keys" : KeysBesideProcess);

    public Actor Actor { get; }

    /// <summary>The broker that the settings name; null: the work runs in this process.</summary>
    public Broker? Broker { get; }

    public IReadOnlyList<Route> Map { get; }

    public DirectDispatcher Dispatcher => dispatcher;

    /// <summary>Addresses of funds that keep failing and are left alone by this process for a while.</summary>
    public IReadOnlyList<string> FundsLeftAlone => gate.LeftAlone;

    /// <summary>True when the database that the settings name is there already, so that opening it makes none.</summary>
    public static bool IsThere(Settings settings) => Dialect.Of(settings.Db).Ok(out var dialect, out _) && (dialect is not Sqlite file || File.Exists(file.Path));

    /// <summary>Opens the database that the settings name; a writing command also becomes its one writer.</summary>
    public static Task<Outcome<Session>> Open(Settings settings, Opening how, CancellationToken stop) => Open(settings, settings.Db, how, stop);

    /// <summary>Opens a database by its full name, such as <c>sqlite:PATH</c>.</summary>
    public static async Task<Outcome<Session>> Open(Settings settings, string name, Opening how, CancellationToken stop)
    {
        Broker? broker = null;
        if (settings.Bus != Direct && !Broker.Of(settings.Bus).Ok(out broker, out var refusal)) return refusal;
        if (!Dialect.Of(name).Ok(out var dialect, out refusal)) return refusal;
        if (dialect is Sqlite && broker is not null) return Refusal.Usage("bus_needs_server", "--bus: a SQLite file has one writer, so a broker has nobody to send work to.") with { Help = "Leave --bus out, or name a server with --db." };
        var (ready, held) = await Ready(dialect, how, stop);
        if (ready is not null) return ready;
        var database = new Database(dialect, TimeProvider.System) { Patience = how.AgreementPatience };
        if (!(await Guard(dialect, () => Door.Open(database, settings.Key, how.Access, stop))).Ok(out var actor, out refusal))
        {
            held?.Dispose();
            return refusal;
        }

        var memory = Settings.FundDirectory ?? (dialect is Sqlite file ? file.Path + ".fund" : FundMemory);
        return new Session(database, actor, held, (new FundGate(memory, how.Patience), broker, !settings.NoWait));
    }

    /// <summary>Runs the pipeline until idle, or waits until the workers behind the broker have; what failed and waits for another try is said on standard error.</summary>
    /// <returns>How many messages failed.</returns>
    public async Task<int> Drain(CancellationToken stop)
    {
        // Otherwise this would run below the step before it on one stack, and everything that the step needed would live on: 50 MB after a long file.
        await Task.Yield();
        if (Broker is not null && !Database.IsDryRun) return waits ? await ForWorkers(stop) : 0;
        var failures = await dispatcher.Drain(Actor, stop);
        foreach (var failed in failures)
        {
            Console.Error.WriteLine($"warning: {failed.Queue} {failed.Id} {(failed.Parked ? "is parked" : "will be tried again")}: {failed.Failure.Message}");
        }

        return failures.Count;
    }

    private async Task<int> ForWorkers(CancellationToken stop)
    {
        var failed = await RemoteWork.Done(Database, Actor, Console.Error.WriteLine, stop);
        if (failed > 0) Console.Error.WriteLine($"warning: {failed} messages failed and wait; see 'outbox list'.");
        return failed;
    }

    public async ValueTask DisposeAsync()
    {
        if (Broker is null) await dispatcher.Leave();
        await gate.DisposeAsync();
        webhooks.Dispose();
        await Database.DisposeAsync();
        held?.Dispose();
    }

    // A file is brought up by whoever opens it; a server by 'db migrate' alone, since many hosts share it.
    private static async Task<(Refusal?, EngineLock?)> Ready(Dialect dialect, Opening how, CancellationToken stop)
    {
        if (dialect is Sqlite file) return await Ready(file, how, stop);
        if (!(await Schema.Of(dialect, stop)).Ok(out var schema, out var refusal)) return (refusal, null);
        if (how.IsAboutSchema) return (how.Writes ? schema.Newer(dialect) : null, null);
        return (schema.Newer(dialect) ?? (schema.Missing.Count == 0 ? null : Refusal.Usage("schema_missing", $"{dialect.Place} has not had {schema.Missing[0]}.") with { Help = "Bring it up with 'contribution-engine db migrate'." }), null);
    }

    private static async Task<(Refusal?, EngineLock?)> Ready(Sqlite file, Opening how, CancellationToken stop)
    {
        if (!Directory.Exists(Path.GetDirectoryName(file.Path))) return (Refusal.Usage("database_unreadable", $"The folder of {file.Path} does not exist.") with { Help = "Create it first, or name another file with --db sqlite:PATH." }, null);
        if (!(await Schema.Of(file, stop)).Ok(out var schema, out var refusal)) return (refusal, null);
        EngineLock? held = null;
        if ((how.Writes || schema.Missing.Count > 0) && !(await EngineLock.Take(file.Path, TimeProvider.System, stop)).Ok(out held, out refusal)) return (refusal, null);
        refusal = (await Schema.Ready(file, stop)).Refusal;
        if (refusal is null && how.Writes) return (null, held);
        held?.Dispose();
        return (refusal, null);
    }

    private static async Task<Outcome<T>> Guard<T>(Dialect dialect, Func<Task<Outcome<T>>> step)
    {
        try
        {
            return await step();
        }
        catch (Exception outside) when (Schema.Outage(dialect, outside) is { } refusal)
        {
            return refusal;
        }
    }
}
