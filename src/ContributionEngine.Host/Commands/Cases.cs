using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>case list | show | assign | resolve</c>.</summary>
internal static class CaseCommands
{
    private const int StillOpen = 3;

    private static readonly Argument<string> Id = Make.Arg("ID", "Number of the case, such as CAS-000000001234");

    public static Command Noun() => Make.Noun("case", "What a person must decide", List(), Show(), Assign(), Resolve());

    private static Command List()
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement");
        var reason = Make.Maybe("--reason", "Only this reason, such as row_left_out");
        var state = Make.Maybe("--state", "open (default: all that are not closed) | assigned | resolved");
        state.AcceptOnlyFromAmong("open", "assigned", "resolved");
        var older = new Option<int?>("--older-than") { Description = "Only those opened more than so many days ago" };
        return new Command("list", "Open questions, oldest first") { agreement, reason, state, older, Globals.AsOf }.Reads(async (run, stop) =>
        {
            var asked = new CaseQuestion(run.Line.GetValue(agreement), run.Line.GetValue(reason), run.Line.GetValue(state), run.Line.GetValue(older)) { AsOf = run.AsOf };
            return (await new CaseDesk(run.Session.Database).List(run.Session.Actor, asked, stop)).Ok(out var cases, out var refusal) ? new Reply(run.Printer.IsTable ? cases.Select(Short).ToList() : cases) : refusal;
        });
    }

    private static Command Show() => new Command("show", "One case with what may be done") { Id, Globals.AsOf }.Reads(async (run, stop) =>
        Printed(await new CaseDesk(run.Session.Database).Show(run.Session.Actor, run.Line.GetRequiredValue(Id), run.AsOf, stop)));

    private static Command Assign()
    {
        var to = Make.Maybe("--to", "Name of the user who takes it; without it you do");
        return new Command("assign", "Give a case to somebody") { Id, to }.Writes(async (run, stop) =>
            Printed(await new CaseDesk(run.Session.Database).Assign(run.Session.Actor, (run.Line.GetRequiredValue(Id), run.Line.GetValue(to), run.AsOf), stop)));
    }

    private static Command Resolve()
    {
        var action = Make.Needed("--action", "One of the actions that 'case show' lists");
        var reason = Make.Needed("--reason", "Why");
        var approve = Make.Flag("--approve", "With the action approve: yes, as the second person");
        var member = Make.Maybe("--to-member", "With the action assign: number of the member whose the money is");
        return new Command("resolve", "Decide a case; money that the action moves is moved in the same step") { Id, action, reason, approve, member }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var asked = new CaseDecision(run.Line.GetRequiredValue(Id), run.Line.GetRequiredValue(action), run.Line.GetRequiredValue(reason))
            {
                Approve = run.Line.GetValue(approve), ToMember = run.Line.GetValue(member), AsOf = run.AsOf,
            };
            if (!(await new ResolveCase(run.Session.Database, Settings.SecondPerson).Run(run.Session.Actor, asked, stop)).Ok(out var decided, out var refusal)) return refusal;
            await run.Session.Drain(stop);
            var closed = decided.Case.State == "resolved";
            return new Reply(new { decided.Case, decided.Action, correction = decided.Correction is { } moved ? ReceiptCommands.Printed(moved) : null }, closed ? 0 : StillOpen);
        });
    }

    // A screen is narrow: 'case show' has the rest.
    private static object Short(KnownCase one) => new { one.Case, one.Reason, one.Agreement, one.Subject, one.Amount, one.AgeDays, one.State, one.Owner, one.Actions };

    private static Outcome<Reply> Printed(Outcome<KnownCase> found) => found.Ok(out var one, out var refusal) ? new Reply(one) : refusal;
}
