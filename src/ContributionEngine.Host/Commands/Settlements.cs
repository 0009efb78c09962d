using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using ContributionEngine.Web;

namespace ContributionEngine.Host;

/// <summary><c>settlement plan | run | list | show | report | resume</c>.</summary>
internal static class SettlementCommands
{
    private const int WithCases = 3;

    private static readonly Option<string?> Agreement = Make.Maybe("--agreement", "One agreement; without it all that you may see");
    private static readonly Argument<string> Number = Make.Arg("NO", "Number of the run, such as RUN-000001001");

    public static Command Noun() => Make.Noun("settlement", "Scheduled settlement", Plan(), RunNow(), List(), Show(), Report(), Resume());

    private static Command Plan() => new Command("plan", "What the next cut-off would take; writes nothing") { Agreement, Globals.AsOf }.Reads(async (run, stop) =>
    {
        var plans = new List<object>();
        foreach (var number in await Numbers(run, stop))
        {
            var request = new SettlementRequest(number, run.AsOf);
            if (!(await new RunSettlement(run.Session.Database).Plan(run.Session.Actor, request, stop)).Ok(out var plan, out var refusal)) return refusal;
            plans.Add(new { plan.Agreement, plan.Cutoff, plan.Lines, plan.Total, plan.Advance, plan.Blocked });
        }

        return new Reply(plans);
    });

    private static Command RunNow() => new Command("run", "Cut what is due and hand it to the fund") { Agreement }.Writes(async (run, stop) =>
    {
        await run.Session.Drain(stop);
        var begun = new List<BegunRun>();
        foreach (var number in await Numbers(run, stop))
        {
            if (!(await new RunSettlement(run.Session.Database).Begin(run.Session.Actor, new SettlementRequest(number, run.AsOf), stop)).Ok(out var one, out var refusal)) return refusal;
            begun.Add(one);
        }

        var failures = await run.Session.Drain(stop);
        return await Report(run, begun, failures, stop);
    });

    private static Command List()
    {
        var agreement = Make.Needed("--agreement", "Number of the agreement");
        return new Command("list", "Runs of an agreement") { agreement }.Reads(async (run, stop) =>
            await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
            {
                if (!(await work.Agreements.Find(run.Line.GetRequiredValue(agreement))).Ok(out var found, out var refusal)) return refusal;
                return new Reply((await work.Settlements.Of(found.Id)).Select(Listed).ToList());
            }, stop));
    }

    private static Command Show() => new Command("show", "One run with its remittances") { Number }.Reads(async (run, stop) =>
        await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
        {
            if (!(await work.Settlements.Find(run.Line.GetRequiredValue(Number))).Ok(out var found, out var refusal)) return refusal;
            return new Reply(new { run = found.Number, found.State, found.Cutoff, remittances = (await work.Remittances.OfTheRun(found.Id)).Select(RemittanceCommands.Listed) });
        }, stop));

    private static Command Report()
    {
        var format = Papers.Format("pdf | html | csv | json", SettlementReportFile.Formats);
        return new Command("report", "What a run took and made of it for the fund: control totals, remittances, cases, and the hashes of what it was made from") { Number, format, Papers.Language, Papers.Out }.Reads(async (run, stop) =>
        {
            var (form, language) = (run.Line.GetRequiredValue(format), run.Line.GetValue(Papers.Language));
            if (!(await new ReportSettlement(run.Session.Database).Run(run.Session.Actor, (run.Line.GetRequiredValue(Number), language), stop)).Ok(out var report, out var refusal)) return refusal;
            return Papers.Write(run, file => new SettlementReportFile(report, Tongue.Named(language).Word).Write(form, file), new
            {
                report.Run, report.State, report.Agreement, currency = report.Currency.Code, remittances = report.Remittances.Count, report.Lines, total = new Money(report.Total, report.Currency), difference = new Money(report.Difference, report.Currency),
                cases = report.Cases.Count, inputs = report.Inputs.Count, report.InputsSha256, format = form, file = run.Line.GetRequiredValue(Papers.Out),
            });
        });
    }

    private static Command Resume() => new Command("resume", "Go on with what an interrupted run left").Writes(async (run, stop) =>
    {
        var failures = await run.Session.Drain(stop);
        return new Reply(new { state = failures == 0 ? "idle" : "waiting", failures }, failures == 0 ? 0 : WithCases);
    });

    private static async Task<IReadOnlyList<string>> Numbers(Run run, CancellationToken stop) => run.Line.GetValue(Agreement) is { } one
        ? [one]
        : await run.Session.Database.Read(run.Session.Actor, work => work.Agreements.All(), stop);

    private static Task<Outcome<Reply>> Report(Run run, List<BegunRun> begun, int failures, CancellationToken stop) =>
        run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
        {
            var answers = new List<object>();
            var open = 0L;
            foreach (var one in begun)
            {
                var remittances = one is { Fresh: true, Run: { } settled } ? await work.Remittances.OfTheRun(settled.Id) : [];
                foreach (var remittance in remittances) open += await work.Cases.OpenAbout(remittance.AgreementId, remittance.Number);
                foreach (var remittance in remittances.Where(found => found.State.Delivery == DeliveryState.Unknown))
                {
                    open++;
                    Console.Error.WriteLine($"{remittance.Number}: nobody knows yet whether the fund has it; it will be asked again, and never sent twice.");
                }

                if (one is { Fresh: true, Run: { } done } && (await work.Settlements.Find(done.Number)).Value.State == "completed_with_cases") open++;
                var carried = await SettlementTalk.Carried(work, one);
                if (remittances.Count == 0) Console.Error.WriteLine(SettlementTalk.WhyNothing(one.Agreement, carried));
                await SettlementTalk.Waiting(work, one.Agreement, remittances);
                answers.Add(new { one.Agreement, run = one.Run?.Number, one.Run?.Cutoff, nothing_due = remittances.Count == 0, carried_forward = carried, remittances = remittances.Select(RemittanceCommands.Listed) });
            }

            return new Reply(answers.Count == 1 ? answers[0] : answers, failures > 0 || open > 0 ? WithCases : 0);
        }, stop);

    private static object Listed(StoredRun run) => new { run = run.Number, run.State, run.Cutoff, run.StartedAt, run.CompletedAt };
}
