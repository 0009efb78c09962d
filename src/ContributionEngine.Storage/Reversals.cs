using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A receipt that is being taken back.</summary>
/// <param name="Kept">What of it stands on live remittance lines and stays allocated, in minor units.</param>
/// <param name="Amount">What is taken back, in minor units.</param>
public readonly record struct EndedReceipt(long ReceiptId, long Kept, long Amount);

/// <summary>Why and when receipts are taken back.</summary>
/// <param name="Kind"><c>reversed</c>, <c>moved</c>, <c>corrected</c> with its sheet, <c>undone</c>, or <c>returned</c>: a line of a receipt that had ended came back.</param>
/// <param name="ReplacedBy">The receipt that stands in its place.</param>
public sealed record ReversalNote(string Kind, DateOnly On, string Reason, long? ReplacedBy = null);

/// <summary>A part of a receipt that was taken back.</summary>
public sealed record StoredReversal
{
    public long ReceiptId { get; init; }

    public long PartNo { get; init; }

    public string Kind { get; init; } = "";

    public long Amount { get; init; }

    public DateOnly ReversedOn { get; init; }

    public string Reason { get; init; } = "";

    public long? ReplacedBy { get; init; }
}

/// <summary>Money of a receipt that was given back.</summary>
public sealed record StoredRefund
{
    /// <summary><c>credit</c> or <c>suspense</c>.</summary>
    public string Source { get; init; } = "";

    public long Amount { get; init; }

    public DateOnly RefundedOn { get; init; }

    public string Reason { get; init; } = "";
}

/// <summary>A further name under which a file may speak of a receipt.</summary>
public sealed record ReceiptAlias
{
    public long ReceiptId { get; init; }

    public string BusinessKey { get; init; } = "";

    public long Occurrence { get; init; }

    public long? EnrolmentId { get; init; }
}

/// <summary>Receipts that a person puts right: found by name, taken back, refunded, and known by further names.</summary>
public sealed class Reversals(Work work)
{
    private static readonly BulkTarget Table = new("reversal", "receipt_id", "part_no", "agreement_id", "kind", "amount", "reversed_on", "reason", "replaced_by");

    private static readonly BulkTarget RefundTable = new("refund", "id", "agreement_id", "receipt_id", "source", "amount", "refunded_on", "reason");

    private static readonly BulkTarget AliasTable = new("receipt_alias", "id", "agreement_id", "business_key", "occurrence", "enrolment_id", "receipt_id");

    private static readonly Sql OfUploads = new(dialect => $"""
        select {StoredReceipt.Columns} from receipt r where r.upload_id in {dialect.AnyOf("@uploads")} and r.live = 1 order by r.id {dialect.Limit("@take")}
        """);

    private static readonly Sql ExtentOf = new(dialect => $"""
        select count(distinct r.id) as receipts, count(distinct v.receipt_id) as advances
          from receipt r
          left join advance v on v.receipt_id = r.id
         where r.upload_id in {dialect.AnyOf("@uploads")} and r.live = 1
        """);

    private static readonly Sql AliasesAmong = new(dialect => $"""
        select receipt_id, business_key, occurrence, enrolment_id from receipt_alias where receipt_id in {dialect.AnyOf("@receipts")} order by id
        """);

    private const string Found = $"""
        select {StoredReceipt.Columns}
          from receipt r
          join agreement ag on ag.id = r.agreement_id and (@scope is null or ag.organisation_id = @scope)
        """;

    private static readonly Sql ById = $"{Found} where r.id = @id";

    private static readonly Sql LiveByKey = $"{Found} where ag.number = @agreement and r.business_key = @key and r.live = 1 order by r.row_no, r.id";

    private static readonly Sql EndedByKey = $"{Found} where ag.number = @agreement and r.business_key = @key and r.live = 0 order by r.id desc";

    private static readonly Sql ByRow = $"{Found} join upload u on u.id = r.upload_id where u.number = @upload and r.row_no = @row and r.live = 1 and r.suspense > 0";

    private static readonly Sql OfUpload = $"select {StoredReceipt.Columns} from receipt r where r.upload_id = @uploadId and r.live = 1 order by r.id";

    private static readonly Sql WithCreditOf = $"""
        select {StoredReceipt.Columns}
          from member m
         cross join enrolment e
         cross join receipt r
         where m.member_no = @memberNo and e.agreement_id = @agreementId and e.member_id = m.id and r.agreement_id = @agreementId and r.enrolment_id = e.id and r.credit > 0
         order by r.received_on, r.id
        """;

