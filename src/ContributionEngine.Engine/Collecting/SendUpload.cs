using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Checks an upload that is not sent yet again, as it is stored and with what people have put right in it, and commits it as a
/// submitted file. The file need not come a second time, and what is posted is what was found now.
/// </summary>
public sealed class SendUpload(Database database)
{
    public async Task<Outcome<UploadReport>> Run(Actor actor, SendRequest request, CancellationToken stop)
    {
        if (!(await KeptUpload.Open(database, actor, (request.Upload, request.AsOf), stop)).Ok(out var kept, out var refusal)) return refusal;
        await using (kept) return await database.Attempt<UploadReport>(actor, work => Send(work, kept, request), stop);
    }

    private static async Task<Outcome<UploadReport>> Send(Work work, KeptUpload kept, SendRequest request)
    {
        if (!(await kept.Desk(work, asked => asked with { OnlyReady = request.OnlyReady, ExpectTotal = request.ExpectTotal })).Ok(out var found, out var refusal)) return refusal;
        var (upload, desk) = found;
        if (Closed(upload) is { } closed) return closed;
        if (upload.CorrectsId is not null) return Refusal.Usage("upload_is_correction", $"{upload.Number} corrects a sheet that was sent: it may take money back, so a reason is needed.") with { Value = upload.Number, Field = "reason", Help = $"Run 'upload send {upload.Number} --reason T'." };
        if (await SubmitUpload.Same(work, desk) is { } same) return same;
        if (!(await desk.Sheet(work)).Ok(out var open, out refusal)) return refusal;
        using var letGo = open;
        await BringUp.To(work, desk.Agreement, desk.AsOf);
        await work.Uploads.ForgetProblems(upload.Id);
        await work.LeftOut.Forget(upload.Id);
        var check = await desk.Checker(work, open, (upload.Id, upload.Number));
        await StageUpload.Rows(work, desk, (check, open.Sheet), (upload.Id, 0));
        if (desk.Difference(check.Report) is { } difference) return difference;
        return await SubmitUpload.Conclude(work, desk, check, upload.Id);
    }

    /// <summary>Why an upload can neither be sent nor read in another way; null while it can.</summary>
    internal static Refusal? Closed(StoredUpload upload) => upload switch
    {
        { State: "needs_fixes" or "ready" } => null,
        { State: "received" or "checking" } => Refusal.Conflict("upload_checking", $"{upload.Number} is being checked.") with { Value = upload.Number, Help = "Wait until it was checked." },
        { CommittedAt: not null, State: not "undone" } => Refusal.Conflict("upload_sent", $"{upload.Number} was sent already. Nothing was posted twice.") with
        {
            Value = upload.Number, Help = $"To check its left-out rows again, run 'upload recheck {upload.Number}'.",
        },
        _ => Refusal.Conflict("upload_not_open", $"{upload.Number} is {upload.State}; it can no longer be sent.") with { Value = upload.Number, Help = "Submit the file again instead." },
    };
}

/// <summary>Which upload, and how it is sent.</summary>
/// <param name="ExpectTotal">Control total in major units, as the treasurer wrote it.</param>
public sealed record SendRequest(string Upload, bool OnlyReady, string? ExpectTotal, string? AsOf);
