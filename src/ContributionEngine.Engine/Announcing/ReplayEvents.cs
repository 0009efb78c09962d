using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which events, the newest first; null: any.</summary>
/// <param name="Since">An instant such as 2026-11-30T08:00:00Z, or a day in UTC.</param>
/// <param name="After">Number of the last event of the page before.</param>
public sealed record EventQuestion(string? Type = null, string? Since = null, string? After = null)
{
    public const int LimitMax = 200;

    public int Limit { get; init; } = 50;
}

/// <summary>Which deliveries, the newest events first; null: any.</summary>
/// <param name="State">waiting, delivered or failed.</param>
/// <param name="After">Number of the event of the last delivery of the page before.</param>
public sealed record DeliveryQuestion(string? Endpoint = null, string? Event = null, string? State = null, string? After = null)
{
    public int Limit { get; init; } = 50;
}

/// <summary>An event with the body that receivers are sent.</summary>
public sealed record KnownEvent(string Event, string Type, DateTimeOffset CreatedAt, JsonElement Body);

/// <summary>How far one receiver has heard of one event.</summary>
/// <param name="Attempts">Since it was last put in the queue by a person.</param>
public sealed record KnownDelivery(string Event, string Type, string Endpoint, string State, long Attempts)
{
    /// <summary>HTTP status of the last answer; null: nobody answered.</summary>
    public long? LastStatus { get; init; }

    /// <summary>What happened at the last attempt, in English or in the receiver's words; null: there was none.</summary>
    public string? LastDetail => LastSaid?.Sentence;

    /// <summary>The same, to be said in any language.</summary>
    [JsonIgnore]
    public Remark? LastSaid { get; init; }

    /// <summary>They are the receiver's own words, of whatever language.</summary>
    [JsonIgnore]
    public bool IsInItsWords => LastStatus is not null && LastSaid is { Code: "" };

    public DateTimeOffset? LastAttemptAt { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }
}

/// <summary>What to send again: one event, or all since an instant.</summary>
/// <param name="Endpoint">Only to this receiver; null: to each that asked for the kind and is enabled.</param>
public sealed record ResendRequest(string? Event, string? Since, string? Endpoint);

/// <summary>What was put in the queue.</summary>
/// <param name="Events">How many events.</param>
/// <param name="Deliveries">How many deliveries of them.</param>
public sealed record ResentEvents(int Events, int Deliveries);

/// <summary>Shows events and their deliveries, and sends again. A receiver knows by the id that it has had an event before.</summary>
public sealed class ReplayEvents(Database database)
{
    /// <summary>So many events are sent again at once.</summary>
    public const int ReplayMax = 10_000;

