using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A message in a list.</summary>
public sealed record ListedMessage : Listed
{
    /// <summary>Agreement that it is about; null for what concerns them all.</summary>
    public string? Agreement { get; init; }

    public string Queue { get; init; } = "";

    public string Body { get; init; } = "";

    public long Attempts { get; init; }

    public string? ParkedReason { get; init; }

    public DateTimeOffset EnqueuedAt { get; init; }
}

internal sealed class MessageList(Work work)
{
    private static readonly Sql AllParked = new(dialect => $"""
        select b.id, coalesce(ag.currency, '') as currency, ag.number as agreement, b.destination as queue, b.body, b.attempts, b.parked_reason, b.enqueued_at
          from outbox b
          left join agreement ag on ag.id = b.agreement_id
         where b.id > @Above and b.parked_reason is not null and (@scope is null or ag.organisation_id = @scope)
         order by b.id
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedMessage>>> Parked(Slice slice) =>
        Page<ListedMessage>.Of(await work.Rows<ListedMessage>(AllParked, new { slice.Above, scope = work.Actor.OrganisationId, slice.Take }), slice);
}
