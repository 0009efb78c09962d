using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>explain receipt | obligation | remittance | line ID</c>.</summary>
internal static class ExplainCommand
{
    public static Command Verb()
    {
        var kind = Make.Arg("KIND", "receipt | obligation | remittance | line");
        kind.AcceptOnlyFromAmong("receipt", "obligation", "remittance", "line");
        var id = Make.Arg("ID", "As the exports name it, such as RCP-000001234");
        return new Command("explain", "Every step from the agreement to the bank line, with the rule applied") { kind, id }.Reads(async (run, stop) =>
        {
            var explained = await new Explain(run.Session.Database).Run(run.Session.Actor, run.Line.GetRequiredValue(kind), run.Line.GetRequiredValue(id), stop);
            return explained.Ok(out var steps, out var refusal) ? new Reply(steps) : refusal;
        });
    }
}
