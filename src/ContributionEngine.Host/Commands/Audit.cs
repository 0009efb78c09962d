using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary><c>audit list | verify | export</c>.</summary>
internal static class AuditCommands
{
    public static Command Noun()
    {
        var chain = Make.Maybe("--agreement", "Only the chain of this agreement");
        var list = new Command("list", "Who did what, oldest first") { chain }.Reads(async (run, stop) =>
            new Reply((await run.Session.Database.Read(run.Session.Actor, work => work.Audit.List(run.Line.GetValue(chain)), stop))
                .Select(found => new { found.Chain, found.Seq, found.At, found.Actor, found.UseCase, found.Subject, found.Document }).ToList()));
        var verify = new Command("verify", "Prove that no link of a chain was changed").Reads(Access.Fund, async (run, stop) =>
        {
            var breaks = await run.Session.Database.Read(run.Session.Actor, work => work.Proofs.Audit(), stop);
            return new Reply(new { audit = breaks.Count == 0 ? "ok" : "failed", breaks }, breaks.Count == 0 ? 0 : (int)RefusalKind.ControlFailed);
        });
        return Make.Noun("audit", "The audit chains", list, verify, Export());
    }

    private static Command Export()
    {
        var (chain, from, to) = (Make.Maybe("--agreement", "Only the chain of this agreement, or 'administration'"), Make.Maybe("--from", "First day, UTC"), Make.Maybe("--to", "Last day, UTC; that day is inside"));
        var format = Papers.Format("jsonl | csv (the events with their hashes) | pdf | html | json (their cover: how many, between which hashes, and whether their chains are whole)", AuditExtractFile.Formats);
        return new Command("export", "An extract for an auditor: events with all that their hashes cover, or the cover that proves them; chains are recomputed from their first event") { chain, from, to, format, Papers.Language, Papers.Out }.Reads(Access.Fund, async (run, stop) =>
        {
            var line = run.Line;
            if (!Day(line.GetValue(from)).Ok(out var first, out var refusal) || !Day(line.GetValue(to)).Ok(out var last, out refusal)) return refusal;
            var wanted = new ExtractWanted(line.GetValue(chain), first, last, line.GetRequiredValue(format), line.GetValue(Papers.Language));
            AuditCover cover;
            await using (var file = File.Create(line.GetRequiredValue(Papers.Out)))
            {
                if (!(await new ExtractAudit(run.Session.Database).Write(run.Session.Actor, wanted, file, stop)).Ok(out cover!, out refusal)) return refusal;
            }

            var answer = new { audit = cover.IsWhole ? "ok" : "failed", cover.Events, chains = cover.Chains.Count, cover.Sha256, wanted.Format, file = line.GetRequiredValue(Papers.Out) };
            return new Reply(answer, cover.IsWhole ? 0 : (int)RefusalKind.ControlFailed);
        });
    }

    private static Outcome<DateOnly?> Day(string? text) => text is null ? (DateOnly?)null : AsOf.ReadDay(text).Ok(out var day, out var refusal) ? day : refusal;
}

/// <summary><c>outbox list | retry | skip</c>.</summary>
internal static class OutboxCommands
{
    private static readonly Argument<long> Id = new("ID") { Description = "Id of the message" };

    public static Command Noun()
    {
        var reason = Make.Needed("--reason", "Why");
        var list = new Command("list", "Messages that wait or are parked").Reads(Access.Fund, async (run, stop) =>
            new Reply(await run.Session.Database.Read(run.Session.Actor, work => work.Outbox.Waiting(), stop)));
        var retry = new Command("retry", "Try a parked or waiting message now") { Id }.Writes(async (run, stop) =>
        {
            if ((await new ParkedMessages(run.Session.Database).Retry(run.Session.Actor, run.Line.GetRequiredValue(Id), stop)).Refusal is { } refusal) return refusal;
            var failures = await run.Session.Drain(stop);
            return new Reply(new { failures }, failures == 0 ? 0 : SomeFailed);
        });
        var skip = new Command("skip", "Drop a parked message for good") { Id, reason }.Writes(async (run, stop) =>
            (await new ParkedMessages(run.Session.Database).Skip(run.Session.Actor, run.Line.GetRequiredValue(Id), run.Line.GetRequiredValue(reason), stop)).Ok(out var skipped, out var refusal) ? new Reply(skipped) : refusal);
        return Make.Noun("outbox", "Messages between the parts of the engine", list, retry, skip);
    }

    private const int SomeFailed = 3;
}
