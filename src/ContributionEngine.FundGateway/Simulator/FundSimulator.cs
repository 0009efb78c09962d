using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ContributionEngine.FundGateway;

/// <summary>
/// A fund over HTTP: takes declarations, remembers them on disk, and answers as its settings say. POST /remittances with
/// Idempotency-Key and X-Content-SHA256; GET /remittances/REF; GET /remittances/REF/answers.
/// </summary>
public sealed class FundSimulator : IAsyncDisposable
{
    private const long BodyBytesMax = 1L << 30;

    private readonly WebApplication server;

    private FundSimulator(WebApplication server) => this.server = server;

    /// <summary>The address that was bound, without a slash at its end.</summary>
    public string Url => server.Urls.First().TrimEnd('/');

    public static async Task<FundSimulator> Start(SimulatorOptions options, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(options.Url);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = BodyBytesMax);
        builder.Services.Configure<Microsoft.Extensions.Hosting.HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var server = builder.Build();
        var desk = new SimulatorDesk(new SimulatorMemory(options.Directory), options.SettingsPath, TimeProvider.System);
        server.MapGet("/healthz", () => "ok");
        server.MapPost("/remittances", desk.Take);
        server.MapGet("/remittances/{reference}", (string reference) => desk.Find(reference));
        server.MapGet("/remittances/{reference}/answers", (string reference) => desk.Answers(reference));
        await server.StartAsync(stop);
        return new FundSimulator(server);
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();
}

/// <summary>The simulator's endpoints.</summary>
internal sealed class SimulatorDesk(SimulatorMemory memory, string? settingsPath, TimeProvider clock)
{
    public async Task<IResult> Take(HttpRequest request)
    {
        var settings = SimulatorSettings.Of(settingsPath);
        if (memory.CountTo("calls", settings.UnavailableFirst)) return Unavailable(request.HttpContext.Response, TimeSpan.Zero);
        var reference = request.Headers["Idempotency-Key"].ToString();
        if (!Core.CreditorReference.IsValid(reference)) return Problem("reference_invalid", "Idempotency-Key is no ISO 11649 reference.");
        var taken = await memory.Keep(reference, request.Body, request.Headers["X-Content-SHA256"].ToString(), request.HttpContext.RequestAborted);
        if (taken is Kept.OtherBytes) return Results.Problem("This reference was used for other bytes.", statusCode: StatusCodes.Status409Conflict, title: "reference_used");
        if (taken is Kept.WrongHash) return Problem("hash_wrong", "The bytes do not have the SHA-256 that was announced.");
        if (taken is Kept.Fresh && !ReceivedDeclaration.Read(memory.ContentOf(reference)).Ok(out _, out var fault))
        {
            memory.Forget(reference);
            return Problem("declaration_invalid", fault.Detail);
        }

        if (taken is Kept.Fresh && memory.CountTo("hangs", settings.TimeOutAfterAccepting)) await Task.Delay(Timeout.Infinite, request.HttpContext.RequestAborted);
        return Results.Json(new { reference, status = "received" }, statusCode: taken is Kept.Fresh ? StatusCodes.Status202Accepted : StatusCodes.Status200OK);
    }

    public IResult Find(string reference) => memory.Has(reference) ? Results.Json(new { reference, status = "received", sha256 = memory.Sha256Of(reference) }) : Results.NotFound();

    public IResult Answers(string reference)
    {
        if (!memory.Has(reference)) return Results.NotFound();
        var settings = SimulatorSettings.Of(settingsPath);
        if (clock.GetUtcNow() < memory.ReceivedAt(reference).AddSeconds(settings.AnswerAfterSeconds)) return Results.Text("");
        var answer = memory.AnswerOf(reference, () => Judgement.Of(reference, ReceivedDeclaration.Read(memory.ContentOf(reference)).Value, settings));
        return AnswerBody.Of(reference, settings.AnswerTwice ? [answer, answer] : [answer]);
    }

    private static IResult Unavailable(HttpResponse response, TimeSpan wait)
    {
        response.Headers.RetryAfter = ((long)wait.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }

    private static IResult Problem(string code, string detail) => Results.Problem(detail, statusCode: StatusCodes.Status422UnprocessableEntity, title: code);
}
