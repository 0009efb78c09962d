namespace ContributionEngine.Storage;

/// <summary>Who a statement is about.</summary>
public sealed record StatementMember
{
    public string MemberNo { get; init; } = "";

    public string NationalId { get; init; } = "";

    public string FullName { get; init; } = "";

    public string? Language { get; init; }
}

/// <summary>A receipt of a member that was not taken back, with the sums that it is divided into.</summary>
public sealed record StatementReceipt
{
    public long Id { get; init; }

    public string? ReceiptNo { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public long Amount { get; init; }

    public long Credit { get; init; }

    public long Refunded { get; init; }
}

/// <summary>A part of a receipt on what was owed, and the line on which it stands; the line is null while the money is in custody.</summary>
public sealed record StatementPart
{
    public long ReceiptId { get; init; }

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";

    public string Class { get; init; } = "";

    public long Amount { get; init; }

    public string? Reference { get; init; }

    public long? LineNo { get; init; }

    public string? Outcome { get; init; }
}

/// <summary>A member's line on a remittance that was not cancelled.</summary>
public sealed record StatementLine
{
    public long RemittanceId { get; init; }

    public string Reference { get; init; } = "";

    public long LineNo { get; init; }

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";

    public string Class { get; init; } = "";

    public long Amount { get; init; }

    public string Outcome { get; init; } = "";

    public string Code { get; init; } = "";

    /// <summary>1: it stands in the newest version of its remittance's proof.</summary>
    public long Proven { get; init; }
}

/// <summary>What a member's statement is made of: her receipts, where their parts went, and her lines. Each by all her enrolments under one agreement.</summary>
public sealed class MemberStatements(Work work)
{
    private static readonly Sql Person = "select member_no, national_id, full_name, language from member where id = @memberId";

    private static readonly Sql ReceiptsOf = """
        select r.id, r.receipt_no, r.received_on, r.amount, r.credit, r.refunded
          from receipt r
          join enrolment e on e.id = r.enrolment_id
         where e.agreement_id = @agreementId and e.member_id = @memberId and r.live = 1 and r.amount > 0
         order by r.received_on, r.id
        """;

    // An undone part and its opposite stand on no live line and are nothing together.
    private static readonly Sql PartsOf = """
        select a.receipt_id, o.period, o.component, o.class, sum(a.amount) as amount, t.reference, l.line_no, l.outcome
          from receipt r
          join enrolment e on e.id = r.enrolment_id
          join allocation a on a.receipt_id = r.id
          join obligation o on o.id = a.obligation_id
          left join line_allocation la on la.allocation_id = a.id and la.live = 1
          left join remittance_line l on l.id = la.line_id
          left join remittance t on t.id = l.remittance_id
         where e.agreement_id = @agreementId and e.member_id = @memberId and r.live = 1
         group by a.receipt_id, o.period, o.component, o.component_order, o.class, t.reference, l.line_no, l.outcome
        having sum(a.amount) <> 0
         order by a.receipt_id, o.period, o.component_order, o.component, o.class, t.reference, l.line_no
        """;

    private static readonly Sql LinesOf = """
        select l.remittance_id, t.reference, l.line_no, l.period, l.component, l.class, l.amount, l.outcome, l.code,
               case when s.line_id is not null and s.last_version is null then 1 else 0 end as proven
          from enrolment e
          join remittance_line l on l.enrolment_id = e.id
          join remittance t on t.id = l.remittance_id
          left join line_salt s on s.line_id = l.id
         where e.agreement_id = @agreementId and e.member_id = @memberId and t.delivery <> 'cancelled'
         order by t.cutoff, t.id, l.line_no
        """;

    public async Task<StatementMember> Member(long memberId) => (await work.One<StatementMember>(Person, new { memberId }))!;

    public Task<IReadOnlyList<StatementReceipt>> Receipts(long agreementId, long memberId) => work.Rows<StatementReceipt>(ReceiptsOf, new { agreementId, memberId });

    public Task<IReadOnlyList<StatementPart>> Parts(long agreementId, long memberId) => work.Rows<StatementPart>(PartsOf, new { agreementId, memberId });

    public Task<IReadOnlyList<StatementLine>> Lines(long agreementId, long memberId) => work.Rows<StatementLine>(LinesOf, new { agreementId, memberId });
}
