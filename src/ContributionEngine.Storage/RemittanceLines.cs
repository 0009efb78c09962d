namespace ContributionEngine.Storage;

/// <summary>One line of a remittance.</summary>
public sealed record StoredLine
{
    public long Id { get; init; }

    public long LineNo { get; init; }

    public long EnrolmentId { get; init; }

    public string MemberNo { get; init; } = "";

    public string NationalId { get; init; } = "";

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";

    public string Class { get; init; } = "";

    public long Amount { get; init; }

    /// <summary>sent, accepted, rejected or returned.</summary>
    public string Outcome { get; init; } = "";
}

/// <summary>An enrolment's period and component of which principal stands on a live line.</summary>
public sealed record RemittedPart
{
    public long EnrolmentId { get; init; }

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";
}

/// <summary>The lines of remittances and the allocations that stand on them.</summary>
public sealed class RemittanceLines(Work work)
{
    /// <summary>Periods of which some member's principal lacks money.</summary>
    internal const string Incomplete = """
        select q.period from obligation q
         where q.agreement_id = @AgreementId and q.collected = 1 and q.class = 'principal' and q.opens_on <= @On and q.allocated < q.amount - q.reduced
        """;

    // A further obligation (causes schedule-2, schedule-3, ...) beside a line that stands is a difference; where the fund sent the line back, it goes with it.
    internal const string Free = $"""
        select o.enrolment_id, o.period, o.months, o.component, o.component_order, o.class, al.id as allocation_id, al.amount,
               case when @Supplements is null and o.cause like 'schedule-%' and exists (
                   select 1 from obligation s
                     join allocation sa on sa.obligation_id = s.id
                     join line_allocation sl on sl.allocation_id = sa.id and sl.live = 1
                    where s.enrolment_id = o.enrolment_id and s.period = o.period and s.component = o.component and s.class = o.class) then 1 else 0 end as revised
          from allocation al
          join obligation o on o.id = al.obligation_id
         where al.agreement_id = @AgreementId and o.collected = 1 and o.class not in ('fee', 'advance') and o.opens_on <= @On
           and not exists (select 1 from line_allocation la where la.allocation_id = al.id and la.live = 1)
           and (@Supplements is null or (
               exists (select 1 from line_allocation back cross join remittance_line was
                        where back.allocation_id = al.id and was.id = back.line_id and was.remittance_id = @Supplements and was.outcome in ('rejected', 'returned'))
               and not exists (select 1 from allocation u where u.undoes = al.id)))
           and (@WholeOnly = 0
                or o.period in (select b.period from batch_step b where b.agreement_id = @AgreementId and b.step = 'release')
                or (not exists (
                        select 1 from obligation p
                         where p.enrolment_id = o.enrolment_id and p.period = o.period and p.collected = 1 and p.class = 'principal'
                           and p.opens_on <= @On and p.allocated < p.amount - p.reduced)
                    and (@WholeOnly = 1
                         or o.period in (select b.period from batch_step b where b.agreement_id = @AgreementId and b.step = 'drop')
                         or o.period not in ({Incomplete}))))
        """;

    internal const string Groups = $"""
        select f.enrolment_id, f.period, max(f.months) as months, f.component, max(f.component_order) as component_order, f.class, f.revised, sum(f.amount) as amount
          from ({Free}) f
         group by f.enrolment_id, f.period, f.component, f.class, f.revised
        having sum(f.amount) > 0
        """;

    private static readonly Sql Forecast = $"select count(*) as lines, coalesce(sum(g.amount), 0) as total, coalesce(sum(g.revised), 0) as revised from ({Groups}) g";

    internal const string Taken = "g.revised = @Revised and (@Period is null or g.period = @Period)";

    private static readonly Sql FreeSums = new(dialect => $"""
        select f.enrolment_id, f.period, sum(f.amount) as amount from ({Free}) f where f.enrolment_id in {dialect.AnyOf("@enrolments")} group by f.enrolment_id, f.period
        """);

    internal const string Numbered = $"""
        select row_number() over (order by m.member_no, g.period, g.component_order, g.component,
                                  case g.class when 'principal' then 0 when 'interest' then 1 when 'surcharge' then 2 else 3 end, g.enrolment_id) as line_no,
               g.enrolment_id, m.member_no, m.national_id, m.full_name, g.period, g.months, g.component, g.class, g.amount
          from ({Groups}) g
          join enrolment e on e.id = g.enrolment_id
          join member m on m.id = e.member_id
         where {Taken}
        """;

    private static readonly Sql CutLines = new(dialect => $"""
        insert into remittance_line (id, remittance_id, line_no, enrolment_id, member_no, national_id, period, component, class, amount, outcome, code)
        select @first - 1 + n.line_no, @id, n.line_no, n.enrolment_id, n.member_no, n.national_id, n.period, n.component, n.class, n.amount, 'sent', ''
          from ({Numbered} and m.member_no not in {dialect.AnyOf("@Without")}) n
         where n.line_no <= @Take
        """);

    private static readonly Sql CutAllocations = $"""
        insert into line_allocation (line_id, allocation_id, live)
        select l.id, f.allocation_id, 1
          from ({Free}) f
          join remittance_line l on l.remittance_id = @id and l.enrolment_id = f.enrolment_id and l.period = f.period
               and l.component = f.component and l.class = f.class
         where f.revised = @Revised
        """;

