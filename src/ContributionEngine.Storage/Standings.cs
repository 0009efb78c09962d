namespace ContributionEngine.Storage;

/// <summary>What was paid under an enrolment, in minor units.</summary>
public sealed record PaidSum
{
    public long EnrolmentId { get; init; }

    public long Receipts { get; init; }

    public long Amount { get; init; }
}

/// <summary>What a member owes by way of the organisation, in minor units.</summary>
public sealed record OpenSum
{
    public long MemberId { get; init; }

    /// <summary>Above zero.</summary>
    public long Owed { get; init; }

    /// <summary>Her money that pays nothing yet: it meets what she owes at the next writing command.</summary>
    public long Credit { get; init; }
}

/// <summary>What a cut-off would take of an upload, in minor units.</summary>
public sealed record TakenSum
{
    public long Taken { get; init; }

    /// <summary>Money that is the organisation's: fees, and what repays its advances.</summary>
    public long Fees { get; init; }
}

/// <summary>How a file compares with the books: what its members have paid and owe, and what of it a cut-off would take.</summary>
public sealed class Standings(Work work)
{
    private static readonly Sql AnyLiveOne = new(dialect => $"select id from receipt where agreement_id = @agreementId and live = 1 order by business_key, occurrence {dialect.Limit("1")}");

    private static readonly Sql PaidBy = new(dialect => $"""
        select enrolment_id, count(*) as receipts, sum(amount) as amount
          from receipt
         where enrolment_id in {dialect.AnyOf("@enrolments")} and live = 1 and amount > 0 and upload_id <> @butOf
           and not exists (select 1 from advance v where v.receipt_id = receipt.id)
         group by enrolment_id
        """);

    private static readonly Sql OpenOf = """
        select d.member_id, d.owed, coalesce(c.credit, 0) as credit
          from (select e.member_id, sum(o.amount - o.reduced - o.allocated) as owed
                  from obligation o
                  join enrolment e on e.id = o.enrolment_id
                 where o.agreement_id = @agreementId and o.collected = 1 and o.opens_on <= @asOf and o.allocated < o.amount - o.reduced
                 group by e.member_id) d
          left join (select e.member_id, sum(r.credit) as credit
                  from receipt r
                  join enrolment e on e.id = r.enrolment_id
                 where r.agreement_id = @agreementId and r.credit > 0
                 group by e.member_id) c on c.member_id = d.member_id
        """;

    private static readonly Sql TakenOf = $"""
        select coalesce((select sum(f.amount) from ({RemittanceLines.Free}) f
                           join allocation a on a.id = f.allocation_id
                           join receipt r on r.id = a.receipt_id
                          where r.upload_id = @upload and (@Period is null or f.period = @Period)), 0) as taken,
               coalesce((select sum(a.amount) from allocation a
                           join receipt r on r.id = a.receipt_id
                           join obligation o on o.id = a.obligation_id
                          where r.upload_id = @upload and o.class in ('fee', 'advance')), 0) as fees
        """;

    /// <summary>What a cut by this rule would take of an upload's money, and what of it pays fees.</summary>
    public async Task<TakenSum> Taken(CutRule rule, long upload) => (await work.One<TakenSum>(TakenOf, new { rule.AgreementId, rule.On, rule.WholeOnly, rule.Supplements, rule.Period, upload }))!;

    /// <summary>True when something is posted under the agreement and not reversed.</summary>
    public async Task<bool> AnyReceipt(long agreementId) => await work.One<long?>(AnyLiveOne, new { agreementId }) is not null;

    /// <summary>How often and how much was paid under these enrolments, of live receipts with an amount.</summary>
    /// <param name="butOf">An upload that does not count.</param>
    public Task<IReadOnlyList<PaidSum>> Paid(IEnumerable<long> enrolments, long butOf) => work.Rows<PaidSum>(PaidBy, new { enrolments = work.Dialect.Array(enrolments), butOf });

    /// <summary>What each member of the agreement who owes something owes at a day, one by one.</summary>
    public IAsyncEnumerable<OpenSum> Open(long agreementId, DateOnly asOf) => work.Stream<OpenSum>(OpenOf, new { agreementId, asOf });
}
