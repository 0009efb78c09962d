using System.Data.Common;
using ContributionEngine.Core;
using Dapper;

namespace ContributionEngine.Storage;

/// <summary>A database and the way in: every read and every unit of work goes through here.</summary>
public sealed class Database : IAsyncDisposable
{
    private const int RunsAgainMax = 5;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly HashSet<long?> saidAbout = [];

    // Of one flow of calls alone: others go on writing meanwhile.
    private readonly AsyncLocal<Rehearsal?> rehearsal = new();

    private readonly IdBlocks ids;
    private long committed;

    static Database()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Dapper has its own idea of these types, which would win over the handlers.
        foreach (var type in new[] { typeof(DateOnly), typeof(DateOnly?), typeof(DateTimeOffset), typeof(DateTimeOffset?) }) SqlMapper.RemoveTypeMap(type);
        SqlMapper.AddTypeHandler(typeof(DateOnly), new Days());
        SqlMapper.AddTypeHandler(typeof(DateTimeOffset), new Instants());
    }

    public Database(Dialect dialect, TimeProvider clock)
    {
        Dialect = dialect;
        Clock = clock;
        ids = new IdBlocks(this);
        Owner = dialect.HasOneWriter ? "writer" : $"{Environment.MachineName} process {Environment.ProcessId} {Guid.NewGuid():n}";
    }

    public Dialect Dialect { get; }

    public TimeProvider Clock { get; }

    internal KnownAgreements KnownAgreements { get; } = new();

    public IdBlocks Ids => rehearsal.Value?.Ids ?? ids;

    /// <summary>Names this process towards leases. Where one process writes at a time, each is the same: what its predecessor held is its own.</summary>
    public string Owner { get; init; }

    /// <summary>How long a unit of work waits for an agreement that another process works on.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Units that were committed here: as long as it is the same, nothing has changed by this object.</summary>
    public long Committed => Interlocked.Read(ref committed);

    /// <summary>Tells that messages were enqueued and committed.</summary>
    public event Action? Said;

    /// <summary>Agreements that this process has enqueued messages about; null stands for what concerns them all.</summary>
    public IReadOnlyList<long?> SaidAbout
    {
        get
        {
            lock (saidAbout) return [.. saidAbout];
        }
    }

    /// <summary>True while everything that is written will be rolled back.</summary>
    public bool IsDryRun => rehearsal.Value is not null;

    /// <summary>What is wrong outside the program when a call fails, or null when the failure is a bug.</summary>
    public Refusal? Outage(Exception failure) => Schema.Outage(Dialect, failure);

    /// <summary>One transaction: all of the unit is committed, or nothing of it.</summary>
    public Task<T> Write<T>(Actor actor, Func<Work, Task<T>> unit, CancellationToken stop) => Transact(actor, unit, _ => true, stop);

    public Task Write(Actor actor, Func<Work, Task> unit, CancellationToken stop) => Write(actor, async work =>
    {
        await unit(work);
        return true;
    }, stop);

    /// <summary>One transaction whose end depends on the outcome: a refusal rolls it back.</summary>
    public Task<Outcome<T>> Attempt<T>(Actor actor, Func<Work, Task<Outcome<T>>> unit, CancellationToken stop) =>
        Transact(actor, unit, outcome => outcome.Refusal is null, stop);

    /// <summary>Several units of work with the agreement leased to this process from the first to the last.</summary>
    public async Task<T> Leased<T>(Actor actor, StoredAgreement agreement, Func<Task<T>> units, CancellationToken stop)
    {
        await Write(actor, work => work.Agreements.Lease(agreement), stop);
        try
        {
            return await units();
        }
        finally
        {
            if (!IsDryRun) await Write(actor, work => work.Agreements.EndLease(agreement.Id), CancellationToken.None);
        }
    }

    /// <summary>Reads that see one moment.</summary>
    public Task<T> Read<T>(Actor actor, Func<Work, Task<T>> unit, CancellationToken stop) => Read(actor, unit, Purpose.Read, stop);

    /// <summary>A page of a list.</summary>
    public Task<T> Page<T>(Actor actor, Func<Lists, Task<T>> list, CancellationToken stop) => Read(actor, work => list(work.Lists), Purpose.Page, stop);

    /// <summary>The same code with a rollback at the end: everything inside runs in one transaction that is never committed.</summary>
    public async Task<T> DryRun<T>(Actor actor, Func<Task<T>> everything, CancellationToken stop)
    {
        for (var ids = IdBlocks.DryRunIds; ;)
        {
            try
            {
                return await RolledBack(actor, everything, ids, stop);
            }
            catch (IdsUsedUpException more)
            {
                ids = Math.Max(ids * 8, more.Wanted * 2);
            }
        }
    }

    public ValueTask DisposeAsync()
    {
        Dialect.Release();
        return ValueTask.CompletedTask;
    }

    internal DbTransaction? DryRunTransaction => rehearsal.Value?.Work.Transaction;

    internal async Task<DbConnection> Open(Purpose purpose, CancellationToken stop)
    {
        var connection = Dialect.Connect(purpose);
        await connection.OpenAsync(stop);
        return connection;
    }

    private async Task<T> Read<T>(Actor actor, Func<Work, Task<T>> unit, Purpose purpose, CancellationToken stop)
    {
        if (rehearsal.Value is { } dry) return await unit(dry.Work with { Actor = actor });
        await using var connection = await Open(purpose, stop);
        await using var transaction = await Dialect.Begin(connection, purpose, stop);
        return await unit(new Work(this, transaction, actor, stop) { OnlyReads = true });
    }

    private async Task<T> RolledBack<T>(Actor actor, Func<Task<T>> everything, long count, CancellationToken stop)
    {
        // On a server others take ids meanwhile, so these are used up for good; on SQLite they roll back with the rest, and nobody else may use one.
        if (!Dialect.HasOneWriter) await Ids.Ensure(count, stop);
        await using var connection = await Open(Purpose.Write, stop);
        await using var transaction = await Dialect.Begin(connection, Purpose.Write, stop);
        rehearsal.Value = new Rehearsal(new Work(this, transaction, actor, stop), Dialect.HasOneWriter ? new IdBlocks(this) : ids);
        await Ids.Ensure(count, stop);
        return await everything();
    }

    // A unit decides nothing outside its transaction, so it may simply run again.
    private async Task<T> Transact<T>(Actor actor, Func<Work, Task<T>> unit, Func<T, bool> commits, CancellationToken stop)
    {
        if (rehearsal.Value is { } dry) return await unit(dry.Work with { Actor = actor });
        var began = Clock.GetTimestamp();
        for (var (ids, again) = (IdBlocks.UnitIds, 0); ;)
        {
            await Ids.Ensure(ids, stop);
            try
            {
                return await Once(actor, unit, commits, stop);
            }
            catch (IdsUsedUpException more)
            {
                ids = Math.Max(ids * 8, more.Wanted * 2);
            }
            catch (Exception held) when ((held is BusyException || Dialect.TroubleOf(held) == Trouble.Locked) && Clock.GetElapsedTime(began) < Patience)
            {
                await Task.Delay(Pause, Clock, stop);
            }
            catch (Exception failure) when (Dialect.TroubleOf(failure) is Trouble.RunAgain or Trouble.Duplicate && again++ < RunsAgainMax)
            {
                await Task.Delay(Pause * (again * Random.Shared.NextDouble()), Clock, stop);
            }
        }
    }

    private async Task<T> Once<T>(Actor actor, Func<Work, Task<T>> unit, Func<T, bool> commits, CancellationToken stop)
    {
        await using var connection = await Open(Purpose.Write, stop);
        await using var transaction = await Dialect.Begin(connection, Purpose.Write, stop);
        var work = new Work(this, transaction, actor, stop);
        var result = await unit(work);
        if (!commits(result)) return result;
        await work.WebhookEvents.Keep();
        await transaction.CommitAsync(stop);
        Interlocked.Increment(ref committed);
        if (!work.Unit.HasSaid) return result;
        lock (saidAbout) saidAbout.UnionWith(work.Unit.SaidAbout);
        Said?.Invoke();
        return result;
    }
}

/// <summary>A dry run: its one unit of work, and the ids that it may use.</summary>
internal sealed record Rehearsal(Work Work, IdBlocks Ids);
