using System.Diagnostics;
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

    /// <summary>Failures so far.</summary>
    public long Attempts { get; init; }

    /// <summary>Counts what became of the message, so that word of an older sending changes nothing.</summary>
    public long Version { get; init; }

    /// <summary>How often it was sent.</summary>
    public long Sends { get; init; }

    /// <summary>The trace that it belongs to, as W3C writes it.</summary>
    public string? TraceParent { get; init; }

    /// <summary>The agreement that it is about; null for what concerns them all.</summary>
    public long? AgreementId { get; init; }
}

/// <summary>A message that is being said.</summary>
/// <param name="Destination">The queue that it waits in.</param>
/// <param name="AgreementId">The agreement that it is about, under which a case is opened should it be parked.</param>
/// <param name="NotBefore">Not to be handled before; null: at once.</param>
public sealed record NewMessage(string Destination, string Type, string Body, long? AgreementId, DateTimeOffset? NotBefore);

/// <summary>
/// Everything that leaves the process goes through here, in the transaction that decided it. A row stays until its message was
/// handled and goes in that very transaction: so it is the inbox too, and a message that was lost on its way is sent again.
/// </summary>
public sealed class Outbox(Work work)
{
    /// <summary>Shards that relays lease; a message belongs to one by its agreement.</summary>
    public const int Shards = 16;

    /// <summary>Length of a shard's lease, as text in statements.</summary>
    public const string LeaseSeconds = "30";

    /// <summary>A hint is some hundred characters; what is longer is parked when it is said.</summary>
    public const int BodyMax = 64 * 1024;

    private static readonly Sql Add = """
        insert into outbox (id, shard, agreement_id, destination, type, body, trace_parent, not_before, attempts, version, sends, parked_reason, enqueued_at)
        values (@id, @shard, @AgreementId, @Destination, @Type, @Body, @trace, @notBefore, 0, 0, 0, @parked, @now)
        """;

    private static readonly BulkTarget Table = new(
        "outbox", "id", "shard", "agreement_id", "destination", "type", "body", "trace_parent", "not_before", "attempts", "version", "sends", "enqueued_at");

    private const string Columns = "id, agreement_id, destination, type, body, trace_parent, attempts, version, sends";

    private static readonly Sql Due = new(dialect => $"""
        select {Columns} from outbox where parked_reason is null and not_before <= @now order by id {dialect.Limit("1")}
        """);

    private static readonly Sql DueIn = new(dialect => $"""
        select {Columns} from outbox
         where parked_reason is null and not_before <= @now and shard in {dialect.AnyOf("@shards")}
         order by not_before, id {dialect.Limit("@count")}
        """);

    private const string Shown = "id, destination as queue, body, attempts, sends, not_before, sent_at, parked_reason, enqueued_at";

    private static readonly Sql All = $"select {Shown} from outbox order by id";

    private static readonly Sql ById = $"select {Shown} from outbox where id = @id";

    // A row that was put off will be sent again when it is due: an older copy of its message is no reason to hurry.
    private static readonly Sql RowById = $"select {Columns} from outbox where id = @id and parked_reason is null and (sent_at is not null or not_before <= @now)";

    private static readonly Sql Now = """
        update outbox set not_before = @now, parked_reason = null, sent_at = null, version = version + 1 where id = @id
        """;

    private static readonly Sql Remove = "delete from outbox where id = @id";

    private static readonly Sql SameWaiting = """
        select count(*) from outbox where destination = @Destination and body = @Body and parked_reason is null and attempts = 0 and not_before <= @now and id <> @handling
        """;

    private static readonly Sql Later = """
        update outbox set attempts = attempts + @failed, version = version + 1, sent_at = null, not_before = @until, parked_reason = @parked where id = @id
        """;

    private static readonly Sql Sent = new(dialect => $"""
        update outbox set sent_at = @now, sends = outbox.sends + 1, not_before = @again
          from {dialect.PairsOf("@versions")} as p
         where p.id = outbox.id and outbox.version = p.amount
        """);