    private static readonly Sql AllocationsOf = new(dialect => $"""
        select a.id, a.receipt_id, a.obligation_id, a.amount, o.class, la.line_id
          from allocation a
          join obligation o on o.id = a.obligation_id
          left join line_allocation la on la.allocation_id = a.id and la.live = 1
         where a.receipt_id in {dialect.AnyOf("@receipts")} and a.undoes is null
           and not exists (select 1 from allocation u where u.undoes = a.id)
         order by a.id
        """);

    private static readonly Sql TouchedOf = new(dialect => $"""
        select r.id, case when r.live = 0 then coalesce(v.kind, 'reversed') when r.refunded > 0 then 'refunded' else 'written off' end as what
          from receipt r
          left join reversal v on v.receipt_id = r.id and v.part_no = 1
         where r.upload_id = @uploadId and (r.live = 0 or r.refunded > 0 or r.written_off > 0)
         order by r.id {dialect.Limit("@take")}
        """);

    private static readonly Sql EndReceipts = new(dialect => $"""
        update receipt set reversed = receipt.amount - receipt.refunded - p.amount, allocated = p.amount, suspense = 0, credit = 0, written_off = 0, live = 0
          from {dialect.PairsOf("@pairs")} as p
         where p.id = receipt.id
        """);

    private static readonly Sql TakeReturned = new(dialect => $"""
        update receipt set reversed = receipt.reversed + p.amount, allocated = receipt.allocated - p.amount
          from {dialect.PairsOf("@pairs")} as p
         where p.id = receipt.id
        """);

    private static readonly Sql PartsOf = new(dialect => $"""
        select receipt_id, part_no, kind, amount, reversed_on, reason, replaced_by from reversal where receipt_id in {dialect.AnyOf("@receipts")} order by receipt_id, part_no
        """);

    private static readonly Sql RefundsOf = "select source, amount, refunded_on, reason from refund where receipt_id = @id order by id";

    private static readonly Sql GiveBack = new(dialect => $"""
        update receipt set refunded = refunded + credit + suspense, credit = 0, suspense = 0 where id in {dialect.AnyOf("@receipts")}
        """);

    private static readonly Sql AliasesOf = "select receipt_id, business_key, occurrence, enrolment_id from receipt_alias where receipt_id = @id order by id";

    /// <summary>The receipt of that id, as far as the acting user may see it.</summary>
    public Task<StoredReceipt?> Find(long id) => work.One<StoredReceipt>(ById, new { id, scope = work.Actor.OrganisationId });

    /// <summary>Live receipts under an agreement with this business key, in the order of their rows.</summary>
    public Task<IReadOnlyList<StoredReceipt>> WithKey(string agreement, string key) => work.Rows<StoredReceipt>(LiveByKey, new { agreement, key, scope = work.Actor.OrganisationId });

    /// <summary>Those that were taken back, the latest first. No index helps: ask only when none is live.</summary>
    public Task<IReadOnlyList<StoredReceipt>> EndedWithKey(string agreement, string key) => work.Rows<StoredReceipt>(EndedByKey, new { agreement, key, scope = work.Actor.OrganisationId });

    /// <summary>The money that a row of an upload brought and that is still held in suspense.</summary>
    public Task<StoredReceipt?> HeldOf(string upload, long row) => work.One<StoredReceipt>(ByRow, new { upload, row, scope = work.Actor.OrganisationId });

    /// <summary>The live receipts of an upload.</summary>
    public Task<IReadOnlyList<StoredReceipt>> Posted(long uploadId) => work.Rows<StoredReceipt>(OfUpload, new { uploadId });

    /// <summary>Some of the live receipts of these uploads, oldest first.</summary>
    public Task<IReadOnlyList<StoredReceipt>> Posted(IEnumerable<long> uploads, int take) => work.Rows<StoredReceipt>(OfUploads, new { uploads = work.Dialect.Array(uploads), take });

    /// <summary>How many live receipts these uploads have, and how many of them were advanced.</summary>
    public async Task<PostedExtent> Extent(IEnumerable<long> uploads) => (await work.Rows<PostedExtent>(ExtentOf, new { uploads = work.Dialect.Array(uploads) })).Single();

