using System.Diagnostics;
using ContributionEngine.Engine;
using OpenTelemetry;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace ContributionEngine.Host;

/// <summary>The trace that a writing command begins, so that what workers and gateways do about it can be told as one; sent where an endpoint is named.</summary>
internal sealed class CommandTrace : IDisposable
{
    private readonly IDisposable? sender;
    private readonly Activity? span;

    public CommandTrace(string command)
    {
        if (Settings.Otlp is not { } endpoint) return;
        sender = Sender(endpoint);
        span = Telemetry.Traces.StartActivity(command);
    }

    public void Dispose()
    {
        span?.Dispose();
        sender?.Dispose();
    }

    // A method of its own, so that a command that sends nothing loads nothing of it.
    private static TracerProvider Sender(string endpoint) => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(ResourceBuilder.CreateDefault().AddService("contribution-engine"))
        .AddSource(Telemetry.Name)
        .AddOtlpExporter(to => to.Endpoint = new Uri(endpoint))
        .Build();
}
