using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

/// <summary>A database of a test's own, and what removes it.</summary>
public sealed class EmptyStore(Database database, IAsyncDisposable place) : IAsyncDisposable
{
    private static readonly Actor Operator = new("os:operator");

    public Database Database => database;

    public Task<T> Read<T>(Func<Work, Task<T>> unit) => database.Read(Operator, unit, CancellationToken.None);

    public Task<T> Write<T>(Func<Work, Task<T>> unit) => database.Write(Operator, unit, CancellationToken.None);

    public Task Write(Func<Work, Task> unit) => database.Write(Operator, unit, CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        await database.DisposeAsync();
        await place.DisposeAsync();
    }
}
