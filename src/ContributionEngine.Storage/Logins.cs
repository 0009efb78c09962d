using System.Security.Cryptography;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A user together with how she signs in; without a password she cannot, save through a provider that vouches for her.</summary>
public sealed record StoredLogin
{
    public long UserId { get; init; }

    public string Name { get; init; } = "";

    public string Role { get; init; } = "";

    public long? OrganisationId { get; init; }

    public string? Organisation { get; init; }

    public string? OrganisationName { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public string? PasswordHash { get; init; }

    /// <summary>Until when her one-time password is good; null: the password is her own.</summary>
    public DateTimeOffset? ChangeBy { get; init; }

    public DateTimeOffset? LockedUntil { get; init; }

    /// <summary>The secret of her second factor, as whoever sealed it gave it.</summary>
    public string? SecondFactor { get; init; }

    /// <summary>Since when the second factor is asked for; null: it is not.</summary>
    public DateTimeOffset? SecondFactorAt { get; init; }

    /// <summary>Changes whenever her sessions have to end.</summary>
    public string? Stamp { get; init; }

    public string? Language { get; init; }

    /// <summary>Her name at the OpenID Connect provider.</summary>
    public string? ExternalName { get; init; }

    public DateTimeOffset? SignedInAt { get; init; }
}

/// <summary>How users sign in. What is secret is here as a hash, or sealed by whoever has the key.</summary>
public sealed class Logins(Work work)
{
    private const int StampBytes = 16;

    private const string Columns = """
        select u.id as user_id, u.name, u.role, u.organisation_id, o.code as organisation, o.name as organisation_name, u.disabled_at,
               l.password_hash, l.change_by, l.locked_until, l.second_factor, l.second_factor_at, l.stamp, l.language, l.external_name, l.signed_in_at
          from engine_user u
          left join login l on l.user_id = u.id
          left join organisation o on o.id = u.organisation_id
        """;

    private static readonly Sql Everybody = $"{Columns} order by u.name";

    private static readonly Sql ByName = $"{Columns} where u.name = @name";

    private static readonly Sql ById = $"{Columns} where u.id = @userId";

    private static readonly Sql ByExternalName = $"{Columns} where l.external_name = @externalName and u.disabled_at is null";

    private static readonly Sql BySession = $"{Columns} where u.id = @userId and l.stamp = @stamp and u.disabled_at is null";

    private static readonly Sql Known = "select count(*) from login where user_id = @userId";

    private static readonly Sql AddLogin = "insert into login (user_id, failures, last_step, stamp) values (@userId, 0, 0, @stamp)";

    // The try is counted before it is made, so that many at once are not more than one after the other.
    private static readonly Sql CountAttempt = """
        update login
           set failures = case when locked_until is null then failures + 1 else 1 end,
               locked_until = case when locked_until is null and failures + 1 >= @most then @until else null end
         where user_id = @userId and (locked_until is null or locked_until <= @now)
        """;

    private static readonly Sql GiveAttemptBack = "update login set failures = case when failures > 0 then failures - 1 else 0 end, locked_until = null where user_id = @userId";

    private static readonly Sql NoteSignIn = "update login set failures = 0, locked_until = null, signed_in_at = @now where user_id = @userId";

    private static readonly Sql PutPassword = """
        update login set password_hash = @hash, change_by = @changeBy, failures = 0, locked_until = null, stamp = @stamp where user_id = @userId
        """;

    private static readonly Sql PutHash = "update login set password_hash = @hash where user_id = @userId";

    private static readonly Sql PutSecondFactor = "update login set second_factor = @secret, second_factor_at = null, last_step = 0 where user_id = @userId";

    private static readonly Sql TurnSecondFactorOn = "update login set second_factor_at = @now, stamp = @stamp where user_id = @userId";

    private static readonly Sql TurnSecondFactorOff = "update login set second_factor = null, second_factor_at = null, last_step = 0, stamp = @stamp where user_id = @userId";

    private static readonly Sql TakeStep = "update login set last_step = @step where user_id = @userId and last_step < @step";

    private static readonly Sql PutStamp = "update login set stamp = @stamp where user_id = @userId";

    private static readonly Sql PutLanguage = "update login set language = @language where user_id = @userId";

    private static readonly Sql PutExternalName = "update login set external_name = @externalName, stamp = @stamp where user_id = @userId";

    private static readonly Sql DropCodes = "delete from recovery_code where user_id = @userId";

    private static readonly Sql AddCode = "insert into recovery_code (user_id, sha256) values (@userId, @sha256)";

