using System.Net.Security;
using System.Text;
using ContributionEngine.Core;
using RabbitMQ.Client;
using RabbitMQ.Client.Exceptions;

namespace ContributionEngine.Messaging;

/// <summary>The RabbitMQ server that <c>--bus</c> names, and the queues that the program declares on it.</summary>
public sealed class Broker
{
    /// <summary>Where a queue lays what was delivered too often, untouched.</summary>
    public const string DeadLetters = "dead-letters";

    /// <summary>A message whose consumer died so often is laid aside; what only fails is counted in the outbox and never gets there.</summary>
    public const long DeliveryLimit = 20;

    private const long ConsumerTimeoutMilliseconds = 30 * 60 * 1000;
    private const string Tls = "amqps";

    /// <summary>The first version that knows a consumer timeout per queue.</summary>
    private static readonly Version TimeoutSince = new(3, 12);

    private readonly Uri address;

    private Broker(Uri address) => this.address = address;

    /// <summary>Where it is, for people: without user and password.</summary>
    public string Place => $"RabbitMQ on {address.Host}:{Port} vhost {VirtualHost}";

    internal string Host => address.Host;

    internal ushort Port => (ushort)(address.Port > 0 ? address.Port : UsesTls ? 5671 : 5672);

    internal bool UsesTls => address.Scheme == Tls;

    internal string VirtualHost => address.AbsolutePath.Trim('/') is { Length: > 0 } named ? Uri.UnescapeDataString(named) : "/";

    internal string User => Uri.UnescapeDataString(address.UserInfo.Split(':')[0]);

    internal string Password => Uri.UnescapeDataString(address.UserInfo.Contains(':', StringComparison.Ordinal) ? address.UserInfo[(address.UserInfo.IndexOf(':', StringComparison.Ordinal) + 1)..] : "");

    /// <summary>Reads <c>amqp://user:pass@host:port/vhost</c>; anything else is refused with code <c>bus_malformed</c>.</summary>
    public static Outcome<Broker> Of(string bus) =>
        Uri.TryCreate(bus, UriKind.Absolute, out var address) && address.Scheme is "amqp" or Tls && address.Host.Length > 0 && address.UserInfo.Length > 0
            ? new Broker(address)
            : Refusal.Usage("bus_malformed", "--bus is neither 'direct' nor an address such as amqp://user:password@host:5672/vhost.");

    /// <summary>A connection of its own, which does not mend itself: who holds it makes a new one.</summary>
    public Task<IConnection> Connect(string name, CancellationToken stop) => new ConnectionFactory
    {
        HostName = Host,
        Port = Port,
        VirtualHost = VirtualHost,
        UserName = User,
        Password = Password,
        Ssl = new SslOption { Enabled = UsesTls, ServerName = Host },
        AutomaticRecoveryEnabled = false,
        ClientProvidedName = $"contribution-engine {name}",
        RequestedHeartbeat = TimeSpan.FromSeconds(15),
        RequestedConnectionTimeout = TimeSpan.FromSeconds(10),
    }.CreateConnectionAsync(stop);

    /// <summary>Declares the dead letters and the queue of every route; one that is there with other arguments is a failure.</summary>
    public static async Task Declare(IConnection connection, IEnumerable<string> queues, CancellationToken stop)
    {
        await using var channel = await connection.CreateChannelAsync(cancellationToken: stop);
        await channel.QueueDeclareAsync(DeadLetters, durable: true, exclusive: false, autoDelete: false, DeadLetterArguments, cancellationToken: stop);
        var arguments = Arguments(VersionOf(connection));
        foreach (var queue in queues) await channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments, cancellationToken: stop);
    }

    /// <summary>Connects once and declares the queues of the routes; what is wrong is thrown.</summary>
    public async Task<Version> Prepare(IEnumerable<string> queues, CancellationToken stop)
    {
        await using var connection = await Connect("declare", stop);
        await Declare(connection, queues, stop);
        await connection.CloseAsync(stop);
        return VersionOf(connection);
    }

    /// <summary>The arguments of the queue of dead letters, on any broker.</summary>
    public static Dictionary<string, object?> DeadLetterArguments { get; } = new() { ["x-queue-type"] = "quorum" };

    /// <summary>The arguments of a work queue on a broker of that version.</summary>
    public static Dictionary<string, object?> Arguments(Version broker)
    {
        var arguments = new Dictionary<string, object?>
        {
            ["x-queue-type"] = "quorum",
            ["x-delivery-limit"] = DeliveryLimit,
            ["x-dead-letter-exchange"] = "",
            ["x-dead-letter-routing-key"] = DeadLetters,
        };
        if (broker >= TimeoutSince) arguments["x-consumer-timeout"] = ConsumerTimeoutMilliseconds;
        return arguments;
    }

    /// <summary>What the server says of itself.</summary>
    public static Version VersionOf(IConnection connection) =>
        connection.ServerProperties is { } said && said.TryGetValue("version", out var text) && text is byte[] bytes && Version.TryParse(Encoding.ASCII.GetString(bytes).Split('-', '+')[0], out var version) ? version : new Version(0, 0);

    /// <summary>What is wrong outside when a call to the broker fails, or null when the failure is none of its.</summary>
    public Refusal? Outage(Exception failure) => failure switch
    {
        AuthenticationFailureException or PossibleAuthenticationFailureException => Refusal.Usage("broker_denied", $"{Place} refuses the user or password of --bus.") with { Help = "Correct the address; RabbitMQ's log says more." },
        BrokerUnreachableException or AggregateException or ConnectFailureException when failure.InnerException is { } inner && Outage(inner) is { } refusal => refusal,
        OperationInterruptedException { ShutdownReason.ReplyCode: 530 or 403 } closed => Refusal.Usage("broker_denied", $"{Place}: {closed.ShutdownReason!.ReplyText}") with { Help = "Check that the vhost exists and that the user may use and configure it." },
        OperationInterruptedException { ShutdownReason.ReplyCode: 406 } other => Refusal.Usage("queue_differs", $"{Place}: {other.ShutdownReason!.ReplyText}") with { Help = "Somebody declared the queue with other arguments: stop the roles, delete the queue and start again; what waits is kept in the database. See docs/messages.md." },
        System.Security.Authentication.AuthenticationException => Refusal.Usage("broker_not_trusted", $"{Place}: its TLS certificate is not trusted: {failure.Message}") with { Help = "Name the host as its certificate does, and trust the authority that signed it." },
        BrokerUnreachableException or OperationInterruptedException or AlreadyClosedException or IOException or System.Net.Sockets.SocketException or TimeoutException =>
            new Refusal(RefusalKind.OutsideDown, "broker_unreachable", $"{Place} does not answer: {failure.Message}") with { Help = "Check address, port and network; nothing is lost meanwhile, and it goes on by itself." },
        _ => null,
    };
}
