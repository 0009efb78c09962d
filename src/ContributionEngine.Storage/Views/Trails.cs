using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>One part of a receipt on its way: from the treasurer's row to the bank line. Amounts in minor units.</summary>
public sealed record TrailPart
{
    public string Agreement { get; init; } = "";

    public string Currency { get; init; } = "";

    public long ReceiptId { get; init; }

    public string? ReceiptNo { get; init; }

    public string Upload { get; init; } = "";

    public string FileName { get; init; } = "";

    public string FileSha256 { get; init; } = "";

    public long RowNo { get; init; }

    public string? MemberNo { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public long ReceiptAmount { get; init; }

    public long Suspense { get; init; }

    public long Credit { get; init; }

    public long Refunded { get; init; }

    public long Reversed { get; init; }

    public long? ObligationId { get; init; }

    public string? Period { get; init; }

    public string? Component { get; init; }

    public DateOnly? DueOn { get; init; }

    public long? Owed { get; init; }

    public long? AllocationId { get; init; }

    public long? Part { get; init; }

    public long? Undoes { get; init; }

    public DateOnly? AllocatedOn { get; init; }

    public long? LineId { get; init; }

    public long? LineNo { get; init; }

    public long? LineAmount { get; init; }

    public string? Outcome { get; init; }

    public string? OutcomeCode { get; init; }

    public string? Remittance { get; init; }

    public string? Reference { get; init; }

    public DateTimeOffset? Cutoff { get; init; }

    public string? Delivery { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public string? BankReference { get; init; }

    public DateOnly? BookedOn { get; init; }
}

/// <summary>The path of money both ways, from any of its stations.</summary>
public sealed class Trails(Work work)
{
    private const string Path = """
        select ag.number as agreement, ag.currency, r.id as receipt_id, r.receipt_no, u.number as upload, u.file_name, u.sha256 as file_sha256, r.row_no, m.member_no, r.received_on,
               r.amount as receipt_amount, r.suspense, r.credit, r.refunded, r.reversed,
               o.id as obligation_id, o.period, o.component, o.due_on, o.amount as owed, a.id as allocation_id, a.amount as part, a.undoes, a.allocated_on,
               l.id as line_id, l.line_no, l.amount as line_amount, l.outcome, l.code as outcome_code,
               t.number as remittance, t.reference, t.cutoff, t.delivery, t.delivered_at, t.acknowledged_at, t.settled_at,
               be.servicer_reference as bank_reference, be.booked_on
          from receipt r
          join agreement ag on ag.id = r.agreement_id
          join upload u on u.id = r.upload_id
          left join enrolment e on e.id = r.enrolment_id
          left join member m on m.id = e.member_id
          left join allocation a on a.receipt_id = r.id
          left join obligation o on o.id = a.obligation_id
          left join line_allocation la on la.allocation_id = a.id
          left join remittance_line l on l.id = la.line_id
          left join remittance t on t.id = l.remittance_id
          left join bank_match bm on bm.remittance_id = t.id and bm.live = 1
          left join bank_entry be on be.id = bm.entry_id
         where (@scope is null or ag.organisation_id = @scope)
        """;

    private static readonly Sql OfReceipt = $"{Path} and r.id = @id order by a.id, l.id";

    // Which receipts they are is said first, or each receipt of the fund would be followed to its end.
    private static readonly Sql OfObligation = $"""
        {Path} and o.id = @id and r.id in (select x.receipt_id from allocation x where x.obligation_id = @id) order by a.id, l.id
        """;

    private static readonly Sql OfLine = $"""
        {Path} and l.id = @id and r.id in (select x.receipt_id from line_allocation y join allocation x on x.id = y.allocation_id where y.line_id = @id) order by a.id
        """;

    private static readonly Sql Owner = "select ag.number from obligation o join agreement ag on ag.id = o.agreement_id where o.id = @id";

    private static readonly Sql LineByNumber = """
        select l.id from remittance_line l join remittance t on t.id = l.remittance_id where t.number = @remittance and l.line_no = @line
        """;

    /// <summary>Number of the agreement that an obligation belongs to.</summary>
    public Task<string?> AgreementOf(long obligation) => work.One<string>(Owner, new { id = obligation });

    public Task<IReadOnlyList<TrailPart>> Receipt(long id) => Rows(OfReceipt, id);

    public Task<IReadOnlyList<TrailPart>> Obligation(long id) => Rows(OfObligation, id);

    public Task<IReadOnlyList<TrailPart>> Line(long id) => Rows(OfLine, id);

    /// <summary>The id of a line named by its remittance and number.</summary>
    public Task<long?> LineId(string remittance, long line) => work.One<long?>(LineByNumber, new { remittance, line });

    private Task<IReadOnlyList<TrailPart>> Rows(Sql sql, long id) => work.Rows<TrailPart>(sql, new { id, scope = work.Actor.OrganisationId });
}
