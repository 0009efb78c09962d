using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What a user sees of how she signs in.</summary>
/// <param name="Organisation">Code of a treasurer's organisation.</param>
/// <param name="SecondFactorSince">null: no second factor is asked for.</param>
/// <param name="Language">null: she has not chosen one.</param>
public sealed record UserLogin(string Name, string Role, string? Organisation, bool HasPassword, DateTimeOffset? SecondFactorSince, long RecoveryCodesLeft, string? Language)
{
    /// <summary>Her name at the OpenID Connect provider.</summary>
    public string? ExternalName { get; init; }

    public DateTimeOffset? SignedInAt { get; init; }
}

/// <summary>What a user may do with her own account: her password and her language.</summary>
public sealed class OwnAccount(Database database)
{
    public static readonly string[] Languages = ["en", "es", "fr", "pt", "pt-BR"];

    /// <summary>Refusals: <c>user_unknown</c>.</summary>
    public Task<Outcome<UserLogin>> Show(Actor actor, CancellationToken stop) => database.Read<Outcome<UserLogin>>(actor, async work =>
        (await work.Logins.Find(actor.Name)).Ok(out var login, out var refusal)
            ? new UserLogin(login.Name, login.Role, login.Organisation, login.PasswordHash is not null, login.SecondFactorAt, await work.Logins.RecoveryCodesLeft(login.UserId), login.Language) { ExternalName = login.ExternalName, SignedInAt = login.SignedInAt }
            : refusal, stop);

    /// <summary>
    /// Puts her own password in place of the old one; her other sessions end. With a one-time password the old one is not asked for again.
    /// Refusals: <c>password_wrong</c>, <c>password_same</c>, and those of a weak password.
    /// </summary>
    /// <returns>The session that goes on.</returns>
    public async Task<Outcome<UserSession>> ChangePassword(Actor actor, (string? Old, string New) asked, CancellationToken stop)
    {
        if (Passwords.Fault(actor.Name, asked.New) is { } weak) return weak;
        if (asked.Old == asked.New) return Same;
        if (!(await Tried(actor, asked.Old, stop)).Ok(out var login, out var refusal)) return refusal;
        // The slow part holds no transaction.
        if (login.ChangeBy is null && !Passwords.Verify(login.PasswordHash, asked.Old ?? "").IsRight) return Wrong;
        if (login.ChangeBy is not null && Passwords.Verify(login.PasswordHash, asked.New).IsRight) return Same;
        var hash = Passwords.Hash(asked.New);
        return await database.Attempt<UserSession>(actor, async work =>
        {
            if (await work.Logins.InSession(login.UserId, login.Stamp!) is null) return Refusal.Conflict("password_changed", "The password was changed meanwhile.") with { Help = "Sign in again." };
            await work.Logins.SetPassword(login.UserId, hash, null);
            await work.Audit.Record(Audit.Administration, "password-changed", actor.Name, "{}");
            return UserSession.Of((await work.Logins.Find(actor.Name)).Value);
        }, stop);
    }

    /// <summary>Refusals: <c>language_unknown</c>, <c>user_unknown</c>.</summary>
    /// <param name="language">null: whatever her browser asks for.</param>
    public Task<Outcome<string?>> ChangeLanguage(Actor actor, string? language, CancellationToken stop) => database.Attempt<string?>(actor, async work =>
    {
        if (language is not null && !Languages.Contains(language)) return Refusal.Usage("language_unknown", $"«{language}» is none of {string.Join(", ", Languages)}.");
        if (!(await work.Logins.Find(actor.Name)).Ok(out var login, out var refusal)) return refusal;
        await work.Logins.SetLanguage(login.UserId, language);
        await work.Audit.Record(Audit.Administration, "language-chosen", actor.Name, System.Text.Json.JsonSerializer.Serialize(new { language }));
        return language;
    }, stop);

    // Whoever finds a session open may not try passwords without end either.
    private Task<Outcome<StoredLogin>> Tried(Actor actor, string? old, CancellationToken stop) => database.Write<Outcome<StoredLogin>>(actor, async work =>
    {
        if (!(await work.Logins.Find(actor.Name)).Ok(out var login, out var refusal)) return refusal;
        if (login.PasswordHash is null || (login.ChangeBy is null && old is null)) return Wrong;
        if (login.ChangeBy is not null) return login;
        return await work.Logins.Attempt(login.UserId, SignIn.AttemptsMax, SignIn.LockedFor) is { } tried ? tried : Wrong;
    }, stop);

    private static Refusal Same { get; } = Refusal.Input("password_same", "The new password is the old one.") with { Field = "password", Help = "Take another one." };

    private static Refusal Wrong { get; } = new(RefusalKind.NotAllowed, "password_wrong", "The password that you have now is not right.")
    {
        Field = "old_password",
        Help = $"After {SignIn.AttemptsMax} wrong tries it cannot be changed for {SignIn.LockedFor.TotalMinutes:0} minutes.",
    };
}
