using System.Diagnostics;
using ContributionEngine.Core;
using ContributionEngine.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

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
    });

    /// <summary>Under which a request is found in the log.</summary>
    public static string Trace(HttpContext call) => Activity.Current?.TraceId.ToString() ?? call.TraceIdentifier;

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
        var outage = call.RequestServices.GetRequiredService<Database>().Outage(failure);
        call.Response.StatusCode = outage is null ? StatusCodes.Status500InternalServerError : Status(outage);
        if (outage?.Kind is RefusalKind.OutsideDown) call.Response.Headers.RetryAfter = ComeAgain;
        if (outage is not null && IsForPrograms(call)) await Of(outage).ExecuteAsync(call);
    }
}
