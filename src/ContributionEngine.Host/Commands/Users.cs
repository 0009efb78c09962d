using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>user add | list | disable</c> and <c>key create | revoke</c>.</summary>
internal static class UserCommands
{
    private static readonly Argument<string> Name = Make.Arg("NAME", "Name of the user");
    private static readonly Option<string> User = Make.Needed("--user", "Name of the user");

    public static Command Noun() => Make.Noun("user", "Who may use the engine on a server", Add(), List(), Disable());

    public static Command Keys() => Make.Noun("key", "Keys by which users are known", Create(), Revoke());

    private static Command Add()
    {
        var role = Make.Needed("--role", string.Join(" | ", Door.Roles));
        role.AcceptOnlyFromAmong(Door.Roles);
        var organisation = Make.Maybe("--organisation", "Code of the organisation that a treasurer belongs to");
        return new Command("add", "Add a user; the first one is an operator and gets a key") { Name, role, organisation }.Writes(Access.SettingUp, async (run, stop) =>
        {
            var asked = new KnownUser(run.Line.GetRequiredValue(Name), run.Line.GetRequiredValue(role), run.Line.GetValue(organisation), true);
            return Printed(await Users(run).Add(run.Session.Actor, asked, stop));
        });
    }

    private static Command List() => new Command("list", "Users, by name").Reads(Access.Operators, async (run, stop) =>
        new Reply((await Users(run).All(run.Session.Actor, stop)).Select(Listed).ToList()));

    private static Command Disable() => new Command("disable", "End a user's access at once") { Name }.Writes(Access.Operators, async (run, stop) =>
        Printed(await Users(run).Disable(run.Session.Actor, run.Line.GetRequiredValue(Name), stop)));

    private static Command Create() => new Command("create", "Make a key; it is shown this once") { User }.Writes(Access.SettingUp, async (run, stop) =>
        Printed(await Users(run).MakeKey(run.Session.Actor, run.Line.GetRequiredValue(User), stop)));

    private static Command Revoke() => new Command("revoke", "End every key of a user") { User }.Writes(Access.Operators, async (run, stop) =>
        (await Users(run).Revoke(run.Session.Actor, run.Line.GetRequiredValue(User), stop)).Ok(out var revoked, out var refusal) ? new Reply(new { user = run.Line.GetRequiredValue(User), revoked }) : refusal);

    private static KeepUsers Users(Run run) => new(run.Session.Database);

    private static Outcome<Reply> Printed(Outcome<KnownUser> user) => user.Ok(out var one, out var refusal) ? new Reply(Listed(one)) : refusal;

    private static object Listed(KnownUser user)
    {
        var state = user.IsActive ? "active" : "disabled";
        return user.Key is { } key ? new { key, user = user.Name, user.Role, user.Organisation, state } : new { user = user.Name, user.Role, user.Organisation, state };
    }
}
