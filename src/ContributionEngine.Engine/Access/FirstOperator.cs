using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Lets the first person in: a database without any user gets one operator with a one-time password. There is no password that everybody knows.</summary>
public sealed class FirstOperator(Database database)
{
    private const string Name = "operator";

    private static readonly Actor Starting = new("serve");

    /// <summary>The operator that was made, or null where there are users.</summary>
    public async Task<OneTimePassword?> Run(CancellationToken stop)
    {
        if (await database.Read(Starting, work => work.Users.Any(), stop)) return null;
        var made = KeepLogins.NewPassword();
        return await database.Write<OneTimePassword?>(Starting, async work =>
        {
            if (await work.Users.Any()) return null;
            var user = (await work.Users.Add(Name, Door.Operator, null)).Value;
            await work.Audit.Record(Audit.Administration, "user-added", user.Name, System.Text.Json.JsonSerializer.Serialize(new { role = user.Role, organisation = user.Organisation }));
            return await KeepLogins.Put(work, (user.Id, user.Name), made);
        }, stop);
    }
}
