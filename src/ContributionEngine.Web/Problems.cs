using System.Diagnostics;
using ContributionEngine.Core;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
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

    public static IResult Of(Refusal refusal) => Results.Problem(Document(refusal));

    public static ProblemDetails Document(Refusal refusal)
    {
        var errors = refusal.Errors.Count > 0 ? refusal.Errors : refusal.Field is null ? [] : [refusal];
        return new ProblemDetails
        {
            Status = Status(refusal), Title = refusal.Detail, Detail = $"{refusal.Detail} {refusal.Help}".TrimEnd(), Type = $"urn:contribution-engine:{refusal.Code}",
            Extensions = { ["code"] = refusal.Code, ["errors"] = errors.Select(error => new { error.Row, error.Field, error.Code, error.Value, error.Detail }).ToList() },
        };
    }

    public static void AddProblems(this IServiceCollection services) => services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
    {
        context.ProblemDetails.Extensions.Remove("traceId");
        context.ProblemDetails.Extensions["trace_id"] = Trace(context.HttpContext);
        context.ProblemDetails.Extensions.TryAdd("code", $"http_{context.ProblemDetails.Status}");
        Log(context.HttpContext, context.ProblemDetails);
    });

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
        app.UseWhen(IsForPrograms, programs => programs.UseStatusCodePages());
        app.UseExceptionHandler(failed => failed.Run(Unexpected));
    }

    private static bool IsForPrograms(HttpContext call) => call.Request.Path.StartsWithSegments("/v1") || call.Request.Path.StartsWithSegments("/openapi");

    // The edge of the site: an outage or an agreement that is being worked on says so, anything else is a bug of which only the log tells more.
    private static async Task Unexpected(HttpContext call)
    {
        var failure = call.Features.GetRequiredFeature<IExceptionHandlerFeature>().Error;
        if (failure is BadHttpRequestException malformed)
        {
            await Malformed(malformed).ExecuteAsync(call);
            return;
        }

        var outage = call.RequestServices.GetRequiredService<Database>().Outage(failure);
        call.Response.StatusCode = outage is null ? StatusCodes.Status500InternalServerError : Status(outage);
        if (outage?.Kind is RefusalKind.OutsideDown) call.Response.Headers.RetryAfter = ComeAgain;
        if (outage is not null && IsForPrograms(call)) await Of(outage).ExecuteAsync(call);
    }

    // What a program sent cannot be read: said as it is, since only the program can mend it.
    private static IResult Malformed(BadHttpRequestException fault) => Results.Problem(new ProblemDetails
    {
        Status = fault.StatusCode, Type = "urn:contribution-engine:request_malformed", Title = "The request cannot be read.",
        Detail = fault.InnerException is System.Text.Json.JsonException json ? $"{fault.Message} At {json.Path}, line {json.LineNumber + 1}." : fault.Message, Extensions = { ["code"] = "request_malformed" },
    });
}