    private static readonly Sql Revises = new(dialect => $"""
        select r.id
          from ({Groups}) g
          join obligation s on s.enrolment_id = g.enrolment_id and s.period = g.period and s.component = g.component and s.class = g.class
          join allocation sa on sa.obligation_id = s.id
          join line_allocation sl on sl.allocation_id = sa.id and sl.live = 1
          join remittance_line l on l.id = sl.line_id
          join remittance r on r.id = l.remittance_id
         where g.revised = 1 and (@Period is null or g.period = @Period)
         group by r.id
         order by count(distinct l.id) desc, r.id desc {dialect.Limit("1")}
        """);

    private static readonly Sql StandingOf = new(dialect => $"""
        select distinct o.enrolment_id, o.period, o.component
          from obligation o
          join allocation a on a.obligation_id = o.id
          join line_allocation la on la.allocation_id = a.id and la.live = 1
         where o.enrolment_id in {dialect.AnyOf("@enrolments")} and o.class = 'principal'
        """);

    private static readonly Sql LinesOf = """
        select id, line_no, enrolment_id, member_no, national_id, period, component, class, amount, outcome
          from remittance_line where remittance_id = @id order by line_no
        """;

    private static readonly Sql SetOutcomes = new(dialect => $"""
        update remittance_line set outcome = @outcome, code = @code
         where remittance_id = @id and (outcome = 'sent' or (outcome = 'accepted' and @outcome = 'returned')) and line_no in {dialect.AnyOf("@lines")}
        """);

    private static readonly Sql AcceptedSum = "select coalesce(sum(amount), 0) from remittance_line where remittance_id = @id and outcome = 'accepted'";

    private static readonly Sql FreeRejected = """
        update line_allocation set live = 0
         where live = 1 and line_id in (select id from remittance_line where remittance_id = @id and outcome in ('rejected', 'returned'))
        """;

    private static readonly Sql FreeAll = """
        update line_allocation set live = 0 where live = 1 and line_id in (select id from remittance_line where remittance_id = @id)
        """;

    private static readonly Sql SentAgain = """
        select distinct concat(r.number, ' line ', l.line_no)
          from line_allocation now
          join remittance_line mine on mine.id = now.line_id and mine.remittance_id = @id
          join line_allocation before on before.allocation_id = now.allocation_id and before.live = 0
          join remittance_line l on l.id = before.line_id
          join remittance r on r.id = l.remittance_id
        """;

    private static readonly Sql Emptied = new(dialect => $"""
        select distinct concat(r.number, ' line ', l.line_no)
          from line_allocation la
          join remittance_line l on l.id = la.line_id
          join remittance r on r.id = l.remittance_id
         where la.allocation_id in {dialect.AnyOf("@allocations")} and la.live = 0
           and not exists (
               select 1 from line_allocation other
                where other.line_id = l.id and not exists (select 1 from allocation u where u.undoes = other.allocation_id))
        """);

    /// <summary>What a cut by this rule would take now.</summary>
    public async Task<Takable> Takable(CutRule rule) => (await work.One<Takable>(Forecast, rule.Parameters(work.Dialect)))!;

    /// <summary>What a cut by this rule finds of these enrolments, by period.</summary>
    public Task<IReadOnlyList<FreeSum>> FreeOf(CutRule rule, IEnumerable<long> enrolments) =>
        work.Rows<FreeSum>(FreeSums, new { rule.AgreementId, rule.On, rule.WholeOnly, rule.Supplements, enrolments = work.Dialect.Array(enrolments) });

    /// <summary>The remittance that holds most of the lines to which a cut would take differences, the latest of several.</summary>
    public Task<long> RevisedBy(CutRule rule) => work.One<long>(Revises, rule.Parameters(work.Dialect));

    /// <summary>What of these enrolments is on its way to the fund or accepted.</summary>
    public Task<IReadOnlyList<RemittedPart>> Standing(IEnumerable<long> enrolments) =>
        work.Rows<RemittedPart>(StandingOf, new { enrolments = work.Dialect.Array(enrolments) });

    /// <summary>Makes the lines of a remittance that is being sealed, and ties their allocations to them; the caller has ensured the ids.</summary>
    internal async Task Cut(NewRemittance header, CutRule rule)
    {
        var first = work.Database.Ids.NextRun(header.LineCount);
        await work.Do(CutLines, rule.Parameters(work.Dialect, first, header.Id));
        await work.Do(CutAllocations, new { id = header.Id, rule.AgreementId, rule.On, rule.WholeOnly, rule.Revised, rule.Supplements });
    }

    public Task<IReadOnlyList<StoredLine>> Of(long id) => work.Rows<StoredLine>(LinesOf, new { id });

    public Task<int> SetOutcome(long id, IEnumerable<long> lines, string outcome, string code) =>
        work.Do(SetOutcomes, new { id, outcome, code, lines = work.Dialect.Array(lines) });

    /// <summary>Minor units of the lines that the fund has accepted and that stand.</summary>
    public Task<long> Accepted(long id) => work.One<long>(AcceptedSum, new { id });

    /// <summary>Gives the allocations of rejected and returned lines back to custody.</summary>
    public Task Release(long id) => work.Do(FreeRejected, new { id });

    public Task ReleaseAll(long id) => work.Do(FreeAll, new { id });

    /// <summary>Earlier lines, such as <c>REM-000000001001 line 7</c>, whose money came back and stands on this remittance now.</summary>
    public Task<IReadOnlyList<string>> SentAgainOn(long id) => work.Rows<string>(SentAgain, new { id });

    /// <summary>Lines such as <c>REM-000000001001 line 7</c> that came back, held these allocations, and hold none any more that stands.</summary>
    public Task<IReadOnlyList<string>> EmptiedBy(IEnumerable<long> allocations) => work.Rows<string>(Emptied, new { allocations = work.Dialect.Array(allocations) });
}
