namespace ContributionEngine.Storage;

/// <summary>What the fund has accepted of a remittance.</summary>
public sealed record AcceptedSum
{
    public long RemittanceId { get; init; }

    public long Accepted { get; init; }
}

/// <summary>What a fund's account is made of, as far as the acting user may see it.</summary>
public sealed class FundAccounts(Work work)
{
    private static readonly Sql OfFund = """
        select a.number from agreement a where a.fund_code = @fund and (@scope is null or a.organisation_id = @scope) order by a.number
        """;

    private static readonly Sql AcceptedOf = """
        select l.remittance_id, sum(l.amount) as accepted
          from remittance r
          join remittance_line l on l.remittance_id = r.id and l.outcome = 'accepted'
         where r.agreement_id = @agreementId
         group by l.remittance_id
        """;

    /// <summary>Numbers of the agreements with a fund.</summary>
    public Task<IReadOnlyList<string>> Agreements(string fund) => work.Rows<string>(OfFund, new { fund, scope = work.Actor.OrganisationId });

    /// <summary>By remittance of an agreement; one of which nothing is accepted is not among them.</summary>
    public async Task<IReadOnlyDictionary<long, long>> Accepted(long agreementId) =>
        (await work.Rows<AcceptedSum>(AcceptedOf, new { agreementId })).ToDictionary(row => row.RemittanceId, row => row.Accepted);
}
