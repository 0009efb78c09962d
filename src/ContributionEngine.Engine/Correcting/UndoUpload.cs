using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Takes a whole upload back by opposite entries, while nobody has dealt with any of its money. The same file may then be sent again.</summary>
internal static class UndoUpload
{
    private const int NamedMax = 5;

    public static async Task<Outcome<Correction>> Plan(Work work, CorrectionRequest request)
    {
        if (!(await work.Uploads.Find(request.Subject)).Ok(out var found, out var refusal)) return refusal;
        if (!(await Ground.Of(work, found.AgreementId, request)).Ok(out var ground, out refusal)) return refusal;
        var upload = (await work.Uploads.Find(request.Subject)).Value;
        if (upload.State == "undone") return Refusal.Conflict("upload_undone", $"{upload.Number} is undone already.");
        if (upload.CommittedAt is null) return Refusal.Conflict("upload_not_committed", $"{upload.Number} has posted nothing; there is nothing to undo.") with { Help = "Use 'upload withdraw' for an upload that was not committed." };
        var receipts = await work.Reversals.Posted(upload.Id);
        if (await Standing(work, upload, receipts) is { } stands) return stands;
        return new Correction(ground, upload.Number, receipts.Sum(row => row.Amount), [.. receipts.Select(row => row.EnrolmentId).OfType<long>().Distinct()], () => Make(ground, upload, receipts))
        {
            UseCase = "upload-undone", Receipts = receipts.Count,
        };
    }

    // What was remitted, refunded or put right singly stands against undoing the rest over people's heads.
    private static async Task<Refusal?> Standing(Work work, StoredUpload upload, IReadOnlyList<StoredReceipt> receipts)
    {
        var remitted = (await work.Reversals.Allocations(receipts.Select(row => row.Id))).Where(row => row.LineId is not null).Select(row => row.ReceiptId).Distinct().ToList();
        if (remitted.Count > 0)
        {
            return Refusal.Input("upload_remitted", $"Money of {upload.Number} stands on a remittance to the fund, so the upload cannot be undone as a whole: {Named(remitted.Select(Numbers.Receipt), remitted.Count)}.") with
            {
                Help = "Correct single receipts instead ('receipt reverse' or 'receipt move'); what was remitted is never edited.",
            };
        }

        if ((await work.Advances.Among(receipts.Select(row => row.Id))).Count > 0) return IsAdvance(upload.Number);
        if (upload.CorrectsId is not null || (await work.Uploads.Sheet(upload.Id)).Count > 1)
        {
            return Refusal.Input("upload_corrected", $"{upload.Number} {(upload.CorrectsId is null ? "was corrected since" : "corrects another sheet")}; it cannot be undone as a whole.") with { Value = upload.Number, Help = "Correct the sheet once more." };
        }

        var touched = await work.Reversals.Touched(upload.Id, NamedMax + 1);
        return touched.Count == 0 ? null : Refusal.Input("upload_touched", $"Receipts of {upload.Number} have been put right since: {Named(touched.Select(row => $"{Numbers.Receipt(row.Id)} {row.What}"), touched.Count)}.") with
        {
            Help = "Correct the other receipts singly, with 'receipt reverse' or 'receipt move'.",
        };
    }

    internal static Refusal IsAdvance(string upload) =>
        Refusal.Input("upload_is_advance", $"{upload} is what the organisation paid for members at a settlement run; nobody sent it.") with { Help = "It comes back by the members' next payments." };

    private static string Named(IEnumerable<string> names, int count) => string.Join(", ", names.Take(NamedMax)) + (count > NamedMax ? " and others" : "");

    private static async Task<Made> Make(Ground ground, StoredUpload upload, IReadOnlyList<StoredReceipt> receipts)
    {
        var (work, agreement, asOf) = (ground.Work, ground.Agreement, ground.AsOf);
        var events = await work.MemberEvents.With(receipts.Select(row => row.Id));
        var taken = await TakeBack.Of(work, agreement, receipts, (new ReversalNote("undone", asOf.Day, ground.Request.Reason), $"{upload.Number} undone"));
        await work.Uploads.Unstage(upload.Id);
        await work.Uploads.Mark(upload.Id, "undone");
        await work.Cases.CloseAbout(agreement.Id, upload.Number, new CaseEnd("upload_undone", $"the upload was undone"));
        await RowTasks.Reopen(work, agreement, (upload.Id, asOf.Day));
        var followed = await FollowEvents.Of(work, agreement, asOf, ([.. events.Select(one => one.EnrolmentId).Distinct()], []));
        return new Made([.. taken.Obligations, .. followed]) { Claims = taken.Claims };
    }
}
