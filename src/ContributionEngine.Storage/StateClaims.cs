using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>What the State or a sponsor owes for a member's period that the fund has accepted.</summary>
public sealed record StoredStateClaim
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public long AgreementId { get; init; }

    /// <summary><c>state</c> or <c>sponsor</c>.</summary>
    public string Debtor { get; init; } = "";

    public long ObligationId { get; init; }

    /// <summary>Minor units.</summary>
    public long Amount { get; init; }

    public DateOnly ArisenOn { get; init; }

    /// <summary>open, settled (the debtor paid) or withdrawn (the fund has no line of that period any more, or the share is another).</summary>
    public string State { get; init; } = "";

    public DateOnly? EndedOn { get; init; }

    public string MemberNo { get; init; } = "";

    public string NationalId { get; init; } = "";

    public string Period { get; init; } = "";

    public string Component { get; init; } = "";
}

/// <summary>A share that is claimed otherwise than it is owed now, in minor units.</summary>
public sealed record StateDifference
{
    public long ObligationId { get; init; }

    public string Debtor { get; init; } = "";

    /// <summary>0 while no line of the member's period is accepted.</summary>
    public long Owed { get; init; }

    /// <summary>Of open claims.</summary>
    public long Claimed { get; init; }

    /// <summary>Of claims that the debtor has paid.</summary>
    public long Settled { get; init; }
}

/// <summary>Claims on the State and on sponsors: what is claimed is a fact; how far it has come stands beside it.</summary>
public sealed class StateClaims(Work work)
{
    private static readonly BulkTarget Table = new("state_claim", "id", "number", "agreement_id", "debtor", "obligation_id", "amount", "arisen_on", "state", "ended_on");

    private const string Rows = """
        select c.id, c.number, c.agreement_id, c.debtor, c.obligation_id, c.amount, c.arisen_on, c.state, c.ended_on, m.member_no, m.national_id, o.period, o.component
          from state_claim c
          join agreement ag on ag.id = c.agreement_id and (@scope is null or ag.organisation_id = @scope)
          join obligation o on o.id = c.obligation_id
          join enrolment e on e.id = o.enrolment_id
          join member m on m.id = e.member_id
        """;

    private static readonly Sql All = $"{Rows} where (@agreement is null or ag.number = @agreement) order by c.id";

    private static readonly Sql ByNumber = $"{Rows} where c.number = @number";

    private static readonly Sql OpenOf = $"{Rows} where c.agreement_id = @agreementId and c.state = 'open' and (@debtor is null or c.debtor = @debtor) order by m.member_no, o.period, o.component, c.id";

    /// <summary>A line of the period of obligation o stands accepted with the fund.</summary>
    internal const string IsAccepted = """
        exists (select 1 from obligation p
                  join allocation a on a.obligation_id = p.id
                  join line_allocation la on la.allocation_id = a.id and la.live = 1
                  join remittance_line l on l.id = la.line_id and l.outcome = 'accepted'
                 where p.enrolment_id = o.enrolment_id and p.period = o.period and p.class = 'principal' and p.collected = 1)
        """;

    private const string Differences = $"""
        select t.obligation_id, t.debtor, t.owed, t.claimed, t.settled
          from (select o.id as obligation_id, o.payer as debtor, case when {IsAccepted} then o.amount - o.reduced else 0 end as owed,
                       (select coalesce(sum(c.amount), 0) from state_claim c where c.obligation_id = o.id and c.state = 'open') as claimed,
                       (select coalesce(sum(c.amount), 0) from state_claim c where c.obligation_id = o.id and c.state = 'settled') as settled
                  from obligation o
        """;

    private const string Differing = """
                   and o.payer in ('state', 'sponsor') and o.collected = 0 and o.class = 'principal') t
         where t.owed <> t.claimed + t.settled
         order by t.obligation_id
        """;

    // Whose periods they may be is said first, or each obligation of the fund would be looked at.
    private static readonly Sql OfRemittance = $"""
        {Differences}
                 where o.enrolment_id in (select r.enrolment_id from remittance_line r where r.remittance_id = @remittance)
                   and exists (select 1 from remittance_line r where r.remittance_id = @remittance and r.enrolment_id = o.enrolment_id and r.period = o.period)
        {Differing}
        """;

    private static readonly Sql OfEnrolments = new(dialect => $"""
        {Differences}
                 where o.enrolment_id in {dialect.AnyOf("@enrolments")}
        {Differing}
        """);

    private static readonly Sql AcceptedOf = new(dialect => $"""
        select l.id from remittance r join remittance_line l on l.remittance_id = r.id and l.outcome = 'accepted' where r.agreement_id = @agreementId order by l.id {dialect.Limit("1")}
        """);

    private static readonly Sql EndOf = new(dialect => $"update state_claim set state = @state, ended_on = @on where state = 'open' and id in {dialect.AnyOf("@ids")}");

    private static readonly Sql WithdrawOf = new(dialect => $"update state_claim set state = 'withdrawn', ended_on = @on where state = 'open' and obligation_id in {dialect.AnyOf("@obligations")}");

    /// <summary>What is claimed otherwise than it is owed, among the members' periods of a remittance.</summary>
    public Task<IReadOnlyList<StateDifference>> About(long remittance) => work.Rows<StateDifference>(OfRemittance, new { remittance });

    /// <summary>The same among all periods of some enrolments.</summary>
    public Task<IReadOnlyList<StateDifference>> About(IEnumerable<long> enrolments) => work.Rows<StateDifference>(OfEnrolments, new { enrolments = work.Dialect.Array(enrolments) });

    /// <summary>True when the fund has accepted any line of the agreement.</summary>
    public async Task<bool> AnyAccepted(long agreementId) => await work.One<long?>(AcceptedOf, new { agreementId }) is not null;

    public Task Add(IEnumerable<StoredStateClaim> claims) => work.Bulk(Table, claims.Select(row => new object?[]
    {
        row.Id, Numbers.Claim(row.Id), row.AgreementId, row.Debtor, row.ObligationId, row.Amount, row.ArisenOn, "open", null,
    }));

    /// <summary>Withdraws the open claims of these obligations.</summary>
    public Task Withdraw(IEnumerable<long> obligations, DateOnly on) => work.Do(WithdrawOf, new { obligations = work.Dialect.Array(obligations), on });

    /// <summary>Ends open claims as settled.</summary>
    public Task Settle(IEnumerable<long> ids, DateOnly on) => work.Do(EndOf, new { ids = work.Dialect.Array(ids), state = "settled", on });

    /// <summary>Claims of one agreement, or of all that the acting user may see.</summary>
    public Task<IReadOnlyList<StoredStateClaim>> List(string? agreement) => work.Rows<StoredStateClaim>(All, new { agreement, scope = work.Actor.OrganisationId });

    public Task<StoredStateClaim?> Find(string number) => work.One<StoredStateClaim>(ByNumber, new { number, scope = work.Actor.OrganisationId });

    /// <summary>Open claims of an agreement, by member and period.</summary>
    /// <param name="debtor">Only on this debtor; null: on any.</param>
    public Task<IReadOnlyList<StoredStateClaim>> Open(long agreementId, string? debtor) => work.Rows<StoredStateClaim>(OpenOf, new { agreementId, debtor, scope = work.Actor.OrganisationId });
}
