using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which members of an agreement; null: any.</summary>
public sealed record MembersWhere(string Agreement)
{
    /// <summary><c>owing</c>, <c>credit</c> (money that pays nothing yet) or <c>enrolled</c> (on the day).</summary>
    public string? Standing { get; init; }

    /// <summary>A number, the beginning of one, or a part of a name.</summary>
    public string? Text { get; init; }

    /// <summary>The day at which it is asked what is owed; null: today, UTC.</summary>
    public DateOnly? On { get; init; }
}

/// <summary>A member in a list. Owed is what had to be paid by the day and is not; credit is her money that pays nothing yet.</summary>
public sealed record ListedMember : Listed
{
    public string MemberNo { get; init; } = "";

    public string NationalId { get; init; } = "";

    public string FullName { get; init; } = "";

    public string? Phone { get; init; }

    public string? Language { get; init; }

    /// <summary>First day of the first enrolment under the agreement.</summary>
    public DateOnly EnrolledFrom { get; init; }

    /// <summary>Last day, inside; null while enrolled.</summary>
    public DateOnly? EnrolledTo { get; init; }

    public long Owed { get; init; }

    /// <summary>Day since which the oldest of it is due; null where nothing is owed.</summary>
    public DateOnly? OwedSince { get; init; }

    public long Credit { get; init; }

    internal override Mark Mark => new(MemberNo, Id);
}

internal sealed class MemberList(Work work)
{
    private const string Owing = "from enrolment e join obligation q on q.enrolment_id = e.id and q.collected = 1 and q.opens_on <= @on and q.allocated < q.amount - q.reduced where e.agreement_id = ag.id and e.member_id = m.id";

    private const string Crediting = "from enrolment e join receipt r on r.enrolment_id = e.id and r.live = 1 and r.credit > 0 where e.agreement_id = ag.id and e.member_id = m.id";

    private const string Enrolments = "from enrolment e where e.agreement_id = ag.id and e.member_id = m.id";

    private static readonly Sql Some = new(dialect => $"""
        select m.id, ag.currency, m.member_no, m.national_id, m.full_name, m.phone, m.language,
               (select min(e.enrolled_from) {Enrolments}) as enrolled_from,
               case when exists (select 1 {Enrolments} and e.enrolled_to is null) then null else (select max(e.enrolled_to) {Enrolments}) end as enrolled_to,
               (select coalesce(sum(q.amount - q.reduced - q.allocated), 0) {Owing}) as owed,
               (select min(q.due_on) {Owing}) as owed_since,
               (select coalesce(sum(r.credit), 0) {Crediting}) as credit
          from agreement ag
          join member m on m.organisation_id = ag.organisation_id
         where ag.id = @agreementId and (@scope is null or ag.organisation_id = @scope) and m.member_no > @after
           and exists (select 1 {Enrolments})
           and (@Standing is null or (@Standing = 'owing' and exists (select 1 {Owing})) or (@Standing = 'credit' and exists (select 1 {Crediting}))
                or (@Standing = 'enrolled' and exists (select 1 {Enrolments} and e.enrolled_from <= @on and (e.enrolled_to is null or e.enrolled_to >= @on))))
           and (@text is null or m.member_no like @begins or m.national_id_folded like @begins or lower(m.full_name) like lower(@contains))
         order by m.member_no
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedMember>>> Page(MembersWhere where, Slice slice)
    {
        if (!(await Lists.Under(work, where.Agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        var text = string.IsNullOrWhiteSpace(where.Text) ? null : where.Text.Trim().Replace("%", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        return Page<ListedMember>.Of(await work.Rows<ListedMember>(Some, new
        {
            agreementId, scope = work.Actor.OrganisationId, after = slice.KeyOr(""), where.Standing, text, begins = $"{text}%", contains = $"%{text}%",
            on = where.On ?? DateOnly.FromDateTime(work.Now.UtcDateTime), slice.Take,
        }), slice);
    }
}
