using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A sealed remittance with its three states.</summary>
public sealed record StoredRemittance
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public long AgreementId { get; init; }

    public long? RunId { get; init; }

    public string Kind { get; init; } = "";

    public DateTimeOffset Cutoff { get; init; }

    public string Currency { get; init; } = "";

    public string Reference { get; init; } = "";

    public long LineCount { get; init; }

    public long Total { get; init; }

    public string Sha256 { get; init; } = "";

    public string Delivery { get; init; } = "";

    public string Answer { get; init; } = "";

    public string Money { get; init; } = "";

    public long Rejected { get; init; }

    public long Paid { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public RemittanceState State => new(
        Words.Of<DeliveryState>(Delivery), Words.Of<AnswerState>(Answer), Words.Of<MoneyState>(Money), Total, Rejected, Paid);
}

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

/// <summary>What a cut-off would take: how many lines and how much.</summary>
public sealed record Takable
{
    public long Lines { get; init; }

    public long Total { get; init; }
}

/// <summary>The header of a remittance that is being sealed.</summary>
public sealed record NewRemittance
{
    public required long Id { get; init; }

    public required long AgreementId { get; init; }

    public required long? RunId { get; init; }

    public required string Kind { get; init; }

    public required DateTimeOffset Cutoff { get; init; }

    public required long Sequence { get; init; }

    public required string Currency { get; init; }

    public required string Reference { get; init; }

    public required long LineCount { get; init; }

    public required long Total { get; init; }

    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    public required string Channel { get; init; }

    public string Number => Numbers.Remittance(Id);
}

/// <summary>What a settlement takes: rule 4 of the domain, as a set.</summary>
/// <param name="On">The day of the cut-off in the agreement's time zone.</param>
/// <param name="WholeOnly">1: a member's period goes when its principal is paid in full; 0: each paid part goes.</param>
public sealed record CutRule(long AgreementId, DateOnly On, long WholeOnly);

/// <summary>Remittances, their lines, and the allocations that stand on them.</summary>
public sealed class Remittances(Work work)
{
    private const int PartBytes = 1 << 20;

    private static readonly BulkTarget ContentTable = new("remittance_content", "remittance_id", "part", "body");

    private const string Columns = """
        id, number, agreement_id, run_id, kind, cutoff, currency, reference, line_count, total, sha256, delivery, answer, money, rejected, paid,
        delivered_at, acknowledged_at, settled_at
        """;

    private const string Free = """
        select o.enrolment_id, o.period, o.component, o.component_order, o.class, al.id as allocation_id, al.amount
          from allocation al
          join obligation o on o.id = al.obligation_id
         where al.agreement_id = @AgreementId and o.collected = 1 and o.opens_on <= @On
           and not exists (select 1 from line_allocation la where la.allocation_id = al.id and la.live = 1)
           and (@WholeOnly = 0 or not exists (
               select 1 from obligation p
                where p.enrolment_id = o.enrolment_id and p.period = o.period and p.collected = 1 and p.class = 'principal'
                  and p.opens_on <= @On and p.allocated < p.amount - p.reduced))
        """;

    private const string Groups = $"""
        select f.enrolment_id, f.period, f.component, max(f.component_order) as component_order, f.class, sum(f.amount) as amount
          from ({Free}) f
         group by f.enrolment_id, f.period, f.component, f.class
        having sum(f.amount) > 0
        """;

    private static readonly Sql Forecast = $"select count(*) as lines, coalesce(sum(g.amount), 0) as total from ({Groups}) g";

    private static readonly Sql AddRemittance = """
        insert into remittance (id, number, agreement_id, run_id, kind, cutoff, sequence, currency, reference, line_count, total, sha256, bytes, channel,
            delivery, answer, money, rejected, paid, sealed_at)
        values (@Id, @Number, @AgreementId, @RunId, @Kind, @Cutoff, @Sequence, @Currency, @Reference, @LineCount, @Total, @Sha256, @Bytes, @Channel,
            'sealed', 'none', 'unpaid', 0, 0, @Now)
        """;

    private const string Numbered = $"""
        select row_number() over (order by m.member_no, g.period, g.component_order, g.component, g.class, g.enrolment_id) as line_no,
               g.enrolment_id, m.member_no, m.national_id, g.period, g.component, g.class, g.amount
          from ({Groups}) g
          join enrolment e on e.id = g.enrolment_id
          join member m on m.id = e.member_id
        """;

    private static readonly Sql PlannedLines = $"select n.* from ({Numbered}) n order by n.line_no";

