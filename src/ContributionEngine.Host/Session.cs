using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.FundGateway;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary>One command at work: the database, who acts, and the pipeline that runs in this process.</summary>
internal sealed class Session : IAsyncDisposable
{
    private const string Prefix = "sqlite:";

    private readonly EngineLock? held;
    private readonly FundGate gate;
    private readonly DirectDispatcher dispatcher;

    private Session(Database database, Actor actor, EngineLock? held, FundGate gate)
    {
        (Database, Actor, this.held, this.gate) = (database, actor, held, gate);
        dispatcher = new DirectDispatcher(database, MessageMap.Of(new FundChannels(gate.Find)));
    }

    public Database Database { get; }

    public Actor Actor { get; }

    /// <summary>Opens the database that the settings name; a writing command also becomes its one writer.</summary>
    public static Task<Outcome<Session>> Open(Settings settings, bool writes, CancellationToken stop) => Open(settings, settings.Db, (writes, new FundPipeline()), stop);

    /// <summary>True when the database that the settings name is there already, so that opening it makes none.</summary>
    public static bool IsThere(Settings settings) => settings.Db.StartsWith(Prefix, StringComparison.Ordinal) && File.Exists(settings.Db[Prefix.Length..]);

    /// <summary>Opens a database by its full name, such as <c>sqlite:PATH</c>.</summary>
    public static async Task<Outcome<Session>> Open(Settings settings, string database, (bool Writes, FundPipeline Patience) how, CancellationToken stop)
    {
        if (settings.Bus != "direct") return Refusal.Usage("bus_not_supported_yet", $"--bus {settings.Bus}: this version works without a broker (--bus direct).");
        if (settings.Key is not null) return new Refusal(RefusalKind.NotAllowed, "key_unknown", "The key is not known.") with { Help = "Leave --key out: on a SQLite file the acting user is the one of the operating system." };
        if (!database.StartsWith(Prefix, StringComparison.Ordinal)) return Refusal.Usage("database_not_supported_yet", "--db: this version keeps its data in a SQLite file (sqlite:PATH).");

        var path = Path.GetFullPath(database[Prefix.Length..]);
        if (!Directory.Exists(Path.GetDirectoryName(path))) return Refusal.Usage("database_unreadable", $"The folder of {path} does not exist.") with { Help = "Create it first, or name another file with --db sqlite:PATH." };
        var dialect = new Sqlite(path);
        if (!(await Schema.Of(dialect, stop)).Ok(out var schema, out var refusal)) return refusal;
        EngineLock? held = null;
        if ((how.Writes || schema.Missing.Count > 0) && !(await EngineLock.Take(path, TimeProvider.System, stop)).Ok(out held, out refusal)) return refusal;
        if (!(await Schema.Ready(dialect, stop)).Ok(out _, out refusal))
        {
            held?.Dispose();
            return refusal;
        }

        if (!how.Writes) held?.Dispose();
        return new Session(new Database(dialect, TimeProvider.System), new Actor($"os:{Environment.UserName}"), held, new FundGate(path + ".fund", how.Patience));
    }

    /// <summary>Runs the pipeline until idle; what failed and waits for another try is said on standard error.</summary>
    public async Task<int> Drain(CancellationToken stop)
    {
        var failures = await dispatcher.Drain(Actor, stop);
        foreach (var failed in failures)
        {
            Console.Error.WriteLine($"warning: {failed.Queue} {failed.Id} {(failed.Parked ? "is parked" : "will be tried again")}: {failed.Failure.Message}");
        }

        return failures.Count;
    }

    public async ValueTask DisposeAsync()
    {
        await gate.DisposeAsync();
        await Database.DisposeAsync();
        held?.Dispose();
    }
}
