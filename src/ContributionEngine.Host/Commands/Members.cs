using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>member import | list | show | leave | transfer | merge | unmerge</c>.</summary>
internal static class MemberCommands
{
    public static Command Noun() => Make.Noun("member", "Members and their enrolments", Import(), List(), Show(), Leave(), Transfer(), Merge(), Unmerge());

    private static Command Import()
    {
        var file = Make.Arg("FILE", "Members file (CSV)");
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("import", "Add and change members by member number; all rows or none") { file, agreement }.Writes(Access.Treasurers, async (run, stop) =>
        {
            var path = run.Line.GetRequiredValue(file);
            if (Make.Missing(path) is { } missing) return missing;
            var outcome = await new ImportMembers(run.Session.Database).Run(run.Session.Actor, run.Line.GetRequiredValue(agreement), (() => File.OpenRead(path), Path.GetFileName(path)), stop);
            return outcome.Ok(out var imported, out var refusal) ? new Reply(imported) : refusal;
        });
    }

    private static Command List()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("list", "Members of an agreement") { agreement }.Reads(async (run, stop) =>
            await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
            {
                if (!(await work.Agreements.Find(run.Line.GetRequiredValue(agreement))).Ok(out var found, out var refusal)) return refusal;
                return new Reply((await work.Members.EnrolledIn(found.Id)).Select(row => new { row.MemberNo, row.NationalId, row.FullName, row.EnrolledFrom, row.EnrolledTo }).ToList());
            }, stop));
    }

    private static Command Show()
    {
        var number = Make.Arg("NO", "Number of the member");
        var agreement = Make.Maybe("--agreement", "Only this agreement");
        return new Command("show", "One member: enrolments, what she owes, has paid and has as credit") { number, agreement }.Reads(async (run, stop) =>
            (await new ShowMember(run.Session.Database).Run(run.Session.Actor, run.Line.GetRequiredValue(number), run.Line.GetValue(agreement), stop)).Ok(out var shown, out var refusal) ? new Reply(shown) : refusal);
    }

    private static Command Leave()
    {
        var number = Make.Arg("NO", "Number of the member");
        var agreement = Make.Maybe("--agreement", "Under which agreement; needed where she is enrolled under several");
        var day = Make.Needed("--on", "Her last day, such as 2021-03-31");
        return new Command("leave", "End an enrolment; later periods are owed no more, arrears stay") { number, agreement, day }.Writes(Access.Treasurers, async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var request = new LeaveRequest(run.Line.GetRequiredValue(number), run.Line.GetValue(agreement), run.Line.GetRequiredValue(day), run.AsOf);
            return (await new LeaveMember(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var left, out var refusal) ? new Reply(left) : refusal;
        });
    }

    private static Command Transfer()
    {
        var number = Make.Arg("NO", "Number of the member");
        var from = Make.Maybe("--agreement", "Which agreement she leaves; needed where she is enrolled under several");
        var to = Make.Needed("--to-agreement", "Number of the other agreement");
        var day = Make.Needed("--on", "Her first day there, such as 2021-04-01");
        var other = Make.Maybe("--as", "Her number there, where another member has hers");
        return new Command("transfer", "End an enrolment and begin one under another agreement; arrears stay, credit waits for an officer") { number, from, to, day, other }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var request = new TransferRequest(run.Line.GetRequiredValue(number), run.Line.GetValue(from), run.Line.GetRequiredValue(to), run.Line.GetRequiredValue(day)) { As = run.Line.GetValue(other), AsOf = run.AsOf };
            return (await new TransferMember(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var gone, out var refusal) ? new Reply(gone) : refusal;
        });
    }

    private static Command Merge()
    {
        var number = Make.Arg("NO", "The number that is given up");
        var into = Make.Needed("--into", "The number under which she goes on");
        var (agreement, reason) = (Make.Needed("--agreement", "Number of the agreement"), Make.Needed("--reason", "Why"));
        return new Command("merge", "Say that two numbers are one person: what comes under the first is hers under the second; nothing that was posted moves") { number, into, agreement, reason }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var request = new MergeRequest(run.Line.GetRequiredValue(number), run.Line.GetRequiredValue(into), run.Line.GetRequiredValue(agreement), run.Line.GetRequiredValue(reason));
            return (await new MergeMembers(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var merged, out var refusal) ? new Reply(merged) : refusal;
        });
    }

    private static Command Unmerge()
    {
        var number = Make.Arg("NO", "The number that was given up");
        var (agreement, reason) = (Make.Needed("--agreement", "Number of the agreement"), Make.Needed("--reason", "Why"));
        return new Command("unmerge", "Take a merge back: both numbers are members of their own again") { number, agreement, reason }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var asked = (run.Line.GetRequiredValue(number), run.Line.GetRequiredValue(agreement), run.Line.GetRequiredValue(reason));
            return (await new MergeMembers(run.Session.Database).Undo(run.Session.Actor, asked, stop)).Ok(out var undone, out var refusal) ? new Reply(undone) : refusal;
        });
    }
}

/// <summary><c>schedule generate | show</c>.</summary>
internal static class ScheduleCommands
{
    private static readonly Option<string> Agreement = Make.Needed("--agreement", "Number of the agreement");

    public static Command Noun() => Make.Noun("schedule", "The seasonal contribution schedule", Generate(), Show());

    private static Command Generate()
    {
        var from = Make.Maybe("--from", "First period, such as 2021-01");
        var to = Make.Maybe("--to", "Last period, inside");
        return new Command("generate", "Work out what every member owes; may be repeated") { Agreement, from, to }.Writes(async (run, stop) =>
        {
            await run.Session.Drain(stop);
            var request = new ScheduleRequest(run.Line.GetRequiredValue(Agreement), run.Line.GetValue(from), run.Line.GetValue(to), run.AsOf);
            return (await new GenerateSchedule(run.Session.Database).Run(run.Session.Actor, request, stop)).Ok(out var generated, out var refusal) ? new Reply(generated) : refusal;
        });
    }

    private static Command Show()
    {
        var member = Make.Maybe("--member", "Only this member number");
        return new Command("show", "Obligations") { Agreement, member }.Reads(async (run, stop) =>
            await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
            {
                if (!(await work.Agreements.Find(run.Line.GetRequiredValue(Agreement))).Ok(out var found, out var refusal)) return refusal;
                var names = (await work.Members.EnrolledIn(found.Id)).ToDictionary(row => row.EnrolmentId, row => row.MemberNo);
                var wanted = run.Line.GetValue(member);
                return new Reply((await work.Obligations.Of(found.Id)).Where(row => wanted is null || names[row.EnrolmentId] == wanted).Select(row => new
                {
                    member_no = names[row.EnrolmentId], row.Period, row.Component, row.Payer, row.Class, row.DueOn,
                    amount = new Money(row.Amount, found.Currency), reduced = new Money(row.Reduced, found.Currency), allocated = new Money(row.Allocated, found.Currency),
                }).ToList());
            }, stop));
    }
}
