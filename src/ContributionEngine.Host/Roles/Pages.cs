using ContributionEngine.Engine;
using ContributionEngine.Storage;
using ContributionEngine.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ContributionEngine.Host;

/// <summary>What a role process tells the world: <c>/healthz</c>, <c>/readyz</c>, <c>/metrics</c>, its log, where funds call back, with the web role <c>/v/</c>, and OpenTelemetry where an endpoint is named.</summary>
internal sealed class Pages : IAsyncDisposable
{
    private const string Bus = "MassTransit";
    private const string Postgres = "Npgsql";

    private readonly WebApplication app;

    private Pages(WebApplication app, string? address) => (this.app, Address) = (app, address);

    /// <summary>Where it answers; null: nowhere.</summary>
    public string? Address { get; }

    public ILoggerFactory Logs => app.Services.GetRequiredService<ILoggerFactory>();

    public ILogger Log => Logs.CreateLogger(Telemetry.Name);

    /// <param name="at">The addresses, and whether it also shows what anybody may see.</param>
    public static async Task<Pages> Start((string? Urls, bool IsPublic) at, Session session, Func<(bool IsReady, object Answer)> readiness)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseUrls(at.Urls ?? "http://127.0.0.1:0");
        builder.Logging.ClearProviders().AddSimpleConsole(line =>
        {
            line.SingleLine = true;
            line.UseUtcTimestamp = true;
            line.TimestampFormat = "yyyy-MM-ddTHH:mm:ssZ ";
        }).AddFilter("Microsoft", LogLevel.Warning).AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error).AddFilter(Bus, LogLevel.Warning);
        builder.Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        Observe(builder, session.Database);
        if (at.IsPublic) Site.Add(builder, Portal(session));
        var app = builder.Build();
        if (at.IsPublic) Site.Map(app);
        app.MapGet("/healthz", () => Results.Text("alive"));
        app.MapGet("/readyz", () =>
        {
            var (isReady, answer) = readiness();
            return Results.Json(answer, statusCode: isReady ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
        });
        app.MapPrometheusScrapingEndpoint("/metrics");
        FundCallback.Map(app, session);
        if (at.IsPublic) RootPage.Map(app, session.Database);
        if (at.Urls is not null) await app.StartAsync();
        return new Pages(app, at.Urls is null ? null : string.Join(", ", app.Urls));
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    private static SiteSettings Portal(Session session) => new(session.ForPeople, session.KeysFolder)
    {
        PublicUrl = Settings.PublicUrl, Provider = Settings.Provider, SecondFactorFor = Settings.SecondFactorFor, SecondPerson = Settings.SecondPerson, WebhooksMayBeLocal = Settings.WebhookAllowLocal, RequestsPerMinute = Settings.ApiRequests ?? SiteSettings.RequestsUsual,
    };

    private static void Observe(WebApplicationBuilder builder, Database database)
    {
        var otlp = Settings.Otlp is { } endpoint ? new Uri(endpoint) : null;
        var telemetry = builder.Services.AddOpenTelemetry()
            .ConfigureResource(resource => resource.AddService("contribution-engine", serviceInstanceId: database.Owner))
            .WithMetrics(metrics =>
            {
                metrics.AddMeter(Telemetry.Name).AddRuntimeInstrumentation().AddPrometheusExporter();
                if (otlp is not null) metrics.AddOtlpExporter(to => to.Endpoint = otlp);
            });
        if (otlp is null) return;
        telemetry.WithTracing(traces => traces.AddSource(Telemetry.Name, Bus, Postgres).AddOtlpExporter(to => to.Endpoint = otlp));
        builder.Logging.AddOpenTelemetry(logs => logs.AddOtlpExporter(to => to.Endpoint = otlp));
    }
}
