using System.Diagnostics;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Messaging;

/// <summary>What became of a message that was handed to its use case.</summary>
public enum Handled
{
    Done,

    /// <summary>It was handled before.</summary>
    Repeat,

    /// <summary>Another process works on the same thing; it comes again shortly and counts no failure.</summary>
    Busy,

    /// <summary>It failed and comes again later.</summary>
    Deferred,

    /// <summary>It failed too often and waits for a person.</summary>
    Parked,
}

/// <summary>A message that failed while the queue was being worked.</summary>
/// <param name="Parked">True when it will not be tried again by itself.</param>
public sealed record FailedMessage(string Queue, long Id, Exception Failure, bool Parked);

/// <summary>
/// Runs the map's use case for a row of the outbox, whoever brought it: effect, new rows and the row's removal commit together,
/// so a kill at any moment loses nothing and does nothing twice. What fails is counted in the row itself.
/// </summary>
public sealed class Handling(Database database, IReadOnlyList<Route> map)
{
    private static readonly Actor Engine = new("engine");

    private readonly Dictionary<string, Route> routes = map.ToDictionary(route => route.Queue);

    /// <exception cref="Exception">What only says that something outside is down is thrown, and counts against no message.</exception>
    public async Task<(Handled Outcome, FailedMessage? Failed)> Run(OutboxRow row, CancellationToken stop)
    {
        using var trace = Telemetry.Traces.StartActivity(row.Destination, ActivityKind.Consumer, row.TraceParent);
        var began = database.Clock.GetTimestamp();
        var result = await Handle(row, stop);
        Telemetry.Note(row.Destination, result.Outcome.ToString().ToLowerInvariant(), database.Clock.GetElapsedTime(began));
        trace?.SetTag("outcome", result.Outcome.ToString());
        return result;
    }

    private async Task<(Handled Outcome, FailedMessage? Failed)> Handle(OutboxRow row, CancellationToken stop)
    {
        if (!routes.TryGetValue(row.Destination, out var route)) return await Defer(row, new InvalidOperationException($"No use case reads the queue {row.Destination}."), parked: true, stop);
        try
        {
            var first = true;
            var turn = new Turn(database, new Actor(route.By(row.Body)), row.Id, async work => first = await ParkedMessages.Settle(work, row));
            await route.Run(row.Body, turn, stop);
            if (!first) await database.Write(Engine, work => LetGo(work, row), stop);
            return (first ? Handled.Done : Handled.Repeat, null);
        }
        catch (Exception busy) when (IsBusy(busy) && !database.IsDryRun)
        {
            await database.Write(Engine, work => work.Outbox.Postpone(row.Id, work.Now + Retries.BusyWait), stop);
            return (Handled.Busy, null);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested && !database.IsDryRun)
        {
            await database.Write(Engine, work => LetGo(work, row), CancellationToken.None);
            throw;
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !IsOutage(database, failure) && !database.IsDryRun)
        {
            // The edge of the pipeline: what failed is kept in our own table, visible and counted.
            return await Defer(row, failure, row.Attempts + 1 >= Retries.AttemptsMax, stop);
        }
    }

    /// <summary>True when the database is away or full, which is no fault of a message.</summary>
    public static bool IsOutage(Database database, Exception failure) => database.Dialect.TroubleOf(failure) is Trouble.Unreachable or Trouble.Full or Trouble.NotWritable or Trouble.InUse or Trouble.Denied;

    private bool IsBusy(Exception failure) => failure is BusyException || database.Dialect.TroubleOf(failure) is Trouble.Locked or Trouble.RunAgain;

    // What the message had leased need not wait for the lease to end.
    private Task LetGo(Work work, OutboxRow row) => (work with { Lessee = Turn.Lessee(database, row.Id) }).Agreements.EndLeases();

    private async Task<(Handled, FailedMessage?)> Defer(OutboxRow row, Exception failure, bool parked, CancellationToken stop)
    {
        await database.Write(Engine, async work =>
        {
            await LetGo(work, row);
            if (parked) await ParkedMessages.Park(work, row, $"{failure.GetType().Name}: {failure.Message}");
            else await work.Outbox.Defer(row.Id, work.Now + Retries.WaitAfter(row.Attempts), null);
        }, stop);
        return (parked ? Handled.Parked : Handled.Deferred, new FailedMessage(row.Destination, row.Id, failure, parked));
    }
}
