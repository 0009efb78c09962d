using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A user as others see her.</summary>
/// <param name="Organisation">Code of a treasurer's organisation.</param>
/// <param name="Key">A key that was made just now: the only time that it is seen.</param>
public sealed record KnownUser(string Name, string Role, string? Organisation, bool IsActive, string? Key = null);

/// <summary>Users and their keys. The first user of a database is an operator and comes with a key; each change is audited.</summary>
public sealed class KeepUsers(Database database)
{
    public Task<IReadOnlyList<KnownUser>> All(Actor actor, CancellationToken stop) =>
        database.Read<IReadOnlyList<KnownUser>>(actor, async work => [.. (await work.Users.List()).Select(user => Shown(user))], stop);

    /// <summary>Adds a user. Refusals: <c>organisation_needed</c>, <c>operator_first</c>, <c>user_exists</c>, <c>organisation_unknown</c>.</summary>
    public Task<Outcome<KnownUser>> Add(Actor actor, KnownUser asked, CancellationToken stop) => database.Attempt<KnownUser>(actor, async work =>
    {
        if (asked.Role == Door.Treasurer != asked.Organisation is not null) return Refusal.Usage("organisation_needed", "A treasurer belongs to an organisation, and nobody else does.") with { Help = "Add --organisation CODE for a treasurer; leave it out for others." };
        var isFirst = !await work.Users.Any();
        if (isFirst && asked.Role != Door.Operator) return Refusal.Usage("operator_first", "The first user of a database is an operator.") with { Help = "Add one with --role operator, and go on with the key that is shown." };
        if (!(await work.Users.Add(asked.Name, asked.Role, asked.Organisation)).Ok(out var user, out var refusal)) return refusal;
        await work.Audit.Record(Audit.Administration, "user-added", user.Name, JsonSerializer.Serialize(new { role = user.Role, organisation = user.Organisation }));
        return Shown(user, isFirst ? await Key(work, user) : null);
    }, stop);

    /// <summary>Ends a user's access at once. Refusals: <c>user_unknown</c>.</summary>
    public Task<Outcome<KnownUser>> Disable(Actor actor, string name, CancellationToken stop) => database.Attempt<KnownUser>(actor, async work =>
    {
        if (!(await work.Users.Find(name)).Ok(out var user, out var refusal)) return refusal;
        await work.Users.Disable(user);
        await work.Audit.Record(Audit.Administration, "user-disabled", name, "{}");
        return Shown(user) with { IsActive = false };
    }, stop);

    /// <summary>Makes a key; in a database without any user its owner becomes an operator. Refusals: <c>user_unknown</c>.</summary>
    public Task<Outcome<KnownUser>> MakeKey(Actor actor, string name, CancellationToken stop) => database.Attempt<KnownUser>(actor, async work =>
    {
        var known = await work.Users.Any() ? await work.Users.Find(name) : await work.Users.Add(name, Door.Operator, null);
        return known.Ok(out var user, out var refusal) ? Shown(user, await Key(work, user)) : refusal;
    }, stop);

    /// <summary>Ends every key of a user; gives how many there were. Refusals: <c>user_unknown</c>.</summary>
    public Task<Outcome<int>> Revoke(Actor actor, string name, CancellationToken stop) => database.Attempt<int>(actor, async work =>
    {
        if (!(await work.Users.Find(name)).Ok(out var user, out var refusal)) return refusal;
        await work.Audit.Record(Audit.Administration, "keys-revoked", name, "{}");
        return await work.Users.Revoke(user);
    }, stop);

    private static async Task<string> Key(Work work, StoredUser user)
    {
        await work.Audit.Record(Audit.Administration, "key-created", user.Name, "{}");
        return await work.Users.CreateKey(user);
    }

    private static KnownUser Shown(StoredUser user, string? key = null) => new(user.Name, user.Role, user.Organisation, user.DisabledAt is null, key);
}
