using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Takes a file in without posting anything: it is kept, and checked by a message. What can be told of it at once is told at once.
/// The treasurer then sees what was found, puts it right, and sends it with <see cref="SendUpload"/> or gives it up.
/// </summary>
public sealed class ReceiveUpload(Database database)
{
    /// <summary>
    /// Keeps the file and gives the number of its upload. Refusals: F02, F03, F04, F05, F13, F08 for bytes that were posted before,
    /// <c>upload_waiting</c> for bytes of an upload that was not sent yet, whose number is the refusal's value, <c>map_invalid</c>; of a correction
    /// <c>upload_unknown</c>, <c>upload_not_committed</c>, <c>upload_posting</c>, <c>upload_is_advance</c>, <c>correction_too_large</c>.
    /// </summary>
    public async Task<Outcome<string>> Run(Actor actor, UploadRequest request, CancellationToken stop)
    {
        if (ReceiptSheet.Unfit(request.Content.Open, request.FileName) is { } unfit) return unfit;
        if (request.Map is { } map && !SheetMap.Read(map).Ok(out _, out var refusal)) return refusal;
        return await database.Attempt<string>(actor, work => Keep(work, request), stop);
    }

    /// <summary>The same inside a unit of work, of a file that is fit to be read.</summary>
    internal static async Task<Outcome<string>> Keep(Work work, UploadRequest request)
    {
        if (!(await AsAsked(work, request)).Ok(out var asked, out var refusal)) return refusal;
        request = asked;
        if (!(await UploadDesk.Open(work, request, changes: true)).Ok(out var desk, out refusal)) return refusal;
        if (await SubmitUpload.Same(work, desk) is { } same) return same;
        if (await work.Uploads.WaitingSame(desk.Agreement.Id, request.Content.Sha256) is { } waiting) return Waits(waiting);
        var id = work.NextId();
        var number = await SubmitUpload.Keep(work, desk, id);
        await work.UploadChecks.Begin(id);
        await work.Audit.Record(desk.Agreement.Number, "upload-received", number, JsonSerializer.Serialize(new { bytes = request.Content.Bytes, sha256 = request.Content.Sha256 }));
        await work.Say(desk.Agreement.Id, new Check(id, work.Actor.Name));
        return number;
    }

    // A correction is read as the sheet that it corrects was.
    private static async Task<Outcome<UploadRequest>> AsAsked(Work work, UploadRequest request)
    {
        if (request.Corrects is not { } number) return request;
        if (!(await work.Uploads.Find(number)).Ok(out var corrected, out var refusal)) return refusal;
        if (corrected.CommittedAt is null || corrected.State == "undone") return Refusal.Conflict("upload_not_committed", $"{number} is {corrected.State}; only a sheet that was sent is corrected.") with { Value = number, Help = "Fix or withdraw it instead." };
        var root = corrected.CorrectsId ?? corrected.Id;
        if (!(await CorrectedSheet.Extent(work, await work.Uploads.Sheet(root))).Ok(out var extent, out refusal)) return refusal;
        if (extent.Advances > 0) return UndoUpload.IsAdvance(number);
        var options = UploadOptions.Read(corrected.Options);
        return request with
        {
            Agreement = (await work.Agreements.Get(corrected.AgreementId)).Number, CorrectsId = root, Map = request.Map ?? options.Map,
            HoldUnknown = request.HoldUnknown || options.HoldUnknown, AcceptRepeats = request.AcceptRepeats || options.AcceptRepeats,
        };
    }

    private static Refusal Waits(StoredUpload waiting) => Refusal.Conflict("upload_waiting", $"This file was already uploaded on {Values.Text(waiting.SubmittedAt)[..10]} as {waiting.Number}, which is not sent yet. Nothing was kept twice.") with
    {
        Value = waiting.Number,
        Particulars = Particulars.Of(null, ("date", Values.Text(waiting.SubmittedAt)[..10]), ("upload", waiting.Number)),
        Help = $"Go on with {waiting.Number}, or withdraw it first.",
    };
}

/// <summary>What is to be otherwise about an upload that is not sent; null: as it was.</summary>
/// <param name="Map">Text of a map, which takes the place of the one before.</param>
/// <param name="Remember">The map is kept for the organisation's next sheets.</param>
/// <param name="ExpectTotal">Control total in major units; empty: there is none any more.</param>
public sealed record Revision(string? Map = null, bool? Remember = null, bool? HoldUnknown = null, bool? AcceptRepeats = null, string? ExpectTotal = null);

/// <summary>Has an upload that is not sent checked again, read in another way where that is asked for.</summary>
public sealed class ReviseUpload(Database database)
{
    /// <summary>Refusals: <c>upload_unknown</c>, <c>upload_sent</c>, <c>upload_checking</c>, <c>upload_not_open</c>, <c>map_invalid</c>, <c>amount_malformed</c>.</summary>
    public Task<Outcome<string>> Run(Actor actor, string number, Revision revision, CancellationToken stop) => database.Attempt<string>(actor, async work =>
    {
        if (!(await work.Uploads.FindToChange(number)).Ok(out var upload, out var refusal)) return refusal;
        if (SendUpload.Closed(upload) is { } closed) return closed;
        var agreement = await work.Agreements.Get(upload.AgreementId);
        if (revision.Map is { } map && !SheetMap.Read(map).Ok(out _, out refusal)) return refusal;
        if (revision.ExpectTotal is { Length: > 0 } total && !Money.Parse(total, agreement.Currency).Ok(out _, out refusal)) return refusal with { Field = "expect_total" };
        await work.Uploads.Revise(upload.Id, Revised(UploadOptions.Read(upload.Options), revision).Text());
        await work.UploadChecks.Begin(upload.Id);
        await work.Audit.Record(agreement.Number, "upload-revised", upload.Number, JsonSerializer.Serialize(new { map = revision.Map is not null, hold_unknown = revision.HoldUnknown, accept_repeats = revision.AcceptRepeats, expect_total = revision.ExpectTotal }));
        await work.Say(agreement.Id, new Check(upload.Id, work.Actor.Name));
        return upload.Number;
    }, stop);

    private static UploadOptions Revised(UploadOptions before, Revision revision) => before with
    {
        Map = revision.Map ?? before.Map,
        Remember = revision.Remember ?? before.Remember,
        HoldUnknown = revision.HoldUnknown ?? before.HoldUnknown,
        AcceptRepeats = revision.AcceptRepeats ?? before.AcceptRepeats,
        ExpectTotal = revision.ExpectTotal is { } total ? total.Length > 0 ? total : null : before.ExpectTotal,
    };
}
