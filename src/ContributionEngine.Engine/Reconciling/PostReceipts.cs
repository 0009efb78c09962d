using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Checked rows that are posted together.</summary>
/// <param name="On">The day on which they are booked.</param>
/// <param name="Chunk">Which part of the upload they are, the first being 1.</param>
internal sealed record PostedRows((long Id, string Number) Upload, DateOnly On, long Chunk, IReadOnlyList<StagedRow> Rows);

/// <summary>Posts checked rows and pays what they pay, inside the transaction of whoever asks.</summary>
internal static class PostReceipts
{
    public static async Task On(Work work, StoredAgreement agreement, PostedRows posted)
    {
        var (rows, asOf) = (posted.Rows, new AsOf(work.Now, posted.On));
        var changed = await FollowEvents.Of(work, agreement, asOf, ([], [.. rows.Where(row => row is { EventKind: not null, Enrolment: not null }).Select(row => row.Event(0))]));
        var open = await work.Obligations.OpenFor(rows.Where(row => row.Enrolment is not null).Select(row => row.Enrolment!.Value).Distinct(), posted.On);

        var posting = ReceiptPosting.Of(rows, open, work.NextId);
        await work.Receipts.Post(agreement.Id, posted.Upload.Id, posted.On, posting.Receipts);
        await work.Suspense.Note(rows.Zip(posting.Receipts).Where(pair => pair.First.Enrolment is null).Select(pair => pair.First.Held(pair.Second.Id)));
        await work.Receipts.AddAllocations(agreement.Id, posted.On, posting.Placed.Allocations);
        await work.MemberEvents.Add(rows.Zip(posting.Receipts).Where(pair => pair.First is { EventKind: not null, Enrolment: not null }).Select(pair => pair.First.Event(pair.Second.Id)));
        await work.Obligations.Allocate(posting.Placed.PerObligation);
        await work.Journal.Book(agreement, posted.On, $"{posted.Upload.Number} chunk {posted.Chunk}", posting.Entry);
        await work.Audit.Record(agreement.Number, "receipts-posted", posted.Upload.Number, posting.Summary(posted.Chunk));
        // What events have made meets the credit that was waiting, as it would at the next command.
        if (changed.Count > 0) changed = [.. changed, .. await SpendCredit.On(work, agreement, asOf)];
        await ChargeLate.OnChanged(work, agreement, asOf, [.. posting.Placed.PerObligation.Select(item => item.Key), .. changed]);
    }

    /// <summary>Looks at what the money of a whole upload is about beside obligations: leavers, advances, held batches and noticed periods.</summary>
    public static async Task Follow(Work work, StoredAgreement agreement, DateOnly on)
    {
        await RefundLeavers.Note(work, agreement, on);
        await ReturnAdvances.Note(work, agreement, on);
        await HeldBatches.Note(work, agreement, on);
        await NoticedPeriods.Note(work, agreement, on);
        if (agreement.State is not "active") await work.Agreements.Follow(agreement.Id, on);
    }
}
