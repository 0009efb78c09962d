using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace ContributionEngine.Web;

internal sealed record UploadAnswer(string Upload, string Agreement, string FileName, string Sha256, long Bytes, string State, string SubmittedBy, DateTimeOffset SubmittedAt, DateOnly AsOf, DateTimeOffset? CommittedAt)
{
    public static UploadAnswer Of(ListedUpload row) => new(row.Number, row.Agreement, row.FileName, row.Sha256, row.Bytes, row.State, row.SubmittedBy, row.SubmittedAt, row.AsOf, row.CommittedAt);
}

/// <summary>How far the check of an upload has come; over: there is a result.</summary>
internal sealed record ProgressAnswer(string Upload, string State, long RowsDone, long? RowsAll, bool Over)
{
    public static ProgressAnswer Of(UploadProgress one) => new(one.Upload, one.State, one.RowsDone, one.RowsAll, one.IsOver);
}

/// <summary>What was found in a file, and why the whole of it is refused where it is.</summary>
internal sealed record UploadShown(string Upload, string Agreement, string FileName, string State, DateTimeOffset SubmittedAt, DateTimeOffset? CommittedAt, ProgressAnswer Progress, long Rows, long Ready, long Warnings)
{
    public required long Errors { get; init; }

    public required long LeftOut { get; init; }

    /// <summary>So many of the rows left out stand already as they are; 0 where the file corrects no sheet.</summary>
    public required long Unchanged { get; init; }

    public required string Currency { get; init; }

    public required string SumReady { get; init; }

    public required string? ExpectedTotal { get; init; }

    public required string? RefusalCode { get; init; }

    public required string? Refusal { get; init; }

    public static UploadShown Of(KnownUpload one, ApiCall call) => new(
        one.Progress.Upload, one.Agreement, one.FileName, one.Progress.State, one.SubmittedAt, one.CommittedAt, ProgressAnswer.Of(one.Progress), one.Report.Rows, one.Report.Ready, one.Report.Warnings)
    {
        Errors = one.Report.Errors, LeftOut = one.Report.LeftOut, Unchanged = one.Report.Unchanged, Currency = one.Report.SumReady.Currency.Code, SumReady = one.Report.SumReady.ToMajor(), ExpectedTotal = ApiJson.Text(one.Expected), RefusalCode = one.Refusal?.Code, Refusal = one.Refusal is { } refused ? call.Said(refused) : null,
    };
}

internal sealed record ProblemAnswer(long Row, string Code, string Severity, string Field, string? Value, string Detail, string? Settled)
{
    public static ProblemAnswer Of(FoundProblem one, string? settled, ApiCall call) => new(one.Row, one.Code, one.Severity, one.Field, one.Value, call.Said(one), settled);
}

/// <summary>What an upload came to when it was sent, or why nothing was posted (state needs_fixes).</summary>
internal sealed record SentUploadAnswer(string Upload, string State, long Rows, long Ready, long Errors, long LeftOut, string Currency, string SumReady)
{
    public static SentUploadAnswer Of(UploadReport report) => new(report.Upload!, report.State, report.Rows, report.Ready, report.Errors, report.LeftOut, report.SumReady.Currency.Code, report.SumReady.ToMajor());
}

internal sealed record FixedRowAnswer(string Upload, string State, long Row, bool Ready, IReadOnlyList<ProblemAnswer> Problems)
{
    public static FixedRowAnswer Of(FixedRow one, ApiCall call) => new(one.Upload, one.State, one.Row.Row, one.IsReady, [.. one.Problems.Select(problem => ProblemAnswer.Of(problem, null, call))]);
}

/// <summary>A form with the treasurer's file.</summary>
internal sealed record UploadForm(IFormFile File, string Agreement, string? Map = null, string? ExpectTotal = null, bool HoldUnknown = false, bool AcceptRepeats = false);

/// <summary>A form with a sheet as it should be.</summary>
internal sealed record CorrectionForm(IFormFile File, string? Map = null);

/// <summary>Rows instead of a file: by row a cell for each column, as a CSV would have it.</summary>
internal sealed record RowsAsked(string Agreement, IReadOnlyList<Dictionary<string, string?>> Rows, string? ExpectTotal = null, bool HoldUnknown = false, bool AcceptRepeats = false);

internal sealed record CellsAsked(Dictionary<string, string> Set);

internal sealed record SendAsked(bool OnlyReady = false, string? ExpectTotal = null);

/// <param name="Severity">error or warning.</param>
/// <param name="Settled">true: also of rows about which nobody is asked any more.</param>
internal sealed record ProblemsAsked(string? Severity, string? Code, long? Row, bool? Settled)
{
    public ProblemsWhere Where => new() { Severity = Severity, Code = Code, Row = Row, WithSettled = Settled == true };
}

