namespace ContributionEngine.Storage;

/// <summary>A period of an agreement whose sheet was not sent by the day on which it was due.</summary>
public sealed record LateSheet
{
    public long AgreementId { get; init; }

    /// <summary>First month, as <c>yyyy-MM</c>.</summary>
    public string Period { get; init; } = "";

    public DateOnly DueOn { get; init; }

    /// <summary>What the plan expects of the period, in minor units.</summary>
    public long Expected { get; init; }

    /// <summary>The day as of which the first sheet was posted that paid something of it; null: none yet.</summary>
    public DateOnly? SentOn { get; init; }

    /// <summary>1 when the agreement has a sheet that is not sent.</summary>
    public long IsWaiting { get; init; }
}

/// <summary>Periods with something due that no sheet has paid anything of in time.</summary>
public sealed class LateSheets(Work work)
{
    private const string Planned = "o.collected = 1 and o.class = 'principal' and o.opens_on <= @on";

    // A sheet names no period: what it paid tells. What came before the period opened was sent for an earlier one, and an advance of the organisation is no sheet.
    private static readonly Sql OldestFirst = new(dialect => $"""
        select p.agreement_id, p.period, p.due_on, p.expected, s.sent_on,
               case when exists (select 1 from upload w where w.agreement_id = p.agreement_id and w.state in ('received', 'checking', 'needs_fixes', 'ready')) then 1 else 0 end as is_waiting
          from (select o.agreement_id, o.period, min(o.due_on) as due_on, sum(o.amount - o.reduced) as expected
                  from obligation o
                 where o.agreement_id in (select ag.id from agreement ag where ag.id in {dialect.AnyOf("@agreementIds")} and (@scope is null or ag.organisation_id = @scope)) and {Planned}
                 group by o.agreement_id, o.period
                having min(o.due_on) < @on and sum(o.amount - o.reduced) > 0) p
          left join (select o.agreement_id, o.period, min(r.posted_on) as sent_on
                       from obligation o
                       join allocation a on a.obligation_id = o.id and a.amount > 0
                       join receipt r on r.id = a.receipt_id and r.posted_on >= o.opens_on and r.posted_on <= @on
                       join upload u on u.id = r.upload_id and u.state <> 'undone'
                      where o.agreement_id in (select ag.id from agreement ag where ag.id in {dialect.AnyOf("@agreementIds")} and (@scope is null or ag.organisation_id = @scope)) and {Planned} and not exists (select 1 from advance v where v.receipt_id = r.id)
                      group by o.agreement_id, o.period) s on s.agreement_id = p.agreement_id and s.period = p.period
         where s.sent_on is null or s.sent_on > p.due_on
         order by p.due_on, p.agreement_id, p.period
        """);

    /// <summary>The one that was due first before the others.</summary>
    /// <param name="on">Only what was due before it, and sheets that were sent by then.</param>
    public Task<IReadOnlyList<LateSheet>> Of(IEnumerable<long> agreementIds, DateOnly on) =>
        work.Rows<LateSheet>(OldestFirst, new { agreementIds = work.Dialect.Array(agreementIds), on, scope = work.Actor.OrganisationId });
}
