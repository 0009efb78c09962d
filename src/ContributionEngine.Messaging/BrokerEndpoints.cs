using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;
using MassTransit;

namespace ContributionEngine.Messaging;

/// <summary>
/// The message map on a broker: one endpoint per row, named for its use case, that reads the contract as plain JSON. Inbox and
/// effect commit together, so a message that is delivered twice is handled once.
/// </summary>
public static class BrokerEndpoints
{
    /// <summary>Header with the id under which the outbox knew the message.</summary>
    public const string MessageId = "outbox-id";

    /// <summary>Declares the endpoints of the map on a bus that is being configured.</summary>
    public static void Map(this IBusFactoryConfigurator bus, IReadOnlyList<Route> map, Database database)
    {
        foreach (var route in map)
        {
            bus.ReceiveEndpoint(route.Queue, endpoint =>
            {
                endpoint.ConfigureConsumeTopology = false;
                endpoint.UseRawJsonDeserializer(RawSerializerOptions.AnyMessageType, isDefault: true);
                endpoint.UseMessageRetry(retry => retry.Exponential(Retries.InProcess, Retries.FirstWait, Retries.LongestWaitInProcess, Retries.FirstWait));
                route.Attach(endpoint, (queue, by, message) => TurnOf(database, queue, by, message));
            });
        }
    }

    private static Turn TurnOf(Database database, string queue, string by, MessageContext message)
    {
        if (!long.TryParse(message.Headers.Get<string>(MessageId), NumberStyles.None, CultureInfo.InvariantCulture, out var id))
        {
            throw new InvalidOperationException($"A message on {queue} has no header {MessageId}; it does not come from the outbox.");
        }

        return new Turn(database, new Actor(by), id, (work => work.Outbox.FirstTime(queue, id), _ => Task.CompletedTask));
    }
}
