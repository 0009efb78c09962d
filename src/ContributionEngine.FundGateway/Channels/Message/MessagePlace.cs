using ContributionEngine.Core;
using Microsoft.AspNetCore.WebUtilities;
using RabbitMQ.Client;

namespace ContributionEngine.FundGateway;

/// <summary>A fund's exchange on RabbitMQ, and who we are there.</summary>
internal sealed record MessagePlace(Uri Url, string User, string Exchange, string RoutingKey)
{
    private const string Tls = "amqps";

    /// <summary>Kept out of what a record prints.</summary>
    public required Lazy<string> Password { get; init; }

    /// <summary>What the circuit is about.</summary>
    public string Address => $"{Url.Scheme}://{Url.Host}:{Port}";

    /// <summary>Tells connections apart.</summary>
    public string Login => $"{Address}{Url.AbsolutePath} {User}";

    private int Port => Url.Port > 0 ? Url.Port : Url.Scheme == Tls ? 5671 : 5672;

    /// <summary>Reads <c>amqps://user@host:port/vhost?exchange=E&amp;routing_key=K</c>. Refusals: <c>message_place_malformed</c>, <c>secret_missing</c>.</summary>
    public static Outcome<MessagePlace> Of(Channel channel)
    {
        if (!Uri.TryCreate(channel.Url, UriKind.Absolute, out var url) || url.UserInfo.Length == 0 || url.UserInfo.Contains(':', StringComparison.Ordinal)) return Malformed(channel);
        var query = QueryHelpers.ParseQuery(url.Query);
        var (exchange, routingKey) = (query.TryGetValue("exchange", out var named) ? $"{named}" : "", query.TryGetValue("routing_key", out var key) ? $"{key}" : "");
        if (exchange.Length + routingKey.Length == 0) return Malformed(channel);
        if (!Secrets.Of(channel.Secret ?? "").Ok(out var password, out var refusal)) return refusal;
        return new MessagePlace(url, Uri.UnescapeDataString(url.UserInfo), exchange, routingKey) { Password = new Lazy<string>(password) };
    }

    /// <summary>A connection of its own, which does not mend itself.</summary>
    public Task<IConnection> Connect(FundPipeline numbers, CancellationToken stop) => new ConnectionFactory
    {
        HostName = Url.Host,
        Port = Port,
        VirtualHost = Url.AbsolutePath.Trim('/') is { Length: > 0 } named ? Uri.UnescapeDataString(named) : "/",
        UserName = User,
        Password = Password.Value,
        Ssl = new SslOption { Enabled = Url.Scheme == Tls, ServerName = Url.Host },
        AutomaticRecoveryEnabled = false,
        ClientProvidedName = "contribution-engine fund",
        RequestedConnectionTimeout = numbers.ConnectTimeout,
        // Above what is read, so that a longer answer is named and does not break the connection.
        MaxInboundMessageBodySize = 2 * FundPipeline.AnswerBytesMax,
    }.CreateConnectionAsync(stop);

    private static Refusal Malformed(Channel channel) =>
        Refusal.Input("message_place_malformed", $"channel.url «{channel.Url}» is not of the form amqps://user@host:port/vhost?exchange=E&routing_key=K, without a password.") with { Particulars = Particulars.Of(null, ("url", channel.Url)) };
}