internal static class UploadsApi
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    public static void Map(RouteGroupBuilder api)
    {
        api.MapGet("/uploads", ([AsParameters] UploadsWhere where, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Uploads(where, slice), UploadAnswer.Of))
            .Reads<PageAnswer<UploadAnswer>>(Access.Users, "Treasurers' files, newest first");
        api.MapGet("/uploads/{number}", (string number, ApiCall call) => call.Show(Found(call, number), one => UploadShown.Of(one, call))).Reads<UploadShown>(Access.Users, "One upload: how far its check is, and what was found");
        api.MapGet("/uploads/{number}/rows", (string number, [AsParameters] ProblemsAsked asked, [AsParameters] PageAsked page, ApiCall call) => call.Page(page, (lists, slice) => lists.Problems(number, asked.Where, slice), row => ProblemAnswer.Of(FoundProblem.Of(row), row.Settled, call)))
            .Reads<PageAnswer<ProblemAnswer>>(Access.Users, "What is wrong with rows of an upload, by row; its ready rows are receipts once it is sent");
        api.MapGet("/uploads/{number}/errors", Errors).ReadsFile(Access.Users, "The rows to fix, as they were, with what to fix: format csv (the default) or xlsx");
        api.MapGet("/uploads/{number}/events", Events).Allows(Access.Users).WithSummary("Server-sent events: progress, until the check is over").Produces<string>(StatusCodes.Status200OK, "text/event-stream").ProducesProblem(StatusCodes.Status404NotFound);
        api.MapPost("/uploads", Receive).Writes<ProgressAnswer>(Access.Treasurers, "Send a file, which is checked and not posted yet", StatusCodes.Status202Accepted).Takes<UploadForm>().WithMetadata(new RequestSizeLimitAttribute(SheetLimits.BytesMax));
        api.MapPost("/uploads/rows", ReceiveRows).Writes<ProgressAnswer>(Access.Treasurers, "Send rows instead of a file", StatusCodes.Status202Accepted);
        api.MapPost("/uploads/{number}/rows/{row}/fix", (string number, long row, CellsAsked asked, ApiCall call) => Change(call, number, () => new FixRow(call.Database).Fix(call.Actor, new FixRequest(number, row, [.. asked.Set], call.AsOf), call.Stop), row => FixedRowAnswer.Of(row, call)))
            .Writes<FixedRowAnswer>(Access.Treasurers, "Put a row right without sending the file again: set has a cell for each column that changes");
        api.MapPost("/uploads/{number}/rows/{row}/leave-out", (string number, long row, ReasonAsked asked, ApiCall call) => Change(call, number, () => new FixRow(call.Database).LeaveOut(call.Actor, new LeaveOutRequest(number, row, asked.Reason, call.AsOf), call.Stop), row => FixedRowAnswer.Of(row, call)))
            .Writes<FixedRowAnswer>(Access.Treasurers, "Leave a row out for good");
        api.MapPost("/uploads/{number}/send", (string number, SendAsked asked, ApiCall call) => Change(call, number, () => new SendUpload(call.Database).Run(call.Actor, new SendRequest(number, asked.OnlyReady, asked.ExpectTotal, call.AsOf), call.Stop), SentUploadAnswer.Of))
            .Writes<SentUploadAnswer>(Access.Treasurers, "Check an upload once more and post it");
        api.MapPost("/uploads/{number}/corrections", ReceiveCorrection)
            .Writes<ProgressAnswer>(Access.Treasurers, "Send a sent sheet as it should be: the upload that comes of it is checked, and changes nothing yet", StatusCodes.Status202Accepted).Takes<CorrectionForm>().WithMetadata(new RequestSizeLimitAttribute(SheetLimits.BytesMax));
        api.MapPost("/uploads/{number}/correct", (string number, ReasonAsked asked, ApiCall call) => Change(call, number, () => call.Correct(new CorrectionRequest("correct", number, asked.Reason) { AsOf = call.AsOf }), CorrectionAnswer.Of))
            .Writes<CorrectionAnswer>(Access.Treasurers, "Take back and post what an upload changes of the sheet that it corrects; with dry_run=true see what that is");
        api.MapPost("/uploads/{number}/withdraw", (string number, ReasonAsked asked, ApiCall call) => Change(call, number, async () =>
                (await new WithdrawUpload(call.Database).Run(call.Actor, number, asked.Reason, call.Stop)).Refusal is { } refusal ? refusal : await Found(call, number), one => UploadShown.Of(one, call)))
            .Writes<UploadShown>(Access.Treasurers, "Give up an upload that has posted nothing");
        api.MapPost("/uploads/{number}/undo", (string number, ReasonAsked asked, ApiCall call) => call.Write(() => call.Correct(new CorrectionRequest("undo", number, asked.Reason) { AsOf = call.AsOf }), CorrectionAnswer.Of))
            .Writes<CorrectionAnswer>(Access.Treasurers, "Take a whole upload back while nothing of it is remitted");
    }

    private static Task<Outcome<KnownUpload>> Found(ApiCall call, string number) => new ShowUpload(call.Database).Run(call.Actor, new UploadView(number), call.Stop);

    private static async Task<IResult> Change<T, TAnswer>(ApiCall call, string number, Func<Task<Outcome<T>>> step, Func<T, TAnswer> answer) => await call.Changed(() => Found(call, number), one => UploadShown.Of(one, call)) ?? await call.Write(step, answer);

    private static async Task<IResult> Receive(HttpRequest request, ApiCall call)
    {
        if (!(await SentForm.Of(request, call.Stop)).Ok(out var form, out var refusal)) return Problems.Of(refusal);
        if (!form.Needs("agreement").Ok(out var agreement, out refusal)) return Problems.Of(refusal);
        await using var source = form.File.OpenReadStream();
        await using var content = await FileSpool.Copy(source, SheetLimits.BytesMax, call.Stop);
        return await Keep(call, new UploadRequest
        {
            Agreement = agreement, FileName = form.File.FileName, Content = content, Map = form["map"], AsOf = call.AsOf, ExpectTotal = form["expect_total"], HoldUnknown = form.Says("hold_unknown"), AcceptRepeats = form.Says("accept_repeats"),
        });
    }

    private static async Task<IResult> ReceiveCorrection(string number, HttpRequest request, ApiCall call)
    {
        if (!(await SentForm.Of(request, call.Stop)).Ok(out var form, out var refusal)) return Problems.Of(refusal);
        await using var source = form.File.OpenReadStream();
        await using var content = await FileSpool.Copy(source, SheetLimits.BytesMax, call.Stop);
        return await Keep(call, new UploadRequest { Agreement = "", FileName = form.File.FileName, Content = content, Map = form["map"], Corrects = number });
    }

    private static async Task<IResult> ReceiveRows(RowsAsked asked, ApiCall call)
    {
        using var source = new MemoryStream(Encoding.UTF8.GetBytes(Sheet(asked.Rows)));
        await using var content = await FileSpool.Copy(source, SheetLimits.BytesMax, call.Stop);
        return await Keep(call, new UploadRequest
        {
            Agreement = asked.Agreement, FileName = "rows.csv", Content = content, AsOf = call.AsOf, ExpectTotal = asked.ExpectTotal, HoldUnknown = asked.HoldUnknown, AcceptRepeats = asked.AcceptRepeats,
        });
    }

    private static Task<IResult> Keep(ApiCall call, UploadRequest asked) => call.Write(async () =>
        (await new ReceiveUpload(call.Database).Run(call.Actor, asked, call.Stop)).Ok(out var number, out var refusal) ? await new ShowUpload(call.Database).Progress(call.Actor, number, call.Stop) : refusal,
        progress => Results.Accepted($"{Api.Root}/uploads/{progress.Upload}", ProgressAnswer.Of(progress)));

    private static string Sheet(IReadOnlyList<Dictionary<string, string?>> rows)
    {
        var columns = rows.SelectMany(row => row.Keys).Distinct().ToList();
        return string.Concat(rows.Select(row => columns.Select(column => row.GetValueOrDefault(column))).Prepend(columns).Select(cells => string.Join(',', cells.Select(CsvCells.Quoted)) + "\n"));
    }

    private static async Task<IResult> Errors(string number, string? format, ApiCall call)
    {
        using var file = new MemoryStream();
        var isWorkbook = format == "xlsx";
        if (!(await new ErrorsFile(call.Database).WriteKept(call.Actor, number, call.Said, (file, isWorkbook, call.Stop))).Ok(out _, out var refusal)) return Problems.Of(refusal);
        return Results.Bytes(file.ToArray(), isWorkbook ? "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" : "text/csv; charset=utf-8", $"{number}-errors.{(isWorkbook ? "xlsx" : "csv")}");
    }

    private static async Task<IResult> Events(string number, ApiCall call)
    {
        if (!(await new ShowUpload(call.Database).Progress(call.Actor, number, call.Stop)).Ok(out var first, out var refusal)) return Problems.Of(refusal);
        return TypedResults.ServerSentEvents(Progress(call, first, call.Stop));
    }

    private static async IAsyncEnumerable<SseItem<string>> Progress(ApiCall call, UploadProgress first, [EnumeratorCancellation] CancellationToken stop)
    {
        var (now, last) = (first, (UploadProgress?)null);
        while (true)
        {
            if (now != last) yield return new SseItem<string>(JsonSerializer.Serialize(ProgressAnswer.Of(now), ApiJson.Options), now.IsOver ? "over" : "progress");
            if (now.IsOver) yield break;
            last = now;
            await Task.Delay(Pause, call.Database.Clock, stop);
            now = (await new ShowUpload(call.Database).Progress(call.Actor, first.Upload, stop)).Value;
        }
    }
}
