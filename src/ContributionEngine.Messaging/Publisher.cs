using System.Globalization;
using System.Text;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ContributionEngine.Messaging;

/// <summary>What the broker did with a message.</summary>
internal enum Fate
{
    /// <summary>It has it, on disk.</summary>
    Confirmed,

    /// <summary>It would not take it now: an alarm, a full queue.</summary>
    Nacked,

    /// <summary>It has no such queue, even after the topology was declared again.</summary>
    Returned,

    /// <summary>No word within the deadline: it may have it or not.</summary>
    TimedOut,

    /// <summary>The channel or the connection broke: it may have it or not.</summary>
    Failed,
}

/// <summary>
/// One connection and one channel with confirms and <c>mandatory</c>. So many messages are unconfirmed at most, and each is
/// waited for so long at most; a connection on which words stay away is dropped by its owner and made anew.
/// </summary>
internal sealed class Publisher : IAsyncDisposable
{
    private const int UnconfirmedMax = 512;

    // Never by a cancelled token: that has left the channel's sequence in disorder, and publishes can hang for ever after a broker's restart.
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<string> queues;
    private readonly IConnection connection;
    private readonly IChannel channel;
    private readonly SemaphoreSlim unconfirmed = new(UnconfirmedMax);
    private Exception? broken;

    private Publisher(IReadOnlyList<string> queues, IConnection connection, IChannel channel) => (this.queues, this.connection, this.channel) = (queues, connection, channel);

    /// <summary>Connects, declares the queues, and opens a channel that confirms.</summary>
    public static async Task<Publisher> Open(Broker broker, IReadOnlyList<string> queues, CancellationToken stop)
    {
        var connection = await broker.Connect("relay", stop);
        await Broker.Declare(connection, queues, stop);
        return new Publisher(queues, connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true, outstandingPublisherConfirmationsRateLimiter: null), stop));
    }

    /// <summary>Publishes all rows and waits for the broker's word on each.</summary>
    public async Task<IReadOnlyList<(OutboxRow Row, Fate Fate)>> Send(IReadOnlyList<OutboxRow> rows, CancellationToken stop)
    {
        var fates = await Publish(rows, stop);
        var homeless = fates.Where(fate => fate.Fate == Fate.Returned).Select(fate => fate.Row).ToList();
        if (homeless.Count > 0)
        {
            await Broker.Declare(connection, queues, stop);
            fates = [.. fates.Where(fate => fate.Fate != Fate.Returned), .. await Publish(homeless, stop)];
        }

        foreach (var group in fates.GroupBy(fate => fate.Fate)) Telemetry.Published.Add(group.Count(), new KeyValuePair<string, object?>("outcome", Words.Of(group.Key)));
        return fates;
    }

    /// <summary>Throws what broke the connection, so that its owner makes a new one.</summary>
    public void ThrowIfBroken()
    {
        if (broken is null) return;
        Telemetry.Recycled.Add(1);
        throw broken is TimeoutException ? broken : new IOException(broken.Message, broken);
    }

    public async ValueTask DisposeAsync()
    {
        // A connection that hangs would hang its closing too.
        await connection.CloseAsync(Constants.ReplySuccess, "done", TimeSpan.FromSeconds(2), abort: true, CancellationToken.None);
        await connection.DisposeAsync();
        unconfirmed.Dispose();
    }

    private async Task<List<(OutboxRow Row, Fate Fate)>> Publish(IReadOnlyList<OutboxRow> rows, CancellationToken stop)
    {
        var sent = new List<Task<(OutboxRow, Fate)>>(rows.Count);
        foreach (var row in rows)
        {
            await unconfirmed.WaitAsync(stop);
            sent.Add(broken is null ? One(row) : Unsent(row));
        }

        return [.. await Task.WhenAll(sent)];
    }

    private Task<(OutboxRow, Fate)> Unsent(OutboxRow row)
    {
        unconfirmed.Release();
        return Task.FromResult((row, Fate.Failed));
    }

    private async Task<(OutboxRow, Fate)> One(OutboxRow row)
    {
        try
        {
            await channel.BasicPublishAsync("", row.Destination, mandatory: true, Properties(row), Encoding.UTF8.GetBytes(row.Body), CancellationToken.None).AsTask().WaitAsync(Deadline);
            return (row, Fate.Confirmed);
        }
        catch (PublishException no)
        {
            return (row, no.IsReturn ? Fate.Returned : Fate.Nacked);
        }
        catch (TimeoutException late)
        {
            broken ??= late;
            return (row, Fate.TimedOut);
        }
        catch (Exception cut) when (cut is AlreadyClosedException or OperationInterruptedException or IOException or ObjectDisposedException or System.Net.Sockets.SocketException)
        {
            broken ??= cut;
            return (row, Fate.Failed);
        }
        finally
        {
            unconfirmed.Release();
        }
    }

    private static BasicProperties Properties(OutboxRow row)
    {
        var id = row.Id.ToString(CultureInfo.InvariantCulture);
        var properties = new BasicProperties
        {
            MessageId = new Guid((int)(row.Id >> 32), (short)(row.Id >> 16), (short)row.Id, [0, 0, 0, 0, 0, 0, 0, 1]).ToString(),
            Type = row.Type,
            ContentType = "application/json",
            DeliveryMode = DeliveryModes.Persistent,
            Headers = new Dictionary<string, object?> { [BrokerEndpoints.MessageId] = id },
        };
        if (row.TraceParent is { } trace) properties.Headers["traceparent"] = trace;
        return properties;
    }
}
