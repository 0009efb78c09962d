using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;
using Npgsql;
using RabbitMQ.Client;

namespace ContributionEngine.Benchmarks;

/// <summary>A database and a virtual host of a measure's own, with the engine's tables and queues; gone when disposed.</summary>
internal sealed class Stack : IAsyncDisposable
{
    private readonly TestDatabase database;
    private readonly TestVirtualHost host;

    private Stack(TestDatabase database, TestVirtualHost host)
    {
        (this.database, this.host) = (database, host);
        Broker = Broker.Of(host.Address).Value;
        Source = NpgsqlDataSource.Create(database.Address);
    }

    public Broker Broker { get; }

    public NpgsqlDataSource Source { get; }

    /// <summary>Name of the database on its server.</summary>
    public string Name => database.Name;

    /// <summary>What <c>--db</c> takes.</summary>
    public string Db => $"postgresql:{database.Address}";

    /// <summary>What <c>--bus</c> takes.</summary>
    public string Bus => host.Address;

    public static async Task<Stack> Create()
    {
        if (PostgreSqlServer.Address is null || RabbitMqServer.Address is null) throw new InvalidOperationException("No servers are named: tests/nightly.sh starts them.");
        var stack = new Stack(await TestDatabase.Create(), await TestVirtualHost.Create());
        _ = (await Schema.Ready(new PostgreSql(stack.database.Address), CancellationToken.None)).Value;
        return stack;
    }

    /// <summary>The engine's way into the database.</summary>
    public Database Open() => new(new PostgreSql(database.Address), TimeProvider.System);

    public async Task<T> Ask<T>(string statement)
    {
        await using var command = Source.CreateCommand(statement);
        command.CommandTimeout = 0;
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Order(string statement)
    {
        await using var command = Source.CreateCommand(statement);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>How many messages lie ready in a queue.</summary>
    public async Task<uint> InQueue(string queue)
    {
        await using var connection = await Broker.Connect("benchmark", CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync();
        return await channel.MessageCountAsync(queue);
    }

    /// <summary>The two servers and what they say of their versions.</summary>
    public static async Task<string> Versions()
    {
        if (PostgreSqlServer.Address is null || RabbitMqServer.Address is null) return "";
        await using var connection = new NpgsqlConnection(PostgreSqlServer.Address);
        await connection.OpenAsync();
        await using var broker = await Broker.Of(RabbitMqServer.Address).Value.Connect("benchmark", CancellationToken.None);
        return $", PostgreSQL {connection.PostgreSqlVersion}, RabbitMQ {Broker.VersionOf(broker)}";
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await host.DisposeAsync();
        await database.DisposeAsync();
    }
}
