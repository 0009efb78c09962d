using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>ledger chart | trial-balance | show</c>.</summary>
internal static class LedgerCommands
{
    public static Command Noun() => Make.Noun("ledger", "The books: accounts, balances, entries", Accounts(), TrialBalance(), Show());

    private static Command Accounts() => new Command("chart", "The chart of accounts: what each is for, and the rows that its balance must equal").Alone((_, _, _) =>
        Task.FromResult<Outcome<Reply>>(new Reply(Chart.All.Select(account => new { account = account.Code, account.Name, account.Kind, account.Normal, account.SubLedger }).ToList())));

    private static Command TrialBalance()
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement; without it all that you may see");
        return new Command("trial-balance", "Debit, credit and balance of every account; exit 9 when the totals differ") { agreement, Globals.AsOf }.Reads(async (run, stop) =>
        {
            if (!(await new ReadLedger(run.Session.Database).Balances(run.Session.Actor, run.Line.GetValue(agreement), run.AsOf, stop)).Ok(out var trial, out var refusal)) return refusal;
            if (!trial.Balanced) Console.Error.WriteLine("The ledger does not balance; 'verify' names the entries.");
            return new Reply(run.Printer.IsCsv ? trial.Accounts : trial, trial.Balanced ? 0 : (int)RefusalKind.ControlFailed);
        });
    }

    private static Command Show()
    {
        var account = Make.Arg("ACCOUNT", "Code of the account, such as custody; 'ledger chart' lists them");
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("show", "The entries of one account, with the balance after each") { account, agreement, Globals.AsOf }.Reads(async (run, stop) =>
            (await new ReadLedger(run.Session.Database).Account(run.Session.Actor, (run.Line.GetRequiredValue(account), run.Line.GetRequiredValue(agreement)), run.AsOf, stop)).Ok(out var sides, out var refusal) ? new Reply(sides) : refusal);
    }
}
