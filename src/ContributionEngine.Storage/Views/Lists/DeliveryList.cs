using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which deliveries; null: any.</summary>
public sealed record DeliveriesWhere
{
    public string? Agreement { get; init; }

    /// <summary>Number of a remittance.</summary>
    public string? Remittance { get; init; }

    /// <summary>Such as delivered, refused or unknown; submitting while it goes on.</summary>
    public string? State { get; init; }
}

/// <summary>An attempt to hand a remittance over, in a list.</summary>
public sealed record ListedDelivery : Listed
{
    public string Agreement { get; init; } = "";

    public string Remittance { get; init; } = "";

    public long Attempt { get; init; }

    public string Channel { get; init; } = "";

    /// <summary>Of the channel that it went by, such as sftp.</summary>
    public string Kind { get; init; } = "";

    public string State { get; init; } = "";

    /// <summary>What became of it; null: the fund has it, or it goes on.</summary>
    public string? Detail { get; init; }

    /// <summary>Name of the texts that say the detail in other languages; null where it was kept in English alone.</summary>
    public string? DetailCode { get; init; }

    /// <summary>What the detail needs in another language, as JSON.</summary>
    public string? Particulars { get; init; }

    public Remark? Said => Detail is { Length: > 0 } detail ? Remark.Read(DetailCode, detail, Particulars) : null;

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? EndedAt { get; init; }
}

internal sealed class DeliveryList(Work work)
{
    private const string Rows = """
        select d.id, r.currency, ag.number as agreement, r.number as remittance, d.attempt, r.channel, d.kind, d.state, d.detail, d.detail_code, d.particulars, d.started_at, d.ended_at
          from delivery d
          left join remittance r on r.id = d.remittance_id
          left join agreement ag on ag.id = r.agreement_id
         where d.id < @Below and (@scope is null or ag.organisation_id = @scope) and (@State is null or d.state = @State)
        """;

    private static readonly Sql Everywhere = new(dialect => $"{Rows} order by d.id desc {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{Rows} and r.agreement_id = @agreementId order by d.id desc {dialect.Limit("@Take")}");

    private static readonly Sql OfRemittance = new(dialect => $"{Rows} and r.number = @Remittance and (@agreementId is null or r.agreement_id = @agreementId) order by d.id desc {dialect.Limit("@Take")}");

    public Task<Outcome<Page<ListedDelivery>>> Page(DeliveriesWhere where, Slice slice) => Lists.PageUnder(work, where.Agreement, slice, agreementId =>
        work.Rows<ListedDelivery>(where.Remittance is not null ? OfRemittance : agreementId is null ? Everywhere : UnderOne, new { slice.Below, scope = work.Actor.OrganisationId, agreementId, where.Remittance, where.State, slice.Take }));
}
