using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>
/// Messages that failed too often: they stay in the outbox with their reason and a case, and a person tries them again or
/// skips them.
/// </summary>
public sealed class ParkedMessages(Database database)
{
    /// <summary>Of a foreign message so many characters are kept.</summary>
    private const int ForeignMax = 4_000;

    /// <summary>Reason of the case of a message that is parked.</summary>
    public const string Parked = "message_parked";

    /// <summary>Makes a waiting or parked message due now. Refusals: <c>message_unknown</c>.</summary>
    public Task<Outcome<WaitingMessage>> Retry(Actor actor, long id, CancellationToken stop) => database.Attempt<WaitingMessage>(actor, async work =>
    {
        if (!(await work.Outbox.Find(id)).Ok(out var message, out var refusal)) return refusal;
        await work.Outbox.Retry(id);
        await work.Audit.Record(Audit.Administration, "message-retried", Subject(id), JsonSerializer.Serialize(new { queue = message.Queue, attempts = message.Attempts }));
        return message;
    }, stop);

    /// <summary>Drops a parked message for good. Refusals: <c>message_unknown</c>, <c>message_not_parked</c>.</summary>
    public Task<Outcome<WaitingMessage>> Skip(Actor actor, long id, string reason, CancellationToken stop) => database.Attempt<WaitingMessage>(actor, async work =>
    {
        if (!(await work.Outbox.Find(id)).Ok(out var message, out var refusal)) return refusal;
        if (message.ParkedReason is null) return Refusal.Conflict("message_not_parked", $"Message {id} is not parked; it will be tried again by itself.") with { Help = "Only a parked message may be skipped." };
        await work.Outbox.Done(id);
        await work.Cases.Close(null, Parked, [Subject(id)], new CaseEnd("message_skipped", $"skipped: {reason:why}"));
        await work.Audit.Record(Audit.Administration, "message-skipped", Subject(id), JsonSerializer.Serialize(new { queue = message.Queue, body = message.Body, reason }));
        return message;
    }, stop);

    /// <summary>Takes a message out of the way after its last attempt, with a case under the agreement that it is about.</summary>
    public static async Task Park(Work work, OutboxRow row, string why)
    {
        await work.Outbox.Defer(row.Id, work.Now, why);
        await work.Cases.Open(row.AgreementId, DateOnly.FromDateTime(work.Now.UtcDateTime), [new NewCase(Parked, Subject(row.Id), null, $"{row.Destination:queue}: {why:why}")]);
    }

    /// <summary>Keeps what came to a queue and cannot be understood, or comes from nobody, for a person to look at; nothing is done with it.</summary>
    public static async Task Foreign(Work work, string queue, string body, string why)
    {
        var id = await work.Outbox.Keep(new NewMessage(queue, "foreign", body.Length > ForeignMax ? body[..ForeignMax] : body, null, null), why);
        await work.Cases.Open(null, DateOnly.FromDateTime(work.Now.UtcDateTime), [new NewCase(Parked, Subject(id), null, $"{queue:queue}: {why:why}")]);
    }

    /// <summary>Removes a message that is being handled; one that had been parked leaves its case resolved. False when another has handled it.</summary>
    public static async Task<bool> Settle(Work work, OutboxRow row)
    {
        if (!await work.Outbox.Done(row.Id)) return false;
        if (row.Attempts > 0) await work.Cases.Close(null, Parked, [Subject(row.Id)], new CaseEnd("message_handled", $"handled after all"));
        return true;
    }

    private static string Subject(long id) => $"message {id}";
}
