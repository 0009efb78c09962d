using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which receipts; null: any.</summary>
public sealed record ReceiptsWhere
{
    public string? Agreement { get; init; }

    /// <summary>Number of an upload.</summary>
    public string? Upload { get; init; }

    /// <summary>Member number.</summary>
    public string? Member { get; init; }

    /// <summary>posted, ended (moved or reversed), held (in suspense) or credit (money that pays nothing yet).</summary>
    public string? State { get; init; }

    /// <summary>First day of receiving that is asked for.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inside.</summary>
    public DateOnly? To { get; init; }

    /// <summary>As the treasurer numbered it.</summary>
    public string? ReceiptNo { get; init; }
}

/// <summary>A receipt in a list.</summary>
public sealed record ListedReceipt : Listed
{
    public string Agreement { get; init; } = "";

    public long UploadId { get; init; }

    public long RowNo { get; init; }

    public string? ReceiptNo { get; init; }

    /// <summary>Null while nobody knows whose it is.</summary>
    public string? MemberNo { get; init; }

    public string? FullName { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public DateOnly PostedOn { get; init; }

    public string? NamedPeriod { get; init; }

    public string? Method { get; init; }

    public string? Reference { get; init; }

    public long Amount { get; init; }

    public long Allocated { get; init; }

    public long Suspense { get; init; }

    public long Credit { get; init; }

    public long Refunded { get; init; }

    public long Reversed { get; init; }

    public long WrittenOff { get; init; }

    /// <summary>posted, moved or reversed.</summary>
    public string State { get; init; } = "";

    public string Number => Numbers.Receipt(Id);

    public string Upload => Numbers.Upload(UploadId);

    internal override Mark Mark => new(Values.Text(ReceivedOn), Id);
}

internal sealed class ReceiptList(Work work)
{
    // Outer joins keep the databases from beginning elsewhere than with the receipts, which come in order.
    private const string Rows = """
        select r.id, ag.currency, ag.number as agreement, r.upload_id, r.row_no, r.receipt_no, m.member_no, m.full_name, r.received_on, r.posted_on, r.named_period, r.method, r.reference,
               r.amount, r.allocated, r.suspense, r.credit, r.refunded, r.reversed, r.written_off,
               case when r.live = 1 then 'posted' when (select v.kind from reversal v where v.receipt_id = r.id and v.part_no = 1) = 'moved' then 'moved' else 'reversed' end as state
          from receipt r
          left join agreement ag on ag.id = r.agreement_id
          left join enrolment e on e.id = r.enrolment_id
          left join member m on m.id = e.member_id
         where (@scope is null or ag.organisation_id = @scope) and (@ReceiptNo is null or r.receipt_no = @ReceiptNo)
        """;

    private const string Turn = "r.received_on <= @day and (r.received_on < @day or r.id < @Below) and r.received_on >= @from";

    private const string ByDay = $"{Rows} and {Turn}";

    // Few rows, found by something else than their days: no index by day may tempt a database.
    private const string FewByDay = $"{Rows} and case when {Turn} then 1 else 0 end = 1";

    private const string Optional = "(@agreementId is null or r.agreement_id = @agreementId)";

    private const string Of = "and (@State is null or (@State = 'posted' and r.live = 1) or (@State = 'ended' and r.live = 0) or (@State = 'held' and r.suspense > 0) or (@State = 'credit' and r.credit > 0))";

    private const string Order = "order by r.received_on desc, r.id desc";

    private static readonly Sql Everywhere = new(dialect => $"{ByDay} and (@State is null or r.live = 1) {Order} {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{ByDay} and r.agreement_id = @agreementId and (@State is null or r.live = 1) {Order} {dialect.Limit("@Take")}");

    private static readonly Sql Held = new(dialect => $"{FewByDay} and r.id in (select h.id from receipt h where h.suspense > 0) and {Optional} {Order} {dialect.Limit("@Take")}");

    private static readonly Sql Crediting = new(dialect => $"{ByDay} and r.credit > 0 and {Optional} {Order} {dialect.Limit("@Take")}");

    private static readonly Sql Ended = new(dialect => $"{FewByDay} and r.id in (select n.id from receipt n where n.live = 0) and {Optional} {Order} {dialect.Limit("@Take")}");

    private static readonly Sql OfNumber = new(dialect => $"{FewByDay} and r.receipt_no = @ReceiptNo and {Optional} {Of} {Order} {dialect.Limit("@Take")}");

    private static readonly Sql OfUpload = new(dialect => $"{FewByDay} and r.upload_id = @uploadId and {Optional} {Of} {Order} {dialect.Limit("@Take")}");

    private static readonly Sql OfMember = new(dialect => $"""
        {FewByDay} and {Optional} {Of}
           and r.id in (select l.id from receipt l where l.live = 1 and l.enrolment_id is not null and l.enrolment_id in {dialect.AnyOf("@enrolments")}
                        union all select n.id from receipt n where n.live = 0 and n.enrolment_id in {dialect.AnyOf("@enrolments")})
        {Order} {dialect.Limit("@Take")}
        """);

    public async Task<Outcome<Page<ListedReceipt>>> Page(ReceiptsWhere where, Slice slice)
    {
        if (!(await Lists.Under(work, where.Agreement)).Ok(out var agreementId, out var refusal)) return refusal;
        StoredUpload? upload = null;
        if (where.Upload is { } number && !(await work.Uploads.Find(number)).Ok(out upload, out refusal)) return refusal;
        var enrolments = where.Member is { } member ? work.Dialect.Array((await work.Members.Placed(member, where.Agreement)).Select(row => row.EnrolmentId)) : null;
        var sql = where.Member is not null ? OfMember : upload is not null ? OfUpload : where.ReceiptNo is not null ? OfNumber : where.State switch { "held" => Held, "credit" => Crediting, "ended" => Ended, _ => agreementId is null ? Everywhere : UnderOne };
        if (sql == Everywhere && work.Actor.OrganisationId is not null) return await Lists.Merged(work, slice, agreement => Rows(UnderOne, agreement));
        return Page<ListedReceipt>.Of(await Rows(sql, agreementId), slice);

        Task<IReadOnlyList<ListedReceipt>> Rows(Sql statement, long? agreement) => work.Rows<ListedReceipt>(statement, new
        {
            scope = work.Actor.OrganisationId, day = slice.DayOr(where.To ?? DateOnly.MaxValue), slice.Below, from = where.From ?? DateOnly.MinValue, where.ReceiptNo, where.State,
            agreementId = agreement, uploadId = upload?.Id, enrolments, slice.Take,
        });
    }
}
