using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace ContributionEngine.Engine;

/// <summary>What the pipeline tells about itself: one meter and one source of traces, both named ContributionEngine.</summary>
public static class Telemetry
{
    public const string Name = "ContributionEngine";

    public const string Prefix = "contribution_engine.";

    public static readonly ActivitySource Traces = new(Name);

    public static readonly Meter Meter = new(Name);

    public static readonly Counter<long> Published = Meter.CreateCounter<long>($"{Prefix}outbox.published", description: "Messages handed to the broker, by outcome");

    public static readonly Counter<long> Recycled = Meter.CreateCounter<long>($"{Prefix}relay.recycled", description: "Connections that hung and were made anew");

    public static readonly UpDownCounter<long> Shards = Meter.CreateUpDownCounter<long>($"{Prefix}shards.owned", description: "Outbox shards that this process has leased");

    public static readonly Counter<long> Receipts = Meter.CreateCounter<long>($"{Prefix}receipts.posted", description: "Receipts posted by this process");

    private static readonly Counter<long> Messages = Meter.CreateCounter<long>($"{Prefix}messages.handled", description: "Messages worked, by queue and outcome");

    private static readonly Histogram<double> Durations = Meter.CreateHistogram<double>($"{Prefix}message.duration", unit: "s", description: "Time from taking a message to its end, by queue",
        advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 60, 120] });

    /// <summary>Counts a message that was worked, under its queue and what became of it.</summary>
    public static void Note(string queue, string outcome, TimeSpan took)
    {
        var of = new KeyValuePair<string, object?>("queue", queue);
        Messages.Add(1, of, new KeyValuePair<string, object?>("outcome", outcome));
        Durations.Record(took.TotalSeconds, of);
    }
}
