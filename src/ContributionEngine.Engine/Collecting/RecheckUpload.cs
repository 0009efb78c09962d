using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Checks the left-out rows of a committed upload again, against today's members, and posts those that are ready now. Rows
/// that were posted are not looked at, so nothing is counted twice.
/// </summary>
public sealed class RecheckUpload(Database database)
{
    public async Task<Outcome<UploadReport>> Run(Actor actor, string number, string? asOf, CancellationToken stop)
    {
        var found = await database.Read(actor, work => Load(work, number), stop);
        if (!found.Ok(out var kept, out var refusal)) return refusal;
        var (upload, agreement, parts) = kept;
        await using var source = new PartStream(parts);
        await using var content = await FileSpool.Copy(source, long.MaxValue - 1, stop);
        var options = UploadOptions.Read(upload.Options);
        var request = new UploadRequest
        {
            Agreement = agreement.Number, FileName = upload.FileName, Content = content, Map = options.Map, AsOf = asOf,
            OnlyReady = true, HoldUnknown = options.HoldUnknown, AcceptRepeats = options.AcceptRepeats,
        };
        return await database.Attempt<UploadReport>(actor, work => Again(work, request, upload), stop);
    }

    private static async Task<Outcome<(StoredUpload, StoredAgreement, IReadOnlyList<byte[]>)>> Load(Work work, string number)
    {
        if (!(await work.Uploads.Find(number)).Ok(out var upload, out var refusal)) return refusal;
        if (upload.CommittedAt is null || upload.State == "undone")
        {
            return Refusal.Conflict("upload_not_committed", $"{upload.Number} is {upload.State}; only a committed upload has left-out rows to check again.") with { Help = "Submit the file again instead." };
        }

        return (upload, await work.Agreements.Get(upload.AgreementId), await work.Uploads.Content(upload.Id));
    }

    private static async Task<Outcome<UploadReport>> Again(Work work, UploadRequest request, StoredUpload upload)
    {
        if (!(await UploadDesk.Open(work, request, changes: true)).Ok(out var desk, out var refusal)) return refusal;
        if (!desk.Sheet().Ok(out var sheet, out refusal)) return refusal;
        var leftOut = await work.Uploads.RowsLeftOut(upload.Id);
        await BringUp.To(work, desk.Agreement, desk.AsOf);
        await work.Uploads.ForgetProblems(upload.Id, leftOut);
        var check = await desk.Checker(work, sheet, upload.Number, [.. leftOut]);
        await StageUpload.Rows(work, desk, (check, sheet), (upload.Id, await work.Uploads.LastChunk(upload.Id)));

        var ready = leftOut.Where(row => !check.Report.ErrorRows.ContainsKey(row)).Select(row => ReceiptCheck.Subject(upload.Number, row));
        await work.Cases.Close(desk.Agreement.Id, ReceiptCheck.LeftOut, ready, "the row was posted when it was checked again");
        var report = Whole(UploadSummaryText.Read(upload, desk.Agreement.Currency), check.Report, await work.Uploads.ProblemRows(upload.Id));
        var summary = UploadSummaryText.Write(report);
        await work.Uploads.Conclude(upload.Id, check.Report.Ready > 0 ? "committed" : upload.State, summary, upload.CommittedAt);
        await work.Audit.Record(desk.Agreement.Number, "upload-rechecked", upload.Number, UploadSummaryText.Write(check.Report));
        if (check.Report.Ready > 0) await work.Say(desk.Agreement.Id, new Reconcile(desk.Agreement.Id, work.Actor.Name));
        return report;
    }

    // Rows that were left out and are ready now move from one count to the other.
    private static UploadReport Whole(UploadReport whole, UploadReport again, ProblemRows problems)
    {
        whole.Ready += again.Ready;
        whole.SumReady += again.SumReady;
        whole.LeftOut -= again.Ready;
        whole.Errors = problems.Errors;
        whole.Warnings = problems.Warnings;
        return whole;
    }
}

/// <summary>Gives up an upload that has posted nothing.</summary>
public sealed class WithdrawUpload(Database database)
{
    public Task<Outcome<StoredUpload>> Run(Actor actor, string number, string reason, CancellationToken stop) => database.Attempt<StoredUpload>(actor, async work =>
    {
        if (!(await work.Uploads.FindToChange(number)).Ok(out var upload, out var refusal)) return refusal;
        if (upload.State == "withdrawn") return Refusal.Conflict("upload_withdrawn", $"{upload.Number} is withdrawn already.");
        if (upload.CommittedAt is not null)
        {
            return Refusal.Conflict("upload_committed", $"{upload.Number} has been committed; it cannot be withdrawn.") with { Help = $"Take it back with 'upload undo {upload.Number} --reason T'." };
        }

        var agreement = await work.Agreements.Get(upload.AgreementId);
        await work.Uploads.Mark(upload.Id, "withdrawn");
        await work.Audit.Record(agreement.Number, "upload-withdrawn", upload.Number, System.Text.Json.JsonSerializer.Serialize(new { reason }));
        return upload with { State = "withdrawn" };
    }, stop);
}