    private static readonly Sql NotTaken = new(dialect => $"""
        update outbox set not_before = @until
          from {dialect.PairsOf("@versions")} as p
         where p.id = outbox.id and outbox.version = p.amount
        """);

    private static readonly Sql TakeShards = new(dialect => dialect.TakeFreeShards);

    private static readonly Sql KeepShards = new(dialect => $"update outbox_shard set until = {dialect.Clock(LeaseSeconds)} where owner = @owner and until >= {dialect.Clock("0")}");

    // A lease that has ended is nobody's, also when nobody has taken the shard since.
    private static readonly Sql MyShards = new(dialect => $"select shard from outbox_shard where owner = @owner and until >= {dialect.Clock("0")} order by shard");

    // Whoever has shards, and whoever has come since and wants some.
    private static readonly Sql Others = new(dialect => $"""
        select count(*)
          from (select owner as name from outbox_shard where owner is not null and until >= {dialect.Clock("0")}
                union select wanted_by from outbox_shard where wanted_by is not null and wanted_until >= {dialect.Clock("0")}) n
         where n.name <> @owner
        """);

    private static readonly Sql WantShard = new(dialect => $"""
        update outbox_shard set wanted_by = @owner, wanted_until = {dialect.Clock(LeaseSeconds)}
         where shard = @shard and (wanted_by is null or wanted_by = @owner or wanted_until < {dialect.Clock("0")})
        """);

    private static readonly Sql LeaveAll = "update outbox_shard set owner = null, until = null where owner = @owner";

    private static readonly Sql LeaveSome = new(dialect => $"update outbox_shard set owner = null, until = null where owner = @owner and shard in {dialect.AnyOf("@shards")}");

    private static readonly Sql Unfinished = new(dialect => $"""
        select count(case when parked_reason is null and (not_before <= @now or sent_at is not null) then 1 end) as pending,
               count(case when parked_reason is not null or (attempts > 0 and not_before > @now and sent_at is null) then 1 end) as failed,
               coalesce(sum(version), 0) + coalesce(sum(id), 0) as mark
          from outbox where coalesce(agreement_id, 0) in {dialect.AnyOf("@about")}
        """);

    /// <summary>Enqueues a message, not to be handled before an instant. Where one process writes, one that already waits untouched is enough.</summary>
    public async Task Enqueue(NewMessage message)
    {
        if (work.Dialect.HasOneWriter && message.NotBefore is null
            && await work.One<long>(SameWaiting, new { message.Destination, message.Body, handling = work.Handling, now = work.Now }) > 0) return;
        var parked = message.Body.Length > BodyMax ? $"too long: {message.Body.Length} characters" : null;
        await work.Do(Add, new
        {
            id = work.NextId(), shard = (message.AgreementId ?? 0) % Shards, message.AgreementId, message.Destination, message.Type, message.Body, parked, trace = Activity.Current?.Id,
            notBefore = message.NotBefore ?? work.Now, now = work.Now,
        });
        work.Unit.SaidAbout.Add(message.AgreementId);
        work.Unit.HasSaid = true;
    }

    /// <summary>Enqueues many messages at once, each in a shard of its own choice; no command waits for them.</summary>
    internal async Task EnqueueAll(IReadOnlyList<(NewMessage Message, long Shard)> messages)
    {
        if (messages.Count == 0) return;
        await work.Bulk(Table, messages.Select(item => new object?[]
        {
            work.NextId(), item.Shard, item.Message.AgreementId, item.Message.Destination, item.Message.Type, item.Message.Body, Activity.Current?.Id, item.Message.NotBefore ?? work.Now, 0L, 0L, 0L, work.Now,
        }));
        work.Unit.HasSaid = true;
    }

    /// <summary>The first row that is due, in id order; none or one.</summary>
    public Task<IReadOnlyList<OutboxRow>> NextDue() => work.Rows<OutboxRow>(Due, new { now = work.Now });

    /// <summary>What is due in these shards, longest due first.</summary>
    public Task<IReadOnlyList<OutboxRow>> DueOf(IEnumerable<long> shards, int count) => work.Rows<OutboxRow>(DueIn, new { shards = work.Dialect.Array(shards), count, now = work.Now });

