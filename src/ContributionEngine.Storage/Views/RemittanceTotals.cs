namespace ContributionEngine.Storage;

/// <summary>One of the totals that a remittance is proved by. The amount is in minor units.</summary>
public sealed record RemittanceTotal
{
    /// <summary>scheduled, allocated, bank, or the outcome of lines: sent, accepted, rejected or returned.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Obligations, receipts, lines or bank entries.</summary>
    public long Count { get; init; }

    public long Amount { get; init; }
}

/// <summary>What a remittance comes to from four sides: what was owed, what was received for it, what the fund says, what the bank shows.</summary>
public sealed class RemittanceTotals(Work work)
{
    private static readonly Sql Totals = """
        select t.kind, t.count, t.amount
          from (select 'scheduled' as kind, count(*) as count, coalesce(sum(o.amount - o.reduced), 0) as amount from obligation o
                 where o.id in (select a.obligation_id from remittance_line l join line_allocation la on la.line_id = l.id join allocation a on a.id = la.allocation_id where l.remittance_id = @id)
                union all select 'allocated', count(distinct a.receipt_id), coalesce(sum(a.amount), 0) from remittance_line l join line_allocation la on la.line_id = l.id join allocation a on a.id = la.allocation_id where l.remittance_id = @id
                union all select l.outcome, count(*), coalesce(sum(l.amount), 0) from remittance_line l where l.remittance_id = @id group by l.outcome
                union all select 'bank', count(distinct m.entry_id), coalesce(sum(m.amount), 0) from bank_match m where m.remittance_id = @id and m.live = 1) t
         where exists (select 1 from remittance r join agreement ag on ag.id = r.agreement_id where r.id = @id and (@scope is null or ag.organisation_id = @scope))
        """;

    public Task<IReadOnlyList<RemittanceTotal>> Of(long remittance) => work.Rows<RemittanceTotal>(Totals, new { id = remittance, scope = work.Actor.OrganisationId });
}
