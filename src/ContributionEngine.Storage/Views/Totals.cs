namespace ContributionEngine.Storage;

/// <summary>Where an agreement's money stands, in minor units. received = allocated + suspense + credit.</summary>
public sealed record MoneyTotals
{
    /// <summary>Net of reversals, refunds and write-offs.</summary>
    public long Received { get; init; }

    public long Allocated { get; init; }

    public long Suspense { get; init; }

    public long Credit { get; init; }

    /// <summary>On live remittance lines.</summary>
    public long Remitted { get; init; }

    /// <summary>Of remittances that are settled.</summary>
    public long Settled { get; init; }
}

/// <summary>How many open cases there are of a reason.</summary>
public sealed record CasesByReason
{
    public string Reason { get; init; } = "";

    public long Count { get; init; }
}

/// <summary>The figures of an agreement at a glance.</summary>
public sealed class Totals(Work work)
{
    private static readonly Sql OfAgreement = """
        select coalesce(sum(r.amount - r.reversed - r.refunded - r.written_off), 0) as received, coalesce(sum(r.allocated), 0) as allocated,
               coalesce(sum(r.suspense), 0) as suspense, coalesce(sum(r.credit), 0) as credit,
               (select coalesce(sum(a.amount), 0) from line_allocation la join allocation a on a.id = la.allocation_id where la.live = 1 and a.agreement_id = @agreementId) as remitted,
               (select coalesce(sum(total - rejected), 0) from remittance where agreement_id = @agreementId and settled_at is not null) as settled
          from receipt r where r.agreement_id = @agreementId
        """;

    private static readonly Sql CaseCounts = """
        select reason, count(*) as count from work_case where agreement_id = @agreementId and state in ('open', 'assigned', 'waiting') group by reason order by reason
        """;

    private static readonly Sql Scheduled = "select count(*) from obligation where agreement_id = @agreementId";

    public async Task<MoneyTotals> Of(long agreementId) => (await work.One<MoneyTotals>(OfAgreement, new { agreementId }))!;

    public Task<IReadOnlyList<CasesByReason>> Cases(long agreementId) => work.Rows<CasesByReason>(CaseCounts, new { agreementId });

    public Task<long> Obligations(long agreementId) => work.One<long>(Scheduled, new { agreementId });
}
