using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A sealed remittance with its three states.</summary>
public sealed record StoredRemittance
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public long AgreementId { get; init; }

    public long? RunId { get; init; }

    /// <summary>regular; supplementary: lines of an earlier one that came back; or revised: differences to what has been remitted.</summary>
    public string Kind { get; init; } = "";

    /// <summary>The earlier remittance that a supplementary or a revised one goes with.</summary>
    public long? Supplements { get; init; }

    public string? Supplemented => Supplements is { } earlier ? Numbers.Remittance(earlier) : null;

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

    /// <summary>Form of the declaration: the name in <c>channel.format</c> when it was sealed.</summary>
    public string Format { get; init; } = "";

    /// <summary>Name of the declaration where files are handed over.</summary>
    public string FileName { get; init; } = "";

    /// <summary>The one period of all lines, where the form has one period per file.</summary>
    public string? Period { get; init; }

    /// <summary>The fund's own reference of what it pays, where the fund gives one first.</summary>
    public string? FundReference { get; init; }

    public DateTimeOffset SealedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public RemittanceState State => new(
        Words.Of<DeliveryState>(Delivery), Words.Of<AnswerState>(Answer), Words.Of<MoneyState>(Money), Total, Rejected, Paid);
}

/// <summary>The header of a remittance that is being sealed.</summary>
public sealed record NewRemittance
{
    public required long Id { get; init; }

    public required long AgreementId { get; init; }

    public required long? RunId { get; init; }

    public required string Kind { get; init; }

    public required long? Supplements { get; init; }

    public required DateTimeOffset Cutoff { get; init; }

    public required long Sequence { get; init; }

    public required string Currency { get; init; }

    public required string Reference { get; init; }

    public required long LineCount { get; init; }

    public required long Total { get; init; }

    public required string Sha256 { get; init; }

    public required long Bytes { get; init; }

    public required string Channel { get; init; }

    public required string Format { get; init; }

    public required string FileName { get; init; }

    public string? Period { get; init; }

    public string? FundReference { get; init; }

    public string Number => Numbers.Remittance(Id);
}

/// <summary>Remittances: their three states, their sealed bytes and their deliveries.</summary>
public sealed class Remittances(Work work)
{
    private static readonly BulkTarget ContentTable = new("remittance_content", "remittance_id", "part", "body");

    private const string Columns = """
        id, number, agreement_id, run_id, kind, supplements, cutoff, currency, reference, line_count, total, sha256, delivery, answer, money, rejected, paid,
        format, file_name, period, fund_reference, sealed_at, delivered_at, acknowledged_at, settled_at
        """;

    private static readonly Sql AddRemittance = """
        insert into remittance (id, number, agreement_id, run_id, kind, supplements, cutoff, sequence, currency, reference, line_count, total, sha256, bytes, channel, format, file_name, period, fund_reference,
            delivery, answer, money, rejected, paid, sealed_at)
        values (@Id, @Number, @AgreementId, @RunId, @Kind, @Supplements, @Cutoff, @Sequence, @Currency, @Reference, @LineCount, @Total, @Sha256, @Bytes, @Channel, @Format, @FileName, @Period, @FundReference,
            'sealed', 'none', 'unpaid', 0, 0, @Now)
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

    private static readonly Sql Quoted = new(dialect => $"""
        select {Columns} from remittance r
         where (reference in {dialect.AnyOf("@quoted")} or number in {dialect.AnyOf("@quoted")})
           and exists (select 1 from agreement a where a.id = r.agreement_id and (@scope is null or a.organisation_id = @scope) and (@fund is null or a.fund_code = @fund))
        """);

    private static readonly Sql ByIds = new(dialect => $"select {Columns} from remittance where id in {dialect.AnyOf("@ids")} order by id");

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

    private static readonly Sql Attempts = "select coalesce(max(attempt), 0) + 1 from delivery where remittance_id = @id";

    private static readonly Sql AddAttempt = "insert into delivery (id, remittance_id, attempt, kind, state, started_at) values (@deliveryId, @id, @attempt, @kind, 'submitting', @now)";

    private static readonly Sql EndAttempt = """
        update delivery set state = @state, detail = @detail, detail_code = @code, particulars = @particulars, ended_at = @now where remittance_id = @id and ended_at is null
        """;

    public Task<long> Sequence(long agreementId, DateTimeOffset cutoff) => work.One<long>(NextSequence, new { agreementId, cutoff });

    /// <summary>
    /// Seals one remittance: its header, its lines and their allocations as sets. The header's figures come from
    /// <see cref="Declarables.Lines"/> in the same transaction; the caller has ensured the ids.
    /// </summary>
    public async Task Cut(NewRemittance header, CutRule rule)
    {
        await work.Do(AddRemittance, Parameters(header));
        await work.Lines.Cut(header, rule);
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

    /// <summary>The same for a unit that changes it: its agreement is held, and it is read as it is then.</summary>
    public async Task<Outcome<StoredRemittance>> FindToChange(string number)
    {
        if (!(await Find(number)).Ok(out var remittance, out var refusal)) return refusal;
        await work.Agreements.GetToChange(remittance.AgreementId);
        return await Find(number);
    }

    public async Task<StoredRemittance> Get(long id) => (await work.One<StoredRemittance>(ById, new { id }))!;

    public Task<IReadOnlyList<StoredRemittance>> Of(long agreementId) => work.Rows<StoredRemittance>(OfAgreement, new { agreementId });

    public Task<IReadOnlyList<StoredRemittance>> OfTheRun(long runId) => work.Rows<StoredRemittance>(OfRun, new { runId });

    public Task<IReadOnlyList<StoredRemittance>> WithReferences(IEnumerable<string> references) =>
        work.Rows<StoredRemittance>(ByReferences, new { references = work.Dialect.Array(references) });

    /// <summary>Remittances of a fund, or of any, by the references or numbers that an answer quotes, as far as the acting user may see them.</summary>
    public Task<IReadOnlyList<StoredRemittance>> Answered(IEnumerable<string> quoted, string? fund) =>
        work.Rows<StoredRemittance>(Quoted, new { quoted = work.Dialect.Array(quoted), fund, scope = work.Actor.OrganisationId });

    public Task<IReadOnlyList<StoredRemittance>> Among(IEnumerable<long> ids) => work.Rows<StoredRemittance>(ByIds, new { ids = work.Dialect.Array(ids) });

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

    public async Task BeginAttempt(long id, string kind)
    {
        var attempt = await work.One<long>(Attempts, new { id });
        await work.Do(AddAttempt, new { deliveryId = work.NextId(), id, attempt, kind, now = work.Now });
    }

    public Task ConcludeAttempt(long id, string state, Remark? detail) => work.Do(EndAttempt, new { id, state, detail = detail?.Sentence, code = detail?.Code, particulars = detail?.Particulars?.Text(), now = work.Now });

    private object Parameters(NewRemittance header) => new
    {
        header.Id, header.Number, header.AgreementId, header.RunId, header.Kind, header.Supplements, header.Cutoff, header.Sequence, header.Currency, header.Reference, header.LineCount,
        header.Total, header.Sha256, header.Bytes, header.Channel, header.Format, header.FileName, header.Period, header.FundReference, work.Now,
    };
}
