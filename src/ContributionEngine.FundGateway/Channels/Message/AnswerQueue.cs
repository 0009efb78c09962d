using System.Collections.Concurrent;
using ContributionEngine.Engine;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ContributionEngine.FundGateway;

/// <summary>
/// A queue of a fund's answers. A message is the broker's until its answer is stored for good: until then every look gives it
/// again, and when the connection or this process dies the broker does.
/// </summary>
internal sealed class AnswerQueue : IAsyncDisposable
{
    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly string queue;
    private readonly ConcurrentDictionary<ulong, PickedAnswer> held = new();
    private readonly SemaphoreSlim looking = new(1);

    private AnswerQueue(IConnection connection, IChannel channel, string queue) => (this.connection, this.channel, this.queue) = (connection, channel, queue);

    public bool IsOpen => channel.IsOpen;

    public static async Task<AnswerQueue> Open(MessagePlace place, string queue, FundPipeline numbers, CancellationToken stop)
    {
        var connection = await place.Connect(numbers, stop);
        return new AnswerQueue(connection, await connection.CreateChannelAsync(cancellationToken: stop), queue);
    }

    /// <summary>What is held, and what the queue has, within the limits.</summary>
    public async Task<IReadOnlyList<PickedAnswer>> Look(CancellationToken stop)
    {
        await looking.WaitAsync(stop);
        try
        {
            while (held.Count < FundPipeline.AnswersMax && held.Values.Sum(answer => (long)answer.Content.Length) < FundPipeline.AnswerBytesMax && await channel.BasicGetAsync(queue, autoAck: false, stop) is { } message)
            {
                held[message.DeliveryTag] = Picked(message);
            }
        }
        finally
        {
            looking.Release();
        }

        return [.. held.OrderBy(item => item.Key).Select(item => item.Value)];
    }

    public async ValueTask DisposeAsync()
    {
        // A connection that hangs would hang its closing too.
        await connection.CloseAsync(Constants.ReplySuccess, "done", TimeSpan.FromSeconds(2), abort: true, CancellationToken.None);
        await connection.DisposeAsync();
        looking.Dispose();
    }

    private PickedAnswer Picked(BasicGetResult message)
    {
        var name = message.BasicProperties.MessageId is { Length: > 0 } id ? FundText.Of(id) : $"{queue}-{message.DeliveryTag}";
        var isShort = message.Body.Length <= FundPipeline.AnswerBytesMax;
        return new PickedAnswer(name, isShort ? message.Body.ToArray() : [])
        {
            Trouble = isShort ? null : $"it has {message.Body.Length} bytes; the longest that is read has {FundPipeline.AnswerBytesMax}",
            Taken = _ => Acknowledge(message.DeliveryTag),
        };
    }

    private async Task Acknowledge(ulong tag)
    {
        if (!held.TryRemove(tag, out _)) return;
        try
        {
            await channel.BasicAckAsync(tag, multiple: false, CancellationToken.None);
        }
        catch (AlreadyClosedException)
        {
            // The broker gives all of it again, and the same answer twice is one answer.
            held.Clear();
        }
    }
}
