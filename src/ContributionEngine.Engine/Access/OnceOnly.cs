using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>An answer as it was sent.</summary>
public sealed record SentAnswer(int Status, string? ContentType, string? Location, byte[] Body);

/// <summary>Lets a program that does not know whether it was heard ask again without asking twice: what it sends under a key of its own is done once, and answered the same for some days.</summary>
public sealed class OnceOnly(Database database)
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(7);

    /// <summary>Characters of a key.</summary>
    public const int KeyMax = 255;

    /// <summary>A request that is worked on for longer than this was cut off: it may be made again, and what it has done already is not done twice.</summary>
    public static readonly TimeSpan CutOffAfter = TimeSpan.FromMinutes(5);

    /// <summary>What was answered before, or null to go on. Refusals: <c>idempotency_key_reused</c>, <c>request_in_flight</c>.</summary>
    /// <param name="asked">The key, and the SHA-256 of what is asked.</param>
    public Task<Outcome<SentAnswer?>> Begin(Actor actor, (string Key, string Sha256) asked, CancellationToken stop) => database.Attempt<SentAnswer?>(actor, async work =>
    {
        await work.Requests.ForgetBefore(work.Now - Kept);
        if (await work.Requests.Find(asked.Key) is not { } known)
        {
            await work.Requests.Begin(asked.Key, asked.Sha256);
            return (SentAnswer?)null;
        }

        if (known.Sha256 != asked.Sha256) return Refusal.Input("idempotency_key_reused", "Another request was made under this key.") with { Help = "Send each request under a key of its own, and the same request again under the same key." };
        if (known.AnsweredAt is not null) return new SentAnswer((int)known.Status!, known.ContentType, known.Location, known.Body ?? []);
        if (work.Now - known.BegunAt < CutOffAfter) return Refusal.Conflict("request_in_flight", "The same request is being worked on.") with { Help = "Ask again in some seconds." };
        await work.Requests.Forget(asked.Key);
        await work.Requests.Begin(asked.Key, asked.Sha256);
        return (SentAnswer?)null;
    }, stop);

    /// <summary>Keeps what was answered.</summary>
    public Task End(Actor actor, string key, SentAnswer answer) => database.Write(
        actor, work => work.Requests.Answer(key, new StoredRequest { Status = answer.Status, ContentType = answer.ContentType, Location = answer.Location, Body = answer.Body }), CancellationToken.None);

    /// <summary>Forgets a request that came to nothing: under the same key it may be made anew.</summary>
    public Task Forget(Actor actor, string key) => database.Write(actor, work => work.Requests.Forget(key), CancellationToken.None);
}
