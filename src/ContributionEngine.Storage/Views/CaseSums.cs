namespace ContributionEngine.Storage;

/// <summary>Open cases of one reason and currency, by how long they have waited. The amount is in minor units.</summary>
public sealed record CaseSum
{
    public string Reason { get; init; } = "";

    /// <summary>Empty for those that belong to no agreement.</summary>
    public string Currency { get; init; } = "";

    public long Count { get; init; }

    public long Amount { get; init; }

    /// <summary>Opened in the last week.</summary>
    public long Week { get; init; }

    /// <summary>Before that, in the last thirty days.</summary>
    public long Month { get; init; }

    /// <summary>Before that.</summary>
    public long Older { get; init; }
}

/// <summary>What waits for a person, as counters; as far as the acting user may see.</summary>
public sealed class CaseSums(Work work)
{
    private static readonly Sql ByReason = """
        select c.reason, coalesce(ag.currency, '') as currency, count(*) as count, coalesce(sum(c.amount), 0) as amount, count(case when c.opened_on >= @week then 1 end) as week,
               count(case when c.opened_on < @week and c.opened_on >= @month then 1 end) as month, count(case when c.opened_on < @month then 1 end) as older
          from work_case c
          left join agreement ag on ag.id = c.agreement_id
         where c.state in ('open', 'assigned', 'waiting') and (@scope is null or ag.organisation_id = @scope) and (@owner is null or c.owner = @owner)
         group by c.reason, coalesce(ag.currency, '')
         order by 3 desc, c.reason, 2
        """;

    /// <summary>By reason and currency, the most first.</summary>
    /// <param name="today">From which the time of waiting is counted back.</param>
    /// <param name="owner">Only those that this user has; null: all.</param>
    public Task<IReadOnlyList<CaseSum>> Of(DateOnly today, string? owner) =>
        work.Rows<CaseSum>(ByReason, new { week = today.AddDays(-7), month = today.AddDays(-30), owner, scope = work.Actor.OrganisationId });
}
