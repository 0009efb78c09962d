using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A user as others see her.</summary>
/// <param name="Organisation">Code of a treasurer's organisation.</param>
/// <param name="Key">A key that was made just now: the only time that it is seen.</param>
public sealed record KnownUser(string Name, string Role, string? Organisation, bool IsActive, string? Key = null);

/// <summary>Users. The first one of a database is an operator and comes with a key; each change is audited.</summary>
public sealed class KeepUsers(Database database)
{
    /// <summary>Characters.</summary>
    public const int NameMax = 60;

    private const string MarksOfNames = ".-_@+";

    public Task<IReadOnlyList<KnownUser>> All(Actor actor, CancellationToken stop) =>
        database.Read<IReadOnlyList<KnownUser>>(actor, async work => [.. (await work.Users.List()).Select(Shown)], stop);

    /// <summary>Code and name of every organisation that a treasurer can belong to.</summary>
    public Task<IReadOnlyList<(string Code, string Name)>> Organisations(Actor actor, CancellationToken stop) => database.Read(actor, work => work.Users.AllOrganisations(), stop);

    /// <summary>Adds a user. Refusals: <c>user_name_invalid</c>, <c>role_unknown</c>, <c>organisation_needed</c>, <c>operator_first</c>, <c>user_exists</c>, <c>organisation_unknown</c>.</summary>
    public Task<Outcome<KnownUser>> Add(Actor actor, KnownUser asked, CancellationToken stop) => database.Attempt<KnownUser>(actor, async work =>
    {
        if (Fault(asked) is { } fault) return fault;
        var isFirst = !await work.Users.Any();
        if (isFirst && asked.Role != Door.Operator) return Refusal.Usage("operator_first", "The first user of a database is an operator.") with { Help = "Add one with --role operator, and go on with the key that is shown." };
        if (!(await work.Users.Add(asked.Name, asked.Role, asked.Organisation)).Ok(out var user, out var refusal)) return refusal;
        await work.Audit.Record(Audit.Administration, "user-added", user.Name, JsonSerializer.Serialize(new { role = user.Role, organisation = user.Organisation }));
        return Shown(user) with { Key = isFirst ? (await KeepKeys.Make(work, user, null)).Value.Key : null };
    }, stop);

    /// <summary>Ends a user's access at once. Refusals: <c>user_unknown</c>, <c>last_operator</c>.</summary>
    public Task<Outcome<KnownUser>> Disable(Actor actor, string name, CancellationToken stop) => database.Attempt<KnownUser>(actor, async work =>
    {
        if (!(await work.Users.Find(name)).Ok(out var user, out var refusal)) return refusal;
        if (await work.Users.IsLastOperator(user)) return Refusal.Conflict("last_operator", $"{name} is the last operator, and without one nobody lets users in.") with { Help = "Add another operator first: 'user add NAME --role operator'." };
        await work.Users.Disable(user);
        await work.Logins.EndSessions(user.Id);
        await work.Audit.Record(Audit.Administration, "user-disabled", name, "{}");
        return Shown(user) with { IsActive = false };
    }, stop);

    internal static KnownUser Shown(StoredUser user) => new(user.Name, user.Role, user.Organisation, user.DisabledAt is null);

    // A name stands in the audit and in logs: it holds nothing that could be taken for another sort of actor, such as os:maria.
    private static Refusal? Fault(KnownUser asked)
    {
        if (asked.Name.Length is 0 or > NameMax || !asked.Name.All(letter => char.IsLetterOrDigit(letter) || MarksOfNames.Contains(letter, StringComparison.Ordinal)))
        {
            return Refusal.Usage("user_name_invalid", $"A user's name has up to {NameMax} letters, digits and {MarksOfNames}, without blanks.") with { Field = "name", Help = "A short name such as 'maria.perez' or a mail address will do." };
        }

        if (!Door.Roles.Contains(asked.Role)) return Refusal.Usage("role_unknown", $"«{asked.Role}» is none of {string.Join(", ", Door.Roles)}.") with { Field = "role" };
        return asked.Role == Door.Treasurer == asked.Organisation is not null ? null
            : Refusal.Usage("organisation_needed", "A treasurer belongs to an organisation, and nobody else does.") with { Field = "organisation", Help = "Add --organisation CODE for a treasurer; leave it out for others." };
    }
}
