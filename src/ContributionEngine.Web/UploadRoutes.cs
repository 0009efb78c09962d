using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Web;

/// <summary>What pages about sheets lead to that is no page: how far a check has come, and files to take away.</summary>
internal static class UploadRoutes
{
    private const string Csv = "text/csv; charset=utf-8";
    private const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    private static readonly TimeSpan Looks = TimeSpan.FromMilliseconds(500);

    public static void Map(IEndpointRouteBuilder site)
    {
        site.MapGet("/uploads/{number}/events", Events).Allows(Access.Users);
        site.MapGet("/uploads/{number}/file", Sent).Allows(Access.Users);
        site.MapGet("/uploads/{number}/errors.{kind:regex(^(csv|xlsx)$)}", Errors).Allows(Access.Users);
        site.MapGet("/uploads/template.{kind:regex(^(csv|xlsx)$)}", Template).Allows(Access.Users);
    }

    private static ServerSentEventsResult<string> Events(string number, HttpContext call, Database database, Tongue tongue) =>
        TypedResults.ServerSentEvents(Progress((database, call.Actor(), number), tongue, call.RequestAborted));

    // Ends with «done» when there is a result, or nothing to wait for.
    private static async IAsyncEnumerable<SseItem<string>> Progress((Database Database, Actor Actor, string Number) of, Tongue tongue, [EnumeratorCancellation] CancellationToken stop)
    {
        var show = new ShowUpload(of.Database);
        while ((await show.Progress(of.Actor, of.Number, stop)).Ok(out var progress, out _) && !progress.IsOver)
        {
            var text = progress.RowsAll is { } all ? tongue["check.rows", progress.RowsDone, all] : tongue["check.reading"];
            yield return new SseItem<string>(JsonSerializer.Serialize(new { done = progress.RowsDone, all = progress.RowsAll, text }), "progress");
            await Task.Delay(Looks, stop);
        }

        yield return new SseItem<string>("", "done");
    }

    private static async Task<IResult> Sent(string number, HttpContext call, Database database) =>
        (await new UploadContent(database).Sent(call.Actor(), number, call.RequestAborted)).Ok(out var file, out var refusal)
            ? Results.File(file.Content, "application/octet-stream", file.FileName) : Results.StatusCode(Problems.Status(refusal));

    private static async Task<IResult> Errors(string number, string kind, HttpContext call, Tongue tongue)
    {
        var database = call.RequestServices.GetRequiredService<Database>();
        var file = new MemoryStream();
        var written = await new ErrorsFile(database).WriteKept(call.Actor(), number, problem => tongue.Problem(problem), (file, kind == "xlsx", call.RequestAborted));
        return written.Ok(out _, out var refusal) ? Answer(file, kind, $"{number} {tongue["result.rows_file"]}") : Results.StatusCode(Problems.Status(refusal));
    }

    private static async Task<IResult> Template(string kind, string? agreement, HttpContext call, Database database)
    {
        if (!(await new UploadTemplate(database).Of(call.Actor(), agreement ?? "", null, call.RequestAborted)).Ok(out var table, out var refusal)) return Results.StatusCode(Problems.Status(refusal));
        var file = new MemoryStream();
        if (kind == "csv") CsvTable.Write(file, table);
        else WorkbookTable.Write(file, table);
        return Answer(file, kind, agreement!);
    }

    private static IResult Answer(MemoryStream file, string kind, string name) => Results.File(file.ToArray(), kind == "csv" ? Csv : Workbook, $"{name}.{kind}");
}
