namespace ContributionEngine.Storage;

/// <summary>A line of a remittance with the name of its member.</summary>
public sealed record AdviceLine
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

    public string Code { get; init; } = "";
}

/// <summary>What a remittance advice is made of.</summary>
public sealed class RemittanceAdvices(Work work)
{
    private static readonly Sql LinesOf = """
        select l.line_no, l.member_no, l.national_id, m.full_name, l.period, l.component, l.class, l.amount, l.outcome, l.code
          from remittance_line l
          join enrolment e on e.id = l.enrolment_id
          join member m on m.id = e.member_id
         where l.remittance_id = @remittanceId
         order by l.line_no
        """;

    public Task<IReadOnlyList<AdviceLine>> Of(long remittanceId) => work.Rows<AdviceLine>(LinesOf, new { remittanceId });
}
