using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Checks a treasurer's file and, when it is submitted and sound, keeps and commits it: bytes, problems and staged rows in one
/// transaction, with the word to reconcile. Killed before its end, it leaves nothing; after it, the rest goes on by itself.
/// </summary>
public sealed class SubmitUpload(Database database)
{
    /// <summary>Finds what would happen; stores nothing.</summary>
    public Task<Outcome<UploadReport>> Check(Actor actor, UploadRequest request, CancellationToken stop) => database.Read<Outcome<UploadReport>>(actor, async work =>
    {
        if (!(await UploadDesk.Open(work, request, changes: false)).Ok(out var desk, out var refusal)) return refusal;
        if (!(await desk.Sheet(work)).Ok(out var open, out refusal)) return refusal;
        using var letGo = open;
        var check = await desk.Checker(work, open, null);
        await foreach (var rows in ReadAhead.InChunks(open.Sheet.ReadRows(), open.PerChunk, work.Stop)) check.Report.Note((await check.Check(work, rows)).Problems);
        await check.Conclude(work, desk.AsOf.Day);
        if (!(await RunSettlement.NextCutoff(work, desk.Agreement, desk.AsOf.Instant)).Ok(out var cutoff, out refusal)) return refusal;
        await check.Foresee(work, desk.AsOf.Day, cutoff);
        check.Report.State = check.Report.Errors == 0 ? "ready" : "needs_fixes";
        return desk.Difference(check.Report) is { } difference ? difference : check.Report;
    }, stop);

    /// <summary>
    /// Commits the file, or keeps it as needs_fixes when rows would be left out and that was not asked for. The pipeline then posts it.
    /// </summary>
    public Task<Outcome<UploadReport>> Submit(Actor actor, UploadRequest request, CancellationToken stop) => database.Attempt<UploadReport>(actor, async work =>
    {
        if (!(await UploadDesk.Open(work, request, changes: true)).Ok(out var desk, out var refusal)) return refusal;
        if (await Same(work, desk) is { } same) return same;
        if (!(await desk.Sheet(work)).Ok(out var open, out refusal)) return refusal;
        using var letGo = open;

        await BringUp.To(work, desk.Agreement, desk.AsOf);
        var id = work.NextId();
        await Keep(work, desk, id);
        var check = await desk.Checker(work, open, (id, Numbers.Upload(id)));
        await StageUpload.Rows(work, desk, (check, open.Sheet), (id, 0));
        if (desk.Difference(check.Report) is { } difference) return difference;
        if (request.Map is { } map) await SavedMaps.Save(work, desk.Agreement, SheetMap.Read(map).Value, open.Sheet.Understood);
        return await Conclude(work, desk, check, id);
    }, stop);

