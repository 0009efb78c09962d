using System.Text.Json;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>How far one receiver has heard of one event.</summary>
public sealed record StoredDelivery
{
    public long Id { get; init; }

    public long EventId { get; init; }

    public string Event { get; init; } = "";

    public string Type { get; init; } = "";

    public long EndpointId { get; init; }

    public string Endpoint { get; init; } = "";

    /// <summary>waiting, delivered, or failed: no further attempt is made by itself.</summary>
    public string State { get; init; } = "";

    /// <summary>Attempts since it was last put in the queue by a person.</summary>
    public long Attempts { get; init; }

    /// <summary>Counts the messages about it; only the newest has an effect.</summary>
    public long Version { get; init; }

    /// <summary>HTTP status of the last answer; null: nobody answered.</summary>
    public long? LastStatus { get; init; }

    public string? LastDetail { get; init; }

    /// <summary>Name of the texts that say the detail in other languages; null where it is the receiver's, or was kept in English alone.</summary>
    public string? LastDetailCode { get; init; }

    /// <summary>What the detail needs in another language, as JSON.</summary>
    public string? LastParticulars { get; init; }

    public Remark? LastSaid => LastDetail is { } detail ? Remark.Read(LastDetailCode, detail, LastParticulars) : null;

    public DateTimeOffset? LastAttemptAt { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }
}

/// <summary>Which deliveries, the newest first; null: any.</summary>
/// <param name="Before">Only those older than the delivery of the event of this number.</param>
public sealed record DeliveryFilter(long? EndpointId, long? EventId, string? State, string? Before, int Take);

/// <summary>Deliveries of events to receivers: one for each event and receiver, with a message in the outbox while it waits.</summary>
public sealed class WebhookDeliveries(Work work)
{
    /// <summary>The queue of the messages that are said here, and their contract: Engine reads them.</summary>
    public const string Queue = "send-webhook";
    public const string Contract = "Tell";

    /// <summary>Characters that are kept of what an attempt ended with.</summary>
    public const int DetailMax = 400;

    private static readonly BulkTarget Table = new("webhook_delivery", "id", "event_id", "endpoint_id", "state", "attempts", "version", "next_attempt_at");

    private const string Rows = """
        select d.id, d.event_id, e.number as event, e.type, d.endpoint_id, p.number as endpoint, d.state, d.attempts, d.version, d.last_status, d.last_detail, d.last_detail_code, d.last_particulars, d.last_attempt_at, d.next_attempt_at, d.delivered_at
          from webhook_delivery d
          join webhook_event e on e.id = d.event_id
          join webhook_endpoint p on p.id = d.endpoint_id
        """;

    private static readonly Sql ById = $"{Rows} where d.id = @id";

    private static readonly Sql Some = new(dialect => $"""
        {Rows}
         where p.removed_at is null and (@scope is null or p.organisation_id = @scope)
           and (@EndpointId is null or d.endpoint_id = @EndpointId) and (@EventId is null or d.event_id = @EventId) and (@State is null or d.state = @State)
           and (@Before is null or d.event_id < (select b.id from webhook_event b where b.number = @Before))
         order by d.event_id desc, d.endpoint_id {dialect.Limit("@Take")}
        """);

    private static readonly Sql There = new(dialect => $"select id, event_id, endpoint_id, version from webhook_delivery where event_id in {dialect.AnyOf("@events")} and endpoint_id in {dialect.AnyOf("@endpoints")}");

    private static readonly Sql Held = "select id, event_id, endpoint_id, version from webhook_delivery where endpoint_id = @endpointId and state = 'waiting'";

    private static readonly Sql WaitAgain = new(dialect => $"update webhook_delivery set state = 'waiting', attempts = 0, version = version + 1, next_attempt_at = @at where id in {dialect.AnyOf("@ids")}");

    private static readonly Sql Attempted = """
        update webhook_delivery set state = @State, attempts = @Attempts, version = @Version, last_status = @LastStatus, last_detail = @LastDetail, last_detail_code = @LastDetailCode, last_particulars = @LastParticulars,
               last_attempt_at = @LastAttemptAt, next_attempt_at = @NextAttemptAt, delivered_at = @DeliveredAt
         where id = @Id
        """;

    /// <summary>Deliveries that the acting user may see, the newest events first.</summary>
    public Task<IReadOnlyList<StoredDelivery>> List(DeliveryFilter filter) =>
        work.Rows<StoredDelivery>(Some, new { filter.EndpointId, filter.EventId, filter.State, Before = filter.Before?.ToLowerInvariant(), filter.Take, scope = work.Actor.OrganisationId });

    public Task<StoredDelivery?> Get(long id) => work.One<StoredDelivery>(ById, new { id });

    /// <summary>New deliveries, due at once.</summary>
    public async Task Add(IReadOnlyList<(long Event, long Endpoint)> pairs)
    {
        var due = pairs.Select(pair => new StoredDelivery { Id = work.NextId(), EventId = pair.Event, EndpointId = pair.Endpoint, Version = 1 }).ToList();
        await work.Bulk(Table, due.Select(row => new object?[] { row.Id, row.EventId, row.EndpointId, "waiting", 0L, row.Version, work.Now }));
        await Say(due, work.Now);
    }

    /// <summary>Puts deliveries in the queue anew, and makes those that are missing.</summary>
    public async Task Again(IReadOnlyList<(long Event, long Endpoint)> pairs)
    {
        var wanted = pairs.ToHashSet();
        var there = (await work.Rows<StoredDelivery>(There, new { events = work.Dialect.Array(pairs.Select(pair => pair.Event).Distinct()), endpoints = work.Dialect.Array(pairs.Select(pair => pair.Endpoint).Distinct()) }))
            .Where(row => wanted.Contains((row.EventId, row.EndpointId))).ToList();
        await Renew(there);
        await Add([.. wanted.Except(there.Select(row => (row.EventId, row.EndpointId)))]);
    }

    /// <summary>Goes on with what waited while a receiver was disabled; gives how many.</summary>
    public async Task<int> Resume(long endpointId)
    {
        var held = await work.Rows<StoredDelivery>(Held, new { endpointId });
        await Renew(held);
        return held.Count;
    }

    /// <summary>Notes an attempt; where a next one is due, a message waits for it.</summary>
    public async Task Save(StoredDelivery after)
    {
        var next = after with { Version = after.Version + 1 };
        await work.Do(Attempted, next);
        if (next.NextAttemptAt is { } at) await Say([next], at);
    }

    private async Task Renew(IReadOnlyList<StoredDelivery> rows)
    {
        if (rows.Count == 0) return;
        await work.Do(WaitAgain, new { ids = work.Dialect.Array(rows.Select(row => row.Id)), at = work.Now });
        await Say([.. rows.Select(row => row with { Version = row.Version + 1 })], work.Now);
    }

    // They belong to a receiver and to no agreement: no command that has changed an agreement waits for them.
    private Task Say(IReadOnlyList<StoredDelivery> due, DateTimeOffset at) => work.Outbox.EnqueueAll([.. due.Select(row =>
        (new NewMessage(Queue, Contract, JsonSerializer.Serialize(new { Delivery = row.Id, row.Version, By = work.Actor.Name }), null, at), row.EndpointId % Outbox.Shards))]);
}
