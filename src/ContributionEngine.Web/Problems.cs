using System.Diagnostics;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ContributionEngine.Web;

/// <summary>Every "no" as RFC 9457 has it for programs, with the code that commands use too, and as a page for people.</summary>
internal static class Problems
{
    /// <summary>Seconds after which a request that met an outage may come again.</summary>
    private const string ComeAgain = "30";

    /// <summary>The status of an expected no.</summary>
    public static int Status(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.Usage => StatusCodes.Status400BadRequest,
        RefusalKind.NotAllowed => StatusCodes.Status403Forbidden,
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Conflict or RefusalKind.ControlFailed => StatusCodes.Status409Conflict,
        RefusalKind.OutsideDown => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    public static IResult Of(Refusal refusal) => Of(refusal, Status(refusal));

    public static IResult Of(Refusal refusal, int status) => new Answer(refusal, status);

    // Written when it is sent, since only the request knows its reader and its trace.
    private sealed record Answer(Refusal Refusal, int Status) : IResult
    {
        public Task ExecuteAsync(HttpContext call)
        {
            var tongue = call.RequestServices.GetRequiredService<Tongue>();
            var errors = Refusal.Errors.Count > 0 ? Refusal.Errors : Refusal.Field is null ? [] : [Refusal];
            var document = new ProblemDetails
            {
                Status = Status, Title = tongue.Refusal(Refusal with { Help = null }), Detail = tongue.Refusal(Refusal), Type = $"urn:contribution-engine:{Refusal.Code}",
                Extensions =
                {
                    ["code"] = Refusal.Code, ["errors"] = errors.Select(error => new { error.Row, error.Field, error.Code, error.Value, Detail = tongue.Refusal(error with { Help = null }) }).ToList(),
                    ["trace_id"] = Trace(call),
                },
            };
            Log(call, document);
            Languages.Tell(call.Response, errors.Prepend(Refusal).Select(tongue.TagOf));
            return Results.Json(document, (JsonSerializerOptions?)null, "application/problem+json", Status).ExecuteAsync(call);
        }
    }

    /// <summary>Under which a request is found in the log.</summary>
    public static string Trace(HttpContext call) => Activity.Current?.TraceId.ToString() ?? call.TraceIdentifier;

    // The pattern of the address and not the address, which may hold the number of a member.
    private static void Log(HttpContext call, ProblemDetails problem)
    {
        var log = call.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("ContributionEngine.Web");
        if (!log.IsEnabled(LogLevel.Information)) return;
        var pattern = (call.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "unknown";
        log.LogInformation("{Status} {Code} {Method} {Pattern} trace {Trace}", problem.Status, problem.Extensions["code"], call.Request.Method, pattern, problem.Extensions["trace_id"]);
    }

    public static void UseProblems(this WebApplication app)
    {
        app.UseWhen(call => !IsForPrograms(call), pages => pages.UseStatusCodePagesWithReExecute("/problem/{0}"));
        app.UseWhen(IsForPrograms, programs => programs.UseStatusCodePages(bare => OfStatus(bare.HttpContext.Response.StatusCode).ExecuteAsync(bare.HttpContext)));
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandler = Unexpected, SuppressDiagnosticsCallback = failed => IsTheirs(failed.Exception) });
    }

    public static bool IsForPrograms(HttpContext call) => call.Request.Path.StartsWithSegments(Api.Root) || call.Request.Path.StartsWithSegments("/openapi");

    private static IResult OfStatus(int status) => Of(Refusal.Usage($"http_{status}", $"{ReasonPhrases.GetReasonPhrase(status)}."), status);

    // What was sent cannot be read, or whoever sent it is gone: nothing that the log of the site's faults has to hold.
    private static bool IsTheirs(Exception failure) => failure is BadHttpRequestException or ConnectionResetException;

    // The edge of the site: an outage or an agreement that is being worked on says so, anything else is a bug of which only the log tells more.
    private static async Task Unexpected(HttpContext call)
    {
        var failure = call.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        if (failure is ConnectionResetException)
        {
            call.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
            return;
        }

        if (failure is BadHttpRequestException unread)
        {
            await (unread.StatusCode == StatusCodes.Status400BadRequest ? Malformed(unread) : OfStatus(unread.StatusCode)).ExecuteAsync(call);
            return;
        }

        // A database that is set up wrongly is wrong usage of the program, and not of whoever sent a request.
        var outage = call.RequestServices.GetRequiredService<Database>().Outage(failure) is { Kind: not RefusalKind.Usage } known ? known : null;
        call.Response.StatusCode = outage is null ? StatusCodes.Status500InternalServerError : Status(outage);
        if (outage?.Kind is RefusalKind.OutsideDown) call.Response.Headers.RetryAfter = ComeAgain;
        if (outage is not null && IsForPrograms(call)) await Of(outage).ExecuteAsync(call);
    }

    // What a program sent cannot be read: what the parser says stands as it is, since only the program can mend it.
    private static IResult Malformed(BadHttpRequestException fault) => Of(Refusal.Usage("request_malformed", "The request cannot be read.") with
    {
        Value = fault.InnerException is JsonException json ? $"{fault.Message} At {json.Path}, line {json.LineNumber + 1}." : fault.Message,
    });
}
