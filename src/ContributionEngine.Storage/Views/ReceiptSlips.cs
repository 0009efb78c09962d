namespace ContributionEngine.Storage;

/// <summary>A receipt of a known member that was not taken back, with what a slip says of her.</summary>
public sealed record SlipReceipt
{
    public long Id { get; init; }

    public long RowNo { get; init; }

    public string? ReceiptNo { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public long Amount { get; init; }

    public long Credit { get; init; }

    public long Refunded { get; init; }

    public long MemberId { get; init; }

    public string MemberNo { get; init; } = "";

    public string FullName { get; init; } = "";

    public string? Language { get; init; }

    public string? Phone { get; init; }
}

/// <summary>How many payments of an upload stand, and what they come to.</summary>
public sealed record SlipTotals
{
    public long Slips { get; init; }

    public long Amount { get; init; }

    /// <summary>Payments whose member is not known: they have no slip.</summary>
    public long Unknown { get; init; }
}

/// <summary>What a receipt has paid of a period's component.</summary>
public sealed record SlipAllocation
{
    public long ReceiptId { get; init; }

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";

    public string Class { get; init; } = "";

    public long Amount { get; init; }
}

/// <summary>What a member still owes, or has paid on a day.</summary>
public sealed record MemberAmount
{
    public long MemberId { get; init; }

    public DateOnly? ReceivedOn { get; init; }

    public long Amount { get; init; }
}

/// <summary>A receipt as anybody may learn of it who has its slip.</summary>
public sealed record CheckedReceipt
{
    public long Id { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public long Amount { get; init; }

    public long Live { get; init; }

    public string Currency { get; init; } = "";

    public string FullName { get; init; } = "";
}

/// <summary>What slips of receipts are made of, and what proves them.</summary>
public sealed class ReceiptSlips(Work work)
{
    private const string Rows = """
        select r.id, r.row_no, r.receipt_no, r.received_on, r.amount, r.credit, r.refunded, m.id as member_id, m.member_no, m.full_name, m.language, m.phone
          from receipt r
          join enrolment e on e.id = r.enrolment_id
          join member m on m.id = e.member_id
         where r.live = 1 and r.amount > 0 and not exists (select 1 from advance v where v.receipt_id = r.id)
        """;

    private static readonly Sql OfUpload = new(dialect => $"""
        {Rows} and r.upload_id = @uploadId and (r.row_no > @row or (r.row_no = @row and r.id > @id)) order by r.row_no, r.id {dialect.Limit("@take")}
        """);

    private static readonly Sql TotalsOf = """
        select count(r.enrolment_id) as slips, coalesce(sum(case when r.enrolment_id is null then 0 else r.amount end), 0) as amount, count(*) - count(r.enrolment_id) as unknown
          from receipt r
         where r.upload_id = @uploadId and r.live = 1 and r.amount > 0 and not exists (select 1 from advance v where v.receipt_id = r.id)
        """;

    private static readonly Sql OfMember = $"{Rows} and e.agreement_id = @agreementId and e.member_id = @memberId order by r.received_on, r.id";

    private static readonly Sql ById = $"{Rows} and r.id = @id";

    private static readonly Sql Parts = new(dialect => $"""
        select a.receipt_id, o.period, o.component, o.class, sum(a.amount) as amount
          from allocation a
          join obligation o on o.id = a.obligation_id
         where a.receipt_id in {dialect.AnyOf("@receipts")}
         group by a.receipt_id, o.period, o.component, o.component_order, o.class
        having sum(a.amount) <> 0
         order by a.receipt_id, o.period, o.component_order, o.component, o.class
        """);

    private static readonly Sql Owed = new(dialect => $"""
        select e.member_id, sum(o.amount - o.reduced - o.allocated) as amount
          from enrolment e
          join obligation o on o.enrolment_id = e.id
         where e.agreement_id = @agreementId and e.member_id in {dialect.AnyOf("@members")} and o.collected = 1 and (o.opens_on <= @on or o.allocated > 0)
         group by e.member_id
        """);

    private static readonly Sql Paid = new(dialect => $"""
        select e.member_id, r.received_on, sum(r.amount - r.refunded) as amount
          from enrolment e
          join receipt r on r.enrolment_id = e.id
         where e.agreement_id = @agreementId and e.member_id in {dialect.AnyOf("@members")} and r.live = 1 and not exists (select 1 from advance v where v.receipt_id = r.id)
         group by e.member_id, r.received_on
        """);

    private static readonly Sql Checked = """
        select r.id, r.received_on, r.amount, r.live, a.currency, m.full_name
          from receipt r
          join agreement a on a.id = r.agreement_id
          join enrolment e on e.id = r.enrolment_id
          join member m on m.id = e.member_id
         where r.id = @id
        """;

    private static readonly Sql Secret = "select secret from receipt_seal where id = 1";

    /// <summary>The next receipts of an upload after a row and id, in the order of its rows.</summary>
    public Task<IReadOnlyList<SlipReceipt>> Of(long uploadId, (long Row, long Id) after, int take) => work.Rows<SlipReceipt>(OfUpload, new { uploadId, row = after.Row, id = after.Id, take });

    public async Task<SlipTotals> Totals(long uploadId) => (await work.One<SlipTotals>(TotalsOf, new { uploadId }))!;

    public Task<IReadOnlyList<SlipReceipt>> Of(long agreementId, long memberId) => work.Rows<SlipReceipt>(OfMember, new { agreementId, memberId });

    public Task<SlipReceipt?> Find(long id) => work.One<SlipReceipt>(ById, new { id });

    public Task<IReadOnlyList<SlipAllocation>> PartsOf(IEnumerable<long> receipts) => work.Rows<SlipAllocation>(Parts, new { receipts = work.Dialect.Array(receipts) });

    /// <summary>What members owe of all that is open on a day.</summary>
    public Task<IReadOnlyList<MemberAmount>> OwedBy(long agreementId, IEnumerable<long> members, DateOnly on) => work.Rows<MemberAmount>(Owed, new { agreementId, members = work.Dialect.Array(members), on });

    /// <summary>What members have paid, day by day.</summary>
    public Task<IReadOnlyList<MemberAmount>> PaidBy(long agreementId, IEnumerable<long> members) => work.Rows<MemberAmount>(Paid, new { agreementId, members = work.Dialect.Array(members) });

    /// <summary>The receipt of that id with its member; null: there is none.</summary>
    public Task<CheckedReceipt?> Check(long id) => work.One<CheckedReceipt>(Checked, new { id });

    /// <summary>What the codes of slips are worked out from.</summary>
    public async Task<byte[]> Seal() => (await work.One<byte[]>(Secret))!;
}
