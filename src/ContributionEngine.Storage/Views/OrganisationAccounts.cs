namespace ContributionEngine.Storage;

/// <summary>What a period comes to under an agreement.</summary>
public sealed record AccountPeriod
{
    public string Period { get; init; } = "";

    public long Owed { get; init; }

    public long Paid { get; init; }

    public long Remitted { get; init; }

    public long Accepted { get; init; }
}

/// <summary>What an organisation's account is made of.</summary>
public sealed class OrganisationAccounts(Work work)
{
    // What opens later is not owed yet: of such a period counts what is paid already.
    private static readonly Sql ByPeriod = """
        select p.period, sum(p.owed) as owed, sum(p.paid) as paid, sum(p.remitted) as remitted, sum(p.accepted) as accepted
          from (select o.period, case when o.opens_on <= @on then o.amount - o.reduced else o.allocated end as owed, o.allocated as paid, 0 as remitted, 0 as accepted
                  from obligation o
                 where o.agreement_id = @agreementId and o.collected = 1 and o.amount > o.reduced and (o.opens_on <= @on or o.allocated > 0)
                union all
                select l.period, 0, 0, case when l.outcome in ('sent', 'accepted') then l.amount else 0 end, case when l.outcome = 'accepted' then l.amount else 0 end
                  from remittance t
                  join remittance_line l on l.remittance_id = t.id
                 where t.agreement_id = @agreementId and t.delivery <> 'cancelled') p
         group by p.period
         order by p.period
        """;

    public Task<IReadOnlyList<AccountPeriod>> Periods(long agreementId, DateOnly on) => work.Rows<AccountPeriod>(ByPeriod, new { agreementId, on });
}
