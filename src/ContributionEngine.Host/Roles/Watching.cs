using System.Diagnostics.Metrics;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using Microsoft.Extensions.Logging;

namespace ContributionEngine.Host;

/// <summary>How the engine is doing, looked at now and then: gauges for metrics, and the answer to whether this process is ready.</summary>
internal sealed class Watching
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan MoneyEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan OldMessage = TimeSpan.FromMinutes(5);
    private static readonly Actor Engine = new("engine");

    private readonly Database database;
    private readonly ILogger log;
    private WatchedState state = new();
    private long unbalanced;
    private long unserved;
    private bool isDatabaseUp = true;

    public Watching(Database database, ILogger log)
    {
        (this.database, this.log) = (database, log);
        Gauge("outbox.ready", "Messages that are due and not sent", () => state.Ready);
        Gauge("outbox.in_flight", "Messages that the broker has and nobody has handled", () => state.InFlight);
        Gauge("outbox.parked", "Messages that wait for a person", () => state.Parked);
        Gauge("outbox.oldest_age_seconds", "Age of the message that is due longest", () => OldestSeconds);
        Gauge("chunks.pending", "Chunks of committed uploads that are not posted", () => state.Chunks);
        Gauge("remittances.unknown", "Remittances of which nobody knows whether the fund has them", () => state.Unknown);
        Gauge("cases.open", "Questions that wait for a person", () => state.Cases);
        Gauge("cutoffs.overdue", "Agreements that the scheduler of this process could not serve", () => unserved);
        Gauge("money.unbalanced", "Rows of the ledger and of receipts that do not tie out; must be 0", () => unbalanced);
        Gauge("database.up", "1 while the database answers", () => isDatabaseUp ? 1 : 0);
        Gauge("broker.up", "1 while the broker answers, or none is used", () => IsBrokerUp ? 1 : 0);
    }

    /// <summary>False while the relay has no broker.</summary>
    public bool Broker { get; set; } = true;

    public BrokerConsumers? Consumers { get; set; }

    /// <summary>Addresses of funds whose circuit is open. A fund that fails makes nobody unready: others are served.</summary>
    public Func<IReadOnlyList<string>> FundsLeftAlone { get; init; } = () => [];

    private bool IsBrokerUp => Broker && Consumers?.IsHealthy != false;

    private long OldestSeconds => state.OldestDue is { } since ? Math.Max(0, (long)(database.Clock.GetUtcNow() - since).TotalSeconds) : 0;

    /// <summary>Looks again and again, until stopped or the database is away.</summary>
    public async Task Look(CancellationToken stop)
    {
        var money = DateTimeOffset.MinValue;
        while (true)
        {
            state = await database.Read(Engine, work => work.Watch.Look(), stop);
            if (database.Clock.GetUtcNow() - money > MoneyEvery)
            {
                unbalanced = await database.Read(Engine, work => work.Watch.UnbalancedRows(), stop);
                money = database.Clock.GetUtcNow();
                if (unbalanced > 0) Log.Unbalanced(log, unbalanced);
            }

            isDatabaseUp = true;
            await Task.Delay(Every, stop);
        }
    }

    /// <summary>What this process says when asked whether it is ready, and whether it is.</summary>
    public (bool IsReady, object Answer) Readiness() => (
        isDatabaseUp && IsBrokerUp && unbalanced == 0 && OldestSeconds <= OldMessage.TotalSeconds,
        new { database = isDatabaseUp, broker = IsBrokerUp, outbox_oldest_seconds = OldestSeconds, parked = state.Parked, money_unbalanced = unbalanced, funds_left_alone = FundsLeftAlone() });

    public void Note(FailedMessage failed) => Log.Failed(log, $"{failed.Queue} {failed.Id}", failed.Parked ? "is parked" : "will be tried again", failed.Failure);

    public void Note(string what, Refusal outage)
    {
        if (isDatabaseUp) Log.Away(log, what, outage.Detail);
        isDatabaseUp = false;
    }

    public void Note(IReadOnlyList<Unserved> left)
    {
        foreach (var one in left) Log.Unserved(log, one.Agreement, one.Code, one.Why);
        unserved = left.Count;
    }

    private static void Gauge(string name, string description, Func<long> value) => Telemetry.Meter.CreateObservableGauge(Telemetry.Prefix + name, value, description: description);
}

/// <summary>The sentences of the log; none names a person.</summary>
internal static partial class Log
{
    [LoggerMessage(Level = LogLevel.Critical, Message = "{Rows} rows of the ledger or of receipts do not tie out; run 'verify'")]
    public static partial void Unbalanced(ILogger log, long rows);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Message} failed and {Fate}")]
    public static partial void Failed(ILogger log, string message, string fate, Exception failure);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What}: {Why} It is tried again and again")]
    public static partial void Away(ILogger log, string what, string why);

    [LoggerMessage(Level = LogLevel.Warning, Message = "agreement {Agreement} was not served: {Code}: {Why}")]
    public static partial void Unserved(ILogger log, string agreement, string code, string why);
}
