namespace ContributionEngine.Storage;

/// <summary>A receipt with its sums as they are now, in minor units.</summary>
public sealed record StoredReceipt
{
    internal const string Columns = """
        r.id, r.agreement_id, r.upload_id, r.row_no, r.receipt_no, r.enrolment_id, r.received_on, r.posted_on, r.amount, r.named_period, r.named_component, r.method, r.reference,
        r.business_key, r.occurrence, r.live, r.allocated, r.suspense, r.credit, r.refunded, r.reversed, r.written_off
        """;

    public long Id { get; init; }

    public long AgreementId { get; init; }

    public long UploadId { get; init; }

    public long RowNo { get; init; }

    public string? ReceiptNo { get; init; }

    public long? EnrolmentId { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public DateOnly PostedOn { get; init; }

    public long Amount { get; init; }

    public string? NamedPeriod { get; init; }

    public string? NamedComponent { get; init; }

    public string? Method { get; init; }

    public string? Reference { get; init; }

    public string BusinessKey { get; init; } = "";

    public long Occurrence { get; init; }

    /// <summary>0 once it was taken back.</summary>
    public long Live { get; init; }

    public long Allocated { get; init; }

    public long Suspense { get; init; }

    public long Credit { get; init; }

    public long Refunded { get; init; }

    public long Reversed { get; init; }

    public long WrittenOff { get; init; }

    public string Number => Numbers.Receipt(Id);
}

/// <summary>A stored allocation that is not undone.</summary>
public sealed record StoredAllocation
{
    public long Id { get; init; }

    public long ReceiptId { get; init; }

    public long ObligationId { get; init; }

    public long Amount { get; init; }

    /// <summary>Class of the obligation: money on a fee is the organisation's.</summary>
    public string Class { get; init; } = "";

    /// <summary>The live remittance line on which it stands; null: it is in custody.</summary>
    public long? LineId { get; init; }
}
