using Npgsql;

namespace ContributionEngine.Faults.Tests;

/// <summary>Another program in the same database, with a transaction open, who has more patience than anybody else.</summary>
internal sealed class Rival : IAsyncDisposable
{
    private const int PatienceSeconds = 180;

    private readonly NpgsqlConnection connection;

    private Rival(NpgsqlConnection connection) => this.connection = connection;

    public static async Task<Rival> Open(string database)
    {
        var rival = new Rival(new NpgsqlConnection($"{database};Pooling=false;Command Timeout={PatienceSeconds}"));
        await rival.connection.OpenAsync();
        // The server asks who waits for whom when somebody's patience ends: it is never this one that loses.
        await rival.Do($"set deadlock_timeout = '{PatienceSeconds}s'");
        await rival.Do("begin");
        return rival;
    }

    public async Task Do(string statement)
    {
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }

    public Task Leave() => Do("rollback");

    public ValueTask DisposeAsync() => connection.DisposeAsync();
}
