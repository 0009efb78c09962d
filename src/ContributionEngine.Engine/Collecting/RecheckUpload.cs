using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Checks the left-out rows of a committed upload again, as people have put them right and against today's members, and posts
/// those that are ready now. Rows that were posted are not looked at, so nothing is counted twice.
/// </summary>
public sealed class RecheckUpload(Database database)
{
    public async Task<Outcome<UploadReport>> Run(Actor actor, string number, string? asOf, CancellationToken stop)
    {
        if (!(await KeptUpload.Open(database, actor, (number, asOf), stop)).Ok(out var kept, out var refusal)) return refusal;
        await using (kept) return await database.Attempt<UploadReport>(actor, work => Again(work, kept), stop);
    }

    private static async Task<Outcome<UploadReport>> Again(Work work, KeptUpload kept)
    {
        if (!(await kept.Desk(work)).Ok(out var found, out var refusal)) return refusal;
        var (upload, desk) = found;
        if (upload.CommittedAt is null || upload.State == "undone")
        {
            return Refusal.Conflict("upload_not_committed", $"{upload.Number} is {upload.State}; only a committed upload has left-out rows to check again.") with
            {
                Help = upload.State == "needs_fixes" ? $"Send it as it is now with 'upload send {upload.Number}'." : "Submit the file again instead.",
            };
        }

        if (!(await desk.Sheet(work)).Ok(out var open, out refusal)) return refusal;
        using var letGo = open;
        var leftOut = await work.LeftOut.Open(upload.Id);
        await BringUp.To(work, desk.Agreement, desk.AsOf);
        await work.Uploads.ForgetProblems(upload.Id, leftOut);
        await work.LeftOut.Forget(upload.Id, leftOut);
        var check = await desk.Checker(work, open, (upload.Id, upload.Number), [.. leftOut]);
        await StageUpload.Rows(work, desk, (check, open.Sheet), (upload.Id, await work.Uploads.LastChunk(upload.Id)));

        var stillOut = (await work.LeftOut.Open(upload.Id)).ToHashSet();
        await RowCases.Close(work, desk.Agreement, (upload.Number, leftOut.Where(row => !stillOut.Contains(row))), new CaseEnd("row_posted", $"the row was posted when it was checked again"));
        await RowTasks.Close(work, desk.Agreement, (upload.Id, upload.Number), check.Corrections.Made);
        await RowCases.Report(work, desk.Agreement, desk.AsOf.Day, check.Reversals);
        var report = Whole(UploadSummaryText.Read(upload, desk.Agreement.Currency), check.Report, await work.Uploads.ProblemRows(upload.Id));
        await work.Uploads.Conclude(upload.Id, check.Report.Ready > 0 ? "committed" : upload.State, UploadSummaryText.Write(report), upload.CommittedAt);
        await work.Audit.Record(desk.Agreement.Number, "upload-rechecked", upload.Number, UploadSummaryText.Write(check.Report));
        if (check.Report.Ready > 0) await work.Say(desk.Agreement.Id, new Reconcile(desk.Agreement.Id, work.Actor.Name));
        return report;
    }

    // Rows that were left out and are ready now move from one count to the other.
    private static UploadReport Whole(UploadReport whole, UploadReport again, ProblemRows problems)
    {
        whole = whole with { Understood = again.Understood, Schedule = again.Schedule, Groups = again.Groups };
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
