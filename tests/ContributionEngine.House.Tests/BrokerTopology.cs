using System.Text.Json;
using ContributionEngine.Messaging;

namespace ContributionEngine.House.Tests;

/// <summary>What an operator may load into a broker beforehand is what the program declares by itself.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BrokerTopology
{
    private const string File = "deploy/rabbitmq/definitions.json";
    private const string VirtualHost = "contribution-engine";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, IndentSize = 2 };

    /// <summary>The line that the newest supported brokers belong to.</summary>
    private static readonly Version Newest = new(4, 1);

    [Test]
    public void The_broker_s_definitions_are_as_the_program_declares_them() => Snapshots.Compare(File, JsonSerializer.Serialize(new
    {
        vhosts = new[] { new { name = VirtualHost } },
        queues = MessageMap.Queues.Select(queue => Queue(queue, Broker.Arguments(Newest))).Append(Queue(Broker.DeadLetters, Broker.DeadLetterArguments)),
        exchanges = MessageMap.Queues.Select(queue => new { name = queue, vhost = VirtualHost, type = "fanout", durable = true, auto_delete = false, arguments = new { } }),
        bindings = MessageMap.Queues.Select(queue => new { source = queue, vhost = VirtualHost, destination = queue, destination_type = "queue", routing_key = "", arguments = new { } }),
    }, Indented) + "\n");

    private static object Queue(string name, IReadOnlyDictionary<string, object?> arguments) => new { name, vhost = VirtualHost, durable = true, auto_delete = false, arguments };
}
