namespace ContributionEngine.Storage;

/// <summary>An event of a member that came with a receipt: a sale, an invoice, a payment that is withheld from.</summary>
public sealed record StoredEvent
{
    public long EnrolmentId { get; init; }

    public long ReceiptId { get; init; }

    public DateOnly HappenedOn { get; init; }

    public string Kind { get; init; } = "";

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    /// <summary>Thousandths of the scheme's unit.</summary>
    public long? Quantity { get; init; }
}

/// <summary>Events that contributions are worked out on. They stand as long as their receipt does.</summary>
public sealed class MemberEvents(Work work)
{
    private static readonly BulkTarget Table = new("member_event", "receipt_id", "enrolment_id", "happened_on", "kind", "amount", "quantity");

    private const string LiveRows = """
        select v.enrolment_id, v.receipt_id, v.happened_on, v.kind, v.amount, v.quantity
          from member_event v
          join receipt r on r.id = v.receipt_id and r.live = 1
        """;

    private static readonly Sql OfAgreement = $"""
        {LiveRows}
          join enrolment e on e.id = v.enrolment_id
         where e.agreement_id = @agreementId
         order by v.enrolment_id, v.happened_on, v.receipt_id
        """;

    private static readonly Sql OfEnrolments = new(dialect => $"""
        {LiveRows}
         where v.enrolment_id in {dialect.AnyOf("@enrolments")}
         order by v.enrolment_id, v.happened_on, v.receipt_id
        """);

    private static readonly Sql OfReceipts = new(dialect => $"""
        select enrolment_id, receipt_id, happened_on, kind, amount, quantity from member_event where receipt_id in {dialect.AnyOf("@receipts")} order by receipt_id
        """);

    /// <summary>Events of live receipts, by enrolment and day.</summary>
    public Task<IReadOnlyList<StoredEvent>> Of(long agreementId) => work.Rows<StoredEvent>(OfAgreement, new { agreementId });

    public Task<IReadOnlyList<StoredEvent>> Of(IEnumerable<long> enrolments) => work.Rows<StoredEvent>(OfEnrolments, new { enrolments = work.Dialect.Array(enrolments) });

    /// <summary>Events that came with these receipts, whether these are live or not.</summary>
    public Task<IReadOnlyList<StoredEvent>> With(IEnumerable<long> receipts) => work.Rows<StoredEvent>(OfReceipts, new { receipts = work.Dialect.Array(receipts) });

    public Task Add(IEnumerable<StoredEvent> events) => work.Bulk(Table, events.Select(one => new object?[] { one.ReceiptId, one.EnrolmentId, one.HappenedOn, one.Kind, one.Amount, one.Quantity }));
}
