using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Posts an agreement's staged rows and allocates them: one transaction per chunk, in the order of uploads and rows. A kill
/// between two chunks leaves the rest staged, and the next message goes on.
/// </summary>
public sealed class ReconcileReceipts : IUseCase<Reconcile>
{
    /// <summary>Ids that a chunk may use: its receipts, and some allocations for each.</summary>
    private const long ChunkIds = StagedRows.PerChunk * 8L;

    private static readonly TimeSpan Shift = TimeSpan.FromSeconds(30);

    public async Task Run(Reconcile said, Turn turn, CancellationToken stop)
    {
        var agreement = await turn.Read(work => work.Agreements.Get(said.Agreement), stop);
        await turn.Write(work => work.Agreements.Lease(agreement), stop);
        var clock = turn.Database.Clock;
        var began = clock.GetTimestamp();
        while (await Next(turn, agreement, stop))
        {
            if (clock.GetElapsedTime(began) > Shift && !turn.Database.IsDryRun) break;
        }

        await turn.Once(async work =>
        {
            await work.Agreements.GetToChange(agreement.Id);
            if (await work.Uploads.Next(said.Agreement) is not null) await work.Say(said.Agreement, said);
            await work.Agreements.EndLease(agreement.Id);
        }, stop);
    }

    private static async Task<bool> Next(Turn turn, StoredAgreement agreement, CancellationToken stop)
    {
        if (await turn.Read(work => work.Uploads.Next(agreement.Id), stop) is null) return false;
        await turn.Database.Ids.Ensure(ChunkIds, stop);
        var tries = 0;
        var posted = await turn.Write(work => Chunk(work, agreement, looksFirst: tries++ > 0), stop);
        Telemetry.Receipts.Add(posted ?? 0);
        return posted is not null;
    }

    // How many receipts it posted; null when nothing waited. A try that the database has refused as a duplicate looks first at what stands.
    private static async Task<long?> Chunk(Work work, StoredAgreement agreement, bool looksFirst)
    {
        await work.Agreements.GetToChange(agreement.Id);
        if (await work.Uploads.Next(agreement.Id) is not { } chunk) return null;
        if (!await work.Uploads.Posted(chunk)) return 0;
        var rows = StagedRows.Unpack(chunk.Body);
        if (looksFirst) rows = await PostedMeanwhile.Without(work, agreement, chunk, rows);
        var asOf = new AsOf(work.Now, chunk.AsOf);
        var changed = await FollowEvents.Of(work, agreement, asOf, ([], [.. rows.Where(row => row is { EventKind: not null, Enrolment: not null }).Select(row => row.Event(0))]));
        var open = await work.Obligations.OpenFor(rows.Where(row => row.Enrolment is not null).Select(row => row.Enrolment!.Value).Distinct(), chunk.AsOf);

        var posting = ReceiptPosting.Of(rows, open, work.NextId);
        await work.Receipts.Post(agreement.Id, chunk.UploadId, chunk.AsOf, posting.Receipts);
        await work.Suspense.Note(rows.Zip(posting.Receipts).Where(pair => pair.First.Enrolment is null).Select(pair => pair.First.Held(pair.Second.Id)));
        await work.Receipts.AddAllocations(agreement.Id, chunk.AsOf, posting.Placed.Allocations);
        await work.MemberEvents.Add(rows.Zip(posting.Receipts).Where(pair => pair.First is { EventKind: not null, Enrolment: not null }).Select(pair => pair.First.Event(pair.Second.Id)));
        await work.Obligations.Allocate(posting.Placed.PerObligation);
        await work.Journal.Book(agreement, chunk.AsOf, $"{chunk.Number} chunk {chunk.Chunk}", posting.Entry);
        await work.Audit.Record(agreement.Number, "receipts-posted", chunk.Number, posting.Summary(chunk.Chunk));
        // What events have made meets the credit that was waiting, as it would at the next command.
        if (changed.Count > 0) changed = [.. changed, .. await SpendCredit.On(work, agreement, asOf)];
        await ChargeLate.OnChanged(work, agreement, asOf, [.. posting.Placed.PerObligation.Select(item => item.Key), .. changed]);
        if (await work.Uploads.HasPending(chunk.UploadId)) return rows.Count;
        await work.Uploads.Mark(chunk.UploadId, "reconciled");
        await RefundLeavers.Note(work, agreement, chunk.AsOf);
        await ReturnAdvances.Note(work, agreement, chunk.AsOf);
        await HeldBatches.Note(work, agreement, chunk.AsOf);
        await NoticedPeriods.Note(work, agreement, chunk.AsOf);
        if (agreement.State is not "active") await work.Agreements.Follow(agreement.Id, chunk.AsOf);
        return rows.Count;
    }
}
