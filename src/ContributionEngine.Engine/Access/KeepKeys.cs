using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A key as it is listed.</summary>
/// <param name="Starts">How it begins; null for one of older times.</param>
/// <param name="LastUsedAt">To the hour; null: never.</param>
public sealed record KnownKey(string Number, string User, string? Label, string? Starts, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, bool IsActive)
{
    internal static KnownKey Of(StoredKey key) => new(Numbers.Key(key.Id), key.Name, key.Label, key.Shown, key.CreatedAt, key.LastUsedAt, key.RevokedAt is null);
}

/// <summary>A key that was made just now: the only time that it is seen.</summary>
public sealed record MadeKey(string Number, string Key, KnownUser User);

/// <summary>Keys, by which commands and programs are known. Operators keep everybody's, each user her own; each change is audited.</summary>
public sealed class KeepKeys(Database database)
{
    /// <summary>What every key begins with.</summary>
    public const string Mark = ApiKeys.KeyPrefix;

    /// <summary>Characters.</summary>
    public const int LabelMax = 100;

    /// <summary>Keys of a user that are good at one time.</summary>
    public const int KeysMax = 50;

    /// <summary>The keys of a user, or of all. Refusals: <c>user_unknown</c>.</summary>
    public Task<Outcome<IReadOnlyList<KnownKey>>> All(Actor actor, string? name, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownKey>>>(actor, async work =>
    {
        StoredUser? user = null;
        if (name is not null && !(await work.Users.Find(name)).Ok(out user, out var refusal)) return refusal;
        return Outcome<IReadOnlyList<KnownKey>>.Of([.. (await work.ApiKeys.List(user?.Id)).Select(KnownKey.Of)]);
    }, stop);

    public Task<Outcome<IReadOnlyList<KnownKey>>> Own(Actor actor, CancellationToken stop) => All(actor, actor.Name, stop);

    /// <summary>Makes a key; in a database without any user its owner becomes an operator. Refusals: <c>user_unknown</c>, <c>user_disabled</c>, <c>label_long</c>, <c>keys_many</c>.</summary>
    public Task<Outcome<MadeKey>> Make(Actor actor, (string User, string? Label) asked, CancellationToken stop) => database.Attempt<MadeKey>(actor, async work =>
    {
        var known = await work.Users.Any() ? await work.Users.Find(asked.User) : await work.Users.Add(asked.User, Door.Operator, null);
        return known.Ok(out var user, out var refusal) ? await Make(work, user, asked.Label) : refusal;
    }, stop);

    /// <summary>Makes a key of her own. Refusals: as <see cref="Make(Actor, ValueTuple{string, string}, CancellationToken)"/>.</summary>
    public Task<Outcome<MadeKey>> MakeOwn(Actor actor, string? label, CancellationToken stop) => database.Attempt<MadeKey>(actor, async work =>
        (await work.Users.Find(actor.Name)).Ok(out var user, out var refusal) ? await Make(work, user, label) : refusal, stop);

    /// <summary>Ends every key of a user; gives how many there were. Refusals: <c>user_unknown</c>.</summary>
    public Task<Outcome<int>> Revoke(Actor actor, string name, CancellationToken stop) => database.Attempt<int>(actor, async work =>
    {
        if (!(await work.Users.Find(name)).Ok(out var user, out var refusal)) return refusal;
        await work.Audit.Record(Audit.Administration, "keys-revoked", name, "{}");
        return await work.ApiKeys.Revoke(user);
    }, stop);

    /// <summary>Ends one key. Refusals: <c>key_unknown</c>.</summary>
    public Task<Outcome<KnownKey>> RevokeOne(Actor actor, string number, CancellationToken stop) => database.Attempt<KnownKey>(actor, work => Revoke(work, number, null), stop);

    /// <summary>Ends one key of her own. Refusals: <c>key_unknown</c>, also where it is another's.</summary>
    public Task<Outcome<KnownKey>> RevokeOwn(Actor actor, string number, CancellationToken stop) => database.Attempt<KnownKey>(actor, async work =>
        (await work.Users.Find(actor.Name)).Ok(out var user, out var refusal) ? await Revoke(work, number, user.Id) : refusal, stop);

    internal static async Task<Outcome<MadeKey>> Make(Work work, StoredUser user, string? label)
    {
        if (user.DisabledAt is not null) return Refusal.Conflict("user_disabled", $"{user.Name} is disabled.") with { Help = "Add a user of another name; one that was disabled stays so." };
        if (label?.Length > LabelMax) return Refusal.Usage("label_long", $"The label is longer than {LabelMax} characters.") with { Field = "label" };
        if ((await work.ApiKeys.List(user.Id)).Count(key => key.RevokedAt is null) >= KeysMax) return Refusal.Conflict("keys_many", $"{user.Name} has {KeysMax} keys already.") with { Help = "Revoke those that nobody uses: 'key list' says when each was used last." };
        var (number, key) = await work.ApiKeys.Create(user, string.IsNullOrWhiteSpace(label) ? null : label.Trim());
        await work.Audit.Record(Audit.Administration, "key-created", user.Name, JsonSerializer.Serialize(new { key = number }));
        return new MadeKey(number, key, KeepUsers.Shown(user));
    }

    private static async Task<Outcome<KnownKey>> Revoke(Work work, string number, long? userId)
    {
        if (!(await work.ApiKeys.Find(number, userId)).Ok(out var key, out var refusal)) return refusal;
        if (await work.ApiKeys.Revoke(key)) await work.Audit.Record(Audit.Administration, "key-revoked", key.Name, JsonSerializer.Serialize(new { key = number }));
        return KnownKey.Of((await work.ApiKeys.Find(number, userId)).Value);
    }
}
