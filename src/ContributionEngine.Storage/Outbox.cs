using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A message that waits to be handled or sent.</summary>
public sealed record OutboxRow
{
    public long Id { get; init; }

    /// <summary>The queue: named for the use case that will run.</summary>
    public string Destination { get; init; } = "";

    public string Type { get; init; } = "";

    public string Body { get; init; } = "";

    public long Attempts { get; init; }

    /// <summary>The agreement that it is about; null for what concerns them all.</summary>
    public long? AgreementId { get; init; }
}

/// <summary>A message that is being said.</summary>
/// <param name="Destination">The queue that it waits in.</param>
/// <param name="AgreementId">The agreement that it is about, under which a case is opened should it be parked.</param>
/// <param name="NotBefore">Not to be handled before; null: at once.</param>
public sealed record NewMessage(string Destination, string Type, string Body, long? AgreementId, DateTimeOffset? NotBefore);

/// <summary>Everything that leaves the process goes through here, in the transaction that decided it.</summary>
public sealed class Outbox(Work work)
{
    private static readonly Sql Add = """
        insert into outbox (id, shard, agreement_id, destination, type, body, headers, not_before, attempts, enqueued_at)
        values (@id, 0, @AgreementId, @Destination, @Type, @Body, '{}', @NotBefore, 0, @now)
        """;

    private static readonly Sql Due = new(dialect => $"""
        select id, agreement_id, destination, type, body, attempts from outbox
         where parked_reason is null and (not_before is null or not_before <= @now)
         order by id {dialect.Limit("1")}
        """);

    private const string Shown = "id, destination as queue, body, attempts, not_before, parked_reason, enqueued_at";

    private static readonly Sql All = $"select {Shown} from outbox order by id";

    private static readonly Sql ById = $"select {Shown} from outbox where id = @id";

    private static readonly Sql Now = "update outbox set not_before = null, parked_reason = null where id = @id";

    private static readonly Sql Remove = "delete from outbox where id = @id";

    private static readonly Sql SameWaiting = """
        select count(*) from outbox where destination = @Destination and body = @Body and parked_reason is null and attempts = 0 and not_before is null and id <> @handling
        """;

    private static readonly Sql Later = "update outbox set attempts = attempts + 1, not_before = @until, parked_reason = @parked where id = @id";

    private static readonly Sql Seen = "select count(*) from inbox where endpoint = @endpoint and message_id = @messageId";

    private static readonly Sql Handle = "insert into inbox (endpoint, message_id, handled_at) values (@endpoint, @messageId, @now)";

    /// <summary>Enqueues a message, not to be handled before an instant. One that already waits untouched is enough.</summary>
    public async Task Enqueue(NewMessage message)
    {
        if (message.NotBefore is null && await work.One<long>(SameWaiting, new { message.Destination, message.Body, handling = work.Handling }) > 0) return;
        await work.Do(Add, new { id = work.NextId(), message.AgreementId, message.Destination, message.Type, message.Body, message.NotBefore, now = work.Now });
    }

    public async Task<OutboxRow?> NextDue() => await work.Rows<OutboxRow>(Due, new { now = work.Now }) is [var due, ..] ? due : null;

    public Task<IReadOnlyList<WaitingMessage>> Waiting() => work.Rows<WaitingMessage>(All);

    /// <summary>The message of that id, or a refusal with code <c>message_unknown</c>.</summary>
    public async Task<Outcome<WaitingMessage>> Find(long id) => await work.One<WaitingMessage>(ById, new { id }) is { } found
        ? found
        : Refusal.NotFound("message_unknown", $"There is no message {id} in the outbox.") with { Help = "List them with 'outbox list'." };

    /// <summary>Makes a waiting or parked message due now; false when there is none of that id.</summary>
    public async Task<bool> Retry(long id) => await work.Do(Now, new { id }) == 1;

    public Task Done(long id) => work.Do(Remove, new { id });

    /// <summary>Counts an attempt: tried again later, or parked when a reason is given.</summary>
    public Task Defer(long id, DateTimeOffset? until, string? parked) => work.Do(Later, new { id, until, parked });

    /// <summary>True when the message is new to the endpoint; records it in the same transaction.</summary>
    public async Task<bool> FirstTime(string endpoint, long messageId)
    {
        if (await work.One<long>(Seen, new { endpoint, messageId }) > 0) return false;
        await work.Do(Handle, new { endpoint, messageId, now = work.Now });
        return true;
    }
}

/// <summary>A message as operators see it.</summary>
public sealed record WaitingMessage
{
    public long Id { get; init; }

    public string Queue { get; init; } = "";

    public string Body { get; init; } = "";

    public long Attempts { get; init; }

    public DateTimeOffset? NotBefore { get; init; }

    public string? ParkedReason { get; init; }

    public DateTimeOffset EnqueuedAt { get; init; }
}