    private static readonly Sql CutLines = $"""
        insert into remittance_line (id, remittance_id, line_no, enrolment_id, member_no, national_id, period, component, class, amount, outcome, code)
        select @first - 1 + n.line_no, @id, n.line_no, n.enrolment_id, n.member_no, n.national_id, n.period, n.component, n.class, n.amount, 'sent', ''
          from ({Numbered}) n
        """;

    private static readonly Sql CutAllocations = $"""
        insert into line_allocation (line_id, allocation_id, live)
        select l.id, f.allocation_id, 1
          from ({Free}) f
          join remittance_line l on l.remittance_id = @id and l.enrolment_id = f.enrolment_id and l.period = f.period
               and l.component = f.component and l.class = f.class
        """;

    private static readonly Sql ByNumber = $"""
        select {Columns} from remittance r
         where (number = @number or reference = @number)
           and exists (select 1 from agreement a where a.id = r.agreement_id and (@scope is null or a.organisation_id = @scope))
        """;

    private static readonly Sql ById = $"select {Columns} from remittance where id = @id";

    private static readonly Sql OfAgreement = $"select {Columns} from remittance where agreement_id = @agreementId order by id";

    private static readonly Sql OfRun = $"select {Columns} from remittance where run_id = @runId order by id";

    private static readonly Sql ByReferences = new(dialect => $"""
        select {Columns} from remittance where reference in {dialect.AnyOf("@references")}
        """);

    private static readonly Sql LinesOf = """
        select id, line_no, enrolment_id, member_no, national_id, period, component, class, amount, outcome
          from remittance_line where remittance_id = @id order by line_no
        """;

    private static readonly Sql NextSequence = "select coalesce(max(sequence), 0) + 1 from remittance where agreement_id = @agreementId and cutoff = @cutoff";

    private static readonly Sql LastAttempt = new(dialect => $"select started_at from delivery where remittance_id = @id order by attempt desc {dialect.Limit("1")}");

    private static readonly Sql BodyParts = "select body from remittance_content where remittance_id = @id order by part";

    private static readonly Sql SaveState = """
        update remittance
           set delivery = @delivery, answer = @answer, money = @money, rejected = @rejected, paid = @paid,
               delivered_at = coalesce(delivered_at, @deliveredAt), acknowledged_at = coalesce(acknowledged_at, @acknowledgedAt),
               settled_at = coalesce(settled_at, @settledAt)
         where id = @id
        """;

    private static readonly Sql SetOutcomes = new(dialect => $"""
        update remittance_line set outcome = @outcome, code = @code
         where remittance_id = @id and (outcome = 'sent' or (outcome = 'accepted' and @outcome = 'returned')) and line_no in {dialect.AnyOf("@lines")}
        """);

    private static readonly Sql FreeRejected = """
        update line_allocation set live = 0
         where live = 1 and line_id in (select id from remittance_line where remittance_id = @id and outcome in ('rejected', 'returned'))
        """;

    private static readonly Sql FreeAll = """
        update line_allocation set live = 0 where live = 1 and line_id in (select id from remittance_line where remittance_id = @id)
        """;

    private static readonly Sql SentAgain = """
        select distinct r.number || ' line ' || l.line_no
          from line_allocation now
          join remittance_line mine on mine.id = now.line_id and mine.remittance_id = @id
          join line_allocation before on before.allocation_id = now.allocation_id and before.live = 0
          join remittance_line l on l.id = before.line_id
          join remittance r on r.id = l.remittance_id
        """;

    private static readonly Sql Attempts = "select coalesce(max(attempt), 0) + 1 from delivery where remittance_id = @id";

    private static readonly Sql AddAttempt = """
        insert into delivery (id, remittance_id, attempt, kind, state, started_at) values (@deliveryId, @id, @attempt, @kind, 'submitting', @now)
        """;

    private static readonly Sql EndAttempt = """
        update delivery set state = @state, detail = @detail, ended_at = @now where remittance_id = @id and ended_at is null
        """;

    private static readonly Sql OnLiveLine = new(dialect => $"""
        select count(*) from line_allocation where live = 1 and allocation_id in {dialect.AnyOf("@allocations")}
        """);

    /// <summary>What a cut by this rule would take now.</summary>
    public async Task<Takable> Takable(CutRule rule) => (await work.One<Takable>(Forecast, rule))!;

    public Task<long> Sequence(long agreementId, DateTimeOffset cutoff) => work.One<long>(NextSequence, new { agreementId, cutoff });

    /// <summary>The lines that a cut by this rule would take now, in line order.</summary>
    public IAsyncEnumerable<StoredLine> Planned(CutRule rule) => work.Stream<StoredLine>(PlannedLines, rule);

