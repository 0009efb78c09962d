using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>bank match run | accept | undo | not-ours | list</c>.</summary>
internal static class BankMatchCommands
{
    private const int LeftOpen = 3;

    public static Command Noun() => Make.Noun("match", "Which bank money pays which remittance", RunNow(), Accept(), Undo(), NotOurs(), List());

    private static Command RunNow()
    {
        var agreement = Make.Maybe("--agreement", "Make and show only matches of this agreement");
        var replay = Make.Maybe("--replay", "Number of an earlier run, such as MRN-000000001234: decide it again by its own rules over what was open then; writes nothing");
        return new Command("run", "Match what is open: book what is certain, propose the rest") { agreement, replay }.Writes(async (run, stop) =>
        {
            if (run.Line.GetValue(replay) is { } earlier) return await Replayed(run, earlier, stop);
            await run.Session.Drain(stop);
            if (!(await MatchEntries.Run(run.Session.Database, run.Session.Actor, new MatchRequest(run.Line.GetValue(agreement)), stop)).Ok(out var report, out var refusal)) return refusal;
            return new Reply(Printed(run, report), report.Proposed + report.Undecided > 0 ? LeftOpen : 0);
        });
    }

    private static Command Accept()
    {
        var proposal = Make.Arg("PROPOSAL", "Name of a proposal, as 'bank match run --dry-run' and its case show it");
        return new Command("accept", "Book a match that was proposed") { proposal }.Writes(async (run, stop) =>
            (await MatchEntries.Accept(run.Session.Database, run.Session.Actor, run.Line.GetRequiredValue(proposal), stop)).Ok(out var report, out var refusal) ? new Reply(Printed(run, report)) : refusal);
    }

    private static Command Undo()
    {
        var number = Make.Arg("NO", "Number of a match (MAT-...), or of a run (MRN-...) with all that stands of it");
        var reason = Make.Needed("--reason", "Why");
        return new Command("undo", "Take a match back: the bank money is open again, and opposite entries are booked") { number, reason }.Writes(async (run, stop) =>
            (await new UndoMatch(run.Session.Database).Run(run.Session.Actor, new UndoRequest(run.Line.GetRequiredValue(number), run.Line.GetRequiredValue(reason), run.AsOf), stop)).Ok(out var undone, out var refusal)
                ? new Reply(undone)
                : refusal);
    }

    private static Command NotOurs()
    {
        var entry = Make.Arg("ENTRY", "Number of the bank entry, such as BNK-000000001234");
        var reason = Make.Needed("--reason", "Whose it is, or what for");
        return new Command("not-ours", "Say that an open entry pays no remittance; 'bank match undo' opens it again") { entry, reason }.Writes(async (run, stop) =>
            (await new SetAside(run.Session.Database).Run(run.Session.Actor, (run.Line.GetRequiredValue(entry), run.Line.GetRequiredValue(reason)), stop)).Ok(out var aside, out var refusal) ? new Reply(aside) : refusal);
    }

    private static Command List()
    {
        var agreement = Make.Maybe("--agreement", "Only this agreement");
        var state = Make.Maybe("--state", "live | undone (default: both)");
        state.AcceptOnlyFromAmong("live", "undone");
        return new Command("list", "Matches, oldest first") { agreement, state }.Reads(async (run, stop) =>
            (await MatchList.Of(run.Session.Database, run.Session.Actor, (run.Line.GetValue(agreement), run.Line.GetValue(state)), stop)).Ok(out var rows, out var refusal) ? new Reply(rows) : refusal);
    }

    private static async Task<Outcome<Reply>> Replayed(Run run, string earlier, CancellationToken stop)
    {
        if (!(await FrozenRun.Replay(run.Session.Database, run.Session.Actor, earlier, stop)).Ok(out var replayed, out var refusal)) return refusal;
        return new Reply(replayed, replayed.Same ? 0 : (int)RefusalKind.ControlFailed);
    }

    // A screen has one line for each match; -o json has all that speaks for it.
    private static object Printed(Run run, MatchReport report) => !run.Printer.IsTable ? report : new
    {
        report.Run, report.Open, report.Matched, report.Proposed, report.Undecided,
        matches = report.Matches.Select(match => new
        {
            name = match.Match ?? match.Proposal, match.State, match.Kind, entries = string.Join(" ", match.Parts.Select(part => part.Entry).Distinct()), remittances = string.Join(" ", match.Parts.Select(part => part.Remittance).Distinct()),
            match.Score, cues = string.Join(" ", match.Cues), difference = match.Difference.Name == "none" ? "" : $"{match.Difference.Name} {match.Difference.Amount.ToMajor()}", runner_up = match.RunnerUp is { } next ? $"{next.Remittance} {next.Score}" : "",
        }).ToList(),
        doubts = report.Doubts.Select(item => new { item.Entry, item.Doubt, item.Amount, candidates = string.Join(" ", item.Candidates) }).ToList(),
    };
}