    /// <summary>What a committed upload has become, and what the next cut-off would take.</summary>
    public Task<Outcome<UploadResult>> Result(Actor actor, UploadReport report, string? asOf, CancellationToken stop) => database.Read<Outcome<UploadResult>>(actor, async work =>
    {
        if (!(await work.Uploads.Find(report.Upload!)).Ok(out var upload, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(upload.AgreementId);
        if (!AsOf.Read(asOf, agreement.Agreement.Settlement.TimeZone, work.Now, mayBeLater: true).Ok(out var moment, out refusal)) return refusal;
        return await Become(work, (agreement, upload), report, moment.Instant);
    }, stop);

    /// <summary>The same of an upload that was committed before, from what is stored of it.</summary>
    public Task<Outcome<UploadResult>> Stored(Actor actor, string number, CancellationToken stop) => database.Read<Outcome<UploadResult>>(actor, async work =>
    {
        if (!(await work.Uploads.Find(number)).Ok(out var upload, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(upload.AgreementId);
        var report = UploadSummaryText.Read(upload, agreement.Currency);
        report.Note([.. (await work.Uploads.Problems(upload.Id)).Select(KeptProblems.Found)]);
        var zone = TimeZoneInfo.FindSystemTimeZoneById(agreement.Agreement.Settlement.TimeZone);
        return await Become(work, (agreement, upload), report, AsOf.EndOf(upload.AsOf, zone));
    }, stop);

    private static async Task<Outcome<UploadResult>> Become(Work work, (StoredAgreement Agreement, StoredUpload Upload) of, UploadReport report, DateTimeOffset after)
    {
        var (agreement, upload) = of;
        if (!(await RunSettlement.Next(work, agreement, after)).Ok(out var next, out var refusal)) return refusal;
        var sums = await work.Receipts.Sums(upload.Id);
        report.State = upload.State;
        return new UploadResult(
            report,
            upload.FileName,
            new Money(sums.Allocated, agreement.Currency),
            new Money(sums.Suspense, agreement.Currency),
            new Money(sums.Credit, agreement.Currency),
            await work.Cases.OpenAbout(agreement.Id, upload.Number),
            next.Cutoff,
            next)
        {
            WillWait = new Money(sums.Allocated + sums.Suspense + sums.Credit - await Gone(work, agreement, (upload.Id, next)), agreement.Currency),
        };
    }

    // What of an upload a cut-off takes, and what is not the fund's.
    private static async Task<long> Gone(Work work, StoredAgreement agreement, (long Upload, SettlementForecast Next) of)
    {
        if (of.Next.Cutoff is not { } cutoff) return 0;
        var day = AsOf.DayIn(cutoff, agreement.Agreement);
        var cut = await CutDecision.At(work, agreement, new AsOf(cutoff, day));
        var taken = 0L;
        if (of.Next.Lines > 0) foreach (var period in cut.Rules.Select(rule => rule.Period).Distinct()) taken += (await work.Standings.Taken(cut.Rule with { Period = period }, of.Upload)).Taken;
        return taken + (await work.Standings.Taken(cut.Rule, of.Upload)).Fees;
    }

    /// <summary>Keeps the bytes and how they were sent, and gives the number of the upload.</summary>
    internal static async Task<string> Keep(Work work, UploadDesk desk, long id)
    {
        var (request, number) = (desk.Request, Numbers.Upload(id));
        await work.Uploads.Add(new NewUpload(id, number, desk.Agreement.Id, request.FileName, request.Content.Sha256, request.Content.Bytes, desk.AsOf.Day, UploadOptions.Of(request).Text(), request.CorrectsId));
        await using var content = request.Content.Open();
        await work.Uploads.KeepContent(id, content);
        return number;
    }

    /// <summary>Commits what was staged, or keeps the upload as needs_fixes when rows would be left out and that was not asked for.</summary>
    internal static async Task<UploadReport> Conclude(Work work, UploadDesk desk, ReceiptCheck check, long id)
    {
        var report = check.Report;
        var committed = report.Errors == 0 || desk.Request.OnlyReady;
        report.State = committed ? "committed" : "needs_fixes";
        if (!committed)
        {
            await work.Uploads.Unstage(id);
            await work.Cases.Forget(desk.Agreement.Id, report.Upload!);
        }

        var summary = UploadSummaryText.Write(report);
        await work.UploadChecks.Keep(id, UploadFindings.Write(report));
        await work.Uploads.Conclude(id, committed && report.Ready == 0 ? "reconciled" : report.State, summary, committed ? work.Now : null);
        await work.Audit.Record(desk.Agreement.Number, committed ? "upload-committed" : "upload-needs-fixes", report.Upload!, summary);
        if (!committed) return report;
        await RowTasks.Close(work, desk.Agreement, (id, report.Upload!), check.Corrections.Made);
        await RowCases.Report(work, desk.Agreement, desk.AsOf.Day, check.Reversals);
        await work.Say(desk.Agreement.Id, new Reconcile(desk.Agreement.Id, work.Actor.Name));
        return report;
    }

    /// <summary>A refusal F08 when a committed upload has these bytes.</summary>
    internal static async Task<Refusal?> Same(Work work, UploadDesk desk) =>
        await work.Uploads.CommittedSame(desk.Agreement.Id, desk.Request.Content.Sha256) is not { } before ? null
        : Refusal.Input("F08", $"This file was already uploaded on {Values.Text(before.SubmittedAt)[..10]} as {before.Number}. Nothing was counted twice.") with
        {
            Help = $"To check its left-out rows against today's members, run 'upload recheck {before.Number}'.",
            Value = before.Number,
            Particulars = Particulars.Of(null, ("date", Values.Text(before.SubmittedAt)[..10]), ("upload", before.Number)),
        };
}
