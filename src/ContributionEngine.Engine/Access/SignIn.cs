using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Lets users in: by password and second factor, or by the word of a provider. Whoever is unknown, disabled, locked or without
/// a password is told the same as one with a wrong password, after the same work.
/// </summary>
public sealed class SignIn(Database database, Sealing sealing, SecondFactorDuty duty)
{
    /// <summary>Wrong tries, of password and second factor together, before a user is locked.</summary>
    public const int AttemptsMax = 5;

    public static readonly TimeSpan LockedFor = TimeSpan.FromMinutes(15);

    private const string Locked = "sign-in-locked";
    private const string Done = "signed-in";
    private const long Nobody = 0;

    private static readonly Actor Anybody = new("anybody");

    private static readonly Refusal Failed = new(RefusalKind.NotAllowed, "sign_in_failed", "The name or the password is not right.")
    {
        Help = $"Look at capitals and the keyboard's language. After {AttemptsMax} wrong tries a user is locked for {LockedFor.TotalMinutes:0} minutes; an operator makes a new one-time password with 'user password NAME'.",
    };

    private static readonly Refusal CodeFailed = new(RefusalKind.NotAllowed, "second_factor_failed", "The code is not right, or was used already.")
    {
        Help = "Wait for the next code of your authenticator app, or use a recovery code. If you have neither, an operator can take the second factor away.",
    };

    private static readonly Refusal Over = new(RefusalKind.NotAllowed, "session_over", "The session is over.") { Help = "Sign in again." };

    /// <summary>The first step. Refusals: <c>sign_in_failed</c>, <c>one_time_password_over</c>.</summary>
    public async Task<Outcome<UserSession>> Password(string name, string password, CancellationToken stop)
    {
        var tried = await database.Write(Anybody, work => Attempt(work, name), stop);
        // The slow part holds no transaction.
        var (isRight, isStale) = Passwords.Verify(tried?.PasswordHash, password);
        var hash = isStale ? Passwords.Hash(password) : null;
        return await database.Write(Anybody, work => Judge(work, isRight ? tried : null, tried, hash), stop);
    }

    /// <summary>The second step, after a password that was right. Refusals: <c>second_factor_failed</c>, <c>second_factor_unreadable</c>, <c>session_over</c>.</summary>
    public Task<Outcome<UserSession>> SecondFactor((long UserId, string Stamp) pending, string code, CancellationToken stop) => database.Write<Outcome<UserSession>>(Anybody, async work =>
    {
        if (await work.Logins.InSession(pending.UserId, pending.Stamp) is not { SecondFactor: { } kept }) return Over;
        if (sealing.Open(kept) is not { } secret) return Unreadable;
        if (await work.Logins.Attempt(pending.UserId, AttemptsMax, LockedFor) is not { } tried) return CodeFailed;
        if (await SecondFactors.Use(work, tried, (secret, code))) return await Enter(work, tried, new { second_factor = true });
        await NoteLock(work, tried);
        return CodeFailed;
    }, stop);

    /// <summary>Lets in whom the OpenID Connect provider vouches for. Refusals: <c>user_not_invited</c>.</summary>
    public Task<Outcome<UserSession>> Vouched(string externalName, CancellationToken stop) => database.Attempt<UserSession>(Anybody, async work =>
        await work.Logins.Called(externalName) is { } login ? await Enter(work, login with { ChangeBy = null }, new { vouched = true }) : NotInvited, stop);

    /// <summary>The user whom a provider's token is about; nothing is noted. Refusals: <c>user_not_invited</c>.</summary>
    public async Task<Outcome<UserSession>> Bearer(string externalName, CancellationToken stop) =>
        await database.Read(Anybody, work => work.Logins.Called(externalName), stop) is { } login ? UserSession.Of(login, SignInStep.Done) : NotInvited;

    /// <summary>The user of a session, if it has not ended: asked for at every request.</summary>
    public async Task<UserSession?> Resume(long userId, string stamp, CancellationToken stop) =>
        await database.Read(Anybody, work => work.Logins.InSession(userId, stamp), stop) is { } login ? duty.Of(login) : null;

    internal static Refusal Unreadable { get; } = new(RefusalKind.NotAllowed, "second_factor_unreadable", "The second factor cannot be checked: the key that it was kept with is gone.")
    {
        Help = "An operator takes it away with 'user second-factor NAME --off'; then set it up anew. docs/accounts.md says how the keys are kept.",
    };

    /// <summary>What a person is told whom her provider vouches for and nobody has entered.</summary>
    public static Refusal NotInvited { get; } = new(RefusalKind.NotAllowed, "user_not_invited", "Nobody here goes by the name that your provider has given.")
    {
        Help = "Ask an operator to enter it with your user: 'user external-name NAME --is NAME-AT-THE-PROVIDER'.",
    };

    // Counted before it is made; a user who is not there, or may not come in, costs the same statements.
    private static async Task<StoredLogin?> Attempt(Work work, string name)
    {
        var found = (await work.Logins.Find(name)).Ok(out var login, out _) ? login : null;
        return await work.Logins.Attempt(found is { DisabledAt: null } ? found.UserId : Nobody, AttemptsMax, LockedFor);
    }

    private async Task<Outcome<UserSession>> Judge(Work work, StoredLogin? right, StoredLogin? tried, string? newHash)
    {
        if (right is null)
        {
            await NoteLock(work, tried);
            return Failed;
        }

        if (newHash is not null) await work.Logins.Rehash(right.UserId, newHash);
        if (right.ChangeBy < work.Now) return OneTimeOver;
        if (right.SecondFactorAt is null) return await Enter(work, right, new { second_factor = false });
        await work.Logins.GiveBack(right.UserId);
        return UserSession.Of(right, SignInStep.SecondFactor);
    }

    private static Refusal OneTimeOver { get; } = new(RefusalKind.NotAllowed, "one_time_password_over", $"The one-time password was good for {Passwords.OneTimeFor.TotalDays:0} days, which are over.")
    {
        Help = "Ask an operator for a new one: 'user password NAME'.",
    };

    private async Task<Outcome<UserSession>> Enter(Work work, StoredLogin login, object how)
    {
        await work.Logins.SignedIn(login.UserId);
        await As(work, login).Record(Audit.Administration, Done, login.Name, System.Text.Json.JsonSerializer.Serialize(how));
        return duty.Of(login);
    }

    private static async Task NoteLock(Work work, StoredLogin? tried)
    {
        if (tried?.LockedUntil is not null) await work.Audit.Record(Audit.Administration, Locked, tried.Name, "{}");
    }

    // The work of somebody who is known by now.
    private static Audit As(Work work, StoredLogin login) => (work with { Actor = new Actor(login.Name, login.OrganisationId) }).Audit;
}
