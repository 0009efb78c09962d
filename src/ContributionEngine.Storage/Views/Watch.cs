namespace ContributionEngine.Storage;

/// <summary>How the whole engine is doing, in one look.</summary>
public sealed record WatchedState
{
    /// <summary>Messages that are due and were not sent.</summary>
    public long Ready { get; init; }

    /// <summary>Messages that the broker has taken and nobody has handled yet.</summary>
    public long InFlight { get; init; }

    public long Parked { get; init; }

    /// <summary>Since when the message waits that is due longest; null when none is.</summary>
    public DateTimeOffset? OldestDue { get; init; }

    /// <summary>Chunks of committed uploads that are not posted.</summary>
    public long Chunks { get; init; }

    /// <summary>Remittances of which nobody knows whether the fund has them.</summary>
    public long Unknown { get; init; }

    public long Cases { get; init; }
}

/// <summary>Counts for operators and their alarms; nothing of a person.</summary>
public sealed class Watch(Work work)
{
    private static readonly Sql Now = """
        select count(case when parked_reason is null and sent_at is null and not_before <= @now then 1 end) as ready,
               count(case when parked_reason is null and sent_at is not null then 1 end) as in_flight,
               count(case when parked_reason is not null then 1 end) as parked,
               min(case when parked_reason is null and not_before <= @now then not_before end) as oldest_due,
               (select count(*) from upload_chunk c join upload u on u.id = c.upload_id where c.posted = 0 and u.committed_at is not null and u.state <> 'undone') as chunks,
               (select count(*) from remittance where delivery = 'unknown') as unknown,
               (select count(*) from work_case where state in ('open', 'assigned', 'waiting')) as cases
          from outbox
        """;

    // The cheap half of the proof: what the ledger and the receipts' own sums say, without the bytes and the chains.
    private static readonly Sql Unbalanced = """
        select (select count(*) from (select entry_id from posting group by entry_id having sum(debit) <> sum(credit)) e)
             + (select count(*) from (select receipt_id, sum(amount) as amount from allocation group by receipt_id) a join receipt r on r.id = a.receipt_id where r.allocated <> a.amount)
        """;

    public async Task<WatchedState> Look() => (await work.One<WatchedState>(Now, new { now = work.Now }))!;

    /// <summary>Journal entries that do not balance, and receipts whose allocations are not what they say. Anything but 0 is an alarm.</summary>
    public Task<long> UnbalancedRows() => work.One<long>(Unbalanced);
}
