using System.Text;
using ContributionEngine.Testing;
using Npgsql;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ContributionEngine.Engine.Tests;

/// <summary>Servers that a test may kill come back at their address with what they had confirmed.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class OwnServerTests
{
    [TestCase(true, TestName = "A_killed_PostgreSQL_comes_back_with_what_was_committed")]
    [TestCase(false, TestName = "A_stopped_PostgreSQL_comes_back_with_what_was_committed")]
    public async Task A_PostgreSQL_comes_back_with_its_data(bool isKilled)
    {
        await using var server = await OwnPostgreSql.Create();
        await Ask(server, "create table member as select 7 as number");
        await using var open = new NpgsqlConnection(server.Address);
        await open.OpenAsync();
        await (isKilled ? server.Kill() : server.Stop());
        Assert.That(() => Ask(server, "select 1"), Throws.InstanceOf<NpgsqlException>());
        await server.Start();
        Assert.That(await Ask(server, "select number from member"), Is.EqualTo(7));
    }

    [Test]
    public async Task A_killed_RabbitMQ_comes_back_with_what_was_confirmed()
    {
        await using var server = await OwnRabbitMq.Create();
        var queue = new Queue(server.Address);
        await queue.Say("hello");
        await server.Kill();
        Assert.That(() => queue.Hear(), Throws.InstanceOf<BrokerUnreachableException>());
        await server.Start();
        Assert.That(await queue.Hear(), Is.EqualTo("hello"));
    }

    [Test]
    public async Task A_virtual_host_has_queues_of_its_own()
    {
        await using var one = await TestVirtualHost.Create();
        await using var other = await TestVirtualHost.Create();
        await new Queue(one.Address).Say("hello");
        Assert.That((await new Queue(one.Address).Hear(), await new Queue(other.Address).Hear()), Is.EqualTo(("hello", (string?)null)));
    }

    private static async Task<object?> Ask(OwnPostgreSql server, string statement)
    {
        await using var connection = new NpgsqlConnection($"{server.Address};Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>A quorum queue at a broker, as the product uses them.</summary>
    private sealed class Queue(string address)
    {
        private const string Name = "kit";

        private static readonly CreateChannelOptions Confirmed = new(publisherConfirmationsEnabled: true, publisherConfirmationTrackingEnabled: true);

        public Task Say(string words) => With(async channel =>
        {
            await channel.BasicPublishAsync("", Name, mandatory: true, new BasicProperties { Persistent = true }, Encoding.UTF8.GetBytes(words));
            return words;
        });

        public Task<string?> Hear() => With(async channel => await channel.BasicGetAsync(Name, autoAck: true) is { } said ? Encoding.UTF8.GetString(said.Body.Span) : null);

        private async Task<T> With<T>(Func<IChannel, Task<T>> act)
        {
            await using var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync();
            await using var channel = await connection.CreateChannelAsync(Confirmed);
            await channel.QueueDeclareAsync(Name, durable: true, exclusive: false, autoDelete: false, new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            return await act(channel);
        }
    }
}
