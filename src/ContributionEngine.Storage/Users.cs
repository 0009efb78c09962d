using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Who may use the engine on a server.</summary>
public sealed record StoredUser
{
    public long Id { get; init; }

    public string Name { get; init; } = "";

    /// <summary>operator, officer, approver, auditor or treasurer.</summary>
    public string Role { get; init; } = "";

    public long? OrganisationId { get; init; }

    /// <summary>Code of the organisation that a treasurer belongs to.</summary>
    public string? Organisation { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    /// <summary>1 when she was found by a key that nobody has come with before.</summary>
    public long FreshKey { get; init; }
}

/// <summary>Users and their keys. A key is shown once, when it is made; only its SHA-256 is kept.</summary>
public sealed class Users(Work work)
{
    private const string KeyPrefix = "ce_";
    private const int KeyBytes = 32;

    private const string Fields = "u.id, u.name, u.role, u.organisation_id, o.code as organisation, u.disabled_at";

    private const string Rows = "from engine_user u left join organisation o on o.id = u.organisation_id";

    private const string Columns = $"select {Fields} {Rows}";

    private static readonly Sql All = $"{Columns} order by u.name";

    private static readonly Sql ByName = $"{Columns} where u.name = @name";

    private static readonly Sql ByKey = $"""
        select {Fields}, case when k.used_at is null then 1 else 0 end as fresh_key {Rows}
          join api_key k on k.user_id = u.id
         where k.sha256 = @sha256 and k.revoked_at is null and u.disabled_at is null
        """;

    private static readonly Sql OfficersNamed = "select count(*) from engine_user where name = @name and role in ('officer', 'approver', 'operator')";

    private static readonly Sql Count = "select count(*) from engine_user";

    private static readonly Sql UsedKeys = "select count(*) from api_key where used_at is not null";

    private static readonly Sql FirstUse = "update api_key set used_at = @now where sha256 = @sha256 and used_at is null";

    private static readonly Sql AddUser = """
        insert into engine_user (id, name, role, organisation_id, added_at) values (@id, @name, @role, @organisationId, @now)
        """;

    private static readonly Sql DisableUser = "update engine_user set disabled_at = @now where id = @id and disabled_at is null";

    private static readonly Sql AddKey = "insert into api_key (id, user_id, sha256, created_at) values (@id, @userId, @sha256, @now)";

    private static readonly Sql RevokeKeys = "update api_key set revoked_at = @now where user_id = @userId and revoked_at is null";

    private static readonly Sql OrganisationByCode = "select id from organisation where code = @code";

    public Task<IReadOnlyList<StoredUser>> List() => work.Rows<StoredUser>(All);

    public async Task<bool> Any() => await work.One<long>(Count) > 0;

    /// <summary>True once somebody has come with a key: before that the database is being set up.</summary>
    public async Task<bool> AnyKeyUsed() => await work.One<long>(UsedKeys) > 0;

    /// <summary>The user of a valid key.</summary>
    public Task<StoredUser?> WithKey(string key) => work.One<StoredUser>(ByKey, new { sha256 = Sha256(key) });

    /// <summary>Notes that somebody has come with a key.</summary>
    public Task NoteUse(string key) => work.Do(FirstUse, new { sha256 = Sha256(key), now = work.Now });

    /// <summary>True for an officer, approver or operator; without a key <c>os:NAME</c> is an operator. The engine itself is none.</summary>
    public async Task<bool> IsOfficer(Actor actor) => actor.Name.StartsWith("os:", StringComparison.Ordinal) || await work.One<long>(OfficersNamed, new { name = actor.Name }) > 0;

    /// <summary>The user, or a refusal with code <c>user_unknown</c>.</summary>
    public async Task<Outcome<StoredUser>> Find(string name) => await work.One<StoredUser>(ByName, new { name }) is { } found
        ? found
        : Refusal.NotFound("user_unknown", $"There is no user «{name}».") with { Help = "List them with 'user list'." };

    /// <summary>Adds a user. Refusals: <c>user_exists</c>, <c>organisation_unknown</c>.</summary>
    public async Task<Outcome<StoredUser>> Add(string name, string role, string? organisation)
    {
        if ((await Find(name)).Refusal is null) return Refusal.Conflict("user_exists", $"There is a user «{name}» already.") with { Help = "Choose another name, or make a key for this one with 'key create'." };
        var organisationId = organisation is null ? null : await work.One<long?>(OrganisationByCode, new { code = organisation });
        if (organisation is not null && organisationId is null) return Refusal.NotFound("organisation_unknown", $"There is no organisation «{organisation}».") with { Help = "It comes with its first agreement: 'agreement import'." };
        await work.Do(AddUser, new { id = work.NextId(), name, role, organisationId, now = work.Now });
        return await Find(name);
    }

    public Task Disable(StoredUser user) => work.Do(DisableUser, new { id = user.Id, now = work.Now });

    /// <summary>A new key of a user: the only time that it is seen.</summary>
    public async Task<string> CreateKey(StoredUser user)
    {
        var key = KeyPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        await work.Do(AddKey, new { id = work.NextId(), userId = user.Id, sha256 = Sha256(key), now = work.Now });
        return key;
    }

    /// <summary>Ends every key of a user; returns how many there were.</summary>
    public Task<int> Revoke(StoredUser user) => work.Do(RevokeKeys, new { userId = user.Id, now = work.Now });

    // Keys are random and long, so a plain hash keeps them as safe as a slow one would.
    private static string Sha256(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
