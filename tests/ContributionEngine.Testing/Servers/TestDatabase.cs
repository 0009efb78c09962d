using Npgsql;

namespace ContributionEngine.Testing;

/// <summary>An empty database of its own name on a PostgreSQL server; gone when disposed, whoever is still connected.</summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly string server;

    private TestDatabase(string server)
    {
        this.server = server;
        Address = new NpgsqlConnectionStringBuilder(server) { Database = Name }.ConnectionString;
    }

    public string Name { get; } = $"engine_{Guid.NewGuid():n}";

    /// <summary>Npgsql connection string of the database.</summary>
    public string Address { get; }

    /// <summary>Creates one on the server of this test run; without a server the test is ignored.</summary>
    public static Task<TestDatabase> Create() => On(PostgreSqlServer.Needed());

    /// <summary>Creates one on another server.</summary>
    /// <param name="server">Npgsql connection string of a user who may create databases.</param>
    public static async Task<TestDatabase> On(string server)
    {
        var database = new TestDatabase(server);
        await database.Order($"create database {database.Name} template template0 encoding 'utf8'");
        return database;
    }

    /// <summary>Creates a copy on the same server; nobody may be connected to the original.</summary>
    public static async Task<TestDatabase> CopyOf(TestDatabase original)
    {
        var copy = new TestDatabase(original.server);
        await copy.Order($"create database {copy.Name} template {original.Name}");
        return copy;
    }

    public async ValueTask DisposeAsync()
    {
        await using (var pool = new NpgsqlConnection(Address)) NpgsqlConnection.ClearPool(pool);
        await Order($"drop database if exists {Name} with (force)");
    }

    private async Task Order(string statement)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
