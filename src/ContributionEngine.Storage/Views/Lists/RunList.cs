using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>Which settlement runs; null: any.</summary>
public sealed record RunsWhere
{
    public string? Agreement { get; init; }

    /// <summary>planned, running, completed, completed_with_cases or failed.</summary>
    public string? State { get; init; }
}

/// <summary>A settlement run in a list, with what it has cut.</summary>
public sealed record ListedRun : Listed
{
    public string Number { get; init; } = "";

    public string Agreement { get; init; } = "";

    public DateTimeOffset Cutoff { get; init; }

    public DateOnly CutoffOn { get; init; }

    public string State { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What it left to the next cut-off because it was too little to send.</summary>
    public long Carried { get; init; }

    public long Remittances { get; init; }

    public long Total { get; init; }
}

internal sealed class RunList(Work work)
{
    private const string Rows = $"""
        select r.id, ag.currency, r.number, ag.number as agreement, r.cutoff, r.cutoff_on, {Settlements.State} as state, r.started_at, r.completed_at, r.carried,
               (select count(*) from remittance m where m.run_id = r.id) as remittances, (select coalesce(sum(m.total), 0) from remittance m where m.run_id = r.id) as total
          from settlement_run r
          left join agreement ag on ag.id = r.agreement_id
         where r.id < @Below and (@scope is null or ag.organisation_id = @scope) and (@State is null or {Settlements.State} = @State)
        """;

    private static readonly Sql Everywhere = new(dialect => $"{Rows} order by r.id desc {dialect.Limit("@Take")}");

    private static readonly Sql UnderOne = new(dialect => $"{Rows} and r.agreement_id = @agreementId order by r.id desc {dialect.Limit("@Take")}");

    public Task<Outcome<Page<ListedRun>>> Page(RunsWhere where, Slice slice) => Lists.PageUnder(work, where.Agreement, slice, agreementId =>
        work.Rows<ListedRun>(agreementId is null ? Everywhere : UnderOne, new { slice.Below, scope = work.Actor.OrganisationId, agreementId, where.State, slice.Take }));
}
