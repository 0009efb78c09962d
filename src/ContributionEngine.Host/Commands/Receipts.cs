using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>receipt show | reverse | refund | move</c>, and what is printed of one.</summary>
internal static class ReceiptCommands
{
    private const int SecondPerson = 3;

    private static readonly Argument<string> No = Make.Arg("NO", "The receipt as 'export receipts' names it, such as RCP-000000001234; or its receipt number, with --agreement");
    private static readonly Option<string?> Agreement = Make.Maybe("--agreement", "Number of the agreement, when NO is a receipt number");
    private static readonly Option<string> Reason = Make.Needed("--reason", "Why");

    public static Command Noun() => Make.Noun("receipt", "Money that members paid, and putting it right", Show(), Reverse(), Refund(), Move(), ReceiptSlipCommands.Print(), ReceiptSlipCommands.Sms());

    /// <summary>Makes a correction and prints what follows from it; a dry run is the preview.</summary>
    internal static async Task<Outcome<Reply>> Correct(Run run, CorrectionRequest request, CancellationToken stop)
    {
        await run.Session.Drain(stop);
        if (!(await new CorrectMoney(run.Session.Database, Settings.SecondPerson).Run(run.Session.Actor, request, stop)).Ok(out var corrected, out var refusal)) return refusal;
        if (corrected.Case is { } asked) Console.Error.WriteLine($"{asked}: a second person decides; nothing else was written. She runs 'case resolve {asked} --action approve --reason T --approve', or --action decline.");
        return new Reply(Printed(corrected), corrected.Case is null ? 0 : SecondPerson);
    }

    internal static object Printed(Corrected corrected)
    {
        var after = corrected.KnockOns;
        return new
        {
            corrected.Action, corrected.State, corrected.Subject, corrected.Receipts, corrected.Amount, corrected.NeedsApproval, corrected.Case, corrected.ReplacedBy, corrected.Sheet,
            next_remittance = after?.NextRemittance, members = after?.Members ?? 0, obligations_total = after?.ObligationsTotal ?? 0,
            obligations = after?.Obligations ?? [], late_charges = after?.LateCharges ?? [], cover = after?.Cover ?? [], claims = after?.Claims ?? [],
            cases_opened = after?.CasesOpened ?? [], cases_closed = after?.CasesClosed ?? [],
        };
    }

    private static Command Show() => new Command("show", "One receipt with everything that became of it") { No, Agreement }.Reads(async (run, stop) =>
        (await new ShowReceipt(run.Session.Database).Run(run.Session.Actor, run.Line.GetRequiredValue(No), run.Line.GetValue(Agreement), stop)).Ok(out var shown, out var refusal) ? new Reply(shown) : refusal);

    private static Command Reverse() => new Command("reverse", "Take back a payment that was none; what has gone to the fund is claimed from the organisation") { No, Agreement, Reason }
        .Writes((run, stop) => Correct(run, Request(run, "reverse"), stop));

    private static Command Refund() => new Command("refund", "Give back what a receipt holds as credit or in suspense; a second person always decides") { No, Agreement, Reason }
        .Writes((run, stop) => Correct(run, Request(run, "refund"), stop));

    private static Command Move()
    {
        var member = Make.Needed("--to-member", "Number of the member whose the money is");
        var period = Make.Maybe("--to-period", "Period that the money is for, such as 2021-03");
        return new Command("move", "Give a payment to another member or period") { No, Agreement, member, period, Reason }
            .Writes((run, stop) => Correct(run, Request(run, "move") with { ToMember = run.Line.GetRequiredValue(member), ToPeriod = run.Line.GetValue(period) }, stop));
    }

    private static CorrectionRequest Request(Run run, string kind) =>
        new(kind, run.Line.GetRequiredValue(No), run.Line.GetRequiredValue(Reason)) { Agreement = run.Line.GetValue(Agreement), AsOf = run.AsOf };
}
