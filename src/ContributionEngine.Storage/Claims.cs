using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>What another owes because money of a receipt was gone when the receipt ended.</summary>
public sealed record StoredClaim
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public long AgreementId { get; init; }

    /// <summary><c>organisation</c>: the money was on its way to the fund. <c>member</c>: it had been refunded.</summary>
    public string Debtor { get; init; } = "";

    public long ReceiptId { get; init; }

    public long? AllocationId { get; init; }

    public long? LineId { get; init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    public DateOnly ArisenOn { get; init; }

    /// <summary>open, settled (the debtor paid), extinguished (the line came back, and with it what was owed) or written_off.</summary>
    public string State { get; init; } = "";

    public DateOnly? EndedOn { get; init; }

    public string? ReceiptNo { get; init; }

    public string? MemberNo { get; init; }

    /// <summary>The line, such as <c>REM-000000001001 line 7</c>.</summary>
    public string? Line { get; init; }

    /// <summary>Of the money: the obligation that it pays.</summary>
    public long? ObligationId { get; init; }

    /// <summary>Class of that obligation.</summary>
    public string? Class { get; init; }
}

/// <summary>Claims: what is claimed is a fact; how far it has come stands beside it.</summary>
public sealed class Claims(Work work)
{
    private static readonly BulkTarget Table = new("claim", "id", "number", "agreement_id", "debtor", "receipt_id", "allocation_id", "line_id", "amount", "arisen_on", "state", "ended_on");

    private const string Rows = """
        select c.id, c.number, c.agreement_id, c.debtor, c.receipt_id, c.allocation_id, c.line_id, c.amount, c.arisen_on, c.state, c.ended_on,
               r.receipt_no, m.member_no, case when l.id is null then null else concat(t.number, ' line ', l.line_no) end as line, a.obligation_id, o.class
          from claim c
          join agreement ag on ag.id = c.agreement_id and (@scope is null or ag.organisation_id = @scope)
          join receipt r on r.id = c.receipt_id
          left join enrolment e on e.id = r.enrolment_id
          left join member m on m.id = e.member_id
          left join remittance_line l on l.id = c.line_id
          left join remittance t on t.id = l.remittance_id
          left join allocation a on a.id = c.allocation_id
          left join obligation o on o.id = a.obligation_id
        """;

    private static readonly Sql All = $"{Rows} where (@agreement is null or ag.number = @agreement) order by c.id";

    private static readonly Sql ByNumber = $"{Rows} where c.number = @number";

    private static readonly Sql OfReceipts = new(dialect => $"{Rows} where c.receipt_id in {dialect.AnyOf("@receipts")} order by c.id");

    // The line was rejected, returned or cancelled: the allocation stands on nothing.
    private static readonly Sql CameBack = $"""
        {Rows}
         where c.agreement_id = @agreementId and c.state = 'open' and c.allocation_id is not null
           and not exists (select 1 from line_allocation la where la.allocation_id = c.allocation_id and la.live = 1)
         order by c.id
        """;

    private static readonly Sql EndOf = new(dialect => $"update claim set state = @state, ended_on = @on where state = 'open' and id in {dialect.AnyOf("@ids")}");

    public Task Add(IEnumerable<StoredClaim> claims) => work.Bulk(Table, claims.Select(row => new object?[]
    {
        row.Id, Numbers.Claim(row.Id), row.AgreementId, row.Debtor, row.ReceiptId, row.AllocationId, row.LineId, row.Amount, row.ArisenOn, "open", null,
    }));

    /// <summary>Claims of one agreement, or of all that the acting user may see.</summary>
    public Task<IReadOnlyList<StoredClaim>> List(string? agreement) => work.Rows<StoredClaim>(All, new { agreement, scope = work.Actor.OrganisationId });

    /// <summary>The claim, or a refusal with code <c>claim_unknown</c>.</summary>
    public async Task<Outcome<StoredClaim>> Find(string number) => await work.One<StoredClaim>(ByNumber, new { number, scope = work.Actor.OrganisationId }) is { } claim
        ? claim
        : Refusal.NotFound("claim_unknown", $"There is no claim «{number}».") with { Help = "List them with 'claim list'." };

    public Task<IReadOnlyList<StoredClaim>> Of(IEnumerable<long> receipts) => work.Rows<StoredClaim>(OfReceipts, new { receipts = work.Dialect.Array(receipts), scope = work.Actor.OrganisationId });

    /// <summary>Open claims whose line has come back.</summary>
    public Task<IReadOnlyList<StoredClaim>> Returned(long agreementId) => work.Rows<StoredClaim>(CameBack, new { agreementId, scope = work.Actor.OrganisationId });

    /// <summary>Ends open claims as settled or extinguished.</summary>
    public Task End(IEnumerable<long> ids, string state, DateOnly on) => work.Do(EndOf, new { ids = work.Dialect.Array(ids), state, on });
}
