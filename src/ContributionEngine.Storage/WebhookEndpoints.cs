using System.Security.Cryptography;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Where another program hears of events.</summary>
public sealed record StoredEndpoint
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    /// <summary>It hears only of this organisation's agreements; null: of the whole fund.</summary>
    public long? OrganisationId { get; init; }

    public string? Organisation { get; init; }

    public string Url { get; init; } = "";

    /// <summary>Words such as <c>remittance.*</c>, with blanks between.</summary>
    public string EventTypes { get; init; } = "";

    public string? Description { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it began to fail; null: the last attempt was answered well.</summary>
    public DateTimeOffset? FailingSince { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public string? DisabledReason { get; init; }

    public bool IsLive => DisabledAt is null;

    /// <summary>True when it asked for the kind and may hear of the organisation.</summary>
    public bool Hears(string type, long? organisation) =>
        (OrganisationId is null || OrganisationId == organisation) && WebhookTypes.Wants(EventTypes.Split(' '), type);
}

/// <summary>
/// Receivers and their secrets. A secret is kept as it is, because every message is signed with it: it stands in a table of its own,
/// one statement reads it, and it is shown only when it is made.
/// </summary>
public sealed class WebhookEndpoints(Work work)
{
    private const string Rows = """
        select p.id, p.number, p.organisation_id, o.code as organisation, p.url, p.event_types, p.description, p.created_at, p.failing_since, p.disabled_at, p.disabled_reason
          from webhook_endpoint p
          left join organisation o on o.id = p.organisation_id
         where p.removed_at is null
        """;

    private static readonly Sql All = $"{Rows} order by p.id";

    private static readonly Sql Visible = $"{Rows} and (@scope is null or p.organisation_id = @scope) order by p.id";

    private static readonly Sql ByNumber = $"{Rows} and p.number = @number and (@scope is null or p.organisation_id = @scope)";

    private static readonly Sql ById = $"{Rows} and p.id = @id";

    private static readonly Sql AddEndpoint = """
        insert into webhook_endpoint (id, number, organisation_id, url, event_types, description, created_by, created_at)
        values (@id, @number, @organisationId, @Url, @EventTypes, @Description, @by, @now)
        """;

    private static readonly Sql ChangeEndpoint = "update webhook_endpoint set url = @Url, event_types = @EventTypes, description = @Description where id = @id";

    private static readonly Sql DisableEndpoint = "update webhook_endpoint set disabled_at = @now, disabled_reason = @reason where id = @id";

    private static readonly Sql EnableEndpoint = "update webhook_endpoint set disabled_at = null, disabled_reason = null, failing_since = null where id = @id";

    private static readonly Sql RemoveEndpoint = "update webhook_endpoint set removed_at = @now where id = @id";

    private static readonly Sql BeginFailing = "update webhook_endpoint set failing_since = @now where id = @id and failing_since is null";

    private static readonly Sql EndFailing = "update webhook_endpoint set failing_since = null where id = @id and failing_since is not null";

    private static readonly Sql AddSecret = "insert into webhook_secret (id, endpoint_id, secret, made_at) values (@id, @endpointId, @secret, @now)";

    private static readonly Sql EndSecret = "update webhook_secret set ends_at = @until where endpoint_id = @endpointId and ends_at is null";

    private static readonly Sql DropSecrets = "delete from webhook_secret where endpoint_id = @endpointId and (ends_at < @now or @all = 1)";

    private static readonly Sql LiveSecrets = "select secret from webhook_secret where endpoint_id = @endpointId and (ends_at is null or ends_at > @now) order by made_at desc, id desc";

    private static readonly Sql OrganisationByCode = "select id from organisation where code = @code and (@scope is null or id = @scope)";

    /// <summary>Receivers that the acting user may see, the oldest first.</summary>
    public Task<IReadOnlyList<StoredEndpoint>> List() => work.Rows<StoredEndpoint>(Visible, new { scope = work.Actor.OrganisationId });

    /// <summary>The receiver, or a refusal with code <c>webhook_endpoint_unknown</c>; another organisation's is as unknown as none.</summary>
    public async Task<Outcome<StoredEndpoint>> Find(string number) => await work.One<StoredEndpoint>(ByNumber, new { number = number.ToUpperInvariant(), scope = work.Actor.OrganisationId }) is { } found
        ? found
        : Refusal.NotFound("webhook_endpoint_unknown", $"There is no webhook endpoint «{number}».") with { Help = "List them with 'webhook endpoint list'." };

    /// <summary>Whose a new one is: of the organisation of that code, by default the acting user's own; null for the whole fund. Refusals: <c>organisation_unknown</c>.</summary>
    public async Task<Outcome<long?>> Owner(string? code)
    {
        if (code is null) return work.Actor.OrganisationId;
        return await work.One<long?>(OrganisationByCode, new { code, scope = work.Actor.OrganisationId }) is { } id ? (long?)id
            : Refusal.NotFound("organisation_unknown", $"There is no organisation «{code}».") with { Help = "It comes with its first agreement: 'agreement import'." };
    }

    /// <summary>Adds a receiver with its first secret, which is seen only now.</summary>
    public async Task<(StoredEndpoint Endpoint, string Secret)> Add(StoredEndpoint asked)
    {
        var id = work.NextId();
        await work.Do(AddEndpoint, new { id, number = Numbers.Endpoint(id), organisationId = asked.OrganisationId, asked.Url, asked.EventTypes, asked.Description, by = work.Actor.Name, now = work.Now });
        return ((await Get(id))!, await MakeSecret(id));
    }

    public Task Change(long id, StoredEndpoint to) => work.Do(ChangeEndpoint, new { id, to.Url, to.EventTypes, to.Description });

    /// <summary>A new secret, which is seen only now; the one before goes on being signed with until an instant.</summary>
    public async Task<string> Rotate(long id, DateTimeOffset until)
    {
        await work.Do(DropSecrets, new { endpointId = id, now = work.Now, all = 0L });
        await work.Do(EndSecret, new { endpointId = id, until });
        return await MakeSecret(id);
    }

    public Task Disable(long id, string reason) => work.Do(DisableEndpoint, new { id, reason, now = work.Now });

    public Task Enable(long id) => work.Do(EnableEndpoint, new { id });

    /// <summary>It is gone for everybody, and so are its secrets.</summary>
    public async Task Remove(long id)
    {
        await work.Do(RemoveEndpoint, new { id, now = work.Now });
        await work.Do(DropSecrets, new { endpointId = id, now = work.Now, all = 1L });
    }

    /// <summary>Notes how an attempt ended.</summary>
    public Task Note(long id, bool failed) => failed ? work.Do(BeginFailing, new { id, now = work.Now }) : work.Do(EndFailing, new { id });

    /// <summary>The secrets that are signed with now, the newest first.</summary>
    public Task<IReadOnlyList<string>> Secrets(long id) => work.Rows<string>(LiveSecrets, new { endpointId = id, now = work.Now });

    /// <summary>The receiver, whoever acts; null when it was removed.</summary>
    public Task<StoredEndpoint?> Get(long id) => work.One<StoredEndpoint>(ById, new { id });

    /// <summary>All that are not removed, whoever acts.</summary>
    internal Task<IReadOnlyList<StoredEndpoint>> Everyone() => work.Rows<StoredEndpoint>(All);

    private async Task<string> MakeSecret(long endpointId)
    {
        var secret = WebhookSignature.Secret(RandomNumberGenerator.GetBytes(WebhookSignature.SecretBytes));
        await work.Do(AddSecret, new { id = work.NextId(), endpointId, secret, now = work.Now });
        return secret;
    }
}
