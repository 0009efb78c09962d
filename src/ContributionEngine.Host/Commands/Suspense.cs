using System.CommandLine;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>suspense list | assign</c>.</summary>
internal static class SuspenseCommands
{
    public static Command Noun() => Make.Noun("suspense", "Money whose member is not known", List(), Assign());

    private static Command List()
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement");
        return new Command("list", "What is held, oldest first, what its file said, and members whom that may mean") { agreement, Globals.AsOf }.Reads(async (run, stop) =>
        {
            if (!(await new HeldInSuspense(run.Session.Database).List(run.Session.Actor, run.Line.GetValue(agreement), run.AsOf, stop)).Ok(out var held, out var refusal)) return refusal;
            return new Reply(run.Printer.IsTable || run.Printer.IsCsv ? held.Select(Flat).ToList() : held);
        });
    }

    private static Command Assign()
    {
        var receipt = Make.Arg("RECEIPT", "The receipt as 'suspense list' names it, such as RCP-000000001234");
        var member = Make.Needed("--to-member", "Number of the member whose the money is");
        var reason = Make.Needed("--reason", "Why");
        return new Command("assign", "Give held money to the member whose it is: it pays what she owes, the rest is her credit") { receipt, member, reason }.Writes((run, stop) =>
            ReceiptCommands.Correct(run, new CorrectionRequest("assign", run.Line.GetRequiredValue(receipt), run.Line.GetRequiredValue(reason)) { ToMember = run.Line.GetRequiredValue(member), AsOf = run.AsOf }, stop));
    }

    private static object Flat(HeldReceipt held) => new
    {
        held.Receipt, held.Agreement, held.ReceiptNo, held.ReceivedOn, held.AgeDays, held.Amount, held.MemberNo, held.NationalId, held.MemberName, held.Reference,
        suggestions = string.Join("; ", held.Suggestions.Select(one => $"{one.MemberNo} {one.FullName} ({one.Reason})")),
    };
}
