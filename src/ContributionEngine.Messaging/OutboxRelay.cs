using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Messaging;

/// <summary>
/// Carries due rows of the outbox to the broker: from the shards that it leases, so that no row is carried twice and no lock is
/// open while the broker is spoken to. What the broker has confirmed is noted in one statement; everything else stays due.
/// </summary>
public sealed class OutboxRelay(Database database, Broker broker, IReadOnlyList<Route> map) : IDisposable
{
    /// <summary>Rows that are carried before they are noted: what a kill in between sends twice.</summary>
    private const int BatchMax = 2_000;

    private static readonly TimeSpan KeepLease = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan NotTakenWait = TimeSpan.FromSeconds(5);
    private static readonly (TimeSpan First, TimeSpan Longest) Idle = (TimeSpan.FromMilliseconds(50), TimeSpan.FromMilliseconds(1_500));
    private static readonly Actor Engine = new("engine");

    private readonly SemaphoreSlim said = new(0);

    /// <summary>Hears of what is down, once when it goes and once when it is back (null).</summary>
    public Action<Exception?> Trouble { get; init; } = _ => { };

    /// <summary>Carries until stopped; an outage of the broker or the database is waited for and counts against no message.</summary>
    public async Task Run(CancellationToken stop)
    {
        void Wake() => said.Release();
        database.Said += Wake;
        try
        {
            await Retries.WaitingOut(failure => broker.Outage(failure) is not null || Schema.Outage(database.Dialect, failure) is not null, Trouble)
                .ExecuteAsync(async token => await Connected(token), stop);
        }
        finally
        {
            database.Said -= Wake;
        }
    }

    /// <summary>Carries what is due until nothing is; for a broker and a database that answer.</summary>
    public async Task<long> Drain(CancellationToken stop)
    {
        await using var publisher = await Publisher.Open(broker, [.. map.Select(route => route.Queue)], stop);
        var shards = await database.Write(Engine, work => work.Outbox.Lease(database.Owner), stop);
        var carried = 0L;
        while (await Batch(shards, stop) is { Count: > 0 } rows) carried += await Carry(publisher, rows, stop);
        return carried;
    }

    public void Dispose() => said.Dispose();

    private async Task Connected(CancellationToken stop)
    {
        await using var publisher = await Publisher.Open(broker, [.. map.Select(route => route.Queue)], stop);
        Trouble(null);
        IReadOnlyList<long> shards = [];
        try
        {
            var (leased, wait) = (0L, Idle.First);
            while (true)
            {
                if (leased == 0 || database.Clock.GetElapsedTime(leased) > KeepLease)
                {
                    shards = await Lease(shards.Count, stop);
                    leased = database.Clock.GetTimestamp();
                }

                var rows = await Batch(shards, stop);
                if (rows.Count > 0) await Carry(publisher, rows, stop);
                wait = rows.Count > 0 ? Idle.First : await Rest(wait, stop);
            }
        }
        finally
        {
            Telemetry.Shards.Add(-shards.Count);
            await Leave();
        }
    }

    private async Task<IReadOnlyList<long>> Lease(int before, CancellationToken stop)
    {
        var shards = await database.Write(Engine, work => work.Outbox.Lease(database.Owner), stop);
        Telemetry.Shards.Add(shards.Count - before);
        return shards;
    }

    private async Task<IReadOnlyList<OutboxRow>> Batch(IReadOnlyList<long> shards, CancellationToken stop) =>
        shards.Count == 0 ? [] : await database.Read(Engine, work => work.Outbox.DueOf(shards, BatchMax), stop);

    private async Task<long> Carry(Publisher publisher, IReadOnlyList<OutboxRow> rows, CancellationToken stop)
    {
        var fates = await publisher.Send(rows, stop);
        var now = database.Clock.GetUtcNow();
        await database.Write(Engine, async work =>
        {
            foreach (var taken in fates.Where(fate => fate.Fate == Fate.Confirmed).Select(fate => fate.Row).GroupBy(row => row.Sends))
            {
                await work.Outbox.MarkSent(taken, now + Retries.SendAgainAfter(taken.Key));
            }

            var refused = fates.Where(fate => fate.Fate == Fate.Nacked).Select(fate => fate.Row).ToList();
            if (refused.Count > 0) await work.Outbox.PutOff(refused, now + NotTakenWait);
            foreach (var homeless in fates.Where(fate => fate.Fate == Fate.Returned)) await ParkedMessages.Park(work, homeless.Row, $"the broker has no queue {homeless.Row.Destination}");
        }, stop);
        publisher.ThrowIfBroken();
        return fates.Count(fate => fate.Fate == Fate.Confirmed);
    }

    // The next word of this process ends the rest at once; another process's waits for the poll.
    private async Task<TimeSpan> Rest(TimeSpan wait, CancellationToken stop)
    {
        var woken = await said.WaitAsync(wait, stop);
        while (said.Wait(0, CancellationToken.None)) woken = true;
        return woken ? Idle.First : TimeSpan.FromTicks(Math.Min(wait.Ticks * 2, Idle.Longest.Ticks));
    }

    private async Task Leave()
    {
        try
        {
            await database.Write(Engine, work => work.Outbox.Leave(database.Owner), CancellationToken.None);
        }
        catch (Exception away) when (Schema.Outage(database.Dialect, away) is not null)
        {
            Trouble(away); // The lease ends by itself.
        }
    }
}
