using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Which row, and what is said of it: cells in the place of the file's, or that what was said before does not hold.</summary>
/// <param name="Cells">Field and text, as a cell of the file would say it; empty: everything that was said of the row is taken back.</param>
public sealed record FixRequest(string Upload, long Row, IReadOnlyList<KeyValuePair<string, string>> Cells, string? AsOf);

/// <summary>Which row a person leaves out for good, and why.</summary>
public sealed record LeaveOutRequest(string Upload, long Row, string Reason, string? AsOf);

/// <summary>A row as it reads now.</summary>
/// <param name="Amount">Null when it cannot be read.</param>
/// <param name="IsReady">It will be posted when the upload is sent or checked again; of a correction also: it is posted already.</param>
public sealed record FixedRow(string Upload, string State, ReceiptRow Row, Money? Amount, bool IsReady, IReadOnlyList<FoundProblem> Problems);

/// <summary>
/// Puts single rows of an upload right without the file: of one that is not sent any row, of a committed one those that were left
/// out. The bytes stay as they came; nothing is posted until the upload is sent or checked again.
/// </summary>
public sealed class FixRow(Database database)
{
    /// <summary>Puts cells in the place of the file's, or takes back what was said of the row, and says how the row reads now.</summary>
    public Task<Outcome<FixedRow>> Fix(Actor actor, FixRequest request, CancellationToken stop) => With(actor, (request.Upload, request.AsOf), async (work, kept, upload, desk) =>
    {
        if (!(await Open(work, upload, request.Row)).Ok(out _, out var refusal)) return refusal;
        var said = Words(request, desk.Request.Fixes);
        await work.RowFixes.Add(upload.Id, request.Row, said);
        await work.Audit.Record(desk.Agreement.Number, request.Cells.Count > 0 ? "row-fixed" : "row-fixes-cleared", upload.Number, JsonSerializer.Serialize(new { row = request.Row, fields = said.Select(word => word.Key) }));
        return (await kept.Desk(work)).Ok(out var again, out refusal) ? await Checked(work, again, request) : refusal;
    }, stop);

    /// <summary>Leaves the row out for good: nobody is asked about it any more, and its cases are closed.</summary>
    public Task<Outcome<FixedRow>> LeaveOut(Actor actor, LeaveOutRequest request, CancellationToken stop) => With(actor, (request.Upload, request.AsOf), async (work, _, upload, desk) =>
    {
        if ((await Open(work, upload, request.Row)).Refusal is { } closed) return closed;
        if (!(await desk.Sheet(work)).Ok(out var open, out var refusal)) return refusal;
        using var letGo = open;
        if (open.Sheet.ReadRows().FirstOrDefault(row => row.Row == request.Row) is not { } reads) return NoRow(upload.Number, request.Row);
        Money? amount = reads.IsFaulty("amount") ? null : new Money(reads.AmountMinor, desk.Agreement.Currency);
        await RowTasks.LeaveOut(work, upload, (request.Row, request.Reason), amount?.Minor);
        return new FixedRow(upload.Number, upload.State, reads, amount, false, []);
    }, stop);

    // A row that is put right is wanted again, also where it had been left out.
    private static List<KeyValuePair<string, string?>> Words(FixRequest request, SheetFixes before)
    {
        IEnumerable<string> takenBack = request.Cells.Count == 0 ? before.FieldsOf(request.Row) : before.IsLeftOut(request.Row) ? [SheetFixes.LeaveOut] : [];
        return [.. request.Cells.Select(cell => KeyValuePair.Create(cell.Key, (string?)cell.Value.Trim())), .. takenBack.Select(field => KeyValuePair.Create(field, (string?)null))];
    }

    private async Task<Outcome<FixedRow>> With(Actor actor, (string Number, string? AsOf) of, Func<Work, KeptUpload, StoredUpload, UploadDesk, Task<Outcome<FixedRow>>> unit, CancellationToken stop)
    {
        if (!(await KeptUpload.Open(database, actor, of, stop)).Ok(out var kept, out var refusal)) return refusal;
        await using (kept)
        {
            return await database.Attempt<FixedRow>(actor, async work => (await kept.Desk(work)).Ok(out var found, out var no) ? await unit(work, kept, found.Upload, found.Desk) : no, stop);
        }
    }

