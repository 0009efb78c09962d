using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Messaging;

/// <summary>
/// The pipeline without a broker: takes due rows of the outbox in id order and runs their use cases in this process. Where
/// several processes write, each works the shards that it leases.
/// </summary>
public sealed class DirectDispatcher(Database database, IReadOnlyList<Route> map)
{
    private const int AtOnce = 100;

    private static readonly TimeSpan KeepLease = TimeSpan.FromSeconds(5);

    private readonly Handling handling = new(database, map);

    private IReadOnlyList<long> shards = [];
    private long leased;

    /// <summary>How many messages it has worked.</summary>
    public long Worked { get; private set; }

    /// <summary>Works until no row is due. A message that fails waits for its next attempt and does not stop the others.</summary>
    public async Task<IReadOnlyList<FailedMessage>> Drain(Actor actor, CancellationToken stop)
    {
        var failures = new List<FailedMessage>();
        while (await Next(actor, stop) is { Count: > 0 } rows)
        {
            foreach (var row in rows)
            {
                stop.ThrowIfCancellationRequested();
                Worked++;
                if ((await handling.Run(row, stop)).Failed is { } failure) failures.Add(failure);
            }
        }

        return failures;
    }

    /// <summary>Gives the shards back, so that another process need not wait for their lease to end.</summary>
    public async Task Leave()
    {
        if (leased != 0) await database.Write(new Actor(database.Owner), work => work.Outbox.Leave(database.Owner), CancellationToken.None);
        leased = 0;
    }

    private async Task<IReadOnlyList<OutboxRow>> Next(Actor actor, CancellationToken stop)
    {
        if (database.Dialect.HasOneWriter || database.IsDryRun) return await database.Read(actor, work => work.Outbox.NextDue(), stop);
        if (leased == 0 || database.Clock.GetElapsedTime(leased) > KeepLease)
        {
            leased = database.Clock.GetTimestamp();
            shards = await database.Write(actor, work => work.Outbox.Lease(database.Owner), stop);
        }

        return await database.Read(actor, work => work.Outbox.DueOf(shards, AtOnce), stop);
    }
}
