using System.Text.Json;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A hint to look at something: the state of that thing decides what happens, so twice, late or out of order changes nothing.</summary>
public interface IMessage
{
    /// <summary>The queue of this contract, named for the use case that reads it.</summary>
    static abstract string Queue { get; }

    /// <summary>The acting user whose command led here.</summary>
    string By { get; }
}

/// <summary>Look at an upload that has come in: check it.</summary>
/// <param name="Upload">Id of the upload.</param>
public sealed record Check(long Upload, string By) : IMessage
{
    public static string Queue => "check-upload";
}

/// <summary>Look at an agreement: post its staged rows.</summary>
/// <param name="Agreement">Id of the agreement.</param>
public sealed record Reconcile(long Agreement, string By) : IMessage
{
    public static string Queue => "reconcile-receipts";
}

/// <summary>Look at a settlement run: cut what its cut-off takes.</summary>
/// <param name="Run">Id of the settlement run.</param>
public sealed record Cut(long Run, string By) : IMessage
{
    public static string Queue => "cut-remittance";
}

/// <summary>Look at a remittance: hand it over if it is sealed and nobody has.</summary>
/// <param name="Remittance">Id of the remittance.</param>
public sealed record Deliver(long Remittance, string By) : IMessage
{
    public static string Queue => "deliver-remittance";
}

/// <summary>Look at a remittance whose delivery is unknown: ask, never resend.</summary>
/// <param name="Remittance">Id of the remittance.</param>
/// <param name="Asked">How often the fund has been asked before.</param>
/// <param name="NotFound">How often it answered that it knows nothing of the reference.</param>
public sealed record AskFund(long Remittance, int Asked, int NotFound, string By) : IMessage
{
    public static string Queue => "ask-fund";
}

/// <summary>Look at a delivered remittance: pick up what the fund has answered.</summary>
/// <param name="Remittance">Id of the remittance.</param>
/// <param name="Asked">How often it has been looked for before.</param>
public sealed record PickUpAnswers(long Remittance, int Asked, string By) : IMessage
{
    public static string Queue => "pick-up-answers";
}

/// <summary>Look at the open bank entries: match those that carry a reference.</summary>
public sealed record MatchBank(string By) : IMessage
{
    public static string Queue => "match-bank";
}

/// <summary>Look at an agreement: tie it out and keep the result, once a day.</summary>
/// <param name="Agreement">Id of the agreement.</param>
public sealed record TieOut(long Agreement, string By) : IMessage
{
    public static string Queue => "prove-tie-out";
}

/// <summary>Look at a delivery to a receiver of events: make an attempt if it waits for one. Storage says it, in the transaction of the event.</summary>
/// <param name="Delivery">Id of the delivery.</param>
/// <param name="Version">Which message about it this is; an older one does nothing.</param>
public sealed record Tell(long Delivery, long Version, string By) : IMessage
{
    public static string Queue => WebhookDeliveries.Queue;
}

/// <summary>The way into the outbox: hosts and use cases never publish directly.</summary>
public static class Saying
{
    /// <summary>Enqueues a message about an agreement in this unit of work, not to be read before an instant.</summary>
    public static Task Say<T>(this Work work, long? agreementId, T message, DateTimeOffset? notBefore = null) where T : IMessage =>
        work.Outbox.Enqueue(new NewMessage(T.Queue, typeof(T).Name, JsonSerializer.Serialize(message), agreementId, notBefore));
}
