using ContributionEngine.Testing;
using Npgsql;

namespace ContributionEngine.Storage.Tests;

/// <summary>The databases that tests make for themselves on the PostgreSQL of the run.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class TestDatabaseTests
{
    private const string DatabaseUnknown = "3D000";

    [Test]
    public async Task A_database_is_empty_and_its_own()
    {
        await using var one = await TestDatabase.Create();
        await using var other = await TestDatabase.Create();
        await Ask(one.Address, "create table member (id bigint)");
        const string tables = "select count(*) from pg_tables where schemaname = 'public'";
        Assert.That((await Ask(one.Address, tables), await Ask(other.Address, tables)), Is.EqualTo((1L, 0L)));
    }

    [Test]
    public async Task A_database_is_gone_when_disposed_even_with_someone_connected()
    {
        var database = await TestDatabase.Create();
        await using var connection = new NpgsqlConnection(database.Address);
        await connection.OpenAsync();
        await database.DisposeAsync();
        var fault = Assert.ThrowsAsync<PostgresException>(() => Ask(database.Address, "select 1"));
        Assert.That(fault!.SqlState, Is.EqualTo(DatabaseUnknown));
    }

    private static async Task<object?> Ask(string address, string statement)
    {
        await using var connection = new NpgsqlConnection(address);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
