using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Takes a whole upload back by opposite entries, while nothing of it is remitted. The same file may then be sent again.</summary>
public sealed class UndoUpload(Database database)
{
    /// <summary>What was taken back, in minor units.</summary>
    public sealed record Undone(string Upload, long Receipts, Money Total);

    public Task<Outcome<Undone>> Run(Actor actor, UndoRequest request, CancellationToken stop) => database.Attempt<Undone>(actor, async work =>
    {
        if (!(await work.Uploads.FindToChange(request.Upload)).Ok(out var upload, out var refusal)) return refusal;
        var agreement = await work.Agreements.Get(upload.AgreementId);
        if (!AsOf.Read(request.AsOf, agreement.Agreement.Settlement.TimeZone, work.Now, database.IsDryRun).Ok(out var asOf, out refusal)) return refusal;
        if (upload.State == "undone") return Refusal.Conflict("upload_undone", $"{upload.Number} is undone already.");
        if (upload.CommittedAt is null) return Refusal.Conflict("upload_not_committed", $"{upload.Number} has posted nothing; there is nothing to undo.") with { Help = "Use 'upload withdraw' for an upload that was not committed." };

        var allocations = await work.Receipts.LiveAllocations(upload.Id);
        if (await work.Lines.AnyRemitted(allocations.Select(row => row.Id)))
        {
            return Refusal.Input("upload_remitted", $"Money of {upload.Number} stands on a remittance to the fund, so the upload cannot be undone as a whole.") with
            {
                Help = "Correct single receipts instead; what was remitted is never edited.",
            };
        }

        var receipts = await work.Receipts.Posted(upload.Id);
        await TakeBack(work, agreement, (upload, asOf), (receipts, allocations));
        await RowTasks.Reopen(work, agreement, (upload.Id, asOf.Day));
        await work.Audit.Record(agreement.Number, "upload-undone", upload.Number, JsonSerializer.Serialize(new { reason = request.Reason, receipts = receipts.Count, total = receipts.Sum(row => row.Amount) }));
        var changed = await FollowEvents.Of(work, agreement, asOf, (await work.MemberEvents.EnrolmentsOf(upload.Id), []));
        await BringUp.To(work, agreement, asOf, [.. changed, .. allocations.Select(row => row.ObligationId)]);
        return new Undone(upload.Number, receipts.Count, new Money(receipts.Sum(row => row.Amount), agreement.Currency));
    }, stop);

    private static async Task TakeBack(
        Work work,
        StoredAgreement agreement,
        (StoredUpload Upload, AsOf AsOf) what,
        (IReadOnlyList<StoredReceipt> Receipts, IReadOnlyList<StoredAllocation> Allocations) money)
    {
        var (upload, asOf) = what;
        var fees = money.Allocations.Where(row => row.Class == Words.Of(ObligationClass.Fee)).Sum(row => row.Amount);
        await work.Receipts.AddAllocations(agreement.Id, asOf.Day, money.Allocations.Select(row => new NewAllocation(row.ReceiptId, row.ObligationId, -row.Amount, row.Id)));
        await work.Obligations.Allocate(money.Allocations.GroupBy(row => row.ObligationId).Select(group => KeyValuePair.Create(group.Key, -group.Sum(row => row.Amount))));
        await work.Receipts.ReverseAll(upload.Id);
        await work.Journal.Book(agreement, asOf.Day, $"{upload.Number} undone", JournalEntry.Of(
            (Account.Cash, -money.Receipts.Sum(row => row.Amount)),
            (Account.Custody, money.Receipts.Sum(row => row.Allocated) - fees),
            (Account.Fees, fees),
            (Account.Suspense, money.Receipts.Sum(row => row.Suspense)),
            (Account.MemberCredit, money.Receipts.Sum(row => row.Credit))));
        await work.Uploads.Unstage(upload.Id);
        await work.Uploads.Mark(upload.Id, "undone");
        await work.Cases.CloseAbout(agreement.Id, upload.Number, "the upload was undone");
    }
}

/// <summary>Which upload, why, and as of when.</summary>
public sealed record UndoRequest(string Upload, string Reason, string? AsOf);
