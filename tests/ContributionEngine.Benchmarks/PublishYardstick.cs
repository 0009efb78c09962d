using System.Diagnostics;
using ContributionEngine.Messaging;
using MassTransit;
using RabbitMQ.Client;

namespace ContributionEngine.Benchmarks;

/// <summary>Messages from memory to a quorum queue of the engine's kind: by the bare client, and by MassTransit as one would write it first.</summary>
internal static class PublishYardstick
{
    private const string Queue = "yardstick";
    private const int InFlight = 512;
    private const int AtATime = 500;

    /// <summary>Messages a second by RabbitMQ.Client with confirms and <c>mandatory</c>, so many in flight.</summary>
    public static async Task<double> Bare(Broker broker, int messages, byte[] body)
    {
        await using var connection = await Fresh(broker);
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true, outstandingPublisherConfirmationsRateLimiter: null));
        var properties = new BasicProperties { ContentType = "application/json", DeliveryMode = DeliveryModes.Persistent };
        var began = Stopwatch.GetTimestamp();
        var unconfirmed = new Queue<Task>(InFlight);
        for (var i = 0; i < messages; i++)
        {
            if (unconfirmed.Count == InFlight) await unconfirmed.Dequeue();
            unconfirmed.Enqueue(channel.BasicPublishAsync("", Queue, mandatory: true, properties, body).AsTask());
        }

        while (unconfirmed.TryDequeue(out var last)) await last;
        return await Rate(connection, messages, began);
    }

    /// <summary>Messages a second by a loop over batches of 500 publishes by MassTransit: each awaited before the next, or all of a batch at once.</summary>
    public static async Task<double> MassTransit(Broker broker, Uri address, (int Messages, string Body) load, bool inTurn)
    {
        const string exchange = "yardstick-hint";
        await using var connection = await Fresh(broker);
        await using (var channel = await connection.CreateChannelAsync())
        {
            await channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
            await channel.QueueBindAsync(Queue, exchange, "");
        }

        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            rabbit.Host(address.Host, (ushort)address.Port, address.AbsolutePath.Trim('/'), host =>
            {
                host.Username(address.UserInfo.Split(':')[0]);
                host.Password(address.UserInfo.Split(':')[1]);
            });
            rabbit.Message<Hint>(message => message.SetEntityName(exchange));
            rabbit.Publish<Hint>(topology => (topology.Durable, topology.AutoDelete) = (true, false));
        });
        await bus.StartAsync();
        var began = Stopwatch.GetTimestamp();
        for (var sent = 0; sent < load.Messages; sent += AtATime)
        {
            var batch = Enumerable.Range(0, Math.Min(AtATime, load.Messages - sent)).Select(_ => bus.Publish(new Hint(load.Body)));
            if (!inTurn) await Task.WhenAll(batch);
            else foreach (var one in batch) await one; // Enumerated one by one: the next begins when this is confirmed.
        }

        var rate = await Rate(connection, load.Messages, began);
        await bus.StopAsync();
        return rate;
    }

    private static async Task<IConnection> Fresh(Broker broker)
    {
        var connection = await broker.Connect("yardstick", CancellationToken.None);
        await using var channel = await connection.CreateChannelAsync();
        await channel.QueueDeleteAsync(Queue, ifUnused: false, ifEmpty: false);
        await Broker.Declare(connection, [Queue], CancellationToken.None);
        return connection;
    }

    // A pace counts only when nothing is missing.
    private static async Task<double> Rate(IConnection connection, int messages, long began)
    {
        var took = Stopwatch.GetElapsedTime(began);
        await using var channel = await connection.CreateChannelAsync();
        var there = await channel.MessageCountAsync(Queue);
        return there == messages ? messages / took.TotalSeconds : throw new InvalidOperationException($"{there:N0} of {messages:N0} messages are in the queue.");
    }

    internal sealed record Hint(string Body);
}
