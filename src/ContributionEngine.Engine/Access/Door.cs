using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Who may run a command.</summary>
public enum Access
{
    /// <summary>Whoever may run the program: nothing of an agreement is shown or changed.</summary>
    Anyone,

    /// <summary>Whoever may run the program, until somebody has come with a key or signed in; then operators.</summary>
    SettingUp,

    /// <summary>Every user, each within her organisation.</summary>
    Users,

    /// <summary>Every user save auditors, who only read.</summary>
    Treasurers,

    /// <summary>Users of the fund, who see every organisation.</summary>
    Fund,

    /// <summary>Officers, approvers and operators.</summary>
    Officers,

    Operators,
}

/// <summary>A user whose key is good.</summary>
/// <param name="Organisation">Name of a treasurer's organisation.</param>
public sealed record KnownActor(Actor Actor, string Role, string? Organisation = null);

/// <summary>Finds the acting user and says what she may do.</summary>
public static class Door
{
    public const string Operator = "operator";
    public const string Auditor = "auditor";
    public const string Treasurer = "treasurer";

    private static readonly Actor Anybody = new("anybody");

    public static readonly string[] Roles = [Operator, "officer", "approver", Auditor, Treasurer];

    /// <summary>The acting user. Refusals: <c>key_needed</c>, <c>key_unknown</c>, <c>role_may_not</c>, all of them with exit 4.</summary>
    public static async Task<Outcome<Actor>> Open(Database database, string? key, Access access, CancellationToken stop)
    {
        var here = new Actor($"os:{Environment.UserName}");
        if (key is null)
        {
            if (database.Dialect is Sqlite || access == Access.Anyone) return here;
            if (access == Access.SettingUp && !await database.Read(here, work => work.Users.AnybodyCame(), stop)) return here;
            return Closed("key_needed", "On a server every command needs a key of the acting user.", "Set --key or CONTRIBUTION_ENGINE_KEY; an operator makes one with 'key create --user NAME'.");
        }

        if (!(await Known(database, key, stop)).Ok(out var known, out var refusal)) return refusal;
        return May(known.Role, access)
            ? known.Actor
            : Closed("role_may_not", $"{known.Actor.Name} is {Article(known.Role)} {known.Role} and may not do this.", "Ask somebody of another role; docs/production.md says who may do what.");
    }

    /// <summary>The user of a key. Refusals: <c>key_unknown</c>.</summary>
    public static async Task<Outcome<KnownActor>> Known(Database database, string key, CancellationToken stop)
    {
        if (await database.Read(Anybody, work => work.ApiKeys.Opens(key), stop) is not { } user) return Closed("key_unknown", "The key is not known, or no longer valid.", "Ask an operator for a new one: 'key create --user NAME'.");
        if (user.FreshKey == 1) await database.Write(Anybody, work => work.ApiKeys.NoteUse(key), stop);
        return new KnownActor(new Actor(user.Name, user.OrganisationId), user.Role, user.OrganisationName);
    }

    /// <summary>Whether a role may do what asks for an access.</summary>
    public static bool May(string role, Access access) => access switch
    {
        Access.Anyone or Access.Users => true,
        Access.Treasurers => role != Auditor,
        Access.Fund => role != Treasurer,
        Access.Officers => role is not (Auditor or Treasurer),
        _ => role == Operator,
    };

    private static string Article(string role) => "aeiou".Contains(role[0], StringComparison.Ordinal) ? "an" : "a";

    private static Refusal Closed(string code, string sentence, string help) => new(RefusalKind.NotAllowed, code, sentence) { Help = help };
}
