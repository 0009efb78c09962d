using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Rows of a chunk that another upload has posted since they were checked: two files with the same receipts may be committed
/// before either is posted. They are left out of theirs as they would have been had the other come first.
/// </summary>
internal static class PostedMeanwhile
{
    /// <summary>The rows that are still to be posted.</summary>
    public static async Task<IReadOnlyList<StagedRow>> Without(Work work, StoredAgreement agreement, PendingChunk chunk, IReadOnlyList<StagedRow> rows)
    {
        var posted = (await work.Receipts.WithKeys(agreement.Id, rows.Select(row => row.Key).Distinct().Select(ReceiptKeys.Text))).ToLookup(receipt => (receipt.BusinessKey, receipt.Occurrence));
        var standing = rows.Where(row => posted.Contains((ReceiptKeys.Text(row.Key), row.Occurrence))).ToList();
        if (standing.Count == 0) return rows;
        var problems = standing.ConvertAll(row => PostedRepeats.Problem(row, [.. posted[(ReceiptKeys.Text(row.Key), row.Occurrence)]], null));
        var leftOut = standing.Zip(problems, (row, problem) => LeftOut(chunk, row, problem)).ToList();
        await work.Uploads.AddProblems(chunk.UploadId, problems.Select(KeptProblems.Stored));
        await work.LeftOut.Add(chunk.UploadId, leftOut);
        await work.Cases.Open(agreement.Id, chunk.AsOf, [.. leftOut.Select(RowCases.Again).OfType<NewCase>()]);
        await Recount(work, agreement, chunk, standing);
        return [.. rows.Except(standing)];
    }

    private static LeftOutRow LeftOut(PendingChunk chunk, StagedRow row, FoundProblem problem) => new()
    {
        Upload = chunk.Number, RowNo = row.Row, Code = problem.Code, Severity = problem.Severity, Field = problem.Field, Value = problem.Value, Detail = problem.Detail, Particulars = problem.Particulars?.Text(), Amount = row.Amount,
        Document = new RowContent([], [problem.Field]).Text(),
    };

    private static async Task Recount(Work work, StoredAgreement agreement, PendingChunk chunk, List<StagedRow> standing)
    {
        var upload = (await work.Uploads.Find(chunk.Number)).Value;
        var report = UploadSummaryText.Read(upload, agreement.Currency);
        report.Ready -= standing.Count;
        report.LeftOut += standing.Count;
        report.SumReady -= new Money(standing.Sum(row => row.Amount), agreement.Currency);
        await work.Uploads.Conclude(upload.Id, upload.State, UploadSummaryText.Write(report), upload.CommittedAt);
        await RowTasks.Recount(work, agreement, chunk.Number);
    }
}
