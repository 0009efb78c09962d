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
            new Handover.NotReached($"the fund does not accept our credentials: {FundText.Of(trouble.Message)}") { Wait = numbers.DeniedRest },
        AuthenticationException => new Handover.Mistrusted($"The broker's certificate is not trusted: {FundText.Of(trouble.Message)}"),
        RabbitMQClientException or SocketException or IOException or TimeoutException => new Handover.NotReached(FundText.Of(trouble.Message)),
        _ => null,
    };

    /// <summary>After publishing. Null: nothing that a broker or a network does.</summary>
    public static Handover? OfPublishing(Exception trouble, MessagePlace place, FundPipeline numbers) => trouble switch
    {
        PublishReturnException back => new Handover.Refused("unroutable", $"No queue takes messages of exchange «{place.Exchange}» with routing key «{place.RoutingKey}»: {back.ReplyCode} {FundText.Of(back.ReplyText)}"),
        PublishException => new Handover.Unknown("the broker did not confirm the message (nack)"),
        _ when ReplyCode(trouble) == NotFound => new Handover.Refused("unroutable", $"There is no exchange «{place.Exchange}»: {FundText.Of(trouble.Message)}"),
        _ when ReplyCode(trouble) == AccessRefused => new Handover.NotReached($"the fund does not let us publish: {FundText.Of(trouble.Message)}") { Wait = numbers.DeniedRest },
        TimeoutException => new Handover.Unknown("the broker did not confirm the message in time"),
        RabbitMQClientException or SocketException or IOException or ObjectDisposedException => new Handover.Unknown(FundText.Of(trouble.Message)),
        _ => null,
    };

    private static int? ReplyCode(Exception trouble) => trouble is OperationInterruptedException { ShutdownReason.ReplyCode: var code } ? code : null;
}
