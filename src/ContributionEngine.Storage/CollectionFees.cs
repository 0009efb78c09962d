using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A part of a fee as it was booked. Amounts in minor units.</summary>
public sealed record StoredFeePart
{
    public long PartNo { get; init; }

    public long RemittanceId { get; init; }

    public long Basis { get; init; }

    /// <summary>The percentage as the agreement writes it.</summary>
    public string Rate { get; init; } = "";

    public long Worked { get; init; }

    public long Amount { get; init; }

    public DateOnly ArisenOn { get; init; }

    public int FeeYear { get; init; }

    public FeePart Part => new(PartNo, RemittanceId, Basis, Worked, Amount, FeeYear);
}

/// <summary>The fee of a remittance as it is now. Amounts in minor units.</summary>
public sealed record StoredFee
{
    public long RemittanceId { get; init; }

    /// <summary>Its last part.</summary>
    public long FeeId { get; init; }

    public string Remittance { get; init; } = "";

    public int FeeYear { get; init; }

    /// <summary>Payable of the remittance when its fee last changed.</summary>
    public long Basis { get; init; }

    public string Rate { get; init; } = "";

    /// <summary>The percentage of the basis, before the cap.</summary>
    public long Worked { get; init; }

    public long Amount { get; init; }

    public long Paid { get; init; }

    /// <summary>When it last changed.</summary>
    public DateOnly ArisenOn { get; init; }

    /// <summary>Below zero: more was paid than is owed.</summary>
    public long Open => Amount - Paid;
}

/// <summary>What collecting costs: parts and payments are facts, and the fee of a remittance is their sum.</summary>
public sealed class CollectionFees(Work work)
{
    private static readonly BulkTarget PaymentTable = new("collection_fee_payment", "id", "agreement_id", "fee_id", "amount", "paid_on");

    private static readonly Sql AddPart = """
        insert into collection_fee (id, agreement_id, part_no, remittance_id, basis, rate, worked, amount, arisen_on, fee_year)
        values (@id, @agreementId, @No, @Remittance, @Basis, @rate, @Worked, @Charged, @on, @Year)
        """;

    private static readonly Sql PartsOf = """
        select part_no, remittance_id, basis, rate, worked, amount, arisen_on, fee_year from collection_fee where agreement_id = @agreementId order by part_no
        """;

    private static readonly Sql FeesOf = """
        select f.remittance_id, l.id as fee_id, r.number as remittance, f.fee_year, l.basis, l.rate, f.worked, f.amount, coalesce(p.amount, 0) as paid, l.arisen_on
          from (select remittance_id, fee_year, sum(worked) as worked, sum(amount) as amount, max(part_no) as last_no
                  from collection_fee where agreement_id = @agreementId group by remittance_id, fee_year) f
          join remittance r on r.id = f.remittance_id
          join collection_fee l on l.remittance_id = f.remittance_id and l.part_no = f.last_no
          left join (select c.remittance_id, sum(q.amount) as amount from collection_fee_payment q join collection_fee c on c.id = q.fee_id
                      where q.agreement_id = @agreementId group by c.remittance_id) p on p.remittance_id = f.remittance_id
         order by f.remittance_id
        """;

    public Task Add(StoredAgreement agreement, FeePart part, DateOnly on) => work.Do(AddPart, new
    {
        id = work.NextId(), agreementId = agreement.Id, part.No, part.Remittance, part.Basis, rate = agreement.Agreement.CollectionFee!.Percent.ToString(), part.Worked, part.Charged, on, part.Year,
    });

    /// <summary>Takes in that all that is open of these fees was paid, or given back where it is below zero.</summary>
    public Task Pay(long agreementId, IEnumerable<StoredFee> fees, DateOnly on) =>
        work.Bulk(PaymentTable, fees.Select(fee => new object?[] { work.NextId(), agreementId, fee.FeeId, fee.Open, on }));

    /// <summary>In the order in which they came.</summary>
    public Task<IReadOnlyList<StoredFeePart>> Parts(long agreementId) => work.Rows<StoredFeePart>(PartsOf, new { agreementId });

    /// <summary>Fees of an agreement by remittance, oldest first.</summary>
    public Task<IReadOnlyList<StoredFee>> Of(long agreementId) => work.Rows<StoredFee>(FeesOf, new { agreementId });
}
