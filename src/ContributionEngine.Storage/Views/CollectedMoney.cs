namespace ContributionEngine.Storage;

/// <summary>What an agreement's plan expects of a period, and what of it is paid. Minor units.</summary>
public sealed record CollectedOfPeriod
{
    public long AgreementId { get; init; }

    /// <summary>First month, as <c>yyyy-MM</c>.</summary>
    public string Period { get; init; } = "";

    public long Months { get; init; }

    /// <summary>Of principal that is collected and was due by the day.</summary>
    public long Due { get; init; }

    public long Paid { get; init; }
}

/// <summary>How many members were there, and of how many something was paid.</summary>
public sealed record CoveredMembers
{
    public long AgreementId { get; init; }

    public long Active { get; init; }

    public long Covered { get; init; }
}

/// <summary>Which members a count of the covered is about.</summary>
/// <param name="AgreementIds">Agreements that collect the same periods in the same days.</param>
/// <param name="Periods">As <c>yyyy-MM</c>.</param>
/// <param name="From">Who left earlier is not counted.</param>
/// <param name="To">Who came later is not counted.</param>
/// <param name="OnlyPlanned">Only members of whom the plan expects something in these periods: those of the season's zone.</param>
public sealed record CoverageQuestion(IReadOnlyList<long> AgreementIds, IReadOnlyList<string> Periods, DateOnly From, DateOnly To, bool OnlyPlanned);

/// <summary>Plan against payment: by period in money, by season in members.</summary>
public sealed class CollectedMoney(Work work)
{
    // Who may see the agreements is asked once for each of them, and not for each of millions of rows.
    private static readonly Sql ByPeriod = new(dialect => $"""
        select o.agreement_id, o.period, max(o.months) as months, sum(case when o.due_on <= @on then o.amount - o.reduced else 0 end) as due, sum(case when o.due_on <= @on then o.allocated else 0 end) as paid
          from obligation o
         where o.agreement_id in (select ag.id from agreement ag where ag.id in {dialect.AnyOf("@agreementIds")} and (@scope is null or ag.organisation_id = @scope)) and o.collected = 1 and o.class = 'principal' and o.opens_on <= @on
         group by o.agreement_id, o.period
         order by o.agreement_id, o.period
        """);

    private static readonly Sql ByMembers = new(dialect => $"""
        select m.agreement_id, count(distinct m.member_id) as active, count(distinct case when m.paid = 1 then m.member_id end) as covered
          from (select e.agreement_id, e.member_id,
                       case when exists (select 1 from obligation o where o.enrolment_id = e.id and o.period in {dialect.AnyOf("@periods")} and o.collected = 1 and o.class = 'principal' and o.allocated > 0) then 1 else 0 end as paid
                  from enrolment e
                 where e.agreement_id in (select ag.id from agreement ag where ag.id in {dialect.AnyOf("@agreementIds")} and (@scope is null or ag.organisation_id = @scope))
                   and e.enrolled_from <= @To and (e.enrolled_to is null or e.enrolled_to >= @From)
                   and (@onlyPlanned = 0 or exists (select 1 from obligation p where p.enrolment_id = e.id and p.period in {dialect.AnyOf("@periods")} and p.collected = 1 and p.class = 'principal'))) m
         group by m.agreement_id
        """);

    /// <summary>By agreement and period that has opened by the day; the money as it stands now.</summary>
    public Task<IReadOnlyList<CollectedOfPeriod>> Of(IEnumerable<long> agreementIds, DateOnly on) =>
        work.Rows<CollectedOfPeriod>(ByPeriod, new { agreementIds = work.Dialect.Array(agreementIds), on, scope = work.Actor.OrganisationId });

    /// <summary>By agreement that had a member in these days.</summary>
    public Task<IReadOnlyList<CoveredMembers>> Covered(CoverageQuestion asked) => work.Rows<CoveredMembers>(ByMembers, new
    {
        agreementIds = work.Dialect.Array(asked.AgreementIds), periods = work.Dialect.Array(asked.Periods), asked.From, asked.To, onlyPlanned = asked.OnlyPlanned ? 1L : 0L, scope = work.Actor.OrganisationId,
    });
}
