using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A key as it is kept: enough to tell it from others, never the key itself.</summary>
public sealed record StoredKey
{
    public long Id { get; init; }

    public long UserId { get; init; }

    /// <summary>Name of its user.</summary>
    public string Name { get; init; } = "";

    /// <summary>How the key begins; null for one of older times.</summary>
    public string? Shown { get; init; }

    /// <summary>What its user calls it.</summary>
    public string? Label { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>To the hour.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }
}

/// <summary>Keys by which users are known to commands and the API. A key is shown once, when it is made; only its SHA-256 is kept.</summary>
public sealed class ApiKeys(Work work)
{
    /// <summary>What every key begins with.</summary>
    public const string KeyPrefix = "ce_";

    private const int KeyBytes = 32;
    private const int ShownLetters = 9;

    private const string Columns = """
        select k.id, k.user_id, u.name, k.shown, k.label, k.created_at, coalesce(k.last_used_at, k.used_at) as last_used_at, k.revoked_at
          from api_key k
          join engine_user u on u.id = k.user_id
        """;

    private static readonly TimeSpan NotedEvery = TimeSpan.FromHours(1);

    private static readonly Sql Some = $"{Columns} where (@userId is null or k.user_id = @userId) order by u.name, k.id";

    private static readonly Sql ById = $"{Columns} where k.id = @id and (@userId is null or k.user_id = @userId)";

    private static readonly Sql ByKey = """
        select u.id, u.name, u.role, u.organisation_id, o.code as organisation, o.name as organisation_name, u.disabled_at,
               case when k.last_used_at is null or k.last_used_at < @before then 1 else 0 end as fresh_key
          from engine_user u
          join api_key k on k.user_id = u.id
          left join organisation o on o.id = u.organisation_id
         where k.sha256 = @sha256 and k.revoked_at is null and u.disabled_at is null
        """;

    private static readonly Sql NotedUse = "update api_key set used_at = coalesce(used_at, @now), last_used_at = @now where sha256 = @sha256";

    private static readonly Sql AddKey = "insert into api_key (id, user_id, sha256, shown, label, created_at) values (@id, @userId, @sha256, @shown, @label, @now)";

    private static readonly Sql RevokeAll = "update api_key set revoked_at = @now where user_id = @userId and revoked_at is null";

    private static readonly Sql RevokeOne = "update api_key set revoked_at = @now where id = @id and revoked_at is null";

    /// <summary>The keys of a user, or of all, also those that are revoked.</summary>
    public Task<IReadOnlyList<StoredKey>> List(long? userId) => work.Rows<StoredKey>(Some, new { userId });

    /// <summary>One key by its number, or a refusal with code <c>key_unknown</c>.</summary>
    /// <param name="userId">Whose it has to be; null: anybody's.</param>
    public async Task<Outcome<StoredKey>> Find(string number, long? userId) =>
        Numbers.Id("KEY", number) is { } id && await work.One<StoredKey>(ById, new { id, userId }) is { } found ? found
        : Refusal.NotFound("key_unknown", $"There is no key «{number}».") with { Help = "List them with 'key list'." };

    /// <summary>The user of a valid key.</summary>
    public Task<StoredUser?> Opens(string key) => work.One<StoredUser>(ByKey, new { sha256 = Sha256(key), before = work.Now - NotedEvery });

    /// <summary>Notes that somebody has come with a key.</summary>
    public Task NoteUse(string key) => work.Do(NotedUse, new { sha256 = Sha256(key), now = work.Now });

    /// <summary>A new key of a user: the only time that it is seen.</summary>
    public async Task<(string Number, string Key)> Create(StoredUser user, string? label)
    {
        var key = KeyPrefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(KeyBytes)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
        var id = work.NextId();
        await work.Do(AddKey, new { id, userId = user.Id, sha256 = Sha256(key), shown = key[..ShownLetters], label, now = work.Now });
        return (Numbers.Key(id), key);
    }

    /// <summary>Ends every key of a user; returns how many there were.</summary>
    public Task<int> Revoke(StoredUser user) => work.Do(RevokeAll, new { userId = user.Id, now = work.Now });

    /// <summary>Ends one key; false when it was ended before.</summary>
    public async Task<bool> Revoke(StoredKey key) => await work.Do(RevokeOne, new { id = key.Id, now = work.Now }) == 1;

    // Keys are random and long, so a plain hash keeps them as safe as a slow one would.
    private static string Sha256(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
}
