using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary><c>audit list | verify</c>.</summary>
internal static class AuditCommands
{
    public static Command Noun()
    {
        var chain = Make.Maybe("--agreement", "Only the chain of this agreement");
        var list = new Command("list", "Who did what, oldest first") { chain }.Reads(async (run, stop) =>
            new Reply((await run.Session.Database.Read(run.Session.Actor, work => work.Audit.List(run.Line.GetValue(chain)), stop))
                .Select(found => new { found.Chain, found.Seq, found.At, found.Actor, found.UseCase, found.Subject, found.Document }).ToList()));
        var verify = new Command("verify", "Prove that no link of a chain was changed").Reads(async (run, stop) =>
        {
            var breaks = (await run.Session.Database.Read(run.Session.Actor, work => work.Proofs.Run(), stop)).Where(one => one.Truth == 7).ToList();
            return new Reply(new { audit = breaks.Count == 0 ? "ok" : "failed", breaks }, breaks.Count == 0 ? 0 : (int)RefusalKind.ControlFailed);
        });
        return Make.Noun("audit", "The audit chains", list, verify);
    }
}

/// <summary><c>outbox list | retry</c>.</summary>
internal static class OutboxCommands
{
    public static Command Noun()
    {
        var id = Make.Arg("ID", "Id of the message");
        var list = new Command("list", "Messages that wait or are parked").Reads(async (run, stop) =>
            new Reply(await run.Session.Database.Read(run.Session.Actor, work => work.Outbox.Waiting(), stop)));
        var retry = new Command("retry", "Try a parked or waiting message now") { id }.Writes(async (run, stop) =>
        {
            if (!long.TryParse(run.Line.GetRequiredValue(id), out var number) || !await run.Session.Database.Write(run.Session.Actor, work => Retry(work, number), stop))
            {
                return Refusal.NotFound("message_unknown", $"There is no message «{run.Line.GetRequiredValue(id)}»." ) with { Help = "List them with 'outbox list'." };
            }

            return new Reply(new { failures = await run.Session.Drain(stop) });
        });
        return Make.Noun("outbox", "Messages between the parts of the engine", list, retry);
    }

    private static async Task<bool> Retry(Work work, long id)
    {
        if (!await work.Outbox.Retry(id)) return false;
        await work.Audit.Record(Storage.Audit.Administration, "message-retried", $"{id}", "{}");
        return true;
    }
}
