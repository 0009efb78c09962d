namespace ContributionEngine.Storage;

/// <summary>A run of the matching in a list, with what stands of it. They concern all agreements, so only users of the fund see them.</summary>
public sealed record ListedMatchRun : Listed
{
    public string Number { get; init; } = "";

    /// <summary>completed or undone.</summary>
    public string State { get; init; } = "";

    public string StartedBy { get; init; } = "";

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Matches of it that stand.</summary>
    public long Standing { get; init; }

    /// <summary>What they have paid, where all of it is of one currency.</summary>
    public long Amount { get; init; }
}

internal sealed class MatchRunList(Work work)
{
    private static readonly Sql Some = new(dialect => $"""
        select n.id, n.number, n.state, n.started_by, n.started_at, (select count(distinct m.number) from bank_match m where m.run_id = n.id and m.live = 1) as standing,
               (select coalesce(sum(m.amount), 0) from bank_match m where m.run_id = n.id and m.live = 1) as amount,
               coalesce((select case when min(r.currency) = max(r.currency) then min(r.currency) end from bank_match m join remittance r on r.id = m.remittance_id where m.run_id = n.id and m.live = 1), '') as currency
          from match_run n
         where n.id < @Below and @scope is null
         order by n.id desc
        {dialect.Limit("@Take")}
        """);

    public async Task<Page<ListedMatchRun>> Page(Slice slice) => Page<ListedMatchRun>.Of(await work.Rows<ListedMatchRun>(Some, new { slice.Below, scope = work.Actor.OrganisationId, slice.Take }), slice);
}
