namespace ContributionEngine.Storage;

/// <summary>What a file said of whoever paid, and the event that came with the money.</summary>
public sealed record SuspensePayer
{
    public long ReceiptId { get; init; }

    public string? MemberNo { get; init; }

    public string? NationalId { get; init; }

    public string? FullName { get; init; }

    public string? EventKind { get; init; }

    /// <summary>Minor units.</summary>
    public long? EventValue { get; init; }

    /// <summary>Thousandths of the scheme's unit.</summary>
    public long? EventQuantity { get; init; }
}

/// <summary>Money that is held because its member is not known, with what the file said of her.</summary>
public sealed record HeldMoney
{
    public long ReceiptId { get; init; }

    public string Agreement { get; init; } = "";

    public string Currency { get; init; } = "";

    public string Upload { get; init; } = "";

    public long RowNo { get; init; }

    public string? ReceiptNo { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public DateOnly PostedOn { get; init; }

    /// <summary>Minor units.</summary>
    public long Suspense { get; init; }

    public string? Reference { get; init; }

    public string? MemberNo { get; init; }

    public string? NationalId { get; init; }

    public string? FullName { get; init; }
}

/// <summary>Money of unknown members, and its way to the member whose it turns out to be.</summary>
public sealed class Suspense(Work work)
{
    private static readonly BulkTarget Table = new("suspense_payer", "receipt_id", "member_no", "national_id", "full_name", "event_kind", "event_value", "event_quantity");

    private static readonly Sql Held = """
        select r.id as receipt_id, ag.number as agreement, ag.currency, u.number as upload, r.row_no, r.receipt_no, r.received_on, r.posted_on, r.suspense, r.reference,
               p.member_no, p.national_id, p.full_name
          from receipt r
          join agreement ag on ag.id = r.agreement_id and (@scope is null or ag.organisation_id = @scope)
          join upload u on u.id = r.upload_id
          left join suspense_payer p on p.receipt_id = r.id
         where r.id in (select h.id from receipt h where h.suspense > 0) and (@agreement is null or ag.number = @agreement)
         order by r.received_on, r.id
        """;

    private static readonly Sql Said = "select receipt_id, member_no, national_id, full_name, event_kind, event_value, event_quantity from suspense_payer where receipt_id = @id";

    private static readonly Sql Give = """
        update receipt set enrolment_id = @enrolment, suspense = 0, allocated = @allocated, credit = @credit where id = @id and suspense = @allocated + @credit
        """;

    /// <summary>Keeps what the file said, for receipts that go into suspense.</summary>
    public Task Note(IEnumerable<SuspensePayer> payers) => work.Bulk(Table, payers.Select(row => new object?[]
    {
        row.ReceiptId, row.MemberNo, row.NationalId, row.FullName, row.EventKind, row.EventValue, row.EventQuantity,
    }));

    /// <summary>What is held under one agreement, or under all that the acting user may see; oldest first.</summary>
    public Task<IReadOnlyList<HeldMoney>> List(string? agreement) => work.Rows<HeldMoney>(Held, new { agreement, scope = work.Actor.OrganisationId });

    public Task<SuspensePayer?> Payer(long receiptId) => work.One<SuspensePayer>(Said, new { id = receiptId });

    /// <summary>Gives held money to an enrolment: so much to what she owes, the rest as credit.</summary>
    public async Task Assign(long receiptId, long enrolment, (long Allocated, long Credit) money)
    {
        if (await work.Do(Give, new { id = receiptId, enrolment, allocated = money.Allocated, credit = money.Credit }) != 1) throw new InvalidOperationException($"Receipt {receiptId} does not hold {money.Allocated + money.Credit} in suspense.");
    }
}
