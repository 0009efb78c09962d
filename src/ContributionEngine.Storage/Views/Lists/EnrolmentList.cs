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
    private const string Rows = """
        select e.id, ag.currency, ag.number as agreement, m.member_no, m.full_name, e.enrolled_from, e.enrolled_to
          from enrolment e
          left join agreement ag on ag.id = e.agreement_id
          left join member m on m.id = e.member_id
         where e.id < @Below and (@scope is null or ag.organisation_id = @scope) and (@On is null or (e.enrolled_from <= @On and (e.enrolled_to is null or e.enrolled_to >= @On)))
        """;

    private static readonly Sql Everywhere = new(dialect => $"{Rows} order by e.id desc {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{Rows} and e.agreement_id = @agreementId order by e.id desc {dialect.Limit("@Take")}");

    private static readonly Sql OfMember = new(dialect => $"{Rows} and m.member_no = @Member and (@agreementId is null or e.agreement_id = @agreementId) order by e.id desc {dialect.Limit("@Take")}");

    public Task<Outcome<Page<ListedEnrolment>>> Page(EnrolmentsWhere where, Slice slice) => Lists.PageUnder(work, where.Agreement, slice, agreementId =>
        work.Rows<ListedEnrolment>(where.Member is not null ? OfMember : agreementId is null ? Everywhere : UnderOne, new { slice.Below, scope = work.Actor.OrganisationId, agreementId, where.Member, where.On, slice.Take }));
}
