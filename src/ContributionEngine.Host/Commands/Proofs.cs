using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary><c>verify</c>, <c>export</c>, <c>db status | migrate</c>.</summary>
internal static class ProofCommands
{
    public static Command Verify() => new Command("verify", "Prove the nine truths from the tables; exit 9 and the rows when one fails").Reads(Access.Fund, async (run, stop) =>
    {
        var (breaks, waiting) = await run.Session.Database.Read(run.Session.Actor, async work => (await work.Proofs.Run(), await work.OpenItems.Of(DateOnly.FromDateTime(work.Now.UtcDateTime), null)), stop);
        var open = waiting.Select(KnownOpenItem.Of).ToList();
        if (breaks.Count == 0) return new Reply(new { verify = "ok", truths = 9, breaks = 0, open_items = open });
        foreach (var one in breaks.Take(100)) Console.Error.WriteLine($"truth {one.Truth}: {one.Subject}: {one.Detail}");
        return new Reply(new { verify = "failed", truths = 9, breaks = breaks.Count, first = breaks.Take(100), open_items = open }, (int)RefusalKind.ControlFailed);
    });

    public static Command Export()
    {
        var what = Make.Arg("WHAT", string.Join(" | ", Exports.Names));
        var agreement = Make.Maybe("--agreement", "Only this agreement");
        var format = new Option<string>("--format") { Description = "csv | jsonl", DefaultValueFactory = _ => "csv" };
        format.AcceptOnlyFromAmong("csv", "jsonl");
        var path = Make.Maybe("--out", "Write to this file instead of standard output");
        return new Command("export", "A table of the job as a file") { what, agreement, format, path }.Reads(async (run, stop) =>
            await run.Session.Database.Read<Outcome<Reply>>(run.Session.Actor, async work =>
            {
                if (run.Line.GetValue(agreement) is { } number && (await work.Agreements.Find(number)).Refusal is { } unknown) return unknown;
                if (!work.Exports.Table(run.Line.GetRequiredValue(what), run.Line.GetValue(agreement)).Ok(out var table, out var refusal)) return refusal;
                await using var target = run.Line.GetValue(path) is { } file ? File.Create(file) : Console.OpenStandardOutput();
                await TableFile.Write(table, run.Line.GetRequiredValue(format), target, stop);
                return new Reply(null);
            }, stop));
    }

    public static Command Db() => Make.Noun(
        "db",
        "The database",
        new Command("status", "Which migrations it has had").OnSchema(writes: false, SchemaOf),
        new Command("migrate", "Bring the schema up to this program; any number of hosts may do so at once").OnSchema(writes: true, async (run, stop) =>
            (await Schema.Ready(run.Session.Database.Dialect, stop)).Refusal is { } refusal ? refusal : await SchemaOf(run, stop)));

    private static async Task<Outcome<Reply>> SchemaOf(Run run, CancellationToken stop) =>
        (await Schema.Of(run.Session.Database.Dialect, stop)).Ok(out var schema, out var refusal)
            ? new Reply(new { database = run.Session.Database.Dialect.Name, schema.Applied, schema.Missing, state = schema.Missing.Count == 0 ? "current" : "behind" })
            : refusal;
}
