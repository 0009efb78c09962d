using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Checks rows and stages those that are ready, chunk by chunk, inside the transaction of whoever asks.</summary>
internal static class StageUpload
{
    /// <param name="into">The upload and the number of its last chunk so far.</param>
    public static async Task Rows(Work work, UploadDesk desk, (ReceiptCheck Check, ReceiptSheet Sheet) reading, (long Upload, long Chunk) into)
    {
        var (upload, chunk) = into;
        await foreach (var rows in ReadAhead.InChunks(reading.Sheet.ReadRows(), StagedRows.PerChunk, work.Stop))
        {
            var found = await reading.Check.Check(work, rows);
            reading.Check.Report.Note(found.Problems);
            await work.Uploads.AddProblems(upload, found.Problems.Select(KeptProblems.Stored));
            await work.LeftOut.Add(upload, found.LeftOut.Select(item => RowTasks.Of(item.Row, item.Problems, desk.Request.Fixes)));
            if (found.Ready.Count > 0) await work.Uploads.Stage(upload, ++chunk, desk.AsOf.Day, StagedRows.Pack(found.Ready));
            await work.Cases.Open(desk.Agreement.Id, desk.AsOf.Day, found.Cases);
        }

        await reading.Check.Conclude(work, desk.AsOf.Day);
    }
}
