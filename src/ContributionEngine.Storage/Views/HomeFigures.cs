namespace ContributionEngine.Storage;

/// <summary>An agreement's members and what they owe on a day, in minor units.</summary>
public sealed record HomeFigure
{
    /// <summary>Enrolled on the day.</summary>
    public long Members { get; init; }

    /// <summary>Members who owe something, whether enrolled or not.</summary>
    public long Owing { get; init; }

    public long Owed { get; init; }
}

/// <summary>What a treasurer's first page counts.</summary>
public sealed class HomeFigures(Work work)
{
    // From enrolments on: what is open of one is found without going through what is paid.
    private static readonly Sql Figures = """
        select count(case when m.is_enrolled = 1 then 1 end) as members, count(case when m.owed > 0 then 1 end) as owing, coalesce(sum(m.owed), 0) as owed
          from (select e.member_id, max(case when e.enrolled_from <= @day and (e.enrolled_to is null or e.enrolled_to >= @day) then 1 else 0 end) as is_enrolled,
                       coalesce(sum(o.amount - o.reduced - o.allocated), 0) as owed
                  from enrolment e
                  join agreement a on a.id = e.agreement_id and (@scope is null or a.organisation_id = @scope)
                  left join obligation o on o.enrolment_id = e.id and o.collected = 1 and o.opens_on <= @day and o.allocated < o.amount - o.reduced
                 where e.agreement_id = @agreementId
                 group by e.member_id) m
        """;

    public async Task<HomeFigure> Of(long agreementId, DateOnly day) => (await work.One<HomeFigure>(Figures, new { agreementId, day, scope = work.Actor.OrganisationId }))!;
}
