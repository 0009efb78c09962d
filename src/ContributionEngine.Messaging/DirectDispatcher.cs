using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Messaging;

/// <summary>A message that failed while the queue was being worked.</summary>
/// <param name="Parked">True when it will not be tried again by itself.</param>
public sealed record FailedMessage(string Queue, long Id, Exception Failure, bool Parked);

/// <summary>
/// The embedded bus: takes outbox rows in id order and runs the map's use case on the one writer. Inbox, effect, new rows
/// and the row's removal commit together, so a kill at any moment loses nothing and does nothing twice.
/// </summary>
public sealed class DirectDispatcher(Database database, IReadOnlyList<Route> map)
{
    private readonly Dictionary<string, Route> routes = map.ToDictionary(route => route.Queue);

    /// <summary>Works until no row is due. A message that fails waits for its next attempt and does not stop the others.</summary>
    public async Task<IReadOnlyList<FailedMessage>> Drain(Actor actor, CancellationToken stop)
    {
        var failures = new List<FailedMessage>();
        while (await database.Read(actor, work => work.Outbox.NextDue(), stop) is { } row)
        {
            stop.ThrowIfCancellationRequested();
            if (await Handle(row, stop) is { } failure) failures.Add(failure);
        }

        return failures;
    }

    private async Task<FailedMessage?> Handle(OutboxRow row, CancellationToken stop)
    {
        if (!routes.TryGetValue(row.Destination, out var route))
        {
            return await Defer(row, new InvalidOperationException($"No use case reads the queue {row.Destination}."), parked: true, stop);
        }

        try
        {
            var turn = new Turn(
                database,
                new Actor(route.By(row.Body)),
                row.Id,
                (work => work.Outbox.FirstTime(row.Destination, row.Id), work => ParkedMessages.Settle(work, row)));
            await route.Run(row.Body, turn, stop);
            return null;
        }
        catch (Exception failure) when (failure is not OperationCanceledException && !database.IsDryRun)
        {
            // The edge of embedded mode: what a broker would redeliver is kept in our own table, visible and counted.
            return await Defer(row, failure, row.Attempts + 1 >= Retries.AttemptsMax, stop);
        }
    }

    private async Task<FailedMessage> Defer(OutboxRow row, Exception failure, bool parked, CancellationToken stop)
    {
        var until = database.Clock.GetUtcNow() + Retries.WaitAfter(row.Attempts);
        await database.Write(
            new Actor("engine"),
            work => parked ? ParkedMessages.Park(work, row, $"{failure.GetType().Name}: {failure.Message}") : work.Outbox.Defer(row.Id, until, null),
            stop);
        return new FailedMessage(row.Destination, row.Id, failure, parked);
    }
}
