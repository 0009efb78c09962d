using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Keys that were good a moment ago, so that a program that asks again and again is not looked up each time. Whatever is changed in this
/// process counts at once; what another has ended is good here for two seconds more.
/// </summary>
public sealed class KnownKeys(Database database)
{
    private const int KeysMax = 10_000;

    private static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Seen> seen = [];

    /// <summary>The user of a key. Refusals: <c>key_unknown</c>.</summary>
    public async Task<Outcome<KnownActor>> Of(string key, CancellationToken stop)
    {
        var print = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(key)));
        var committed = database.Committed;
        if (seen.TryGetValue(print, out var last) && last.Committed == committed && database.Clock.GetElapsedTime(last.At) < GoodFor) return last.Actor;
        var at = database.Clock.GetTimestamp();
        if (!(await Door.Known(database, key, stop)).Ok(out var actor, out var refusal))
        {
            seen.TryRemove(print, out _);
            return refusal;
        }

        if (seen.Count >= KeysMax) seen.Clear();
        seen[print] = new Seen(actor, committed, at);
        return actor;
    }

    private sealed record Seen(KnownActor Actor, long Committed, long At);
}