    /// <summary>
    /// Seals one remittance: its header, its lines and their allocations as sets. The header's figures come from
    /// <see cref="Planned"/> in the same transaction; the caller has ensured the ids.
    /// </summary>
    public async Task Cut(NewRemittance header, CutRule rule)
    {
        await work.Do(AddRemittance, Parameters(header));
        var first = work.Database.Ids.NextRun(header.LineCount);
        await work.Do(CutLines, new { first, id = header.Id, rule.AgreementId, rule.On, rule.WholeOnly });
        await work.Do(CutAllocations, new { id = header.Id, rule.AgreementId, rule.On, rule.WholeOnly });
    }

    public Task KeepContent(long id, IEnumerable<byte[]> parts) =>
        work.Bulk(ContentTable, parts.Select((body, part) => new object?[] { id, (long)part, body }));

    public Task<IReadOnlyList<byte[]>> Parts(long id) => work.Rows<byte[]>(BodyParts, new { id });

    /// <summary>When the last attempt to hand over began.</summary>
    public Task<DateTimeOffset?> AttemptedAt(long id) => work.One<DateTimeOffset?>(LastAttempt, new { id });

    /// <summary>The remittance of that number or reference, or a refusal with code <c>remittance_unknown</c>.</summary>
    public async Task<Outcome<StoredRemittance>> Find(string number) =>
        await work.One<StoredRemittance>(ByNumber, new { number, scope = work.Actor.OrganisationId }) is { } found ? found
        : Refusal.NotFound("remittance_unknown", $"There is no remittance «{number}».") with { Help = "List the remittances with 'remittance list'." };

    public async Task<StoredRemittance> Get(long id) => (await work.One<StoredRemittance>(ById, new { id }))!;

    public Task<IReadOnlyList<StoredRemittance>> Of(long agreementId) => work.Rows<StoredRemittance>(OfAgreement, new { agreementId });

    public Task<IReadOnlyList<StoredRemittance>> OfTheRun(long runId) => work.Rows<StoredRemittance>(OfRun, new { runId });

    public Task<IReadOnlyList<StoredRemittance>> WithReferences(IEnumerable<string> references) =>
        work.Rows<StoredRemittance>(ByReferences, new { references = work.Dialect.Array(references) });

    public Task<IReadOnlyList<StoredLine>> Lines(long id) => work.Rows<StoredLine>(LinesOf, new { id });

    public Task Save(long id, RemittanceState state) => work.Do(SaveState, new
    {
        id,
        delivery = Words.Of(state.Delivery),
        answer = Words.Of(state.Answer),
        money = Words.Of(state.Money),
        rejected = state.Rejected,
        paid = state.PaidSum,
        deliveredAt = state.Delivery == DeliveryState.Delivered ? work.Now : (DateTimeOffset?)null,
        acknowledgedAt = state.Answer == AnswerState.None ? (DateTimeOffset?)null : work.Now,
        settledAt = state.IsSettled ? work.Now : (DateTimeOffset?)null,
    });

    public Task<int> SetOutcome(long id, IEnumerable<long> lines, string outcome, string code) =>
        work.Do(SetOutcomes, new { id, outcome, code, lines = work.Dialect.Array(lines) });

    /// <summary>Gives the allocations of rejected and returned lines back to custody.</summary>
    public Task ReleaseRejected(long id) => work.Do(FreeRejected, new { id });

    public Task ReleaseAll(long id) => work.Do(FreeAll, new { id });

    /// <summary>Earlier lines, such as <c>REM-000000001001 line 7</c>, whose money came back and stands on this remittance now.</summary>
    public Task<IReadOnlyList<string>> LinesSentAgain(long id) => work.Rows<string>(SentAgain, new { id });

    public async Task BeginAttempt(long id, string kind)
    {
        var attempt = await work.One<long>(Attempts, new { id });
        await work.Do(AddAttempt, new { deliveryId = work.NextId(), id, attempt, kind, now = work.Now });
    }

    public Task ConcludeAttempt(long id, string state, string? detail) => work.Do(EndAttempt, new { id, state, detail, now = work.Now });

    public async Task<bool> AnyRemitted(IEnumerable<long> allocations) =>
        await work.One<long>(OnLiveLine, new { allocations = work.Dialect.Array(allocations) }) > 0;

    private object Parameters(NewRemittance header) => new
    {
        header.Id, header.Number, header.AgreementId, header.RunId, header.Kind, header.Cutoff, header.Sequence, header.Currency, header.Reference, header.LineCount,
        header.Total, header.Sha256, header.Bytes, header.Channel, work.Now,
    };
}
