using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A second factor that is offered: shown until a code from the app proves that it was taken over.</summary>
/// <param name="Secret">For typing it in, in groups of four.</param>
/// <param name="Address">For a QR code.</param>
public sealed record OfferedSecondFactor(string Secret, string Address);

/// <summary>Codes for when the app is lost, each good once: the only time that they are seen.</summary>
/// <param name="Session">The session that goes on.</param>
public sealed record RecoveryCodes(IReadOnlyList<string> Codes, UserSession Session);

/// <summary>What a user may do with her own second factor.</summary>
public sealed class OwnSecondFactor(Database database, Sealing sealing)
{
    /// <summary>Offers a second factor; one that was offered before is forgotten. Refusals: <c>second_factor_on</c>, <c>password_none</c>.</summary>
    public Task<Outcome<OfferedSecondFactor>> Offer(Actor actor, CancellationToken stop) => database.Attempt<OfferedSecondFactor>(actor, async work =>
    {
        if (!(await work.Logins.Find(actor.Name)).Ok(out var login, out var refusal)) return refusal;
        if (login.SecondFactorAt is not null) return AlreadyOn;
        if (login.PasswordHash is null) return Refusal.Conflict("password_none", "A second factor stands beside a password, and you sign in without one.") with { Help = "Your provider asks for a second factor if your house wants one." };
        var secret = SecondFactors.NewSecret();
        await work.Logins.OfferSecondFactor(login.UserId, sealing.Seal(secret));
        return Shown(secret, login);
    }, stop);

    /// <summary>The one that is offered, to be shown again. Refusals: <c>second_factor_none</c>, <c>second_factor_on</c>, <c>second_factor_unreadable</c>.</summary>
    public Task<Outcome<OfferedSecondFactor>> Offered(Actor actor, CancellationToken stop) => database.Read<Outcome<OfferedSecondFactor>>(actor, async work =>
    {
        if (!(await Kept(work)).Ok(out var kept, out var refusal)) return refusal;
        return kept.Login.SecondFactorAt is null ? Shown(kept.Secret, kept.Login) : AlreadyOn;
    }, stop);

    /// <summary>From now on the second factor is asked for; her other sessions end. Refusals: <c>code_wrong</c>, <c>second_factor_none</c>, <c>second_factor_on</c>, <c>second_factor_unreadable</c>.</summary>
    public Task<Outcome<RecoveryCodes>> Confirm(Actor actor, string code, CancellationToken stop) => database.Attempt<RecoveryCodes>(actor, async work =>
    {
        if (!(await Kept(work)).Ok(out var kept, out var refusal)) return refusal;
        if (kept.Login.SecondFactorAt is not null) return AlreadyOn;
        if (SecondFactors.IsRecoveryCode(code) || !await SecondFactors.Use(work, kept.Login, (kept.Secret, code))) return Wrong;
        await work.Logins.StartSecondFactor(kept.Login.UserId);
        await work.Audit.Record(Audit.Administration, "second-factor-on", actor.Name, "{}");
        return await NewCodes(work, kept.Login);
    }, stop);

    /// <summary>New recovery codes in place of all that were there. Refusals: as <see cref="Confirm"/>.</summary>
    public Task<Outcome<RecoveryCodes>> Renew(Actor actor, string code, CancellationToken stop) => Proven<RecoveryCodes>(actor, code, async (work, login) =>
    {
        await work.Audit.Record(Audit.Administration, "recovery-codes-renewed", actor.Name, "{}");
        return await NewCodes(work, login);
    }, stop);

    /// <summary>Takes the second factor away; her other sessions end. Refusals: as <see cref="Confirm"/>.</summary>
    public Task<Outcome<UserSession>> Remove(Actor actor, string code, CancellationToken stop) => Proven<UserSession>(actor, code, async (work, login) =>
    {
        await work.Logins.EndSecondFactor(login.UserId);
        await work.Audit.Record(Audit.Administration, "second-factor-off", actor.Name, JsonSerializer.Serialize(new { by = "herself" }));
        return UserSession.Of((await work.Logins.Find(actor.Name)).Value);
    }, stop);

    // Whoever finds a session open may not try codes without end: a wrong one counts, so this unit is kept whatever its end.
    private Task<Outcome<T>> Proven<T>(Actor actor, string code, Func<Work, StoredLogin, Task<T>> change, CancellationToken stop) => database.Write<Outcome<T>>(actor, async work =>
    {
        if (!(await Kept(work)).Ok(out var kept, out var refusal)) return refusal;
        if (kept.Login.SecondFactorAt is null) return None;
        if (await work.Logins.Attempt(kept.Login.UserId, SignIn.AttemptsMax, SignIn.LockedFor) is null) return Wrong;
        if (!await SecondFactors.Use(work, kept.Login, (kept.Secret, code))) return Wrong;
        await work.Logins.GiveBack(kept.Login.UserId);
        return await change(work, kept.Login);
    }, stop);

    private async Task<Outcome<(StoredLogin Login, string Secret)>> Kept(Work work)
    {
        if (!(await work.Logins.Find(work.Actor.Name)).Ok(out var login, out var refusal)) return refusal;
        if (login.SecondFactor is null) return None;
        return sealing.Open(login.SecondFactor) is { } secret ? (login, secret) : SignIn.Unreadable;
    }

    private static async Task<RecoveryCodes> NewCodes(Work work, StoredLogin login)
    {
        var codes = Enumerable.Range(0, SecondFactors.RecoveryCodes).Select(_ => SecondFactors.NewRecoveryCode()).ToList();
        await work.Logins.SetRecoveryCodes(login.UserId, codes.Select(SecondFactors.Sha256));
        return new RecoveryCodes(codes, UserSession.Of((await work.Logins.Find(login.Name)).Value));
    }

    private static OfferedSecondFactor Shown(string secret, StoredLogin login) => new(string.Join(' ', secret.Chunk(4).Select(group => new string(group))), SecondFactors.Address(secret, login.Name));

    private static Refusal AlreadyOn { get; } = Refusal.Conflict("second_factor_on", "The second factor is on already.") with { Help = "Take it away first, with a code of the app that you have or a recovery code." };

    private static Refusal None { get; } = Refusal.Conflict("second_factor_none", "There is no second factor.") with { Help = "Set one up on the account page." };

    private static Refusal Wrong { get; } = Refusal.Input("code_wrong", "The code is not right, or was used already.") with { Field = "code", Help = "Wait for the next code of your authenticator app. If none is taken, the phone's clock may be off." };
}
