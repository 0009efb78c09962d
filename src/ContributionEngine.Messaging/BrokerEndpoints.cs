using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using MassTransit;
using Polly;

namespace ContributionEngine.Messaging;

/// <summary>
/// The message map on a bus: one endpoint per row, named for its use case. What arrives is only the word which row of the outbox
/// to look at, so a message that comes twice, late or forged does nothing. While the database is away it stays in hand.
/// </summary>
/// <param name="stopping">Cancelled when the process is to end: the unit in hand is rolled back and the message goes back to the queue.</param>
public sealed class BrokerEndpoints(Database database, IReadOnlyList<Route> map, CancellationToken stopping)
{
    /// <summary>Header with the id under which the outbox knows the message.</summary>
    public const string MessageId = "outbox-id";

    private readonly Handling handling = new(database, map);
    private readonly ResiliencePipeline patience = Retries.WaitingOut(failure => Handling.IsOutage(database, failure));

    /// <summary>Declares the endpoints on a bus that is being configured.</summary>
    /// <param name="each">What the transport wants of each endpoint.</param>
    public void Map<T>(IReceiveConfigurator<T> bus, Action<T> each) where T : IReceiveEndpointConfigurator
    {
        foreach (var route in map)
        {
            bus.ReceiveEndpoint(route.Queue, endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
                endpoint.ConfigureError(pipe => pipe.UseExecuteAsync(context => Park(route.Queue, context)));
                route.Attach(endpoint, Handle);
                each(endpoint);
            });
        }
    }

    private async Task Handle(MessageContext message)
    {
        if (!long.TryParse(message.Headers.Get<string>(MessageId), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            throw new InvalidDataException($"it has no header {MessageId}, so it does not come from the outbox");
        }

        await Patiently(async stop =>
        {
            if (await database.Read(Reader, work => work.Outbox.Row(id), stop) is { } row) await handling.Run(row, stop);
        });
    }

    // What cannot be read, or comes from nobody, is kept where people look and leaves the queue.
    private async Task Park(string queue, ExceptionReceiveContext context)
    {
        stopping.ThrowIfCancellationRequested();
        await Patiently(async stop => await database.Write(Reader, work => ParkedMessages.Foreign(work, queue, context.Body.GetString(), context.Exception.Message), stop));
    }

    private ValueTask Patiently(Func<CancellationToken, ValueTask> step) => patience.ExecuteAsync(step, stopping);

    private static Actor Reader { get; } = new("engine");
}
