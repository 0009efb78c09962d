using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Puts a sheet that was sent right by the sheet as it should be: what both say is left alone, the rest is taken back by opposite entries and
/// posted, in one transaction. What has gone to the fund stays on its line: more of it is posted on top, less of it is for the fund to put
/// right, and a payment that was none is owed by the organisation.
/// </summary>
internal static class CorrectSheet
{
    public static async Task<Outcome<Correction>> Plan(Work work, CorrectionRequest request)
    {
        if (!(await work.Uploads.Find(request.Subject)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Ground.Of(work, found.AgreementId, request)).Ok(out var ground, out refusal)) return refusal;
        await using var kept = await KeptUpload.Within(work, found, request.AsOf);
        if (!(await kept.Desk(work)).Ok(out var now, out refusal)) return refusal;
        var (upload, desk) = now;
        if (SendUpload.Closed(upload) is { } closed) return closed;
        if (upload.CorrectsId is null) return Refusal.Usage("upload_corrects_nothing", $"{upload.Number} is a sheet of its own.") with { Value = upload.Number, Help = $"Run 'upload send {upload.Number}'." };
        if (await SubmitUpload.Same(work, desk) is { } same) return same;
        if (!(await desk.Sheet(work)).Ok(out var open, out refusal)) return refusal;
        using var letGo = open;
        var check = await desk.Checker(work, open, (upload.Id, upload.Number));
        var chunk = await check.Check(work, [.. open.Sheet.ReadRows()]);
        await check.Conclude(work, ground.AsOf.Day);
        return await Decided(ground, new CheckedSheet(upload, desk, check, chunk));
    }

    private static async Task<Outcome<Correction>> Decided(Ground ground, CheckedSheet sheet)
    {
        var (upload, check) = (sheet.Upload, sheet.Check);
        if (check.Report.Errors > 0) return Refusal.Input("correction_needs_fixes", $"{check.Report.Errors} rows of {upload.Number} cannot be read or are in doubt; what is posted of them would be taken back.") with { Value = $"{check.Report.Errors}", Help = "Put these rows right, or leave them out where they are none." };
        var back = check.Correction!.TakenBack;
        if (back.Count + sheet.Chunk.Ready.Count == 0) return Refusal.Input("correction_changes_nothing", $"{upload.Number} says what is posted already.") with { Value = upload.Number, Help = "Send the sheet as it should be, or withdraw the upload." };
        var changes = await SheetChanges.Of(ground, sheet);
        if (ground.Request.Seen is { } seen && seen != changes.Print) return Refusal.Conflict("correction_changed", $"What {upload.Number} would change is not what was seen.") with { Value = upload.Number, Help = "Look at the changes once more." };
        return new Correction(ground, upload.Number, back.Sum(row => row.Amount), Members(sheet, back), () => Make(ground, sheet, back))
        {
            UseCase = "sheet-corrected", Receipts = back.Count, Sheet = changes,
            // A treasurer takes money that has gone to the fund out of her books only with somebody of the fund.
            SecondPerson = check.Correction.SentOfTakenBack > 0 && ground.Work.Actor.OrganisationId is not null ? SecondPerson.Always : SecondPerson.AboveTheLimit,
        };
    }

    private static IReadOnlyCollection<long> Members(CheckedSheet sheet, IReadOnlyList<StoredReceipt> back) =>
        [.. back.Select(row => row.EnrolmentId).Concat(sheet.Chunk.Ready.Select(row => row.Enrolment)).OfType<long>().Distinct()];

    private static async Task<Made> Make(Ground ground, CheckedSheet sheet, IReadOnlyList<StoredReceipt> back)
    {
        var (work, agreement, day) = (ground.Work, ground.Agreement, ground.AsOf.Day);
        var events = await work.MemberEvents.With(back.Select(row => row.Id));
        var taken = back.Count == 0 ? new TakenBack([], 0, []) : await TakeBack.Of(work, agreement, back, (new ReversalNote("corrected", day, ground.Request.Reason), $"{sheet.Upload.Number} corrects"));
        await work.Cases.Close(agreement.Id, RowCases.ReversalReported, [.. back.Select(row => row.ReceiptNo).OfType<string>()], new CaseEnd("sheet_corrected", $"the sheet was corrected"));
        var followed = await FollowEvents.Of(work, agreement, ground.AsOf, ([.. events.Select(one => one.EnrolmentId).Distinct()], []));
        await Keep(ground, sheet);
        var chunk = 0L;
        foreach (var rows in sheet.Chunk.Ready.Chunk(StagedRows.PerChunk)) await PostReceipts.On(work, agreement, new PostedRows((sheet.Upload.Id, sheet.Upload.Number), day, ++chunk, rows));
        await PostReceipts.Follow(work, agreement, day);
        return new Made([.. taken.Obligations, .. followed]) { Claims = taken.Claims };
    }

    // The rows that the corrected sheet still had to be asked about are answered by this one.
    private static async Task Keep(Ground ground, CheckedSheet sheet)
    {
        var (work, agreement, upload, report) = (ground.Work, ground.Agreement, sheet.Upload, sheet.Check.Report);
        await work.Uploads.ForgetProblems(upload.Id);
        await work.Uploads.AddProblems(upload.Id, sheet.Chunk.Problems.Select(KeptProblems.Stored));
        await work.LeftOut.Forget(upload.Id);
        await work.LeftOut.Add(upload.Id, sheet.Chunk.LeftOut.Select(item => RowTasks.Of(item.Row, item.Problems, sheet.Desk.Request.Fixes)));
        await work.Cases.Open(agreement.Id, ground.AsOf.Day, sheet.Chunk.Cases);
        report.State = "reconciled";
        var summary = UploadSummaryText.Write(report);
        await work.UploadChecks.Keep(upload.Id, UploadFindings.Write(report));
        await work.Uploads.Conclude(upload.Id, report.State, summary, work.Now);
        await work.Audit.Record(agreement.Number, "upload-committed", upload.Number, summary);
        var uploads = (await work.Uploads.Sheet(upload.CorrectsId!.Value)).Select(one => one.Id).ToHashSet();
        await RowTasks.Close(work, agreement, (upload.Id, upload.Number), (await work.LeftOut.OpenUnder(agreement.Id)).Where(row => row.UploadId != upload.Id && uploads.Contains(row.UploadId)));
    }
}

/// <summary>A correcting sheet whose rows were held against what is posted.</summary>
internal sealed record CheckedSheet(StoredUpload Upload, UploadDesk Desk, ReceiptCheck Check, CheckedChunk Chunk);
