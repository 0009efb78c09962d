using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A receipt that is being posted, with its sums as they will stand.</summary>
public sealed record NewReceipt
{
    public required long Id { get; init; }

    public required long RowNo { get; init; }

    public string? ReceiptNo { get; init; }

    public long? EnrolmentId { get; init; }

    public required DateOnly ReceivedOn { get; init; }

    public required long Amount { get; init; }

    public string? NamedPeriod { get; init; }

    public string? NamedComponent { get; init; }

    public string? Method { get; init; }

    public string? Reference { get; init; }

    /// <summary>A hash of what makes the receipt one and the same.</summary>
    public required string Key { get; init; }

    public required long Occurrence { get; init; }

    public long Allocated { get; set; }

    public long Suspense { get; set; }

    public long Credit { get; set; }
}

/// <summary>One part of a receipt on one obligation.</summary>
public readonly record struct NewAllocation(long ReceiptId, long ObligationId, long Amount, long? Undoes = null);

/// <summary>A live receipt that has the same business key as one in a file.</summary>
public sealed record KnownReceipt
{
    public string BusinessKey { get; init; } = "";

    public long UploadId { get; init; }

    public long Occurrence { get; init; }

    public long? EnrolmentId { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public long Amount { get; init; }
}

/// <summary>Receipts and their allocations.</summary>
public sealed class Receipts(Work work)
{
    private static readonly BulkTarget Table = new(
        "receipt", "id", "agreement_id", "upload_id", "row_no", "receipt_no", "enrolment_id", "received_on", "posted_on", "amount", "named_period", "named_component",
        "method", "reference", "business_key", "occurrence", "live", "allocated", "suspense", "credit", "refunded", "reversed", "written_off");

    private static readonly BulkTarget AllocationTable = new("allocation", "id", "agreement_id", "receipt_id", "obligation_id", "amount", "allocated_on", "undoes");

    // A receipt that was moved or assigned is known by its other names too.
    private static readonly Sql Known = new(dialect => $"""
        select business_key, upload_id, occurrence, enrolment_id, received_on, amount
          from receipt
         where agreement_id = @agreementId and live = 1 and business_key in {dialect.AnyOf("@keys")}
        union all
        select n.business_key, r.upload_id, n.occurrence, n.enrolment_id, r.received_on, r.amount
          from receipt_alias n
          join receipt r on r.id = n.receipt_id and r.live = 1
         where n.agreement_id = @agreementId and n.business_key in {dialect.AnyOf("@keys")}
        """);

    private static readonly Sql InSuspense = "select count(*) from receipt where agreement_id = @agreementId and suspense > 0";

    private static readonly Sql CreditOfLeavers = """
        select m.member_no, e.enrolled_to, sum(r.credit) as credit
          from receipt r
          join enrolment e on e.id = r.enrolment_id
          join member m on m.id = e.member_id
         where r.agreement_id = @agreementId and r.credit > 0 and e.enrolled_to < @asOf
           and not exists (select 1 from enrolment n where n.agreement_id = e.agreement_id and n.member_id = e.member_id and n.enrolled_from > e.enrolled_to)
           and not exists (select 1 from obligation o where o.enrolment_id = e.id and o.collected = 1 and o.opens_on > @asOf and o.allocated < o.amount - o.reduced)
         group by m.member_no, e.enrolled_to
         order by m.member_no
        """;

    private static readonly Sql WithCredit = """
        select id, enrolment_id, amount, allocated, suspense, credit, received_on, named_period, named_component
          from receipt
         where agreement_id = @agreementId and enrolment_id is not null and credit > 0
         order by received_on, id
        """;

    private static readonly Sql Apply = new(dialect => $"""
        update receipt set credit = receipt.credit - p.amount, allocated = receipt.allocated + p.amount
          from {dialect.PairsOf("@pairs")} as p
         where p.id = receipt.id
        """);

