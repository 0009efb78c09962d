namespace ContributionEngine.Storage;

/// <summary>A fund's notice of a period, as its last step left it.</summary>
public sealed record StoredNotice
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public long AgreementId { get; init; }

    public string Period { get; init; } = "";

    /// <summary>requested, quoted, confirmed, expired or withdrawn.</summary>
    public string State { get; init; } = "";

    /// <summary>How many steps it has come; the number of the last one.</summary>
    public long Steps { get; init; }

    /// <summary>What was asked for, in minor units.</summary>
    public long Asked { get; init; }

    /// <summary>What the fund takes, in minor units; while it has not said so, what was asked for.</summary>
    public long Amount { get; init; }

    /// <summary>The fund's own reference; null until it has quoted.</summary>
    public string? FundReference { get; init; }

    /// <summary>The last day on which the quote holds; null: it has no end.</summary>
    public DateOnly? ValidUntil { get; init; }

    /// <summary>The remittance that pays it, while it is confirmed.</summary>
    public long? RemittanceId { get; init; }

    public bool IsOpen => State is "requested" or "quoted";
}

/// <summary>Money of a period, in minor units.</summary>
public sealed record PeriodSum
{
    public string Period { get; init; } = "";

    /// <summary>1: differences to what has been remitted.</summary>
    public long Revised { get; init; }

    public long Lines { get; init; }

    public long Amount { get; init; }
}

/// <summary>Notices of funds that take only a whole amount under a reference that they give first. Steps are facts; the notice stands where its last step left it.</summary>
public sealed class Notices(Work work)
{
    public const string Requested = "requested";
    public const string Quoted = "quoted";
    public const string Confirmed = "confirmed";
    public const string Expired = "expired";
    public const string Withdrawn = "withdrawn";

    private static readonly BulkTarget Table = new("notice", "id", "number", "agreement_id", "period", "state", "steps");

    private static readonly BulkTarget StepTable = new("notice_step", "notice_id", "step_no", "step", "amount", "fund_reference", "valid_until", "remittance_id", "reason", "taken_on", "taken_by");

    private const string Rows = """
        select n.id, n.number, n.agreement_id, n.period, n.state, n.steps, a.amount as asked, s.amount, s.fund_reference, s.valid_until, s.remittance_id
          from notice n
          join notice_step a on a.notice_id = n.id and a.step_no = 1
          join notice_step s on s.notice_id = n.id and s.step_no = n.steps
        """;

    private static readonly Sql OfAgreement = $"{Rows} where n.agreement_id = @agreementId order by n.id";

    private static readonly Sql ByNumber = $"""
        {Rows} where n.number = @number and exists (select 1 from agreement g where g.id = n.agreement_id and (@scope is null or g.organisation_id = @scope))
        """;

    private static readonly Sql OpenOf = $"{Rows} where n.agreement_id = @agreementId and n.state in ('requested', 'quoted') order by n.period";

    private static readonly Sql PaidBy = $"{Rows} where n.state = 'confirmed' and s.remittance_id = @remittanceId";

    private static readonly Sql Move = "update notice set state = @state, steps = @steps where id = @id";

    private static readonly Sql OwedOf = """
        select t.period, 0 as revised, 0 as lines, sum(t.amount) as amount
          from (select o.period, o.amount - o.reduced as amount
                  from obligation o
                 where o.agreement_id = @agreementId and o.collected = 1 and o.class = 'principal'
                union all
                select p.period, 0 - al.amount
                  from allocation al
                  join obligation p on p.id = al.obligation_id and p.collected = 1 and p.class = 'principal'
                  join line_allocation la on la.allocation_id = al.id and la.live = 1
                 where al.agreement_id = @agreementId) t
         group by t.period
        having sum(t.amount) > 0
         order by t.period
        """;

    public Task<IReadOnlyList<StoredNotice>> Of(long agreementId) => work.Rows<StoredNotice>(OfAgreement, new { agreementId });

    /// <summary>Those that are requested or quoted; at most one of a period.</summary>
    public Task<IReadOnlyList<StoredNotice>> Open(long agreementId) => work.Rows<StoredNotice>(OpenOf, new { agreementId });

    /// <summary>The notice of that number, as far as the acting user may see it; else null.</summary>
    public Task<StoredNotice?> Find(string number) => work.One<StoredNotice>(ByNumber, new { number, scope = work.Actor.OrganisationId });

    /// <summary>The notice that a remittance pays; null when it pays none.</summary>
    public Task<StoredNotice?> PaidWith(long remittanceId) => work.One<StoredNotice>(PaidBy, new { remittanceId });

    /// <summary>Principal by the schedule that is neither with the fund nor on its way to it, by period.</summary>
    public Task<IReadOnlyList<PeriodSum>> Owed(long agreementId) => work.Rows<PeriodSum>(OwedOf, new { agreementId });

    /// <summary>Adds one with its first step.</summary>
    public async Task Add(StoredNotice notice, DateOnly on, string reason)
    {
        await work.Bulk(Table, [[notice.Id, notice.Number, notice.AgreementId, notice.Period, notice.State, notice.Steps]]);
        await Note(notice, on, reason);
    }

    /// <summary>Takes the next step: the notice is as given from now on.</summary>
    public async Task<StoredNotice> Take(StoredNotice notice, DateOnly on, string reason)
    {
        var next = notice with { Steps = notice.Steps + 1 };
        await Note(next, on, reason);
        await work.Do(Move, new { id = next.Id, state = next.State, steps = next.Steps });
        return next;
    }

    private Task Note(StoredNotice notice, DateOnly on, string reason) => work.Bulk(StepTable,
        [[notice.Id, notice.Steps, notice.State, notice.Amount, notice.FundReference, notice.ValidUntil, notice.RemittanceId, reason, on, work.Actor.Name]]);
}
