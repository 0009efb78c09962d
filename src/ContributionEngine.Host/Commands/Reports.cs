using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Web;

namespace ContributionEngine.Host;

/// <summary><c>report collection-rate | ageing | cases | timeline | over-short | coverage | custody | match-quality | late-sheets | tie-out</c>.</summary>
internal static class ReportCommands
{
    private static readonly Option<int> Target = new("--target") { Description = "Which percent of what is due ought to be paid", DefaultValueFactory = _ => ReportQuestion.TargetPercentDefault };

    public static Command Noun() => Make.Noun("report", "Figures about where the money is",
        Of(Reports.CollectionRate, "Paid out of what the plan expected, by season (by period where there is none), the last six against a target", Target),
        Of(Reports.Ageing, "What members owe and have not paid, by days since it was due"),
        Of(Reports.Cases, "Open cases by reason: how many, of how much, how old"),
        Of(Reports.Timeline, "Remittances from cut to settled, in days: the newest 200, with the median and what nine of ten keep to"),
        Of(Reports.OverShort, "Payable against paid by organisation: awaited, short, over"),
        Of(Reports.Coverage, "Members with at least one contribution in the season, of all who were enrolled in it"),
        Custody(),
        Of(Reports.MatchQuality, "Bank money of the last six months by how it was placed: by the matching alone, by accepting what it proposed, by hand, not ours, unmatched"),
        Of(Reports.LateSheets, "Periods whose sheet is not sent though its day is over, or was sent after it, the oldest first"),
        TieOut());

    private static Command Of(string name, string description, params Option[] more)
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement; without it all that you may see");
        var command = new Command(name, description) { agreement, Globals.AsOf };
        foreach (var option in more) command.Add(option);
        return command.Draws().Reads(async (run, stop) =>
        {
            var question = new ReportQuestion(run.Line.GetValue(agreement), run.AsOf) { TargetPercent = more.Contains(Target) ? run.Line.GetValue(Target) : ReportQuestion.TargetPercentDefault };
            if (!(await Reports.Run(run.Session.Database, run.Session.Actor, (name, question), stop)).Ok(out var report, out var refusal)) return refusal;
            if (run.Printer.IsDrawing) return Drawn(report);
            return new Reply(run.Printer.IsCsv || report.Summary is not { } summary ? Rows(report.Table) : new { Summary = Rows(summary), Rows = Rows(report.Table) });
        });
    }

    private static List<Dictionary<string, object?>> Rows(ReportTable table) => [.. table.Rows.Select(row => table.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];

    private static Command Custody()
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement; without it all that you may see");
        return new Command("custody", "Collected and not yet remitted: how old, whose, and why it waits; exit 9 when the ledger says otherwise") { agreement, Globals.AsOf }.Draws().Reads(async (run, stop) =>
        {
            if (!(await Reports.Run(run.Session.Database, run.Session.Actor, (Reports.Custody, new ReportQuestion(run.Line.GetValue(agreement), run.AsOf)), stop)).Ok(out var report, out var refusal)) return refusal;
            var aged = ((CustodyByAge)report).Agreements;
            var exit = aged.All(one => one.Ties) ? 0 : (int)RefusalKind.ControlFailed;
            if (exit != 0) Console.Error.WriteLine("What is in custody is not what the ledger says; run 'verify'.");
            if (run.Printer.IsDrawing) return Drawn(report) with { Exit = exit };
            if (run.Printer.IsTable && aged is [var only]) return new Reply(only, exit);
            return new Reply(run.Printer.IsCsv || run.Printer.IsTable ? Rows(report.Table) : aged, exit);
        });
    }

    // A drawing is read by whoever opens the file: in English, as all that commands say.
    private static Reply Drawn(Report report)
    {
        Console.Out.WriteLine(report.Draw(Tongue.In("en").Phrases).Svg);
        return new Reply(null);
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

    // A screen is narrow: the four totals, and what is open between them in one cell.
    private static object Short(TieOutRow row, Currency currency)
    {
        Money Of(TieOutItem item) => new(row[item], currency);
        var open = Enum.GetValues<TieOutItem>().Where(item => item > TieOutItem.Bank && row[item] != 0).Select(item => $"{Pack.Word(item).Replace('_', ' ')} {Of(item).ToMajor()}");
        return new
        {
            subject = row.Subject == "" ? "no period" : row.Subject, schedule = Of(TieOutItem.Schedule), receipts = Of(TieOutItem.Receipts), fund = Of(TieOutItem.Fund), bank = Of(TieOutItem.Bank),
            open_between = string.Join(", ", open), unexplained = new Money(row.Unexplained, currency),
        };
    }

    private static Dictionary<string, object> Printed(TieOutRow row, Currency currency)
    {
        Money Of(long minor) => new(minor, currency);
        var printed = new Dictionary<string, object> { ["level"] = row.Level, ["subject"] = row.Subject };
        foreach (var item in Enum.GetValues<TieOutItem>()) printed[Pack.Word(item)] = Of(row[item]);
        printed["unexplained"] = Of(row.Unexplained);
        return printed;
    }
}
