namespace ContributionEngine.Storage;

/// <summary>Money of one day that pays a principal, received after its due date, in minor units.</summary>
public sealed record LateMoney
{
    public long ObligationId { get; init; }

    public DateOnly ReceivedOn { get; init; }

    public long Amount { get; init; }
}

/// <summary>Principals that were due before a day, how late they were paid, and the charges that stand on them.</summary>
public sealed class LateCharges(Work work)
{
    // An open charge names its principal too, so that money that moved past it is seen.
    private static readonly Sql OpenOverdue = """
        select distinct coalesce(o.principal_id, o.id)
          from enrolment e
          join obligation o on o.enrolment_id = e.id and o.collected = 1 and o.allocated < o.amount - o.reduced and o.due_on < @day
         where e.agreement_id = @agreementId and (o.class = 'principal' or o.principal_id is not null)
        """;

    private static readonly Sql EverLate = """
        select o.id
          from obligation o
         where o.agreement_id = @agreementId and o.class = 'principal' and o.collected = 1 and o.due_on < @day
           and (o.allocated < o.amount - o.reduced
             or exists (select 1 from obligation c where c.principal_id = o.id)
             or exists (select 1 from allocation a join receipt r on r.id = a.receipt_id where a.obligation_id = o.id and r.received_on > o.due_on))
        """;

    private static readonly Sql Overdue = new(dialect => $"""
        select {Obligations.Columns}
          from obligation
         where id in {dialect.AnyOf("@ids")} and class = 'principal' and collected = 1 and due_on < @day
         order by id
        """);

    private static readonly Sql Late = new(dialect => $"""
        select a.obligation_id, r.received_on, sum(a.amount) as amount
          from allocation a
          join receipt r on r.id = a.receipt_id
          join obligation o on o.id = a.obligation_id
         where a.obligation_id in {dialect.AnyOf("@ids")} and r.received_on > o.due_on
         group by a.obligation_id, r.received_on
        having sum(a.amount) > 0
         order by a.obligation_id, r.received_on
        """);

    private static readonly Sql ChargesOn = new(dialect => $"""
        select {Obligations.Columns}
          from obligation where principal_id in {dialect.AnyOf("@ids")} order by id
        """);

    /// <summary>Ids of overdue principals of an agreement that are unpaid, or whose charges are.</summary>
    public Task<IReadOnlyList<long>> Open(long agreementId, DateOnly day) => work.Rows<long>(OpenOverdue, new { agreementId, day });

    /// <summary>Ids of all overdue principals of an agreement that are unpaid, were paid late, or bear a charge.</summary>
    public Task<IReadOnlyList<long>> All(long agreementId, DateOnly day) => work.Rows<long>(EverLate, new { agreementId, day });

    /// <summary>Those of these obligations that are principals and were due before the day.</summary>
    public Task<IReadOnlyList<StoredObligation>> Principals(IEnumerable<long> ids, DateOnly day) =>
        work.Rows<StoredObligation>(Overdue, new { ids = work.Dialect.Array(ids), day });

    /// <summary>What was received after the due date, by obligation and day.</summary>
    public Task<IReadOnlyList<LateMoney>> PaidLate(IEnumerable<long> ids) => work.Rows<LateMoney>(Late, new { ids = work.Dialect.Array(ids) });

    /// <summary>The charges that stand on these principals, whether they are still in the schedule or not.</summary>
    public Task<IReadOnlyList<StoredObligation>> On(IEnumerable<long> principals) => work.Rows<StoredObligation>(ChargesOn, new { ids = work.Dialect.Array(principals) });
}