    private static readonly Sql TakeCode = "update recovery_code set used_at = @now where user_id = @userId and sha256 = @sha256 and used_at is null";

    private static readonly Sql CodesLeft = "select count(*) from recovery_code where user_id = @userId and used_at is null";

    public Task<IReadOnlyList<StoredLogin>> List() => work.Rows<StoredLogin>(Everybody);

    /// <summary>The user, or a refusal with code <c>user_unknown</c>.</summary>
    public async Task<Outcome<StoredLogin>> Find(string name) => await work.One<StoredLogin>(ByName, new { name }) is { } found ? found : Users.Unknown(name);

    /// <summary>The user whom the provider calls by that name, unless she is disabled.</summary>
    public Task<StoredLogin?> Called(string externalName) => work.One<StoredLogin>(ByExternalName, new { externalName });

    /// <summary>The user of a session that has not ended.</summary>
    public Task<StoredLogin?> InSession(long userId, string stamp) => work.One<StoredLogin>(BySession, new { userId, stamp });

    /// <summary>Counts a try before it is made. Null while the user is locked.</summary>
    public async Task<StoredLogin?> Attempt(long userId, int most, TimeSpan lockedFor) =>
        await work.Do(CountAttempt, new { userId, most, until = (DateTimeOffset?)(work.Now + lockedFor), now = work.Now }) == 1 ? await work.One<StoredLogin>(ById, new { userId }) : null;

    /// <summary>The try was right, though she is not in yet: it does not count.</summary>
    public Task GiveBack(long userId) => work.Do(GiveAttemptBack, new { userId });

    /// <summary>She is in: what went wrong before is forgotten.</summary>
    public Task SignedIn(long userId) => work.Do(NoteSignIn, new { userId, now = work.Now });

    /// <summary>A new password, which ends her sessions and any lock.</summary>
    /// <param name="changeBy">Until when it is good and has to be changed; null: it is her own.</param>
    public async Task SetPassword(long userId, string hash, DateTimeOffset? changeBy)
    {
        await Ensure(userId);
        await work.Do(PutPassword, new { userId, hash, changeBy, stamp = NewStamp() });
    }

    /// <summary>The same password, hashed as is done today.</summary>
    public Task Rehash(long userId, string hash) => work.Do(PutHash, new { userId, hash });

    /// <summary>Keeps the secret of a second factor that is not asked for yet.</summary>
    public async Task OfferSecondFactor(long userId, string secret)
    {
        await Ensure(userId);
        await work.Do(PutSecondFactor, new { userId, secret });
    }

    /// <summary>From now on the second factor is asked for; her sessions end.</summary>
    public Task StartSecondFactor(long userId) => work.Do(TurnSecondFactorOn, new { userId, now = work.Now, stamp = NewStamp() });

    /// <summary>Forgets the second factor and its recovery codes; her sessions end.</summary>
    public async Task EndSecondFactor(long userId)
    {
        await work.Do(DropCodes, new { userId });
        await work.Do(TurnSecondFactorOff, new { userId, stamp = NewStamp() });
    }

    /// <summary>False when this time step, or a later one, was used already.</summary>
    public async Task<bool> UseStep(long userId, long step) => await work.Do(TakeStep, new { userId, step }) == 1;

    public async Task SetRecoveryCodes(long userId, IEnumerable<string> hashes)
    {
        await work.Do(DropCodes, new { userId });
        foreach (var sha256 in hashes) await work.Do(AddCode, new { userId, sha256 });
    }

    /// <summary>False when there is no such code, or it was used.</summary>
    public async Task<bool> UseRecoveryCode(long userId, string sha256) => await work.Do(TakeCode, new { userId, sha256, now = work.Now }) == 1;

    public Task<long> RecoveryCodesLeft(long userId) => work.One<long>(CodesLeft, new { userId });

    public Task EndSessions(long userId) => work.Do(PutStamp, new { userId, stamp = NewStamp() });

    public async Task SetLanguage(long userId, string? language)
    {
        await Ensure(userId);
        await work.Do(PutLanguage, new { userId, language });
    }

    /// <summary>How the provider calls her; her sessions end.</summary>
    public async Task SetExternalName(long userId, string? externalName)
    {
        await Ensure(userId);
        await work.Do(PutExternalName, new { userId, externalName, stamp = NewStamp() });
    }

    private async Task Ensure(long userId)
    {
        if (await work.One<long>(Known, new { userId }) == 0) await work.Do(AddLogin, new { userId, stamp = NewStamp() });
    }

    private static string NewStamp() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(StampBytes));
}
