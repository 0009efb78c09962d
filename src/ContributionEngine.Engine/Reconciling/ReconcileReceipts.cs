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
        await PostReceipts.On(work, agreement, new PostedRows((chunk.UploadId, chunk.Number), chunk.AsOf, chunk.Chunk, rows));
        if (await work.Uploads.HasPending(chunk.UploadId)) return rows.Count;
        await work.Uploads.Mark(chunk.UploadId, "reconciled");
        await PostReceipts.Follow(work, agreement, chunk.AsOf);
        return rows.Count;
    }
}
