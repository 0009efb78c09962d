using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Checks an upload that needs fixes again, as it is stored and with what people have put right in it, and commits it as a
/// submitted file. The file need not come a second time.
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
        if (upload.State != "needs_fixes")
        {
            return Refusal.Conflict("upload_not_open", $"{upload.Number} is {upload.State}; only an upload that needs fixes can be sent.") with
            {
                Help = upload.CommittedAt is null || upload.State == "undone" ? "Submit the file again instead." : $"To check its left-out rows again, run 'upload recheck {upload.Number}'.",
            };
        }

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
}

/// <summary>Which upload, and how it is sent.</summary>
/// <param name="ExpectTotal">Control total in major units, as the treasurer wrote it.</param>
public sealed record SendRequest(string Upload, bool OnlyReady, string? ExpectTotal, string? AsOf);
