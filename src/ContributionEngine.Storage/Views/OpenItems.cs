namespace ContributionEngine.Storage;

/// <summary>Money that is on its way and not at its end, by what it waits for. Amounts in minor units.</summary>
public sealed record WaitingMoney
{
    public string Kind { get; init; } = "";

    public string Currency { get; init; } = "";

    public long Count { get; init; }

    public long Amount { get; init; }
}

/// <summary>Every open item by kind: what is not true at its end yet, though nothing is wrong with it.</summary>
public sealed class OpenItems(Work work)
{
    /// <summary>Allocations of the fund's money on no live line, and whether a line of theirs had come back.</summary>
    internal const string Waiting = """
        select a.agreement_id, a.id, a.obligation_id, a.receipt_id, a.amount, o.period, o.enrolment_id,
               case when exists (select 1 from line_allocation la join remittance_line l on l.id = la.line_id where la.allocation_id = a.id and la.live = 0 and l.outcome in ('rejected', 'returned')) then 1 else 0 end as came_back
          from allocation a
          join obligation o on o.id = a.obligation_id
         where o.class not in ('fee', 'advance') and a.undoes is null
           and not exists (select 1 from allocation u where u.undoes = a.id)
           and not exists (select 1 from line_allocation la where la.allocation_id = a.id and la.live = 1)
        """;

    /// <summary>By remittance that was not cancelled: what its lines are to the fund, and what the bank shows.</summary>
    internal const string Sent = """
        select r.id, r.agreement_id, r.number, r.delivery, r.paid, r.total - r.rejected as payable,
               coalesce(sum(case when l.outcome = 'accepted' then l.amount end), 0) as accepted, coalesce(sum(case when l.outcome = 'sent' then l.amount end), 0) as silent
          from remittance r
          join remittance_line l on l.remittance_id = r.id
         where r.delivery <> 'cancelled'
         group by r.id, r.agreement_id, r.number, r.delivery, r.paid, r.total, r.rejected
        """;

    private static readonly Sql ByKind = $"""
        select i.kind, case when ag.currency is null then i.currency else ag.currency end as currency, count(*) as count, coalesce(sum(i.amount), 0) as amount
          from (select 'unpaid' as kind, agreement_id, '' as currency, amount - reduced - allocated as amount from obligation where collected = 1 and opens_on <= @on and allocated < amount - reduced
                union all select 'suspense', agreement_id, '', suspense from receipt where suspense > 0
                union all select 'credit', agreement_id, '', credit from receipt where credit > 0
                union all select case when w.came_back = 1 then 'rejected' else 'custody' end, w.agreement_id, '', w.amount from ({Waiting}) w
                union all select case when s.delivery = 'delivered' then 'unanswered' else 'in_transit' end, s.agreement_id, '', s.silent from ({Sent}) s where s.silent <> 0
                union all select 'not_on_the_bank', s.agreement_id, '', s.accepted - s.paid from ({Sent}) s where s.accepted > s.paid
                union all select 'due_from_fund', s.agreement_id, '', s.paid - s.payable from ({Sent}) s where s.paid > s.payable
                union all select 'claims', agreement_id, '', amount from claim where state = 'open'
                union all select 'state_share', agreement_id, '', amount from state_claim where state = 'open'
                union all select 'collection_fee', f.agreement_id, '', sum(f.amount)
                            from (select agreement_id, remittance_id, amount from collection_fee union all
                                  select q.agreement_id, c.remittance_id, -q.amount from collection_fee_payment q join collection_fee c on c.id = q.fee_id) f
                           group by f.agreement_id, f.remittance_id having sum(f.amount) <> 0
                union all select 'bank_entries', null, b.currency, e.amount from bank_entry e join bank_statement b on b.id = e.statement_id where e.state = 'open' and @agreementId is null and @scope is null
                union all select 'cases', agreement_id, '', amount from work_case where state in ('open', 'assigned', 'waiting') and (agreement_id is not null or @scope is null)) i
          left join agreement ag on ag.id = i.agreement_id
         where (@agreementId is null or i.agreement_id = @agreementId) and (@scope is null or ag.organisation_id = @scope)
         group by i.kind, case when ag.currency is null then i.currency else ag.currency end
         order by i.kind, 2
        """;

    /// <summary>By kind and currency, as far as the acting user may see; of one agreement, or of all.</summary>
    /// <param name="on">What opens later is not open yet.</param>
    public Task<IReadOnlyList<WaitingMoney>> Of(DateOnly on, long? agreementId) => work.Rows<WaitingMoney>(ByKind, new { on, agreementId, scope = work.Actor.OrganisationId });
}
