namespace ContributionEngine.Storage;

/// <summary>Open cases of one reason and currency.</summary>
public sealed record CasesOfReason
{
    public string Reason { get; init; } = "";

    /// <summary>Of their agreements; null: they belong to none.</summary>
    public string? Currency { get; init; }

    public long Count { get; init; }

    /// <summary>Minor units; null when no case of them is about an amount.</summary>
    public long? Amount { get; init; }

    /// <summary>When the middle one was opened: half of them are no older.</summary>
    public DateOnly Middle { get; init; }

    public DateOnly Oldest { get; init; }
}

/// <summary>What waits for a person, by why.</summary>
public sealed class OpenCases(Work work)
{
    private static readonly Sql ByReason = new(dialect => $"""
        select w.reason, w.currency, count(*) as count, sum(w.amount) as amount, max(case when w.place = (w.held + 1) / 2 then w.opened_on end) as middle, min(w.opened_on) as oldest
          from (select c.reason, ag.currency, c.amount, c.opened_on,
                       row_number() over (partition by c.reason, ag.currency order by c.opened_on desc, c.id desc) as place, count(*) over (partition by c.reason, ag.currency) as held
                  from work_case c
                  left join agreement ag on ag.id = c.agreement_id
                 where c.state in ('open', 'assigned', 'waiting') and c.opened_on <= @on and (@scope is null or ag.organisation_id = @scope)
                   and (c.agreement_id in {dialect.AnyOf("@agreementIds")} or (@ofNone = 1 and c.agreement_id is null))) w
         group by w.reason, w.currency
         order by 3 desc, w.reason, w.currency
        """);

    /// <summary>By reason and currency, the most first: open now, and opened by the day.</summary>
    /// <param name="ofNone">Also those that belong to no agreement, where the acting user is the fund's.</param>
    public Task<IReadOnlyList<CasesOfReason>> Of(IEnumerable<long> agreementIds, DateOnly on, bool ofNone) =>
        work.Rows<CasesOfReason>(ByReason, new { agreementIds = work.Dialect.Array(agreementIds), on, ofNone = ofNone ? 1L : 0L, scope = work.Actor.OrganisationId });
}
