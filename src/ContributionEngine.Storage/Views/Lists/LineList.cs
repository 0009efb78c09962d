using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which lines of a remittance; null: any.</summary>
public sealed record LinesWhere
{
    /// <summary>sent, accepted, rejected or returned.</summary>
    public string? Outcome { get; init; }

    /// <summary>Member number.</summary>
    public string? Member { get; init; }
}

/// <summary>A line of a remittance in a list.</summary>
public sealed record ListedLine : Listed
{
    public long LineNo { get; init; }

    public string MemberNo { get; init; } = "";

    public string NationalId { get; init; } = "";

    public string FullName { get; init; } = "";

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";

    public string Class { get; init; } = "";

    public long Amount { get; init; }

    public string Outcome { get; init; } = "";

    /// <summary>The fund's code for its answer; empty without one.</summary>
    public string Code { get; init; } = "";

    internal override Mark Mark => new("", LineNo);
}

internal sealed class LineList(Work work)
{
    private static readonly Sql Some = new(dialect => $"""
        select l.id, r.currency, l.line_no, l.member_no, l.national_id, m.full_name, l.period, l.component, l.class, l.amount, l.outcome, l.code
          from remittance r
          join agreement ag on ag.id = r.agreement_id
          join remittance_line l on l.remittance_id = r.id
          left join enrolment e on e.id = l.enrolment_id
          left join member m on m.id = e.member_id
         where r.id = @id and (@scope is null or ag.organisation_id = @scope) and l.line_no > @Above
           and (@Outcome is null or l.outcome = @Outcome) and (@Member is null or l.member_no = @Member)
         order by l.line_no
        {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedLine>>> Page(string remittance, LinesWhere where, Slice slice) =>
        (await work.Remittances.Find(remittance)).Ok(out var found, out var refusal)
            ? Page<ListedLine>.Of(await work.Rows<ListedLine>(Some, new { id = found.Id, scope = work.Actor.OrganisationId, slice.Above, where.Outcome, where.Member, slice.Take }), slice)
            : refusal;
}
