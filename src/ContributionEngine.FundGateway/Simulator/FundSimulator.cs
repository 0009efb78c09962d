using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace ContributionEngine.FundGateway;

/// <summary>
/// A fund over HTTP: takes declarations, remembers them on disk, and answers as its settings say. POST /remittances with
/// Idempotency-Key and X-Content-SHA256; GET /remittances/REF; GET /remittances/REF/answers; GET /conformance.
/// </summary>
public sealed class FundSimulator : IAsyncDisposable
{
    private const long BodyBytesMax = 1L << 30;

    private readonly WebApplication server;
    private readonly Callbacks callbacks;

    private FundSimulator(WebApplication server, Callbacks callbacks) => (this.server, this.callbacks) = (server, callbacks);

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
        var memory = new SimulatorMemory(options.Directory);
        var desk = new SimulatorDesk(memory, options.SettingsPath, TimeProvider.System);
        server.MapGet("/healthz", () => "ok");
        server.MapPost("/remittances", desk.Take);
        server.MapGet("/remittances/{reference}", desk.Find);
        server.MapGet("/remittances/{reference}/answers", desk.Answers);
        server.MapGet("/conformance", desk.Conformance);
        await server.StartAsync(stop);
        var callbacks = new Callbacks(memory, options.SettingsPath, TimeProvider.System);
        callbacks.Start();
        return new FundSimulator(server, callbacks);
    }

    public async ValueTask DisposeAsync()
    {
        await callbacks.DisposeAsync();
        await server.DisposeAsync();
    }
}
