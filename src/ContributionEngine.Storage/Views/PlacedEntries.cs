namespace ContributionEngine.Storage;

/// <summary>Bank entries of a day and currency, by how their money was placed. Minor units.</summary>
public sealed record PlacedOfDay
{
    public DateOnly BookedOn { get; init; }

    public string Currency { get; init; } = "";

    /// <summary>automatic, suggestion, by_hand, not_ours or unmatched.</summary>
    public string Way { get; init; } = "";

    /// <summary>An entry that was placed in several ways counts in each.</summary>
    public long Entries { get; init; }

    public long Amount { get; init; }
}

/// <summary>How the money of bank entries found its place.</summary>
public sealed class PlacedEntries(Work work)
{
    private const string OfNone = "@ofNone = 1 and (@scope is null or b.organisation_id = @scope)";

    // A charge that the bank has kept is what lies between an entry and what it paid, and no way of its own.
    private static readonly Sql ByDay = new(dialect => $"""
        select w.booked_on, w.currency, w.way, count(distinct w.id) as entries, sum(w.amount) as amount
          from (select e.id, e.booked_on, s.currency, m.taken as amount,
                       case when m.kind = 'not_ours' then 'not_ours' when m.accepted_by = 'engine' then 'automatic' when m.matched_by = 'person' then 'by_hand' else 'suggestion' end as way
                  from bank_entry e
                  join bank_statement s on s.id = e.statement_id
                  join bank_account b on b.id = e.account_id
                  join bank_match m on m.entry_id = e.id and m.live = 1 and m.kind <> 'fee'
                  left join remittance r on r.id = m.remittance_id
                  left join agreement ag on ag.id = r.agreement_id
                 where e.booked_on >= @since and e.booked_on <= @on
                   and ((ag.id in {dialect.AnyOf("@agreementIds")} and (@scope is null or ag.organisation_id = @scope)) or (ag.id is null and {OfNone}))
                union all
                select e.id, e.booked_on, s.currency, e.amount - e.matched as amount, 'unmatched' as way
                  from bank_entry e
                  join bank_statement s on s.id = e.statement_id
                  join bank_account b on b.id = e.account_id
                 where e.booked_on >= @since and e.booked_on <= @on and e.state = 'open' and {OfNone}) w
         group by w.booked_on, w.currency, w.way
         order by w.booked_on, w.currency, w.way
        """);

    /// <summary>Of the entries booked in these days; matches as they stand now.</summary>
    /// <param name="ofNone">Also what pays no remittance, and so belongs to no agreement, of the accounts that the acting user may see.</param>
    public Task<IReadOnlyList<PlacedOfDay>> Of(IEnumerable<long> agreementIds, (DateOnly Since, DateOnly On) days, bool ofNone) => work.Rows<PlacedOfDay>(ByDay, new
    {
        agreementIds = work.Dialect.Array(agreementIds), since = days.Since, on = days.On, ofNone = ofNone ? 1L : 0L, scope = work.Actor.OrganisationId,
    });
}
