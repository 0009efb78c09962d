using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A password that is good once: the only time that it is seen.</summary>
/// <param name="Until">It has to be changed before.</param>
public sealed record OneTimePassword(string User, string Password, DateTimeOffset Until);

/// <summary>What an operator sees of how a user signs in.</summary>
public sealed record KnownLogin(KnownUser User, bool HasPassword, bool MustChange, bool IsLocked, DateTimeOffset? SecondFactorSince)
{
    /// <summary>Her name at the OpenID Connect provider.</summary>
    public string? ExternalName { get; init; }

    public DateTimeOffset? SignedInAt { get; init; }
}

/// <summary>What operators do for users who sign in.</summary>
public sealed class KeepLogins(Database database)
{
    private const int ExternalNameMax = 400;

    public Task<IReadOnlyList<KnownLogin>> All(Actor actor, CancellationToken stop) =>
        database.Read<IReadOnlyList<KnownLogin>>(actor, async work => [.. (await work.Logins.List()).Select(login => Shown(login, work.Now))], stop);

    /// <summary>Refusals: <c>user_unknown</c>.</summary>
    public Task<Outcome<KnownLogin>> Show(Actor actor, string name, CancellationToken stop) => database.Read<Outcome<KnownLogin>>(actor, async work =>
        (await work.Logins.Find(name)).Ok(out var login, out var refusal) ? Shown(login, work.Now) : refusal, stop);

    /// <summary>Makes a one-time password; it ends a lock and her sessions. Refusals: <c>user_unknown</c>, <c>user_disabled</c>.</summary>
    public async Task<Outcome<OneTimePassword>> Password(Actor actor, string name, CancellationToken stop)
    {
        var made = NewPassword();
        return await database.Attempt<OneTimePassword>(actor, async work =>
        {
            if (!(await work.Logins.Find(name)).Ok(out var login, out var refusal)) return refusal;
            if (login.DisabledAt is not null) return Refusal.Conflict("user_disabled", $"{name} is disabled.") with { Help = "Add a user of another name; one that was disabled stays so." };
            return await Put(work, (login.UserId, name), made);
        }, stop);
    }

    /// <summary>Takes a user's second factor away, when phone and recovery codes are lost. Refusals: <c>user_unknown</c>, <c>second_factor_none</c>.</summary>
    public Task<Outcome<KnownLogin>> RemoveSecondFactor(Actor actor, string name, CancellationToken stop) => database.Attempt<KnownLogin>(actor, async work =>
    {
        if (!(await work.Logins.Find(name)).Ok(out var login, out var refusal)) return refusal;
        if (login.SecondFactor is null) return Refusal.Conflict("second_factor_none", $"{name} has no second factor.") with { Help = "Look at 'user list'." };
        await work.Logins.EndSecondFactor(login.UserId);
        await work.Audit.Record(Audit.Administration, "second-factor-off", name, JsonSerializer.Serialize(new { by = "operator" }));
        return Shown((await work.Logins.Find(name)).Value, work.Now);
    }, stop);

    /// <summary>Says how the OpenID Connect provider calls a user. Refusals: <c>user_unknown</c>, <c>external_name_taken</c>, <c>external_name_invalid</c>.</summary>
    /// <param name="asked">null as external name: she signs in here alone.</param>
    public Task<Outcome<KnownLogin>> SetExternalName(Actor actor, (string Name, string? ExternalName) asked, CancellationToken stop) => database.Attempt<KnownLogin>(actor, async work =>
    {
        if (asked.ExternalName is { } wanted && (wanted.Trim() != wanted || wanted.Length is 0 or > ExternalNameMax)) return Refusal.Usage("external_name_invalid", "The name at the provider is empty, too long, or has blanks around it.") with { Help = "Copy it from the provider as it is." };
        if (!(await work.Logins.Find(asked.Name)).Ok(out var login, out var refusal)) return refusal;
        if (asked.ExternalName is { } other && (await work.Logins.List()).FirstOrDefault(known => known.ExternalName == other) is { } holder && holder.UserId != login.UserId)
        {
            return Refusal.Conflict("external_name_taken", $"That name at the provider is {holder.Name}'s.") with { Help = "Take it from that user first." };
        }

        await work.Logins.SetExternalName(login.UserId, asked.ExternalName);
        await work.Audit.Record(Audit.Administration, "external-name-set", asked.Name, JsonSerializer.Serialize(new { has_one = asked.ExternalName is not null }));
        return Shown((await work.Logins.Find(asked.Name)).Value, work.Now);
    }, stop);

    // Hashed before the transaction, because that is slow.
    internal static (string Password, string Hash) NewPassword()
    {
        var password = Passwords.OneTime();
        return (password, Passwords.Hash(password));
    }

    internal static async Task<OneTimePassword> Put(Work work, (long Id, string Name) user, (string Password, string Hash) made)
    {
        var until = work.Now + Passwords.OneTimeFor;
        await work.Logins.SetPassword(user.Id, made.Hash, until);
        await work.Audit.Record(Audit.Administration, "one-time-password-made", user.Name, "{}");
        return new OneTimePassword(user.Name, made.Password, until);
    }

    private static KnownLogin Shown(StoredLogin login, DateTimeOffset now) =>
        new(new KnownUser(login.Name, login.Role, login.Organisation, login.DisabledAt is null), login.PasswordHash is not null, login.ChangeBy is not null, login.LockedUntil > now, login.SecondFactorAt)
        {
            ExternalName = login.ExternalName,
            SignedInAt = login.SignedInAt,
        };
}
