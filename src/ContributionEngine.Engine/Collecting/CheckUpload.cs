using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Checks an upload that has come in, and posts nothing. The file is read without holding the agreement; what is found, and how far
/// it has come, is written on the way at most once a second. Killed in the middle, the next message begins anew.
/// </summary>
public sealed class CheckUpload : IUseCase<Check>
{
    public async Task Run(Check said, Turn turn, CancellationToken stop)
    {
        if (await turn.Write(work => Begin(work, said.Upload), stop) is not { } begun)
        {
            await turn.Once(_ => Task.CompletedTask, stop);
            return;
        }

        var (upload, run) = begun;
        await using var kept = (await KeptUpload.Open(turn.Database, turn.Actor, (upload.Number, null), stop)).Value;
        var progress = new CheckProgress(turn, upload.Id, run);
        var found = await turn.Read(work => Look(work, kept, progress), stop);
        await turn.Once(work => Conclude(work, (upload, run), found), stop);
    }

    // Null when there is nothing to check: it is checked, sent or given up.
    private static async Task<(StoredUpload Upload, long Run)?> Begin(Work work, long id)
    {
        var known = await work.Uploads.Get(id);
        await work.Agreements.GetToChange(known.AgreementId);
        var upload = await work.Uploads.Get(id);
        if (upload.State is not ("received" or "checking")) return null;
        await work.Uploads.ForgetProblems(id);
        await work.LeftOut.Forget(id);
        await work.Uploads.Mark(id, "checking");
        return (upload, await work.UploadChecks.Begin(id));
    }

    private static async Task<Outcome<UploadReport>> Look(Work work, KeptUpload kept, CheckProgress progress)
    {
        if (!(await kept.Look(work)).Ok(out var desk, out var refusal)) return refusal;
        if (!(await desk.Sheet(work)).Ok(out var open, out refusal)) return refusal;
        using var letGo = open;
        progress.RowsAll = open.Sheet.Rows;
        var check = await desk.Checker(work, open, null);
        await foreach (var rows in ReadAhead.InChunks(open.Sheet.ReadRows(), open.PerChunk, work.Stop))
        {
            var chunk = await check.Check(work, rows);
            check.Report.Note(chunk.Problems);
            progress.Add(rows.Length, chunk, desk.Request.Fixes);
            await progress.WriteWhenDue(work.Stop);
        }

        await progress.Write(work.Stop);
        await check.Conclude(work, desk.AsOf.Day);
        if (!(await RunSettlement.NextCutoff(work, desk.Agreement, desk.AsOf.Instant)).Ok(out var cutoff, out refusal)) return refusal;
        await check.Foresee(work, desk.AsOf.Day, cutoff);
        return check.Report with { Upload = kept.Number, State = check.Report.Errors == 0 ? "ready" : "needs_fixes" };
    }

    private static async Task Conclude(Work work, (StoredUpload Upload, long Run) of, Outcome<UploadReport> found)
    {
        var upload = (await work.Uploads.FindToChange(of.Upload.Number)).Value;
        var isRead = found.Ok(out var report, out var refusal);
        var check = new StoredCheck { UploadId = upload.Id, Run = of.Run, Findings = isRead ? UploadFindings.Write(report!) : null, Refusal = isRead ? null : JsonSerializer.Serialize(refusal) };
        if (upload.State != "checking" || !await work.UploadChecks.Conclude(check)) return;
        var agreement = await work.Agreements.Get(upload.AgreementId);
        var summary = isRead ? UploadSummaryText.Write(report!) : JsonSerializer.Serialize(new { refused = refusal!.Code });
        await work.Uploads.Conclude(upload.Id, isRead ? report!.State : "needs_fixes", isRead ? summary : "{}", null);
        await work.Audit.Record(agreement.Number, "upload-checked", upload.Number, summary);
        if (isRead && UploadOptions.Read(upload.Options) is { Remember: true, Map: { } map }) await SavedMaps.Save(work, agreement, SheetMap.Read(map).Value, report!.Understood!);
    }
}

/// <summary>How far a check has come, and what it has found in rows: gathered, and written in transactions of its own.</summary>
internal sealed class CheckProgress(Turn turn, long upload, long run)
{
    /// <summary>Problems that are gathered before they are written.</summary>
    private const int AtOnce = 20_000;

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private readonly List<FoundProblem> problems = [];
    private readonly List<LeftOutRow> leftOut = [];
    private long done;
    private long told = turn.Database.Clock.GetTimestamp();

    public long? RowsAll { get; set; }

    public void Add(int rows, CheckedChunk chunk, SheetFixes fixes)
    {
        done += rows;
        problems.AddRange(chunk.Problems);
        leftOut.AddRange(chunk.LeftOut.Select(item => RowTasks.Of(item.Row, item.Problems, fixes)));
    }

    public async Task WriteWhenDue(CancellationToken stop)
    {
        if (problems.Count + leftOut.Count >= AtOnce || turn.Database.Clock.GetElapsedTime(told) >= Every) await Write(stop);
    }

    /// <exception cref="BusyException">Another check of the same upload has begun since, and goes on instead.</exception>
    public async Task Write(CancellationToken stop)
    {
        await turn.Write(async work =>
        {
            if (!await work.UploadChecks.Tell(new StoredCheck { UploadId = upload, Run = run, RowsDone = done, RowsAll = RowsAll })) throw new BusyException($"upload {upload}");
            await work.Uploads.AddProblems(upload, problems.Select(KeptProblems.Stored));
            await work.LeftOut.Add(upload, leftOut);
        }, stop);
        problems.Clear();
        leftOut.Clear();
        told = turn.Database.Clock.GetTimestamp();
    }
}