    /// <summary>The message as it stands, or null when there is nothing to do about it now: it was handled, put off or parked.</summary>
    public Task<OutboxRow?> Row(long id) => work.One<OutboxRow>(RowById, new { id, now = work.Now });

    public Task<IReadOnlyList<WaitingMessage>> Waiting() => work.Rows<WaitingMessage>(All);

    /// <summary>The message of that id, or a refusal with code <c>message_unknown</c>.</summary>
    public async Task<Outcome<WaitingMessage>> Find(long id) => await work.One<WaitingMessage>(ById, new { id }) is { } found
        ? found
        : Refusal.NotFound("message_unknown", $"There is no message {id} in the outbox.") with { Help = "List them with 'outbox list'." };

    /// <summary>Makes a waiting or parked message due now; false when there is none of that id.</summary>
    public async Task<bool> Retry(long id) => await work.Do(Now, new { id, now = work.Now }) == 1;

    /// <summary>Takes the message out for good; false when another has handled it.</summary>
    public async Task<bool> Done(long id) => await work.Do(Remove, new { id }) == 1;

    /// <summary>Counts a failure: tried again later, or parked when a reason is given.</summary>
    public Task Defer(long id, DateTimeOffset until, string? parked) => work.Do(Later, new { id, until, parked, failed = 1L });

    /// <summary>Puts the message off without counting a failure.</summary>
    public Task Postpone(long id, DateTimeOffset until) => work.Do(Later, new { id, until, parked = (string?)null, failed = 0L });

    /// <summary>Notes that the broker has taken messages, unless something became of them meanwhile; those that are not handled by then are sent again.</summary>
    public Task MarkSent(IEnumerable<OutboxRow> rows, DateTimeOffset again) =>
        work.Do(Sent, new { versions = work.Dialect.Pairs(rows.Select(row => KeyValuePair.Create(row.Id, row.Version))), again, now = work.Now });

    /// <summary>Puts messages off that the broker did not take, unless something became of them meanwhile; that counts no failure.</summary>
    public Task PutOff(IEnumerable<OutboxRow> rows, DateTimeOffset until) =>
        work.Do(NotTaken, new { versions = work.Dialect.Pairs(rows.Select(row => KeyValuePair.Create(row.Id, row.Version))), until });

    /// <summary>Keeps what came from elsewhere and cannot be understood, parked from the first.</summary>
    /// <returns>Its id.</returns>
    public async Task<long> Keep(NewMessage message, string why)
    {
        var id = work.NextId();
        await work.Do(Add, new
        {
            id, shard = 0L, message.AgreementId, message.Destination, message.Type, message.Body, parked = why, trace = (string?)null, notBefore = work.Now, now = work.Now,
        });
        return id;
    }

    /// <summary>How far the messages about these agreements are; null stands for those that concern them all.</summary>
    public async Task<Progress> Progress(IEnumerable<long?> about) =>
        (await work.One<Progress>(Unfinished, new { about = work.Dialect.Array(about.Select(agreement => agreement ?? 0)), now = work.Now }))!;

    /// <summary>Renews the shards of an owner, takes free ones up to a fair share, gives back what is above it; one that gets none says that it wants some. Returns those that are its own now.</summary>
    public async Task<IReadOnlyList<long>> Lease(string owner)
    {
        await work.Do(KeepShards, new { owner });
        var share = (int)Math.Ceiling(Shards / (await work.One<long>(Others, new { owner }) + 1.0));
        var mine = await work.Rows<long>(MyShards, new { owner });
        if (mine.Count > share) await work.Do(LeaveSome, new { owner, shards = work.Dialect.Array(mine.Skip(share)) });
        if (mine.Count < share) await work.Rows<long>(TakeShards, new { owner, count = share - mine.Count });
        mine = await work.Rows<long>(MyShards, new { owner });
        if (mine.Count == 0) await work.Do(WantShard, new { owner, shard = (long)Random.Shared.Next(Shards) });
        return mine;
    }

    /// <summary>Gives back all shards of an owner.</summary>
    public Task Leave(string owner) => work.Do(LeaveAll, new { owner });
}