    /// <summary>Refusals: <c>since_malformed</c>.</summary>
    public Task<Outcome<IReadOnlyList<KnownEvent>>> List(Actor actor, EventQuestion asked, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownEvent>>>(actor, async work =>
    {
        if (!Instant(asked.Since).Ok(out var since, out var refusal)) return refusal;
        var rows = await work.WebhookEvents.List(new EventFilter(asked.Type, since, asked.After, Take(asked.Limit)));
        return rows.Select(Shown).ToList();
    }, stop);

    /// <summary>Refusals: <c>event_unknown</c>.</summary>
    public Task<Outcome<KnownEvent>> Show(Actor actor, string number, CancellationToken stop) =>
        database.Read<Outcome<KnownEvent>>(actor, async work => (await work.WebhookEvents.Find(number)).Ok(out var found, out var refusal) ? Shown(found) : refusal, stop);

    /// <summary>Refusals: <c>webhook_endpoint_unknown</c>, <c>event_unknown</c>.</summary>
    public Task<Outcome<IReadOnlyList<KnownDelivery>>> Deliveries(Actor actor, DeliveryQuestion asked, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownDelivery>>>(actor, async work =>
    {
        var (endpoint, of) = ((StoredEndpoint?)null, (WebhookEvent?)null);
        if (asked.Endpoint is { } number && !(await work.WebhookEndpoints.Find(number)).Ok(out endpoint, out var refusal)) return refusal;
        if (asked.Event is { } name && !(await work.WebhookEvents.Find(name)).Ok(out of, out refusal)) return refusal;
        var rows = await work.WebhookDeliveries.List(new DeliveryFilter(endpoint?.Id, of?.Id, asked.State, asked.After, Take(asked.Limit)));
        return rows.Select(Shown).ToList();
    }, stop);

    /// <summary>Sends one event to one receiver, whatever it listens to. Refusals: <c>webhook_endpoint_unknown</c>, <c>webhook_endpoint_is_disabled</c>.</summary>
    public Task<Outcome<KnownEvent>> Test(Actor actor, string endpoint, CancellationToken stop) => database.Attempt<KnownEvent>(actor, async work =>
    {
        if (!(await Live(work, endpoint)).Ok(out var to, out var refusal)) return refusal;
        var made = await work.WebhookEvents.Try(to);
        await work.WebhookDeliveries.Add([(made.Id, to.Id)]);
        await work.Audit.Record(Audit.Administration, "webhook-tested", to.Number, JsonSerializer.Serialize(new { @event = made.Number }));
        return Shown(made);
    }, stop);

    /// <summary>Sends again. Refusals: <c>event_or_since</c>, <c>since_malformed</c>, <c>event_unknown</c>, <c>webhook_endpoint_unknown</c>, <c>webhook_endpoint_is_disabled</c>, <c>replay_too_long</c>.</summary>
    public Task<Outcome<ResentEvents>> Resend(Actor actor, ResendRequest asked, CancellationToken stop) => database.Attempt<ResentEvents>(actor, async work =>
    {
        if (!(await Events(work, asked)).Ok(out var events, out var refusal)) return refusal;
        if (!(await Receivers(work, asked.Endpoint)).Ok(out var endpoints, out refusal)) return refusal;
        // Who asks for one event at one receiver gets it, also a test.
        var exactly = asked.Event is not null && asked.Endpoint is not null;
        var pairs = (from of in events from to in endpoints where to.Hears(of.Type, of.OrganisationId) || (exactly && IsTestOf(of, to)) select (of.Id, to.Id)).ToList();
        await work.WebhookDeliveries.Again(pairs);
        await work.Audit.Record(Audit.Administration, "webhook-events-resent", asked.Endpoint ?? "all", JsonSerializer.Serialize(new { @event = asked.Event, since = asked.Since, deliveries = pairs.Count }));
        return new ResentEvents(events.Count, pairs.Count);
    }, stop);

    private static bool IsTestOf(WebhookEvent of, StoredEndpoint to) => of.Type == WebhookTypes.Test && of.Data.Contains($"\"{to.Number}\"", StringComparison.Ordinal);

    private static async Task<Outcome<IReadOnlyList<WebhookEvent>>> Events(Work work, ResendRequest asked)
    {
        if (asked.Event is null == asked.Since is null) return Refusal.Usage("event_or_since", "Say one event, or since when.") with { Help = "Give the number of an event, or --since with an instant such as 2026-11-30T08:00:00Z." };
        if (asked.Event is { } number) return (await work.WebhookEvents.Find(number)).Ok(out var one, out var unknown) ? new[] { one } : unknown;
        if (!Instant(asked.Since).Ok(out var since, out var refusal)) return refusal;
        var events = await work.WebhookEvents.List(new EventFilter(null, since, null, ReplayMax + 1));
        return events.Count <= ReplayMax ? Outcome<IReadOnlyList<WebhookEvent>>.Of(events)
            : Refusal.Input("replay_too_long", $"More than {ReplayMax} events came about since then.") with { Help = "Send them again from a later instant." };
    }

    private static async Task<Outcome<IReadOnlyList<StoredEndpoint>>> Receivers(Work work, string? endpoint)
    {
        if (endpoint is null) return (await work.WebhookEndpoints.List()).Where(row => row.IsLive).ToList();
        return (await Live(work, endpoint)).Ok(out var one, out var refusal) ? new[] { one } : refusal;
    }

    private static async Task<Outcome<StoredEndpoint>> Live(Work work, string endpoint)
    {
        if (!(await work.WebhookEndpoints.Find(endpoint)).Ok(out var found, out var refusal)) return refusal;
        return found.IsLive ? found : Refusal.Conflict("webhook_endpoint_is_disabled", $"{found.Number} is disabled: {found.DisabledReason}.") with { Help = $"Enable it first: 'webhook endpoint enable {found.Number}'." };
    }

    private static Outcome<DateTimeOffset?> Instant(string? text)
    {
        if (text is null) return (DateTimeOffset?)null;
        return DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd", "yyyy-MM-ddTHH:mm:ssK", "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var since)
            ? (DateTimeOffset?)since
            : Refusal.Usage("since_malformed", $"«{text}» is no instant.") with { Help = "Write 2026-11-30T08:00:00Z, or a day." };
    }

    private static int Take(int limit) => Math.Clamp(limit, 1, EventQuestion.LimitMax);

    private static KnownEvent Shown(WebhookEvent row) => new(row.Number, row.Type, row.CreatedAt, JsonSerializer.Deserialize<JsonElement>(WebhookBody.Of(row)));

    private static KnownDelivery Shown(StoredDelivery row) => new(row.Event, row.Type, row.Endpoint, row.State, row.Attempts)
    {
        LastStatus = row.LastStatus, LastSaid = row.LastSaid, LastAttemptAt = row.LastAttemptAt, NextAttemptAt = row.NextAttemptAt, DeliveredAt = row.DeliveredAt,
    };
}

/// <summary>What a receiver is sent: the same bytes at every attempt.</summary>
internal static class WebhookBody
{
    /// <summary>Moves when a field changes its meaning or goes; new fields and kinds do not move it.</summary>
    public const string Version = "2026-11-30";

    // Built of texts that are JSON or need no escape.
    public static string Of(WebhookEvent row) =>
        $$"""{"id":"{{row.Number}}","type":"{{row.Type}}","created_at":"{{InstantText.Of(row.CreatedAt)}}","api_version":"{{Version}}","data":{{row.Data}}}""";
}
