using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>One attempt to tell a receiver: what is sent where, and under which headers.</summary>
/// <param name="MessageId">Number of the event: the same at every attempt, so that a receiver knows a repeat.</param>
public sealed record WebhookCall(Uri Url, string MessageId, string Time, string Signature, string Body);

/// <summary>How an attempt ended.</summary>
/// <param name="Status">HTTP status; null: nobody answered.</param>
/// <param name="Said">What happened, in a few words; without a code what the receiver answered.</param>
public sealed record WebhookAnswer(int? Status, Remark Said)
{
    /// <summary>In the receiver's words.</summary>
    public WebhookAnswer(int status, string body)
        : this(status, new Remark("", body))
    {
    }

    /// <summary>In ours.</summary>
    /// <param name="code">Of the text <c>webhook_said.CODE</c>, which says it in other languages.</param>
    public WebhookAnswer(int? status, string code, Sentence said)
        : this(status, said.As($"webhook_said.{code}"))
    {
    }

    /// <summary>No attempt was made: the receiver keeps failing, and is left alone for so long.</summary>
    public TimeSpan? LeftAlone { get; init; }

    public bool IsTaken => Status is >= 200 and < 300;

    /// <summary>The receiver says that it is not there any more.</summary>
    public bool IsGone => Status == 410;
}

/// <summary>The way out to receivers. Trouble is a value, never an exception.</summary>
public sealed record WebhookLine(Func<WebhookCall, CancellationToken, Task<WebhookAnswer>> Send)
{
    /// <summary>Of a process that tells nobody.</summary>
    public static WebhookLine Nowhere { get; } = new((_, _) => Task.FromResult(new WebhookAnswer(null, "nowhere", $"this process sends nothing") { LeftAlone = TimeSpan.FromMinutes(1) }));
}

/// <summary>
/// Tells a receiver of an event: reads, calls without a transaction, then notes how it ended and when to try again. Killed in between,
/// it calls once more under the same id. A receiver that is gone, or fails for days, is disabled with a case.
/// </summary>
public sealed class SendWebhook(WebhookLine line) : IUseCase<Tell>
{
    public async Task Run(Tell said, Turn turn, CancellationToken stop)
    {
        if (turn.Database.IsDryRun || await turn.Read(work => Load(work, said), stop) is not { } due)
        {
            await turn.Once(_ => Task.CompletedTask, stop);
            return;
        }

        var answer = await line.Send(due.Call, stop);
        await turn.Once(work => Conclude(work, said, answer), stop);
    }

    // Null: there is nothing to do. Only the newest message about a delivery has an effect, and one to a disabled receiver waits.
    private static async Task<(StoredDelivery Delivery, StoredEndpoint To, WebhookCall Call)?> Load(Work work, Tell said)
    {
        if (await work.WebhookDeliveries.Get(said.Delivery) is not { State: "waiting" } delivery || delivery.Version != said.Version) return null;
        if (await work.WebhookEndpoints.Get(delivery.EndpointId) is not { IsLive: true } to) return null;
        var body = WebhookBody.Of(await work.WebhookEvents.Get(delivery.EventId));
        var time = WebhookSignature.Time(work.Now);
        return (delivery, to, new WebhookCall(new Uri(to.Url), delivery.Event, time, WebhookSignature.Of(await work.WebhookEndpoints.Secrets(to.Id), delivery.Event, time, body), body));
    }

    private static async Task Conclude(Work work, Tell said, WebhookAnswer answer)
    {
        if (await Load(work, said) is not var (before, to, _)) return;
        if (answer.LeftAlone is { } rest)
        {
            await work.WebhookDeliveries.Save(Noted(before, answer.Said) with { NextAttemptAt = work.Now + rest });
            return;
        }

        var attempts = before.Attempts + 1;
        var after = Noted(before, answer.Said) with { Attempts = attempts, LastStatus = answer.Status, LastAttemptAt = work.Now, NextAttemptAt = null };
        await work.WebhookEndpoints.Note(to.Id, failed: !answer.IsTaken);
        if (answer.IsTaken) after = after with { State = "delivered", DeliveredAt = work.Now };
        else if (answer.IsGone) after = after with { State = "failed" };
        else if (WebhookRetries.WaitAfter(attempts, Random.Shared.Next(WebhookRetries.JitterMax)) is { } wait) after = after with { NextAttemptAt = work.Now + wait };
        else after = after with { State = "failed" };
        await DisableIfHopeless(work, to, answer);
        await work.WebhookDeliveries.Save(after);
    }

    private static async Task DisableIfHopeless(Work work, StoredEndpoint to, WebhookAnswer answer)
    {
        var isTired = !answer.IsTaken && to.FailingSince is { } since && work.Now - since >= WebhookRetries.FailingMax;
        if (!isTired && !answer.IsGone) return;
        Sentence why = answer.IsGone switch { true => $"it answered 410: it is gone", false => $"it has failed for {WebhookRetries.FailingMax.Days:days} days" };
        await KeepWebhooks.Disable(work, to, $"{why}");
        await work.Cases.Open(null, DateOnly.FromDateTime(work.Now.UtcDateTime), [new NewCase(KeepWebhooks.DisabledCase, to.Number, null, $"Nothing more is sent to {new Uri(to.Url).Host:host}: {why}. Put the receiver in order, then enable or remove it.", answer.IsGone ? "gone" : null)]);
    }

    private static StoredDelivery Noted(StoredDelivery before, Remark said) => before with
    {
        LastDetail = Cut(said.Sentence), LastDetailCode = said.Code.Length == 0 ? null : said.Code, LastParticulars = said.Particulars?.Text(),
    };

    private static string Cut(string text) => text.Length > WebhookDeliveries.DetailMax ? text[..WebhookDeliveries.DetailMax] : text;
}
