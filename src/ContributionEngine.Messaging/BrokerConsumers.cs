using ContributionEngine.Storage;
using MassTransit;
using Microsoft.Extensions.Logging;

namespace ContributionEngine.Messaging;

/// <summary>The endpoints of some routes on RabbitMQ, by MassTransit, from the start to the stop of a process.</summary>
public sealed class BrokerConsumers : IAsyncDisposable
{
    /// <summary>Units of work at once in a process; each holds one agreement.</summary>
    private const int Concurrency = 4;

    /// <summary>Messages are long: twice as many as are worked lie ready.</summary>
    private const ushort Prefetch = 2 * Concurrency;

    private static readonly TimeSpan StopWithin = TimeSpan.FromSeconds(8);

    private readonly IBusControl bus;

    private BrokerConsumers(IBusControl bus) => this.bus = bus;

    /// <summary>Declares the queues and begins to consume; what is wrong with the broker is thrown at once.</summary>
    /// <param name="stopping">Cancelled when the process is to end: what is in hand is rolled back.</param>
    public static async Task<BrokerConsumers> Start((Broker Broker, ILoggerFactory Logs) at, Database database, IReadOnlyList<Route> routes, CancellationToken stopping)
    {
        var version = await at.Broker.Prepare(routes.Select(route => route.Queue), stopping);
        LogContext.ConfigureCurrentLogContext(at.Logs);
        var endpoints = new BrokerEndpoints(database, routes, stopping);
        var bus = Bus.Factory.CreateUsingRabbitMq(rabbit =>
        {
            Host(rabbit, at.Broker);
            endpoints.Map(rabbit, endpoint => Shape(endpoint, version));
        });
        await bus.StartAsync(stopping);
        return new BrokerConsumers(bus);
    }

    /// <summary>True while every endpoint is connected.</summary>
    public bool IsHealthy => bus.CheckHealth().Status == BusHealthStatus.Healthy;

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(StopWithin);
        await bus.StopAsync(patience.Token);
    }

    private static void Host(IRabbitMqBusFactoryConfigurator rabbit, Broker broker) => rabbit.Host(broker.Host, broker.Port, broker.VirtualHost, host =>
    {
        host.Username(broker.User);
        host.Password(broker.Password);
        host.Heartbeat(TimeSpan.FromSeconds(15));
        if (broker.UsesTls) host.UseSsl(tls => tls.ServerName = broker.Host);
    });

    private static void Shape(IRabbitMqReceiveEndpointConfigurator endpoint, Version version)
    {
        foreach (var (name, value) in Broker.Arguments(version)) endpoint.SetQueueArgument(name, value!);
        endpoint.Durable = true;
        endpoint.PrefetchCount = Prefetch;
        endpoint.ConcurrentMessageLimit = Concurrency;
    }
}
