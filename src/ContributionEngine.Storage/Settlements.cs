using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>One scheduled pass at a cut-off.</summary>
public sealed record StoredRun
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public long AgreementId { get; init; }

    public DateTimeOffset Cutoff { get; init; }

    public DateOnly CutoffOn { get; init; }

    /// <summary>planned, running, completed, completed_with_cases or failed.</summary>
    public string State { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What it left to the next cut-off because it was too little to send, in minor units.</summary>
    public long Carried { get; init; }
}

/// <summary>Settlement runs: one per agreement and cut-off, which the database itself guards.</summary>
public sealed class Settlements(Work work)
{
    // A completed run whose remittances have open cases, or that held members back who still wait, says so; the cases decide, not a flag.
    internal const string State = """
        case when r.state = 'completed' and (exists (
            select 1 from remittance m
              join work_case c on c.agreement_id = m.agreement_id and c.state in ('open', 'assigned', 'waiting') and (c.subject = m.number or c.subject like concat(m.number, ' %'))
             where m.run_id = r.id)
            or exists (
            select 1 from work_case h
             where h.agreement_id = r.agreement_id and h.reason = 'declaration_incomplete' and h.state in ('open', 'assigned', 'waiting') and h.opened_on <= r.cutoff_on)) then 'completed_with_cases' else r.state end
        """;

    private const string Columns = $"id, number, agreement_id, cutoff, cutoff_on, started_at, completed_at, carried, {State} as state";

    private static readonly Sql AddRun = """
        insert into settlement_run (id, number, agreement_id, cutoff, cutoff_on, state, started_at, carried)
        values (@Id, @Number, @AgreementId, @Cutoff, @CutoffOn, 'running', @StartedAt, 0)
        """;

    private static readonly Sql At = $"select {Columns} from settlement_run r where agreement_id = @agreementId and cutoff = @cutoff";

    private static readonly Sql ByNumber = $"""
        select {Columns} from settlement_run r
         where number = @number and exists (select 1 from agreement a where a.id = r.agreement_id and (@scope is null or a.organisation_id = @scope))
        """;

    private static readonly Sql ById = $"select {Columns} from settlement_run r where id = @id";

    private static readonly Sql OfAgreement = $"select {Columns} from settlement_run r where agreement_id = @agreementId order by cutoff";

    private static readonly Sql Unfinished = $"select {Columns} from settlement_run r where agreement_id = @agreementId and state in ('planned', 'running') order by cutoff";

    private static readonly Sql Latest = new(dialect => $"select cutoff from settlement_run where agreement_id = @agreementId order by cutoff desc {dialect.Limit("1")}");

    private static readonly Sql Finish = "update settlement_run set state = @state, completed_at = @now, carried = @carried where id = @id and state in ('planned', 'running')";

    public Task Add(StoredRun run) => work.Do(AddRun, run);

    public Task<StoredRun?> Find(long agreementId, DateTimeOffset cutoff) => work.One<StoredRun>(At, new { agreementId, cutoff });

    /// <summary>The run of that number, or a refusal with code <c>run_unknown</c>.</summary>
    public async Task<Outcome<StoredRun>> Find(string number) =>
        await work.One<StoredRun>(ByNumber, new { number, scope = work.Actor.OrganisationId }) is { } found ? found
        : Refusal.NotFound("run_unknown", $"There is no settlement run «{number}».") with { Help = "List the runs with 'settlement list'." };

    public async Task<StoredRun> Get(long id) => (await work.One<StoredRun>(ById, new { id }))!;

    public Task<IReadOnlyList<StoredRun>> Of(long agreementId) => work.Rows<StoredRun>(OfAgreement, new { agreementId });

    public Task<IReadOnlyList<StoredRun>> Open(long agreementId) => work.Rows<StoredRun>(Unfinished, new { agreementId });

    public Task<DateTimeOffset?> LatestCutoff(long agreementId) => work.One<DateTimeOffset?>(Latest, new { agreementId });

    /// <param name="carried">Minor units that are left to the next cut-off because they are too few.</param>
    public Task Conclude(long id, string state, long carried) => work.Do(Finish, new { id, state, carried, now = work.Now });
}
