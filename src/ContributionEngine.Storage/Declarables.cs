namespace ContributionEngine.Storage;

/// <summary>A line that a cut would take, with what is known of its member.</summary>
public sealed record DeclarableLine
{
    public long LineNo { get; init; }

    public string MemberNo { get; init; } = "";

    public string NationalId { get; init; } = "";

    public string FullName { get; init; } = "";

    public string Period { get; init; } = "";

    /// <summary>Length of the period.</summary>
    public long Months { get; init; }

    public string Component { get; init; } = "";

    public string Class { get; init; } = "";

    public long Amount { get; init; }

    /// <summary>Her attributes as they are at <see cref="CutRule.KnownOn"/>, else the earliest; null when none were ever given, or nobody asks.</summary>
    public string? Document { get; init; }
}

/// <summary>What the lines of a cut come to.</summary>
public sealed record DeclarableTotals
{
    public long Lines { get; init; }

    public long Total { get; init; }

    /// <summary>Smallest amount of a line.</summary>
    public long Least { get; init; }
}

/// <summary>What waits of a member.</summary>
public sealed record HeldAmount
{
    public string MemberNo { get; init; } = "";

    public long Amount { get; init; }
}

/// <summary>What a cut would take, before it takes it.</summary>
public sealed class Declarables(Work work)
{
    private const string Columns = "n.line_no, n.member_no, n.national_id, n.full_name, n.period, n.months, n.component, n.class, n.amount";

    private static readonly Sql Plain = new(dialect => $"""
        select {Columns}
          from ({RemittanceLines.Numbered} and m.member_no not in {dialect.AnyOf("@Without")}) n
         where n.line_no <= @Take
         order by n.line_no
        """);

    private static readonly Sql WithFacts = new(dialect => $"""
        select {Columns}, k.document
          from ({RemittanceLines.Numbered} and m.member_no not in {dialect.AnyOf("@Without")}) n
          left join enrolment_fact k on k.enrolment_id = n.enrolment_id and k.valid_from = coalesce(
              (select max(x.valid_from) from enrolment_fact x where x.enrolment_id = n.enrolment_id and x.valid_from <= @KnownOn),
              (select min(x.valid_from) from enrolment_fact x where x.enrolment_id = n.enrolment_id))
         where n.line_no <= @Take
         order by n.line_no
        """);

    private static readonly Sql Sums = new(dialect => $"""
        select count(*) as lines, coalesce(sum(n.amount), 0) as total, coalesce(min(n.amount), 0) as least
          from ({RemittanceLines.Numbered} and m.member_no not in {dialect.AnyOf("@Without")}) n
         where n.line_no <= @Take
        """);

    private static readonly Sql OfPeriods = $"select distinct g.period from ({RemittanceLines.Groups}) g where {RemittanceLines.Taken} order by g.period";

    private static readonly Sql ByPeriod = $"""
        select g.period, g.revised, count(*) as lines, sum(g.amount) as amount from ({RemittanceLines.Groups}) g group by g.period, g.revised order by g.period, g.revised
        """;

    private static readonly Sql Held = new(dialect => $"""
        select m.member_no, sum(g.amount) as amount
          from ({RemittanceLines.Groups}) g
          join enrolment e on e.id = g.enrolment_id
          join member m on m.id = e.member_id
         where {RemittanceLines.Taken} and m.member_no in {dialect.AnyOf("@Without")}
         group by m.member_no
        """);

    /// <summary>The lines that a cut by this rule would take now, in line order.</summary>
    public IAsyncEnumerable<DeclarableLine> Lines(CutRule rule) => work.Stream<DeclarableLine>(rule.KnownOn is null ? Plain : WithFacts, rule.Parameters(work.Dialect));

    /// <summary>What those lines come to.</summary>
    public async Task<DeclarableTotals> Totals(CutRule rule) => (await work.One<DeclarableTotals>(Sums, rule.Parameters(work.Dialect)))!;

    /// <summary>The periods of which a cut by this rule would take lines, the earliest first.</summary>
    public Task<IReadOnlyList<string>> Periods(CutRule rule) => work.Rows<string>(OfPeriods, rule.Parameters(work.Dialect));

    /// <summary>What a cut by this rule would take now of each period; differences to what has been remitted apart.</summary>
    public Task<IReadOnlyList<PeriodSum>> PerPeriod(CutRule rule) => work.Rows<PeriodSum>(ByPeriod, rule.Parameters(work.Dialect));

    /// <summary>What stays in custody of the members whom the rule leaves out.</summary>
    public Task<IReadOnlyList<HeldAmount>> HeldBack(CutRule rule) => work.Rows<HeldAmount>(Held, rule.Parameters(work.Dialect));
}
