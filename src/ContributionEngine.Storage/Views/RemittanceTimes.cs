namespace ContributionEngine.Storage;

/// <summary>When a remittance came how far on its way.</summary>
public sealed record RemittanceTime
{
    public long AgreementId { get; init; }

    public string Number { get; init; } = "";

    public DateTimeOffset Cutoff { get; init; }

    /// <summary>What is payable of it, in minor units.</summary>
    public long Payable { get; init; }

    public DateTimeOffset SealedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>The bank's day of the last payment, once all of it is paid.</summary>
    public DateOnly? PaidOn { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}

/// <summary>What an organisation should have paid for its remittances, and what the bank shows. Minor units.</summary>
public sealed record PaidOfOrganisation
{
    public string Organisation { get; init; } = "";

    public string Name { get; init; } = "";

    public string Currency { get; init; } = "";

    public long Remittances { get; init; }

    public long Payable { get; init; }

    public long Paid { get; init; }

    /// <summary>Of remittances for which the bank shows nothing yet.</summary>
    public long Awaited { get; init; }

    /// <summary>What is missing where a part was paid.</summary>
    public long Missing { get; init; }

    /// <summary>What was paid above what was payable.</summary>
    public long Surplus { get; init; }
}

/// <summary>Remittances on their way: when they got where, and whether what was paid is what was payable.</summary>
public sealed class RemittanceTimes(Work work)
{
    private static readonly Sql Latest = new(dialect => $"""
        select r.agreement_id, r.number, r.cutoff, r.total - r.rejected as payable, r.sealed_at, r.delivered_at, r.acknowledged_at, r.settled_at,
               case when r.money in ('paid', 'over_paid') then (select max(m.matched_on) from bank_match m where m.remittance_id = r.id and m.live = 1 and m.kind = 'payment') end as paid_on
          from remittance r
          join agreement ag on ag.id = r.agreement_id
         where r.agreement_id in {dialect.AnyOf("@agreementIds")} and (@scope is null or ag.organisation_id = @scope) and r.delivery <> 'cancelled' and r.cutoff <= @at
         order by r.cutoff desc, r.id desc {dialect.Limit("@count")}
        """);

    private static readonly Sql ByOrganisation = new(dialect => $"""
        select g.code as organisation, g.name, r.currency, count(*) as remittances, sum(r.total - r.rejected) as payable, sum(r.paid) as paid,
               sum(case when r.paid = 0 then r.total - r.rejected else 0 end) as awaited,
               sum(case when r.paid > 0 and r.paid < r.total - r.rejected then r.total - r.rejected - r.paid else 0 end) as missing,
               sum(case when r.paid > r.total - r.rejected then r.paid - r.total + r.rejected else 0 end) as surplus
          from remittance r
          join agreement ag on ag.id = r.agreement_id
          join organisation g on g.id = ag.organisation_id
         where r.agreement_id in {dialect.AnyOf("@agreementIds")} and (@scope is null or ag.organisation_id = @scope) and (r.delivery = 'delivered' or r.paid > 0) and r.cutoff <= @at
         group by g.code, g.name, r.currency
        """);

    /// <summary>The newest of those that were not cancelled and were cut by then, the newest first.</summary>
    public Task<IReadOnlyList<RemittanceTime>> Of(IEnumerable<long> agreementIds, DateTimeOffset at, int count) =>
        work.Rows<RemittanceTime>(Latest, new { agreementIds = work.Dialect.Array(agreementIds), at, count, scope = work.Actor.OrganisationId });

    /// <summary>Of what reached the fund, or was paid, and was cut by then; as it stands now.</summary>
    public Task<IReadOnlyList<PaidOfOrganisation>> Paid(IEnumerable<long> agreementIds, DateTimeOffset at) =>
        work.Rows<PaidOfOrganisation>(ByOrganisation, new { agreementIds = work.Dialect.Array(agreementIds), at, scope = work.Actor.OrganisationId });
}
