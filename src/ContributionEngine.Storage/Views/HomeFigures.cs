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
    private static readonly Sql Figures = """
        select (select count(*) from (select e.member_id from enrolment e where e.agreement_id = a.id and e.enrolled_from <= @day and (e.enrolled_to is null or e.enrolled_to >= @day) group by e.member_id) m) as members,
               (select count(*) from (select e.member_id from obligation o
                  join enrolment e on e.id = o.enrolment_id
                 where o.agreement_id = a.id and o.collected = 1 and o.opens_on <= @day and o.allocated < o.amount - o.reduced group by e.member_id) d) as owing,
               (select coalesce(sum(o.amount - o.reduced - o.allocated), 0) from obligation o
                 where o.agreement_id = a.id and o.collected = 1 and o.opens_on <= @day and o.allocated < o.amount - o.reduced) as owed
          from agreement a
         where a.id = @agreementId and (@scope is null or a.organisation_id = @scope)
        """;

    public async Task<HomeFigure> Of(long agreementId, DateOnly day) => await work.One<HomeFigure>(Figures, new { agreementId, day, scope = work.Actor.OrganisationId }) ?? new HomeFigure();
}
