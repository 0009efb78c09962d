using System.Text.Json;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Something that has come about in a unit of work and that other programs may hear of.</summary>
/// <param name="Type">One of <see cref="WebhookTypes"/>.</param>
/// <param name="Id">The number or name under which it is found.</param>
/// <param name="AgreementId">The agreement that it belongs to, by id or by number; null: to none.</param>
/// <param name="Reason">Of a case: its reason.</param>
public sealed record Announcement(string Type, string Id, long? AgreementId = null, string? Agreement = null, string? Reason = null);

/// <summary>An event as it is kept.</summary>
public sealed record WebhookEvent
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public string Type { get; init; } = "";

    public long? OrganisationId { get; init; }

    /// <summary>JSON: what it is about, by numbers; no personal data.</summary>
    public string Data { get; init; } = "";

    public DateTimeOffset CreatedAt { get; init; }
}

/// <summary>Which events, the newest first; null: any.</summary>
/// <param name="Before">Only those older than the event of this number, to go on where a list has ended.</param>
public sealed record EventFilter(string? Type, DateTimeOffset? Since, string? Before, int Take);

/// <summary>
/// What other programs may hear of. A unit of work notes it, and what some receiver has asked for is kept at the end of the very
/// transaction, with a delivery and a message for each receiver that is enabled. Where nobody asks, one small read is all it costs.
/// </summary>
public sealed class WebhookEvents(Work work)
{
    /// <summary>What came about together is told together, so many things at a time.</summary>
    public const int IdsMax = 100;

    private static readonly BulkTarget Table = new("webhook_event", "id", "number", "type", "organisation_id", "data", "created_at");

    private static readonly Sql Homes = new(dialect => $"""
        select id, number, organisation_id from agreement where id in {dialect.AnyOf("@ids")} or number in {dialect.AnyOf("@numbers")}
        """);

    private static readonly Sql CasesThatStand = new(dialect => $"select number from work_case where number in {dialect.AnyOf("@numbers")}");

    private const string Rows = "select id, number, type, organisation_id, data, created_at from webhook_event";

    private static readonly Sql Some = new(dialect => $"""
        {Rows}
         where (@scope is null or organisation_id = @scope) and (@Type is null or type = @Type) and (@Since is null or created_at >= @Since)
           and (@Before is null or id < (select b.id from webhook_event b where b.number = @Before))
         order by id desc {dialect.Limit("@Take")}
        """);

    private static readonly Sql ByNumber = $"{Rows} where number = @number and (@scope is null or organisation_id = @scope)";

    private static readonly Sql ById = $"{Rows} where id = @id";

    /// <summary>Notes that something has come about; nothing is kept of it unless the unit commits.</summary>
    public void Note(Announcement announcement) => work.Unit.Told.Add(announcement);

    /// <summary>Notes what has happened to a remittance between two states.</summary>
    public void Note(StoredRemittance remittance, RemittanceState before, RemittanceState after)
    {
        foreach (var type in WebhookTypes.Of(before, after)) Note(new Announcement(type, remittance.Number, remittance.AgreementId));
    }

    /// <summary>Events that the acting user may see, the newest first.</summary>
    public Task<IReadOnlyList<WebhookEvent>> List(EventFilter filter) =>
        work.Rows<WebhookEvent>(Some, new { filter.Type, filter.Since, Before = filter.Before?.ToLowerInvariant(), filter.Take, scope = work.Actor.OrganisationId });

    /// <summary>The event, or a refusal with code <c>event_unknown</c>; another organisation's is as unknown as none.</summary>
    public async Task<Outcome<WebhookEvent>> Find(string number) => await work.One<WebhookEvent>(ByNumber, new { number = number.ToLowerInvariant(), scope = work.Actor.OrganisationId }) is { } found
        ? found
        : Refusal.NotFound("event_unknown", $"There is no event «{number}».") with { Help = "List them with 'webhook event list'." };

    /// <summary>The event of that id, whoever acts.</summary>
    public async Task<WebhookEvent> Get(long id) => (await work.One<WebhookEvent>(ById, new { id }))!;

    /// <summary>An event for one receiver alone, to try it.</summary>
    public async Task<WebhookEvent> Try(StoredEndpoint endpoint)
    {
        var made = Made(new Announcement(WebhookTypes.Test, endpoint.Number), [endpoint.Number], (null, endpoint.OrganisationId));
        await work.Bulk(Table, [Cells(made)]);
        return made;
    }

    /// <summary>Keeps what was noted and asked for; the last thing that a unit does before it commits.</summary>
    internal async Task Keep()
    {
        if (work.Unit.Told.Count == 0) return;
        var endpoints = await work.WebhookEndpoints.Everyone();
        var told = work.Unit.Told.Distinct().Where(item => endpoints.Any(to => WebhookTypes.Wants(to.EventTypes.Split(' '), item.Type))).ToList();
        if (told.Count == 0) return;
        told = await ThatStand(told);
        var homes = await work.Rows<Home>(Homes, new { ids = work.Dialect.Array(told.Select(item => item.AgreementId).OfType<long>().Distinct()), numbers = work.Dialect.Array(told.Select(item => item.Agreement).OfType<string>().Distinct()) });
        var events = (from item in told
                      let home = homes.FirstOrDefault(row => row.Id == item.AgreementId || row.Number == item.Agreement)
                      group item.Id by (item.Type, item.Reason, Home: home) into alike
                      where endpoints.Any(to => to.Hears(alike.Key.Type, alike.Key.Home?.OrganisationId))
                      from ids in alike.Chunk(IdsMax)
                      select Made(new Announcement(alike.Key.Type, ids[0], Reason: alike.Key.Reason), ids, (alike.Key.Home?.Number, alike.Key.Home?.OrganisationId))).ToList();
        await work.Bulk(Table, events.Select(Cells));
        await work.WebhookDeliveries.Add([.. from made in events from to in endpoints where to.IsLive && to.Hears(made.Type, made.OrganisationId) select (made.Id, to.Id)]);
    }

    // A case that was opened may be dropped again in the same unit, because it came to nothing.
    private async Task<List<Announcement>> ThatStand(List<Announcement> told)
    {
        var cases = told.Where(item => item.Type == WebhookTypes.CaseOpened).Select(item => item.Id).ToList();
        if (cases.Count == 0) return told;
        var standing = (await work.Rows<string>(CasesThatStand, new { numbers = work.Dialect.Array(cases) })).ToHashSet();
        return [.. told.Where(item => item.Type != WebhookTypes.CaseOpened || standing.Contains(item.Id))];
    }

    private WebhookEvent Made(Announcement of, IReadOnlyList<string> ids, (string? Agreement, long? Organisation) home)
    {
        var id = work.NextId();
        var data = new SortedDictionary<string, object>(StringComparer.Ordinal) { ["object"] = WebhookTypes.ObjectOf(of.Type), ["ids"] = ids };
        if (home.Agreement is { } agreement) data["agreement"] = agreement;
        if (of.Reason is { } reason) data["reason"] = reason;
        return new WebhookEvent { Id = id, Number = Numbers.Event(id), Type = of.Type, OrganisationId = home.Organisation, Data = JsonSerializer.Serialize(data), CreatedAt = work.Now };
    }

    private static object?[] Cells(WebhookEvent made) => [made.Id, made.Number, made.Type, made.OrganisationId, made.Data, made.CreatedAt];

    private sealed record Home
    {
        public long Id { get; init; }

        public string Number { get; init; } = "";

        public long OrganisationId { get; init; }
    }
}
