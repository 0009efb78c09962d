using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which remittances; null: any.</summary>
public sealed record RemittancesWhere
{
    public string? Agreement { get; init; }

    /// <summary>How far it is, in one word: sealed, submitting, unknown, delivered, refused, cancelled, acknowledged, rejected, returned, paid or settled.</summary>
    public string? State { get; init; }

    /// <summary>regular, supplementary or revised.</summary>
    public string? Kind { get; init; }

    /// <summary>Number of the settlement run that cut it.</summary>
    public string? Run { get; init; }

    /// <summary>First day of the cut-off that is asked for, UTC.</summary>
    public DateOnly? From { get; init; }

    /// <summary>Last day, inside.</summary>
    public DateOnly? To { get; init; }
}

/// <summary>A remittance in a list.</summary>
public sealed record ListedRemittance : Listed
{
    public string Number { get; init; } = "";

    public string Agreement { get; init; } = "";

    public string Kind { get; init; } = "";

    public DateTimeOffset Cutoff { get; init; }

    public string State { get; init; } = "";

    public string Delivery { get; init; } = "";

    public string Answer { get; init; } = "";

    public string MoneyState { get; init; } = "";

    public string? Run { get; init; }

    /// <summary>The earlier remittance that a supplementary or a revised one goes with.</summary>
    public string? Supplements { get; init; }

    public long LineCount { get; init; }

    public long Total { get; init; }

    public long Rejected { get; init; }

    public long Paid { get; init; }

    public string Reference { get; init; } = "";

    public string? FundReference { get; init; }

    public string? Period { get; init; }

    public string FileName { get; init; } = "";

    public string Sha256 { get; init; } = "";

    public DateTimeOffset SealedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? AcknowledgedAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }
}

internal sealed class RemittanceList(Work work)
{
    /// <summary>The three states in one word, as every list and export shows it; of a remittance r.</summary>
    internal const string State = """
        case when r.delivery in ('cancelled', 'refused') then r.delivery when r.answer = 'rejected' then 'rejected' when r.money = 'returned' then 'returned'
             when r.settled_at is not null then 'settled' when r.money in ('paid', 'over_paid') then 'paid' when r.answer <> 'none' then 'acknowledged' else r.delivery end
        """;

    private const string Rows = $"""
        select r.id, r.currency, r.number, ag.number as agreement, r.kind, r.cutoff, {State} as state, r.delivery, r.answer, r.money as money_state, n.number as run, s.number as supplements,
               r.line_count, r.total, r.rejected, r.paid, r.reference, r.fund_reference, r.period, r.file_name, r.sha256, r.sealed_at, r.delivered_at, r.acknowledged_at, r.settled_at
          from remittance r
          left join agreement ag on ag.id = r.agreement_id
          left join settlement_run n on n.id = r.run_id
          left join remittance s on s.id = r.supplements
         where r.id < @Below and (@scope is null or ag.organisation_id = @scope)
           and (@State is null or {State} = @State) and (@Kind is null or r.kind = @Kind) and (@Run is null or n.number = @Run) and r.cutoff >= @from and r.cutoff < @until
        """;

    private static readonly Sql Everywhere = new(dialect => $"{Rows} order by r.id desc {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{Rows} and r.agreement_id = @agreementId order by r.id desc {dialect.Limit("@Take")}");

    public Task<Outcome<Page<ListedRemittance>>> Page(RemittancesWhere where, Slice slice) => Lists.PageUnder(work, where.Agreement, slice, agreementId => work.Rows<ListedRemittance>(agreementId is null ? Everywhere : UnderOne, new
    {
        slice.Below, scope = work.Actor.OrganisationId, agreementId, where.State, where.Kind, where.Run, from = Moments.Begin(where.From), until = Moments.End(where.To), slice.Take,
    }));
}
