using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which enrolments; null: any.</summary>
public sealed record EnrolmentsWhere
{
    public string? Agreement { get; init; }

    /// <summary>Member number.</summary>
    public string? Member { get; init; }

    /// <summary>A day on which it holds.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>An enrolment in a list.</summary>
public sealed record ListedEnrolment : Listed
{
    public string Agreement { get; init; } = "";

    public string MemberNo { get; init; } = "";

    public string FullName { get; init; } = "";

    public DateOnly EnrolledFrom { get; init; }

    /// <summary>Last day, inside; null while enrolled.</summary>
    public DateOnly? EnrolledTo { get; init; }
}

internal sealed class EnrolmentList(Work work)
{
    private static readonly Sql Some = new(dialect => $"""
        select e.id, ag.currency, ag.number as agreement, m.member_no, m.full_name, e.enrolled_from, e.enrolled_to
          from enrolment e
          left join agreement ag on ag.id = e.agreement_id
          left join member m on m.id = e.member_id
         where e.id < @Below and (@scope is null or ag.organisation_id = @scope) and (@agreementId is null or e.agreement_id = @agreementId)
           and (@Member is null or m.member_no = @Member) and (@On is null or (e.enrolled_from <= @On and (e.enrolled_to is null or e.enrolled_to >= @On)))
         order by e.id desc
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedEnrolment>>> Page(EnrolmentsWhere where, Slice slice)
    {
        if (!(await Lists.Under(work, where.Agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        return Page<ListedEnrolment>.Of(await work.Rows<ListedEnrolment>(Some, new { slice.Below, scope = work.Actor.OrganisationId, agreementId, where.Member, where.On, slice.Take }), slice);
    }
}
