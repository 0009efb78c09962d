using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary><c>period list | soft-close | close | reopen</c>.</summary>
internal static class PeriodCommands
{
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
            return run.Line.GetValue(approve) ? await Approve(run, asked, stop) : await ReceiptCommands.Correct(run, asked, stop);
        });
    }

    private static async Task<Outcome<Reply>> Approve(Run run, CorrectionRequest asked, CancellationToken stop)
    {
        if (!(await new ResolveCase(run.Session.Database, Settings.SecondPerson).Approve(run.Session.Actor, asked, stop)).Ok(out var decided, out var refusal)) return refusal;
        return new Reply(ReceiptCommands.Printed(decided.Correction!));
    }

    private static PeriodRequest Request(Run run) => new(run.Line.GetRequiredValue(Agreement), run.Line.GetRequiredValue(Month), run.AsOf);

    private static Outcome<Reply> Printed(Outcome<KnownPeriod> changed) => changed.Ok(out var period, out var refusal) ? new Reply(period) : refusal;
}
