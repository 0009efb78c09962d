using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>A cut-off that is still to come.</summary>
public sealed record ComingCutoff(string Agreement, DateTimeOffset At, string TimeZone);

/// <summary>What waits for the fund's people, as counters.</summary>
/// <param name="Mine">Cases that the acting user has.</param>
/// <param name="Coming">The next cut-offs of all agreements, the first first.</param>
public sealed record QueuedWork(IReadOnlyList<WorkCount> Counts, IReadOnlyList<CaseSum> Cases, IReadOnlyList<CaseSum> Mine, WatchedState Watched, LatestRun? Latest, IReadOnlyList<ComingCutoff> Coming)
{
    /// <summary>Those of one kind, by currency.</summary>
    public IEnumerable<WorkCount> Of(string kind) => Counts.Where(count => count.Kind == kind);
}

/// <summary>Shows what waits.</summary>
public sealed class WorkQueue(Database database)
{
    /// <summary>Cut-offs that are shown.</summary>
    private const int ComingMax = 5;

    /// <summary>Agreements whose next cut-off is worked out for one look.</summary>
    private const int AgreementsMax = 200;

    public Task<QueuedWork> Look(Actor actor, CancellationToken stop) => database.Read(actor, async work =>
    {
        var today = DateOnly.FromDateTime(work.Now.UtcDateTime);
        return new QueuedWork(
            await work.WorkCounts.Of(), await work.CaseSums.Of(today, null), await work.CaseSums.Of(today, actor.Name), await work.Watch.Look(), await work.WorkCounts.LatestRun(), await Coming(work));
    }, stop);

    private static async Task<IReadOnlyList<ComingCutoff>> Coming(Work work)
    {
        var coming = new List<ComingCutoff>();
        foreach (var number in (await work.Agreements.All()).Take(AgreementsMax))
        {
            var agreement = (await work.Agreements.Find(number)).Value;
            if ((await RunSettlement.NextCutoff(work, agreement, work.Now)).Ok(out var at, out _) && at is { } next) coming.Add(new ComingCutoff(number, next, agreement.Agreement.Settlement.TimeZone));
        }

        return [.. coming.OrderBy(cutoff => cutoff.At).ThenBy(cutoff => cutoff.Agreement, StringComparer.Ordinal).Take(ComingMax)];
    }
}
