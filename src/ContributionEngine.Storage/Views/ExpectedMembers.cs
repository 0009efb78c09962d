namespace ContributionEngine.Storage;

/// <summary>A member as a list to fill in names her, in minor units.</summary>
public sealed record ExpectedMember
{
    public string MemberNo { get; init; } = "";

    public string FullName { get; init; } = "";

    /// <summary>What she paid in the sheet that was sent last; null when she was not in it.</summary>
    public long? LastPaid { get; init; }

    /// <summary>What she owes by now.</summary>
    public long Owed { get; init; }
}

/// <summary>Who is enrolled on a day, with what each paid last and what each owes.</summary>
public sealed class ExpectedMembers(Work work)
{
    private static readonly Sql LastSheet = new(dialect => $"""
        select u.id from upload u
          join agreement a on a.id = u.agreement_id
         where u.agreement_id = @agreementId and (@scope is null or a.organisation_id = @scope) and u.committed_at is not null and u.state <> 'undone'
           and not exists (select 1 from receipt r join advance v on v.receipt_id = r.id where r.upload_id = u.id)
         order by u.committed_at desc, u.id desc {dialect.Limit("1")}
        """);

    private static readonly Sql Enrolled = new(dialect => $"""
        select m.member_no, m.full_name,
               (select sum(r.amount) from receipt r
                  join enrolment e on e.id = r.enrolment_id
                 where r.upload_id = @sheet and r.live = 1 and e.member_id = m.id) as last_paid,
               coalesce((select sum(o.amount - o.reduced - o.allocated) from obligation o
                  join enrolment e on e.id = o.enrolment_id
                 where e.member_id = m.id and o.agreement_id = @agreementId and o.collected = 1 and o.opens_on <= @day and o.allocated < o.amount - o.reduced), 0) as owed
          from member m
         where exists (select 1 from enrolment e
                         join agreement a on a.id = e.agreement_id
                        where e.member_id = m.id and e.agreement_id = @agreementId and (@scope is null or a.organisation_id = @scope)
                          and e.enrolled_from <= @day and (e.enrolled_to is null or e.enrolled_to >= @day))
         order by m.full_name, m.member_no {dialect.Limit("@take")}
        """);

    /// <summary>By name, at most so many.</summary>
    public async Task<IReadOnlyList<ExpectedMember>> Of(long agreementId, DateOnly day, int take)
    {
        var sheet = await work.One<long?>(LastSheet, new { agreementId, scope = work.Actor.OrganisationId });
        return await work.Rows<ExpectedMember>(Enrolled, new { agreementId, day, take, sheet, scope = work.Actor.OrganisationId });
    }
}
