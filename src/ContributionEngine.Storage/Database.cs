using System.Data.Common;
using ContributionEngine.Core;
using Dapper;

namespace ContributionEngine.Storage;

/// <summary>A database and the way in: every read and every unit of work goes through here.</summary>
public sealed class Database : IAsyncDisposable
{
    private Work? dryRun;

    static Database()
    {
        DefaultTypeMap.MatchNamesWithUnderscores = true;
        // Dapper has its own idea of these types, which would win over the handlers.
        foreach (var type in new[] { typeof(DateOnly), typeof(DateOnly?), typeof(DateTimeOffset), typeof(DateTimeOffset?) }) SqlMapper.RemoveTypeMap(type);
        SqlMapper.AddTypeHandler(new DateText());
        SqlMapper.AddTypeHandler(new InstantText());
    }

    public Database(Dialect dialect, TimeProvider clock)
    {
        Dialect = dialect;
        Clock = clock;
        Ids = new IdBlocks(this);
    }

    public Dialect Dialect { get; }

    public TimeProvider Clock { get; }

    public IdBlocks Ids { get; }

    /// <summary>True while everything that is written will be rolled back.</summary>
    public bool IsDryRun => dryRun is not null;

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

    /// <summary>Reads that see one moment.</summary>
    public async Task<T> Read<T>(Actor actor, Func<Work, Task<T>> unit, CancellationToken stop)
    {
        if (dryRun is not null) return await unit(dryRun with { Actor = actor });
        await using var connection = await Open(stop);
        await using var transaction = Dialect is Sqlite
            ? ((Microsoft.Data.Sqlite.SqliteConnection)connection).BeginTransaction(deferred: true)
            : await connection.BeginTransactionAsync(stop);
        return await unit(new Work(this, transaction, actor, stop));
    }

    /// <summary>The same code with a rollback at the end: everything inside runs in one transaction that is never committed.</summary>
    public async Task<T> DryRun<T>(Actor actor, Func<Task<T>> everything, CancellationToken stop)
    {
        await using var connection = await Open(stop);
        await using var transaction = await Dialect.BeginWrite(connection, stop);
        dryRun = new Work(this, transaction, actor, stop);
        try
        {
            Ids.Forget();
            await Ids.Ensure(IdBlocks.DryRunIds, stop);
            return await everything();
        }
        finally
        {
            dryRun = null;
            Ids.Forget();
        }
    }

    public ValueTask DisposeAsync()
    {
        if (Dialect is Sqlite) Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        return ValueTask.CompletedTask;
    }

    internal DbTransaction? DryRunTransaction => dryRun?.Transaction;

    internal async Task<DbConnection> Open(CancellationToken stop)
    {
        var connection = Dialect.Connect();
        await connection.OpenAsync(stop);
        return connection;
    }

    private async Task<T> Transact<T>(Actor actor, Func<Work, Task<T>> unit, Func<T, bool> commits, CancellationToken stop)
    {
        if (dryRun is not null) return await unit(dryRun with { Actor = actor });
        for (var ids = IdBlocks.UnitIds; ;)
        {
            await Ids.Ensure(ids, stop);
            await using var connection = await Open(stop);
            await using var transaction = await Dialect.BeginWrite(connection, stop);
            try
            {
                var result = await unit(new Work(this, transaction, actor, stop));
                if (commits(result)) await transaction.CommitAsync(stop);
                return result;
            }
            catch (IdsUsedUpException more)
            {
                // The unit decided nothing outside its transaction, so it may simply run again.
                ids = Math.Max(ids * 8, more.Wanted * 2);
            }
        }
    }
}
