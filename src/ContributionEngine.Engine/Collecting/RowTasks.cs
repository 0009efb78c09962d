using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Left-out rows as what somebody still has to do: until they are posted, corrected elsewhere, or left out for good.</summary>
internal static class RowTasks
{
    /// <summary>A row that was fixed and waits to be sent has this in the place of a code.</summary>
    public const string Ready = "ready";

    public const string Corrected = "corrected";

    /// <summary>What is kept of a row that is not posted.</summary>
    public static LeftOutRow Of(ReceiptRow row, IReadOnlyList<FoundProblem> problems, SheetFixes fixes)
    {
        var why = fixes.WhyLeftOut(row.Row);
        var first = problems.FirstOrDefault(item => item.Severity == "error") ?? (problems.Count > 0 ? problems[^1] : null);
        return new LeftOutRow
        {
            RowNo = row.Row,
            Code = why is not null ? SheetFixes.LeaveOut : first?.Code ?? Ready,
            Severity = why is not null ? "warning" : first?.Severity ?? Ready,
            Field = first?.Field ?? "",
            Value = first?.Value,
            Detail = why ?? first?.Detail ?? $"Row {row.Row}: it is ready now.",
            Particulars = first?.Particulars?.Text(),
            Amount = row.IsFaulty("amount") ? null : row.AmountMinor,
            Document = first?.Severity == "error" ? RowContent.Of(row, problems).Text() : "{}",
            Settled = why is null ? null : SheetFixes.LeaveOut,
        };
    }

    /// <summary>A row is left out for good: nobody is asked about it any more, and its cases are closed.</summary>
    /// <param name="amount">Minor units; null when it cannot be read.</param>
    public static async Task LeaveOut(Work work, StoredUpload upload, (long Row, string Reason) of, long? amount)
    {
        var agreement = await work.Agreements.Get(upload.AgreementId);
        await work.RowFixes.Add(upload.Id, of.Row, [KeyValuePair.Create(SheetFixes.LeaveOut, (string?)of.Reason)]);
        await work.LeftOut.Settle(upload.Id, [of.Row], SheetFixes.LeaveOut);
        await RowCases.Close(work, agreement, (upload.Number, [of.Row]), new CaseEnd("row_left_out", $"the row is left out: {of.Reason:why}"));
        await Recount(work, agreement, upload.Number);
        await work.Audit.Record(agreement.Number, "row-left-out", upload.Number, JsonSerializer.Serialize(new { row = of.Row, reason = of.Reason, amount }));
    }

    /// <summary>Rows that a committed upload has corrected are no task any more, and their cases are closed.</summary>
    public static async Task Close(Work work, StoredAgreement agreement, (long Id, string Number) by, IEnumerable<LeftOutRow> corrected)
    {
        foreach (var upload in corrected.GroupBy(row => (row.UploadId, row.Upload)))
        {
            var rows = upload.Select(row => row.RowNo).ToList();
            await work.LeftOut.Settle(upload.Key.UploadId, rows, Corrected, by.Id);
            await RowCases.Close(work, agreement, (upload.Key.Upload, rows), new CaseEnd("row_corrected", $"the row was corrected by {by.Number:upload}"));
            await Recount(work, agreement, upload.Key.Upload);
        }
    }

    /// <summary>Rows that an upload had corrected are tasks again, because it was taken back.</summary>
    public static async Task Reopen(Work work, StoredAgreement agreement, (long Id, DateOnly On) takenBack)
    {
        foreach (var upload in (await work.LeftOut.Reopen(takenBack.Id)).GroupBy(row => row.Upload))
        {
            var cases = upload.Select(row => RowCases.Again(row)).OfType<NewCase>().ToList();
            await work.Cases.Open(agreement.Id, takenBack.On, cases);
            await Recount(work, agreement, upload.Key);
        }
    }

    /// <summary>Brings the counts of a committed upload's rows with problems to what is still asked.</summary>
    public static async Task Recount(Work work, StoredAgreement agreement, string number)
    {
        var upload = (await work.Uploads.Find(number)).Value;
        var (report, problems) = (UploadSummaryText.Read(upload, agreement.Currency), await work.Uploads.ProblemRows(upload.Id));
        (report.Errors, report.Warnings) = (problems.Errors, problems.Warnings);
        await work.Uploads.Conclude(upload.Id, upload.State, UploadSummaryText.Write(report), upload.CommittedAt);
    }
}