    private static readonly Sql FreeOf = new(dialect => $"""
        select a.id, a.receipt_id, a.obligation_id, a.amount, o.class
          from allocation a
          join obligation o on o.id = a.obligation_id
         where a.obligation_id in {dialect.AnyOf("@obligations")} and a.undoes is null
           and not exists (select 1 from allocation u where u.undoes = a.id)
           and not exists (select 1 from line_allocation la where la.allocation_id = a.id and la.live = 1)
         order by a.id desc
        """);

    private static readonly Sql SumsOfUpload = """
        select coalesce(sum(allocated), 0) as allocated, coalesce(sum(suspense), 0) as suspense, coalesce(sum(credit), 0) as credit, coalesce(sum(amount), 0) as amount
          from receipt where upload_id = @uploadId
        """;

    public Task Post(long agreementId, long uploadId, DateOnly postedOn, IReadOnlyList<NewReceipt> receipts) => work.Bulk(Table, receipts.Select(row => new object?[]
    {
        row.Id, agreementId, uploadId, row.RowNo, row.ReceiptNo, row.EnrolmentId, row.ReceivedOn, postedOn, row.Amount, row.NamedPeriod, row.NamedComponent,
        row.Method, row.Reference, row.Key, row.Occurrence, 1L, row.Allocated, row.Suspense, row.Credit, 0L, 0L, 0L,
    }));

    public Task AddAllocations(long agreementId, DateOnly on, IEnumerable<NewAllocation> allocations) =>
        work.Bulk(AllocationTable, allocations.Select(row => new object?[] { work.NextId(), agreementId, row.ReceiptId, row.ObligationId, row.Amount, on, row.Undoes }));

    /// <summary>The live receipts of the agreement that have one of these business keys.</summary>
    public Task<IReadOnlyList<KnownReceipt>> WithKeys(long agreementId, IEnumerable<string> keys) =>
        work.Rows<KnownReceipt>(Known, new { agreementId, keys = work.Dialect.Array(keys) });

    /// <summary>Credit of members who have left by a day, have not come back, and owe nothing that is still to open.</summary>
    public Task<IReadOnlyList<LeaversCredit>> OfLeavers(long agreementId, DateOnly asOf) => work.Rows<LeaversCredit>(CreditOfLeavers, new { agreementId, asOf });

    /// <summary>True when money of unknown members is held under the agreement.</summary>
    public async Task<bool> AnySuspense(long agreementId) => await work.One<long>(InSuspense, new { agreementId }) > 0;

    /// <summary>Receipts of known members that have credit left, oldest first.</summary>
    public Task<IReadOnlyList<StoredReceipt>> HoldingCredit(long agreementId) => work.Rows<StoredReceipt>(WithCredit, new { agreementId });

    /// <summary>Turns credit into allocation, signed minor units per receipt: negative gives allocation back to credit.</summary>
    public Task SpendCredit(IEnumerable<KeyValuePair<long, long>> amounts) => work.Do(Apply, new { pairs = work.Dialect.Pairs(amounts) });

    /// <summary>Live allocations of these obligations that stand on no live remittance line, youngest first.</summary>
    public Task<IReadOnlyList<StoredAllocation>> FreeAllocationsOf(IEnumerable<long> obligations) =>
        work.Rows<StoredAllocation>(FreeOf, new { obligations = work.Dialect.Array(obligations) });

    public async Task<ReceiptSums> Sums(long uploadId) => (await work.One<ReceiptSums>(SumsOfUpload, new { uploadId }))!;
}

/// <summary>Money that is left of a member who is no longer enrolled, in minor units.</summary>
public sealed record LeaversCredit
{
    public string MemberNo { get; init; } = "";

    public DateOnly EnrolledTo { get; init; }

    public long Credit { get; init; }
}

/// <summary>What an upload's receipts add up to now, in minor units.</summary>
public sealed record ReceiptSums
{
    public long Amount { get; init; }

    public long Allocated { get; init; }

    public long Suspense { get; init; }

    public long Credit { get; init; }
}
