using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>claim list | export | settle</c>.</summary>
internal static class ClaimCommands
{
    public static Command Noun() => Make.Noun("claim", "What others owe: for receipts taken back after their money had gone, and the shares of the State or a sponsor", List(), Export(), Settle());

    private static Command List()
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement");
        return new Command("list", "Claims, oldest first; those on the State and on sponsors after the others") { agreement }.Reads(async (run, stop) =>
            (await new SettleClaim(run.Session.Database).List(run.Session.Actor, run.Line.GetValue(agreement), stop)).Ok(out var claims, out var refusal) ? new Reply(claims) : refusal);
    }

    private static Command Export()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        var path = Make.Needed("--out", "Where to write the file");
        return new Command("export", "Write what the State and sponsors still owe as a CSV file for them") { agreement, path }.Reads(async (run, stop) =>
        {
            using var content = new MemoryStream();
            if (!(await new SettleStateClaims(run.Session.Database).Export(run.Session.Actor, run.Line.GetRequiredValue(agreement), content, stop)).Ok(out var sum, out var refusal)) return refusal;
            await File.WriteAllBytesAsync(run.Line.GetRequiredValue(path), content.ToArray(), stop);
            return new Reply(new { file = run.Line.GetRequiredValue(path), sum.Agreement, sum.Claims, sum.Total });
        });
    }

    private static Command Settle()
    {
        var number = new Argument<string?>("NO") { Description = "Number of the claim, such as CLM-000000001234; without it all open ones of --agreement on --debtor", Arity = ArgumentArity.ZeroOrOne };
        var agreement = Make.Maybe("--agreement", "Without NO: number of the agreement");
        var debtor = Make.Maybe("--debtor", "Without NO: state | sponsor");
        debtor.AcceptOnlyFromAmong("state", "sponsor");
        var reason = Make.Needed("--reason", "How it was paid");
        return new Command("settle", "The debtor has paid what is claimed") { number, agreement, debtor, reason }.Writes(async (run, stop) =>
        {
            if (run.Line.GetValue(number) is { } one)
            {
                return (await new SettleClaim(run.Session.Database).Run(run.Session.Actor, (one, run.Line.GetRequiredValue(reason), run.AsOf), stop)).Ok(out var settled, out var no) ? new Reply(settled) : no;
            }

            if (run.Line.GetValue(agreement) is not { } of || run.Line.GetValue(debtor) is not { } who) return Refusal.Usage("claim_needed", "Name a claim, or an agreement and a debtor.") with { Help = "Use 'claim settle CLM-... --reason T' or 'claim settle --agreement NO --debtor state --reason T'." };
            var paid = new StatePayment(of, who, run.Line.GetRequiredValue(reason)) { AsOf = run.AsOf };
            return (await new SettleStateClaims(run.Session.Database).Run(run.Session.Actor, paid, stop)).Ok(out var sum, out var refusal) ? new Reply(sum) : refusal;
        });
    }
}
