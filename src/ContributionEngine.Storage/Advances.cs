namespace ContributionEngine.Storage;

/// <summary>What the organisation paid for a member, and what she owes it for that.</summary>
/// <param name="ReceiptId">The receipt that the organisation paid.</param>
/// <param name="ObligationId">The obligation of class advance that her later money pays first.</param>
public readonly record struct NewAdvance(long ReceiptId, long ObligationId);

/// <summary>An advance of which some is not needed any more: it stands as credit of its receipt.</summary>
public sealed record FreedAdvance
{
    public long ReceiptId { get; init; }

    public long ObligationId { get; init; }

    /// <summary>Minor units.</summary>
    public long Credit { get; init; }
}

/// <summary>What a member who has left has not repaid, in minor units.</summary>
public sealed record LeaversAdvance
{
    public string MemberNo { get; init; } = "";

    public DateOnly EnrolledTo { get; init; }

    public long Owed { get; init; }
}

/// <summary>Money that the organisation paid for members who had not.</summary>
public sealed class Advances(Work work)
{
    private static readonly BulkTarget Table = new("advance", "receipt_id", "obligation_id", "agreement_id");

    private const string Lacking = """
        select p.id, p.enrolment_id, p.period, p.payer, p.due_on from obligation p
         where p.agreement_id = @agreementId and p.collected = 1 and p.class = 'principal' and p.opens_on <= @on and p.allocated < p.amount - p.reduced
        """;

    // A period goes whole, so all of it is advanced once any of it must go; what its own payer must bring besides is nobody's to advance.
    private static readonly Sql MissingRows = $"""
        select {Obligations.Columns}
          from obligation o
         where o.id in (select l.id from ({Lacking}) l)
           and (o.period in (select b.period from batch_step b where b.agreement_id = @agreementId and b.step = 'advance')
                or exists (select 1 from ({Lacking}) d where d.enrolment_id = o.enrolment_id and d.period = o.period and d.due_on < @before))
           and not exists (select 1 from ({Lacking}) x where x.enrolment_id = o.enrolment_id and x.period = o.period and x.payer not in ('member', 'worker'))
         order by o.enrolment_id, o.period, o.component_order, o.payer, o.id
        """;

    private static readonly Sql FreedOf = """
        select v.receipt_id, v.obligation_id, r.credit
          from advance v
          join receipt r on r.id = v.receipt_id
         where r.agreement_id = @agreementId and r.credit > 0
         order by v.receipt_id
        """;

    private static readonly Sql ReceiptsOf = new(dialect => $"select receipt_id from advance where receipt_id in {dialect.AnyOf("@receipts")} order by receipt_id");

    private static readonly Sql OwedByLeavers = """
        select m.member_no, e.enrolled_to, sum(o.amount - o.reduced - o.allocated) as owed
          from advance v
          join obligation o on o.id = v.obligation_id
          join enrolment e on e.id = o.enrolment_id
          join member m on m.id = e.member_id
         where v.agreement_id = @agreementId and e.enrolled_to < @asOf and o.allocated < o.amount - o.reduced
           and not exists (select 1 from enrolment n where n.agreement_id = e.agreement_id and n.member_id = e.member_id and n.enrolled_from > e.enrolled_to)
         group by m.member_no, e.enrolled_to
         order by m.member_no
        """;

    /// <summary>Principal that lacks money and is to be advanced at a cut-off, by enrolment and period.</summary>
    /// <param name="on">The day of the cut-off.</param>
    /// <param name="before">What is due before this day is advanced; so is what a person has decided to advance.</param>
    public Task<IReadOnlyList<StoredObligation>> Missing(long agreementId, DateOnly on, DateOnly before) =>
        work.Rows<StoredObligation>(MissingRows, new { agreementId, on, before });

    public Task Add(long agreementId, IEnumerable<NewAdvance> advances) => work.Bulk(Table, advances.Select(row => new object?[] { row.ReceiptId, row.ObligationId, agreementId }));

    /// <summary>Advances that hold credit, because what they had paid was lowered.</summary>
    public Task<IReadOnlyList<FreedAdvance>> Freed(long agreementId) => work.Rows<FreedAdvance>(FreedOf, new { agreementId });

    /// <summary>Those of some receipts that the organisation paid.</summary>
    public Task<IReadOnlyList<long>> Among(IEnumerable<long> receipts) => work.Rows<long>(ReceiptsOf, new { receipts = work.Dialect.Array(receipts) });

    /// <summary>What members who have left by a day, and have not come back, have not repaid.</summary>
    public Task<IReadOnlyList<LeaversAdvance>> OfLeavers(long agreementId, DateOnly asOf) => work.Rows<LeaversAdvance>(OwedByLeavers, new { agreementId, asOf });
}
