namespace ContributionEngine.Storage;

/// <summary>So many of a kind, and what they come to; minor units.</summary>
public sealed record WorkCount
{
    /// <summary>entries, answers (of organisations that were asked about open bank money), uploads, refused, unknown or unanswered.</summary>
    public string Kind { get; init; } = "";

    public string Currency { get; init; } = "";

    public long Count { get; init; }

    public long Amount { get; init; }
}

/// <summary>The latest settlement run of all.</summary>
public sealed record LatestRun
{
    public string Number { get; init; } = "";

    public string Agreement { get; init; } = "";

    public string State { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }
}

/// <summary>What lies on the fund's table, as counters; bank money belongs to no organisation, so a treasurer sees none of it.</summary>
public sealed class WorkCounts(Work work)
{
    private static readonly Sql Counts = """
        select w.kind, w.currency, count(*) as count, coalesce(sum(w.amount), 0) as amount
          from (select 'entries' as kind, s.currency, e.amount - e.matched as amount from bank_entry e join bank_statement s on s.id = e.statement_id where e.state = 'open' and @scope is null
                union all select 'answers', s.currency, 0 from money_question q join bank_entry e on e.id = q.entry_id join bank_statement s on s.id = e.statement_id
                           where q.answer is not null and q.withdrawn_at is null and e.state = 'open' and @scope is null
                             and not exists (select 1 from bank_match m where m.entry_id = q.entry_id and m.tx_no = q.part and m.live = 1)
                union all select 'uploads', ag.currency, 0 from upload u join agreement ag on ag.id = u.agreement_id where u.state in ('needs_fixes', 'ready') and (@scope is null or ag.organisation_id = @scope)
                union all select case when r.delivery = 'delivered' then 'unanswered' else r.delivery end, r.currency, r.total from remittance r join agreement ag on ag.id = r.agreement_id
                           where (r.delivery in ('unknown', 'refused') or (r.delivery = 'delivered' and r.answer = 'none')) and (@scope is null or ag.organisation_id = @scope)) w
         group by w.kind, w.currency
         order by w.kind, w.currency
        """;

    private static readonly Sql Latest = new(dialect => $"""
        select r.number, ag.number as agreement, {Settlements.State} as state, r.started_at from settlement_run r join agreement ag on ag.id = r.agreement_id
         where (@scope is null or ag.organisation_id = @scope) order by r.id desc {dialect.Limit("1")}
        """);

    public Task<IReadOnlyList<WorkCount>> Of() => work.Rows<WorkCount>(Counts, new { scope = work.Actor.OrganisationId });

    public Task<LatestRun?> LatestRun() => work.One<LatestRun>(Latest, new { scope = work.Actor.OrganisationId });
}
