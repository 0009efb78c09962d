using System.CommandLine;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>fee list | years | settle</c>.</summary>
internal static class FeeCommands
{
    public static Command Noun() => Make.Noun("fee", "What collecting costs the fund or the organisation, beside the money that goes to the fund", List(), Years(), Settle());

    private static Command List()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("list", "The fee of each remittance whose lines are all answered") { agreement }.Reads(async (run, stop) =>
            (await new SettleFees(run.Session.Database).List(run.Session.Actor, run.Line.GetRequiredValue(agreement), stop)).Ok(out var fees, out var refusal) ? new Reply(fees) : refusal);
    }

    private static Command Years()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("years", "The fees of each calendar year against its cap") { agreement }.Reads(async (run, stop) =>
            (await new SettleFees(run.Session.Database).Years(run.Session.Actor, run.Line.GetRequiredValue(agreement), stop)).Ok(out var years, out var refusal) ? new Reply(years) : refusal);
    }

    private static Command Settle()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        var remittance = Make.Maybe("--remittance", "Only the fee of this remittance; without it all that are open");
        var reason = Make.Needed("--reason", "How it was paid");
        return new Command("settle", "The payer has paid what is open; what is below zero was given back") { agreement, remittance, reason }.Writes(async (run, stop) =>
        {
            var paid = new FeeReceipt(run.Line.GetRequiredValue(agreement), run.Line.GetValue(remittance), run.Line.GetRequiredValue(reason)) { AsOf = run.AsOf };
            return (await new SettleFees(run.Session.Database).Run(run.Session.Actor, paid, stop)).Ok(out var sum, out var refusal) ? new Reply(sum) : refusal;
        });
    }
}
