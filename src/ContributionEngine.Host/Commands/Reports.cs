using System.CommandLine;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>report custody | tie-out</c>.</summary>
internal static class ReportCommands
{
    public static Command Noun() => Make.Noun("report", "Figures about where the money is", Custody(), TieOut());

    private static Command Custody()
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement; without it all that you may see");
        return new Command("custody", "Collected and not yet remitted: how old, whose, and why it waits; exit 9 when the ledger says otherwise") { agreement, Globals.AsOf }.Draws().Reads(async (run, stop) =>
        {
            if (!(await new AgeCustody(run.Session.Database).Run(run.Session.Actor, run.Line.GetValue(agreement), run.AsOf, stop)).Ok(out var aged, out var refusal)) return refusal;
            var exit = aged.All(one => one.Ties) ? 0 : (int)RefusalKind.ControlFailed;
            if (exit != 0) Console.Error.WriteLine("What is in custody is not what the ledger says; run 'verify'.");
            if (run.Printer.IsTable && aged is [var only]) return new Reply(only, exit);
            if (!run.Printer.IsDrawing) return new Reply(run.Printer.IsCsv || run.Printer.IsTable ? aged.SelectMany(Flat).ToList() : aged, exit);
            Console.Out.WriteLine(CustodyChart.Of(aged));
            return new Reply(null, exit);
        });
    }

    private static Command TieOut()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("tie-out", "Schedule, receipts, fund and bank, per period and remittance, with what is open between them; exit 9 when something is unexplained") { agreement }.Reads(async (run, stop) =>
        {
            if (!(await ProveTieOut.Show(run.Session.Database, run.Session.Actor, run.Line.GetRequiredValue(agreement), stop)).Ok(out var tied, out var refusal)) return refusal;
            var (rows, exit) = (tied.Rows.Select(row => Printed(row, tied.Agreement.Currency)).ToList(), tied.Unexplained.IsZero ? 0 : (int)RefusalKind.ControlFailed);
            foreach (var line in tied.Lines.Take(20)) Console.Error.WriteLine($"truth {line.Truth}: {line.Subject}: {line.Detail}");
            if (run.Printer.IsCsv) return new Reply(rows, exit);
            object shown = run.Printer.IsTable ? tied.Rows.Select(row => Short(row, tied.Agreement.Currency)).ToList() : rows;
            return new Reply(new { agreement = tied.Agreement.Number, currency = tied.Agreement.Currency.Code, tied_out = exit == 0, tied.Unexplained, last_kept = tied.Last, rows = shown, tied.Changes, tied.Lines }, exit);
        });
    }

    private static IEnumerable<object> Flat(AgedCustody one) => one.Bands.Select(band => (By: "days", Part: band)).Concat(one.Reasons.Select(reason => (By: "reason", Part: reason)))
        .Select(row => new { one.Agreement, currency = one.Total.Currency.Code, one.AsOf, row.By, row.Part.Name, row.Part.Amount, row.Part.Members, row.Part.Oldest });

    // A screen is narrow: the four totals, and what is open between them in one cell.
    private static object Short(TieOutRow row, Currency currency)
    {
        Money Of(TieOutItem item) => new(row[item], currency);
        var open = Enum.GetValues<TieOutItem>().Where(item => item > TieOutItem.Bank && row[item] != 0).Select(item => $"{Word(item).Replace('_', ' ')} {Of(item).ToMajor()}");
        return new
        {
            subject = row.Subject == "" ? "no period" : row.Subject, schedule = Of(TieOutItem.Schedule), receipts = Of(TieOutItem.Receipts), fund = Of(TieOutItem.Fund), bank = Of(TieOutItem.Bank),
            open_between = string.Join(", ", open), unexplained = new Money(row.Unexplained, currency),
        };
    }

    private static string Word(TieOutItem item) => JsonNamingPolicy.SnakeCaseLower.ConvertName(item.ToString());

    private static Dictionary<string, object> Printed(TieOutRow row, Currency currency)
    {
        Money Of(long minor) => new(minor, currency);
        var printed = new Dictionary<string, object> { ["level"] = row.Level, ["subject"] = row.Subject };
        foreach (var item in Enum.GetValues<TieOutItem>()) printed[Word(item)] = Of(row[item]);
        printed["unexplained"] = Of(row.Unexplained);
        return printed;
    }
}
