using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>period list | soft-close | close | reopen</c>.</summary>
internal static class PeriodCommands
{
    private const int SecondPerson = 3;

    private static readonly Argument<string> Month = Make.Arg("P", "The month of booking dates, such as 2021-03");
    private static readonly Option<string> Agreement = Make.Needed("--agreement", "Number of the agreement");

    public static Command Noun() => Make.Noun("period", "Months of booking dates: who may still book into them", List(), SoftClose(), Close(), Reopen());

    private static Command List() => new Command("list", "Every month with its state and what was booked in it") { Agreement }.Reads(async (run, stop) =>
        (await new KeepPeriods(run.Session.Database).List(run.Session.Actor, run.Line.GetRequiredValue(Agreement), stop)).Ok(out var periods, out var refusal)
            ? new Reply(periods.Select(one => new { one.Period, one.State, one.Entries, one.Debit, one.ChangedBy, one.ChangedAt, one.Reason }).ToList())
            : refusal);

    private static Command SoftClose() => new Command("soft-close", "From now on only officers, approvers and operators book into the month") { Month, Agreement }.Writes(async (run, stop) =>
        Printed(await new KeepPeriods(run.Session.Database).SoftClose(run.Session.Actor, Request(run), stop)));

    private static Command Close() => new Command("close", "From now on nobody books into the month; what stands against it is named") { Month, Agreement }.Writes(async (run, stop) =>
        Printed(await new KeepPeriods(run.Session.Database).Close(run.Session.Actor, Request(run), stop)));

    private static Command Reopen()
    {
        var reason = Make.Needed("--reason", "Why");
        var approve = Make.Flag("--approve", "As the second person: yes to what another user has asked for");
        return new Command("reopen", "Let a month take booking dates again; a second person decides about a closed one") { Month, Agreement, reason, approve }.Writes(async (run, stop) =>
        {
            var asked = new CorrectionRequest("reopen", run.Line.GetRequiredValue(Month), run.Line.GetRequiredValue(reason)) { Agreement = run.Line.GetRequiredValue(Agreement), AsOf = run.AsOf };
            if (!(await Corrected(run, asked, run.Line.GetValue(approve), stop)).Ok(out var reopened, out var refusal)) return refusal;
            if (reopened.Case is { } one) Console.Error.WriteLine($"{one}: a second person decides; nothing else was written. She runs the same command with --approve, or 'case resolve {one} --action decline --reason T'.");
            return new Reply(new { period = reopened.Subject, state = reopened.State == CorrectMoney.Done ? "open" : reopened.State, reopened.NeedsApproval, reopened.Case }, reopened.Case is null ? 0 : SecondPerson);
        });
    }

    private static async Task<Outcome<Corrected>> Corrected(Run run, CorrectionRequest asked, bool approve, CancellationToken stop)
    {
        if (!approve) return await new CorrectMoney(run.Session.Database, Settings.SecondPerson).Run(run.Session.Actor, asked, stop);
        return (await new ResolveCase(run.Session.Database, Settings.SecondPerson).Approve(run.Session.Actor, asked, stop)).Ok(out var decided, out var refusal) ? decided.Correction! : refusal;
    }

    private static PeriodRequest Request(Run run) => new(run.Line.GetRequiredValue(Agreement), run.Line.GetRequiredValue(Month), run.AsOf);

    private static Outcome<Reply> Printed(Outcome<KnownPeriod> changed) => changed.Ok(out var period, out var refusal) ? new Reply(period) : refusal;
}