    /// <summary>A member's receipts that have credit left, oldest first.</summary>
    public Task<IReadOnlyList<StoredReceipt>> HoldingCredit(long agreementId, string memberNo) => work.Rows<StoredReceipt>(WithCreditOf, new { agreementId, memberNo });

    /// <summary>Allocations of these receipts that are not undone, each with the live line on which it stands.</summary>
    public Task<IReadOnlyList<StoredAllocation>> Allocations(IEnumerable<long> receipts) => work.Rows<StoredAllocation>(AllocationsOf, new { receipts = work.Dialect.Array(receipts) });

    /// <summary>Receipts of an upload that a person has dealt with since: what happened to each, as a word.</summary>
    public Task<IReadOnlyList<TouchedReceipt>> Touched(long uploadId, int take) => work.Rows<TouchedReceipt>(TouchedOf, new { uploadId, take });

    /// <summary>Ends receipts: what is not kept is taken back.</summary>
    public async Task End(long agreementId, IReadOnlyCollection<EndedReceipt> receipts, ReversalNote note)
    {
        await work.Do(EndReceipts, new { pairs = work.Dialect.Pairs(receipts.Select(row => KeyValuePair.Create(row.ReceiptId, row.Kept))) });
        await work.Bulk(Table, receipts.Select(row => new object?[] { row.ReceiptId, 1L, agreementId, note.Kind, row.Amount, note.On, note.Reason, note.ReplacedBy }));
    }

    /// <summary>Takes back what stood on lines of receipts that had ended: minor units per receipt.</summary>
    public async Task TakeBack(long agreementId, IReadOnlyCollection<KeyValuePair<long, long>> amounts, ReversalNote note)
    {
        var last = (await Parts(amounts.Select(pair => pair.Key))).GroupBy(row => row.ReceiptId).ToDictionary(group => group.Key, group => group.Max(row => row.PartNo));
        await work.Do(TakeReturned, new { pairs = work.Dialect.Pairs(amounts) });
        await work.Bulk(Table, amounts.Select(pair => new object?[] { pair.Key, last[pair.Key] + 1, agreementId, note.Kind, pair.Value, note.On, note.Reason, null }));
    }

    /// <summary>What was taken back of these receipts.</summary>
    public Task<IReadOnlyList<StoredReversal>> Parts(IEnumerable<long> receipts) => work.Rows<StoredReversal>(PartsOf, new { receipts = work.Dialect.Array(receipts) });

    /// <summary>Gives back what these receipts hold as credit or in suspense.</summary>
    public async Task Refund(IReadOnlyCollection<StoredReceipt> receipts, DateOnly on, string reason)
    {
        await work.Bulk(RefundTable, receipts.SelectMany(row => new[] { (row, Source: "credit", Amount: row.Credit), (row, Source: "suspense", Amount: row.Suspense) })
            .Where(part => part.Amount > 0)
            .Select(part => new object?[] { work.NextId(), part.row.AgreementId, part.row.Id, part.Source, part.Amount, on, reason }));
        await work.Do(GiveBack, new { receipts = work.Dialect.Array(receipts.Select(row => row.Id)) });
    }

    public Task<IReadOnlyList<StoredRefund>> Refunds(long id) => work.Rows<StoredRefund>(RefundsOf, new { id });

    public Task<IReadOnlyList<ReceiptAlias>> Aliases(long id) => work.Rows<ReceiptAlias>(AliasesOf, new { id });

    public Task<IReadOnlyList<ReceiptAlias>> Aliases(IEnumerable<long> receipts) => work.Rows<ReceiptAlias>(AliasesAmong, new { receipts = work.Dialect.Array(receipts) });

    public Task AddAliases(long agreementId, long receiptId, IEnumerable<ReceiptAlias> names) =>
        work.Bulk(AliasTable, names.Select(name => new object?[] { work.NextId(), agreementId, name.BusinessKey, name.Occurrence, name.EnrolmentId, receiptId }));
}

/// <summary>How many live receipts there are, and how many of them the organisation advanced.</summary>
public sealed record PostedExtent
{
    public long Receipts { get; init; }

    public long Advances { get; init; }
}

/// <summary>A receipt that a person has dealt with.</summary>
public sealed record TouchedReceipt
{
    public long Id { get; init; }

    /// <summary>reversed, moved, refunded or written off.</summary>
    public string What { get; init; } = "";
}
