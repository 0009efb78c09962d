using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>user add | list | disable | password | second-factor | external-name</c>.</summary>
internal static class UserCommands
{
    private static readonly Argument<string> Name = Make.Arg("NAME", "Name of the user");

    public static Command Noun() => Make.Noun("user", "Who may use the engine on a server and in a browser", Add(), List(), Disable(), Password(), SecondFactor(), ExternalName());

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

    private static Command Password() => new Command("password", "Make a one-time password, shown this once; it also ends a lock") { Name }.Writes(Access.Operators, async (run, stop) =>
        (await Logins(run).Password(run.Session.Actor, run.Line.GetRequiredValue(Name), stop)).Ok(out var made, out var refusal) ? new Reply(new { made.User, made.Password, made.Until }) : refusal);

    private static Command SecondFactor()
    {
        var off = new Option<bool>("--off") { Description = "Take the second factor away, when phone and recovery codes are lost", Required = true };
        return new Command("second-factor", "What a user proves beside her password") { Name, off }.Writes(Access.Operators, async (run, stop) =>
            Shown(await Logins(run).RemoveSecondFactor(run.Session.Actor, run.Line.GetRequiredValue(Name), stop)));
    }

    private static Command ExternalName()
    {
        var named = Make.Maybe("--is", "Her name at the provider, as its tokens say it");
        var off = Make.Flag("--off", "She signs in here alone");
        var command = new Command("external-name", "Say how the OpenID Connect provider calls a user") { Name, named, off };
        command.Validators.Add(line =>
        {
            if (line.GetValue(off) == line.GetValue(named) is not null) line.AddError("Name one of --is and --off.");
        });
        return command.Writes(Access.Operators, async (run, stop) =>
            Shown(await Logins(run).SetExternalName(run.Session.Actor, (run.Line.GetRequiredValue(Name), run.Line.GetValue(named)), stop)));
    }

    private static KeepUsers Users(Run run) => new(run.Session.Database);

    private static KeepLogins Logins(Run run) => new(run.Session.Database);

    private static Outcome<Reply> Printed(Outcome<KnownUser> user) => user.Ok(out var one, out var refusal) ? new Reply(Listed(one)) : refusal;

    private static Outcome<Reply> Shown(Outcome<KnownLogin> login) => login.Ok(out var one, out var refusal)
        ? new Reply(new { user = one.User.Name, one.ExternalName, second_factor = one.SecondFactorSince is not null })
        : refusal;

    private static object Listed(KnownUser user)
    {
        var state = user.IsActive ? "active" : "disabled";
        return user.Key is { } key ? new { key, user = user.Name, user.Role, user.Organisation, state } : new { user = user.Name, user.Role, user.Organisation, state };
    }
}
