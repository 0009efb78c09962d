using System.Net.Sockets;
using System.Security.Authentication;
using ContributionEngine.Engine;
using RabbitMQ.Client.Exceptions;

namespace ContributionEngine.FundGateway;

/// <summary>What a failure on the way to an exchange means.</summary>
internal static class MessageTrouble
{
    private const int AccessRefused = 403;
    private const int NotFound = 404;
    private const int NotAllowed = 530;

    /// <summary>Before anything was published. Null: nothing that a broker or a network does.</summary>
    public static Handover? OfConnecting(Exception trouble, FundPipeline numbers) => trouble switch
    {
        BrokerUnreachableException or AggregateException when trouble.InnerException is { } inner && OfConnecting(inner, numbers) is { } verdict => verdict,
        AuthenticationFailureException or PossibleAuthenticationFailureException or OperationInterruptedException { ShutdownReason.ReplyCode: AccessRefused or NotAllowed } =>
            new Handover.NotReached("login_denied", $"the fund does not accept our credentials: {FundText.Of(trouble.Message):text}") { Wait = numbers.DeniedRest },
        AuthenticationException => new Handover.Mistrusted("broker_certificate", $"The broker's certificate is not trusted: {FundText.Of(trouble.Message):text}"),
        RabbitMQClientException or SocketException or IOException or TimeoutException => new Handover.NotReached("not_reached", $"{FundText.Of(trouble.Message):text}"),
        _ => null,
    };

    /// <summary>After publishing. Null: nothing that a broker or a network does.</summary>
    public static Handover? OfPublishing(Exception trouble, MessagePlace place, FundPipeline numbers) => trouble switch
    {
        PublishReturnException back => new Handover.Refused("unroutable", $"No queue takes messages of exchange «{place.Exchange:exchange}» with routing key «{place.RoutingKey:key}»: {$"{back.ReplyCode} {FundText.Of(back.ReplyText)}":text}"),
        PublishException => new Handover.Unknown("not_confirmed", $"the broker did not confirm the message (nack)"),
        _ when ReplyCode(trouble) == NotFound => new Handover.Refused("unroutable", $"There is no exchange «{place.Exchange:exchange}»: {FundText.Of(trouble.Message):text}", "no_exchange"),
        _ when ReplyCode(trouble) == AccessRefused => new Handover.NotReached("not_let", $"the fund does not let us publish: {FundText.Of(trouble.Message):text}") { Wait = numbers.DeniedRest },
        TimeoutException => new Handover.Unknown("confirmed_late", $"the broker did not confirm the message in time"),
        RabbitMQClientException or SocketException or IOException or ObjectDisposedException => new Handover.Unknown("broken_off", $"{FundText.Of(trouble.Message):text}"),
        _ => null,
    };

    private static int? ReplyCode(Exception trouble) => trouble is OperationInterruptedException { ShutdownReason.ReplyCode: var code } ? code : null;
}
