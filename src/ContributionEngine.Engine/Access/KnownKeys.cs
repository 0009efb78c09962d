using System.Collections.Concurrent;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Keys that were good a moment ago, so that a program that asks again and again is not looked up each time. Whatever is changed in this
/// process counts at once; what another has ended is good here for two seconds more.
/// </summary>
public sealed class KnownKeys(Database database)
{
    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(2);

    // By the keys themselves, which came with requests a moment ago; to hash one anew would take longer than all else that lets a known user in.
    private readonly ConcurrentDictionary<string, Seen> seen = new(StringComparer.Ordinal);

    private long swept;

    /// <summary>The user of a key. Refusals: <c>key_unknown</c>.</summary>
    public async Task<Outcome<KnownActor>> Of(string key, CancellationToken stop)
    {
        var committed = database.Committed;
        if (seen.TryGetValue(key, out var last) && last.Committed == committed && IsGood(last)) return last.Actor;
        var at = database.Clock.GetTimestamp();
        Sweep(at);
        if (!(await Door.Known(database, key, stop)).Ok(out var actor, out var refusal))
        {
            seen.TryRemove(key, out _);
            return refusal;
        }

        seen[key] = new Seen(actor, committed, at);
        return actor;
    }

    private bool IsGood(Seen one) => database.Clock.GetElapsedTime(one.At) < GoodFor;

    // What is not good any more goes with the next key that is looked up.
    private void Sweep(long at)
    {
        var before = Interlocked.Read(ref swept);
        if (database.Clock.GetElapsedTime(before, at) < GoodFor || Interlocked.CompareExchange(ref swept, at, before) != before) return;
        foreach (var (key, one) in seen)
        {
            if (!IsGood(one)) seen.TryRemove(key, out _);
        }
    }

    private sealed record Seen(KnownActor Actor, long Committed, long At);
}
