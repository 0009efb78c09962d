using System.CommandLine;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>key create | list | revoke</c>.</summary>
internal static class KeyCommands
{
    public static Command Noun() => Make.Noun("key", "Keys by which commands and programs are known", Create(), List(), Revoke());

    private static Command Create()
    {
        var user = Make.Needed("--user", "Name of the user");
        var label = Make.Maybe("--label", "What the key is for");
        return new Command("create", "Make a key; it is shown this once") { user, label }.Writes(Access.SettingUp, async (run, stop) =>
            (await Keys(run).Make(run.Session.Actor, (run.Line.GetRequiredValue(user), run.Line.GetValue(label)), stop)).Ok(out var made, out var refusal)
                ? new Reply(new { made.Key, made.Number, user = made.User.Name, made.User.Role, made.User.Organisation, state = State(made.User.IsActive, "disabled") })
                : refusal);
    }

    private static Command List()
    {
        var user = Make.Maybe("--user", "Name of the user (default: all)");
        return new Command("list", "Keys, by user: how each begins, what it is for and when it was used last, to the hour") { user }.Reads(Access.Operators, async (run, stop) =>
            (await Keys(run).All(run.Session.Actor, run.Line.GetValue(user), stop)).Ok(out var keys, out var refusal) ? new Reply(keys.Select(Listed).ToList()) : refusal);
    }

    private static Command Revoke()
    {
        var user = Make.Maybe("--user", "Name of the user: every key of hers");
        var one = Make.Maybe("--number", "One key by its number, as 'key list' shows it");
        var command = new Command("revoke", "End every key of a user, or one") { user, one };
        command.Validators.Add(line =>
        {
            if (line.GetValue(user) is null == line.GetValue(one) is null) line.AddError("Name one of --user and --number.");
        });
        return command.Writes(Access.Operators, async (run, stop) =>
        {
            if (run.Line.GetValue(user) is { } name) return (await Keys(run).Revoke(run.Session.Actor, name, stop)).Ok(out var revoked, out var refusal) ? new Reply(new { user = name, revoked }) : refusal;
            return (await Keys(run).RevokeOne(run.Session.Actor, run.Line.GetValue(one)!, stop)).Ok(out var key, out var unknown) ? new Reply(Listed(key)) : unknown;
        });
    }

    private static KeepKeys Keys(Run run) => new(run.Session.Database);

    private static object Listed(KnownKey key) => new { key.Number, key.User, key.Label, key.Starts, key.CreatedAt, key.LastUsedAt, state = State(key.IsActive, "revoked") };

    private static string State(bool isActive, string ended) => isActive ? "active" : ended;
}