    // What is kept of the row while it is left out; null for a row of an upload that has posted nothing and found no fault in it.
    private static async Task<Outcome<LeftOutRow?>> Open(Work work, StoredUpload upload, long row)
    {
        var leftOut = await work.LeftOut.Find(upload.Id, row);
        if (upload.State is "needs_fixes" or "ready") return Outcome<LeftOutRow?>.Of(leftOut);
        if (upload.CommittedAt is null || upload.State == "undone") return Refusal.Conflict("upload_not_open", $"{upload.Number} is {upload.State}; there is nothing to fix in it.") with { Help = upload.State is "received" or "checking" ? "Wait until it was checked." : "Submit the file again instead." };
        return leftOut is not null && leftOut.Settled != RowTasks.Corrected ? leftOut
            : Refusal.Conflict("row_not_left_out", $"Row {row} of {upload.Number} does not wait: it was posted, corrected by another upload, or is no row of the file.") with { Help = $"'upload tasks' lists the rows that wait. What was posted is taken back by its receipt." };
    }

    private static async Task<Outcome<FixedRow>> Checked(Work work, (StoredUpload Upload, UploadDesk Desk) of, FixRequest request)
    {
        var ((upload, desk), row) = (of, request.Row);
        if (!(await desk.Sheet(work)).Ok(out var open, out var refusal)) return refusal;
        using var letGo = open;
        var sheet = open.Sheet;
        if (request.Cells.FirstOrDefault(cell => !sheet.Fixable.Contains(cell.Key)).Key is { } unknown) return UnknownField(unknown, sheet);
        var check = await desk.Checker(work, open, (upload.Id, upload.Number), [row]);
        ReceiptRow? reads = null;
        CheckedChunk? found = null;
        foreach (var rows in sheet.ReadRows().Chunk(open.PerChunk))
        {
            var chunk = await check.Check(work, rows);
            check.Report.Note(chunk.Problems);
            if (Array.Find(rows, item => item.Row == row) is { } here) (reads, found) = (here, chunk);
        }

        if (reads is null || found is null) return NoRow(upload.Number, row);
        await check.Conclude(work, desk.AsOf.Day);
        var isReady = found.Ready.Count > 0 || check.Correction?.Stands(reads) == true;
        await Keep(work, of, (reads, found, isReady));
        Money? amount = reads.IsFaulty("amount") ? null : new Money(reads.AmountMinor, desk.Agreement.Currency);
        return new FixedRow(upload.Number, upload.State, reads, amount, isReady, check.Report.Problems);
    }

    // A row that is ready now still waits to be sent, so it stays on the list of a committed upload.
    private static async Task Keep(Work work, (StoredUpload Upload, UploadDesk Desk) of, (ReceiptRow Row, CheckedChunk Chunk, bool IsReady) found)
    {
        var (upload, desk) = of;
        var (row, isReady, committed) = (found.Row, found.IsReady, upload.CommittedAt is not null);
        await work.Uploads.ForgetProblems(upload.Id, [row.Row]);
        await work.LeftOut.Forget(upload.Id, [row.Row]);
        await work.Uploads.AddProblems(upload.Id, found.Chunk.Problems.Select(KeptProblems.Stored));
        if (committed || !isReady) await work.LeftOut.Add(upload.Id, [RowTasks.Of(row, isReady ? [] : found.Chunk.Problems, desk.Request.Fixes)]);
        if (!committed) return;
        if (!isReady) await work.Cases.Open(desk.Agreement.Id, desk.AsOf.Day, found.Chunk.Cases);
        await RowTasks.Recount(work, desk.Agreement, upload.Number);
    }

    private static Refusal UnknownField(string field, ReceiptSheet sheet) =>
        Refusal.Usage("field_unknown", $"“{field}” is no field of a row of this file.") with { Field = field, Help = $"Write one of {string.Join(", ", sheet.Fixable)}." };

    private static Refusal NoRow(string upload, long row) =>
        Refusal.NotFound("row_unknown", $"{upload} has no row {row}.") with { Help = "A row is the line of the file where it starts, the file's first line being 1." };
}
