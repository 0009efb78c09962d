namespace ContributionEngine.Storage;

/// <summary>A payment as a treasurer has told of it.</summary>
public sealed record StoredToldPayment
{
    public long Id { get; init; }

    /// <summary>Number of the remittance that it pays.</summary>
    public string Remittance { get; init; } = "";

    public string Reference { get; init; } = "";

    public string Organisation { get; init; } = "";

    public string Currency { get; init; } = "";

    public DateOnly PaidOn { get; init; }

    /// <summary>bank, mobile_money or cash_desk.</summary>
    public string Channel { get; init; } = "";

    /// <summary>Number of the slip, as she wrote it.</summary>
    public string Slip { get; init; } = "";

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    public string ToldBy { get; init; } = "";

    public DateTimeOffset ToldAt { get; init; }
}

/// <summary>Payments that treasurers have told of and not taken back.</summary>
public sealed class ToldPayments(Work work)
{
    private const string Rows = """
        select t.id, r.number as remittance, r.reference, o.name as organisation, r.currency, t.paid_on, t.channel, t.slip, t.amount, t.told_by, t.told_at
          from told_payment t
          join remittance r on r.id = t.remittance_id
          join agreement a on a.id = r.agreement_id
          join organisation o on o.id = a.organisation_id
         where t.taken_back_at is null and (@scope is null or a.organisation_id = @scope)
        """;

    private static readonly Sql OfRemittance = $"{Rows} and r.number = @remittance order by t.id";

    private static readonly Sql OfUnpaid = $"{Rows} and r.delivery not in ('cancelled', 'refused') and r.paid < r.total - r.rejected order by t.id";

    private static readonly Sql AddTold = """
        insert into told_payment (id, remittance_id, paid_on, channel, slip, amount, told_by, told_at)
        values (@Id, @remittanceId, @PaidOn, @Channel, @Slip, @Amount, @ToldBy, @ToldAt)
        """;

    private static readonly Sql EndTold = "update told_payment set taken_back_by = @by, taken_back_at = @now where id = @id and remittance_id = @remittanceId and taken_back_at is null";

    /// <summary>Of a remittance by its number, oldest first.</summary>
    public Task<IReadOnlyList<StoredToldPayment>> Of(string remittance) => work.Rows<StoredToldPayment>(OfRemittance, new { remittance, scope = work.Actor.OrganisationId });

    /// <summary>Of all remittances that still wait for money, oldest first.</summary>
    public Task<IReadOnlyList<StoredToldPayment>> Awaited() => work.Rows<StoredToldPayment>(OfUnpaid, new { scope = work.Actor.OrganisationId });

    public Task Add(long remittanceId, StoredToldPayment told) =>
        work.Do(AddTold, new { told.Id, remittanceId, told.PaidOn, told.Channel, told.Slip, told.Amount, told.ToldBy, told.ToldAt });

    /// <summary>False when there is none of that id, or it was taken back before.</summary>
    public async Task<bool> TakeBack(long remittanceId, long id) => await work.Do(EndTold, new { id, remittanceId, by = work.Actor.Name, now = work.Now }) == 1;
}
