using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which acknowledgements; null: any.</summary>
public sealed record AcknowledgementsWhere
{
    public string? Agreement { get; init; }

    /// <summary>Number of a remittance.</summary>
    public string? Remittance { get; init; }

    /// <summary>Such as accepted or rejected.</summary>
    public string? Outcome { get; init; }
}

/// <summary>One thing that a fund has said, in a list.</summary>
public sealed record ListedAcknowledgement : Listed
{
    public string Agreement { get; init; } = "";

    public string Remittance { get; init; } = "";

    public string Level { get; init; } = "";

    /// <summary>Null where it is about the whole remittance.</summary>
    public long? LineNo { get; init; }

    public string Outcome { get; init; } = "";

    public string Code { get; init; } = "";

    public string Text { get; init; } = "";

    public long? Amount { get; init; }

    /// <summary>Of the answer as it came.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>0 while it is in doubt, and nothing of it counts.</summary>
    public long Applied { get; init; }

    public DateTimeOffset ReceivedAt { get; init; }
}

internal sealed class AcknowledgementList(Work work)
{
    private const string Rows = """
        select k.id, r.currency, ag.number as agreement, r.number as remittance, k.level, case when k.line_no = 0 then null else k.line_no end as line_no, k.outcome, k.code, k.text, k.amount,
               k.raw_sha256 as sha256, k.applied, k.received_at
          from acknowledgement k
          left join remittance r on r.id = k.remittance_id
          left join agreement ag on ag.id = r.agreement_id
         where k.id < @Below and (@scope is null or ag.organisation_id = @scope) and (@Outcome is null or k.outcome = @Outcome)
        """;

    private static readonly Sql Everywhere = new(dialect => $"{Rows} order by k.id desc {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{Rows} and r.agreement_id = @agreementId order by k.id desc {dialect.Limit("@Take")}");

    private static readonly Sql OfRemittance = new(dialect => $"{Rows} and k.remittance_id = @remittanceId and (@agreementId is null or r.agreement_id = @agreementId) order by k.id desc {dialect.Limit("@Take")}");

    public async Task<Outcome<Page<ListedAcknowledgement>>> Page(AcknowledgementsWhere where, Slice slice)
    {
        StoredRemittance? remittance = null;
        if (where.Remittance is { } number && !(await work.Remittances.Find(number)).Ok(out remittance, out var refusal)) return refusal;
        return await Lists.PageUnder(work, where.Agreement, slice, agreementId => work.Rows<ListedAcknowledgement>(remittance is not null ? OfRemittance : agreementId is null ? Everywhere : UnderOne, new
        {
            slice.Below, scope = work.Actor.OrganisationId, agreementId, remittanceId = remittance?.Id, where.Outcome, slice.Take,
        }));
    }
}
