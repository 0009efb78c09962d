using System.Text;
using RabbitMQ.Client;

namespace ContributionEngine.Faults.Tests;

/// <summary>The broker as an intruder sees it.</summary>
internal sealed class Queues(string address)
{
    public const string Reconcile = "reconcile-receipts";
    public const string Deliver = "deliver-remittance";

    /// <summary>Header with the id under which the outbox knows a message.</summary>
    private const string Id = "outbox-id";

    /// <summary>Puts messages into a queue; without an id they have no header.</summary>
    public Task Put(string queue, IEnumerable<(string? Id, string Body)> messages) => With(async channel =>
    {
        foreach (var (id, body) in messages)
        {
            var properties = new BasicProperties { ContentType = "application/json", Headers = id is null ? null : new Dictionary<string, object?> { [Id] = id } };
            await channel.BasicPublishAsync("", queue, mandatory: true, properties, Encoding.UTF8.GetBytes(body));
        }
    });

    public Task Delete(string queue) => With(channel => channel.QueueDeleteAsync(queue));

    /// <summary>Loses what the queue holds and has not handed out.</summary>
    public Task Purge(string queue) => With(channel => channel.QueuePurgeAsync(queue));

    private async Task With(Func<IChannel, Task> step)
    {
        await using var connection = await new ConnectionFactory { Uri = new Uri(address) }.CreateConnectionAsync();
        await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
        await step(channel);
        await connection.CloseAsync();
    }
}
