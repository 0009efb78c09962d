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
           and u.id not in (select r.upload_id from advance v join receipt r on r.id = v.receipt_id where v.agreement_id = @agreementId)
         order by u.committed_at desc, u.id desc {dialect.Limit("1")}
        """);

    // First who is on the list, then what each paid and owes, from her enrolments on: not through the whole sheet for each.
    private static readonly Sql Enrolled = new(dialect => $"""
        select p.member_no, p.full_name,
               (select sum(r.amount) from enrolment e
                 cross join receipt r
                 where e.member_id = p.id and r.enrolment_id = e.id and r.upload_id = @sheet and r.live = 1) as last_paid,
               coalesce((select sum(o.amount - o.reduced - o.allocated) from enrolment e
                 cross join obligation o
                 where e.member_id = p.id and e.agreement_id = @agreementId and o.enrolment_id = e.id and o.collected = 1 and o.opens_on <= @day and o.allocated < o.amount - o.reduced), 0) as owed
          from (select m.id, m.member_no, m.full_name from member m
                 where m.id in (select e.member_id from enrolment e
                                  join agreement a on a.id = e.agreement_id
                                 where e.agreement_id = @agreementId and (@scope is null or a.organisation_id = @scope)
                                   and e.enrolled_from <= @day and (e.enrolled_to is null or e.enrolled_to >= @day))
                 order by m.full_name, m.member_no {dialect.Limit("@take")}) p
         order by p.full_name, p.member_no
        """);

    /// <summary>By name, at most so many.</summary>
    public async Task<IReadOnlyList<ExpectedMember>> Of(long agreementId, DateOnly day, int take)
    {
        var sheet = await work.One<long?>(LastSheet, new { agreementId, scope = work.Actor.OrganisationId });
        return await work.Rows<ExpectedMember>(Enrolled, new { agreementId, day, take, sheet, scope = work.Actor.OrganisationId });
    }
}
