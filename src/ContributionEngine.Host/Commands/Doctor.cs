using System.CommandLine;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;

namespace ContributionEngine.Host;

/// <summary><c>doctor</c>: is everything there that the engine needs.</summary>
internal static class DoctorCommand
{
    private const string Fine = "ok";
    private const string Ill = "failed";
    private const string Zone = "America/Costa_Rica";
    private static readonly TimeSpan ClockDifferenceMax = TimeSpan.FromSeconds(2);
    private static readonly Version ConsumerTimeoutPerQueue = new(3, 12);

    public static Command Verb()
    {
        var command = new Command("doctor", "Look at database, broker, clock and folders, and say what is wrong and what to do");
        command.SetAction((line, stop) =>
        {
            var settings = new Settings(line);
            return Shell.Guarded(settings, false, async _ =>
            {
                var found = new List<Finding>();
                await Database(settings, found, stop);
                await Broker(settings, found, stop);
                Here(found);
                var worst = found.Where(one => one.State == Ill).Select(one => (int)one.Kind).DefaultIfEmpty(0).Min();
                return new Reply(found.Select(one => new { one.Check, one.State, one.Detail, one.Help }).ToList(), worst);
            }, stop);
        });
        return command;
    }

    private static async Task Database(Settings settings, List<Finding> found, CancellationToken stop)
    {
        if (!Dialect.Of(settings.Db).Ok(out var dialect, out var refusal) || !(await Schema.Of(dialect, stop)).Ok(out var schema, out refusal))
        {
            found.Add(Finding.Of("database", refusal));
            return;
        }

        found.Add(new Finding("database", Fine, dialect.Place));
        found.Add(schema.Newer(dialect) is { } newer ? Finding.Of("schema", newer)
            : schema.Missing.Count == 0 ? new Finding("schema", Fine, schema.Applied[^1])
            : new Finding("schema", dialect is Sqlite ? Fine : Ill, $"{schema.Missing[0]} is still to come", "contribution-engine db migrate", RefusalKind.Usage));
        if (schema.Missing.Count > 0 || schema.Unknown.Count > 0) return;
        try
        {
            await using var database = new Database(dialect, TimeProvider.System);
            var (ahead, missing) = await new ExamineDatabase(database).Run(stop);
            found.Add(Clock(ahead));
            found.Add(missing is null ? new Finding("set-up", Fine, "rights and options are as they should be") : new Finding("set-up", Ill, missing, "docs/production.md says how.", RefusalKind.Usage));
        }
        catch (Exception outside) when (Schema.Outage(dialect, outside) is { } outage)
        {
            found.Add(Finding.Of("set-up", outage));
        }
    }

    private static Finding Clock(TimeSpan ahead) => ahead.Duration() <= ClockDifferenceMax
        ? new Finding("clock", Fine, $"within {ahead.Duration().TotalSeconds:0.0} s of the database's")
        : new Finding("clock", Ill, $"this machine's clock is {ahead.TotalSeconds:0} s ahead of the database's", "Keep both by the same time server.", RefusalKind.OutsideDown);

    private static async Task Broker(Settings settings, List<Finding> found, CancellationToken stop)
    {
        if (settings.Bus == Session.Direct) return;
        if (!Messaging.Broker.Of(settings.Bus).Ok(out var broker, out var refusal))
        {
            found.Add(Finding.Of("broker", refusal));
            return;
        }

        try
        {
            var version = await broker.Prepare(MessageMap.Queues, stop);
            found.Add(new Finding("broker", Fine, $"{broker.Place}, version {version}"));
            found.Add(new Finding("queues", Fine, $"{MessageMap.Queues.Count} and {Messaging.Broker.DeadLetters}, as this program declares them"));
            if (version < ConsumerTimeoutPerQueue) found.Add(new Finding("consumer timeout", Fine, "this version has none per queue; its consumer_timeout (30 minutes by default) must not be below 10 minutes"));
        }
        catch (Exception outside) when (broker.Outage(outside) is { } outage)
        {
            found.Add(Finding.Of("broker", outage));
        }
    }

    private static void Here(List<Finding> found)
    {
        found.Add(TimeZoneInfo.TryFindSystemTimeZoneById(Zone, out _) ? new Finding("time zones", Fine, "there")
            : new Finding("time zones", Ill, $"this machine does not know {Zone}", "Install its time zone data (tzdata).", RefusalKind.Usage));
        var folder = Path.GetFullPath(Settings.FundDirectory ?? Path.GetTempPath());
        found.Add(Directory.Exists(folder) || Settings.FundDirectory is null ? new Finding("folders", Fine, folder)
            : new Finding("folders", Ill, $"there is no folder {folder}", "Create it, or correct CONTRIBUTION_ENGINE_FUND_DIR.", RefusalKind.Usage));
    }

    private sealed record Finding(string Check, string State, string Detail, string? Help = null, RefusalKind Kind = 0)
    {
        public static Finding Of(string check, Refusal refusal) => new(check, Ill, refusal.Detail, refusal.Help, refusal.Kind);
    }
}
