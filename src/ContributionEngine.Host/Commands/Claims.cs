using System.CommandLine;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>claim list | settle</c>.</summary>
internal static class ClaimCommands
{
    public static Command Noun() => Make.Noun("claim", "What is owed for receipts that were taken back after their money had gone", List(), Settle());

    private static Command List()
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement");
        return new Command("list", "Claims, oldest first") { agreement }.Reads(async (run, stop) =>
            (await new SettleClaim(run.Session.Database).List(run.Session.Actor, run.Line.GetValue(agreement), stop)).Ok(out var claims, out var refusal) ? new Reply(claims) : refusal);
    }

    private static Command Settle()
    {
        var number = Make.Arg("NO", "Number of the claim, such as CLM-000000001234");
        var reason = Make.Needed("--reason", "How it was paid");
        return new Command("settle", "The debtor has paid what is claimed") { number, reason }.Writes(async (run, stop) =>
            (await new SettleClaim(run.Session.Database).Run(run.Session.Actor, (run.Line.GetRequiredValue(number), run.Line.GetRequiredValue(reason), run.AsOf), stop)).Ok(out var settled, out var refusal) ? new Reply(settled) : refusal);
    }
}
