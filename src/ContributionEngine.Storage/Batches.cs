namespace ContributionEngine.Storage;

/// <summary>A period that lacks money of some members.</summary>
public sealed record ShortPeriod
{
    public string Period { get; init; } = "";

    /// <summary>How many months it spans.</summary>
    public long Months { get; init; }

    /// <summary>Paid and held back, in minor units.</summary>
    public long Held { get; init; }

    /// <summary>What is missing of its principal, in minor units.</summary>
    public long Missing { get; init; }

    /// <summary>How many enrolments lack something.</summary>
    public long Members { get; init; }

    /// <summary>The first day on which some of what is missing is due.</summary>
    public DateOnly DueOn { get; init; }

    /// <summary>Since when its money is held; null: it was never held.</summary>
    public DateOnly? HeldOn { get; init; }
}

/// <summary>Periods whose money waits for that of other members, and what was decided of them.</summary>
public sealed class Batches(Work work)
{
    public const string Held = "held";
    public const string Advance = "advance";
    public const string Drop = "drop";
    public const string Release = "release";

    private static readonly BulkTarget Table = new("batch_step", "agreement_id", "period", "step", "taken_on", "taken_by");

    // Nobody has decided about it yet.
    private static readonly Sql ShortOf = $"""
        select t.period, max(t.months) as months, sum(t.held) as held, sum(t.missing) as missing, sum(t.members) as members, min(t.due_on) as due_on, min(s.taken_on) as held_on
          from (select q.period, max(q.months) as months, 0 as held, sum(q.amount - q.reduced - q.allocated) as missing, count(distinct q.enrolment_id) as members, min(q.due_on) as due_on
                  from obligation q
                 where q.agreement_id = @AgreementId and q.collected = 1 and q.class = 'principal' and q.opens_on <= @On and q.allocated < q.amount - q.reduced
                 group by q.period
                union all
                select f.period, 0, sum(f.amount), 0, 0, null from ({RemittanceLines.Free}) f where f.period in ({RemittanceLines.Incomplete}) group by f.period) t
          left join batch_step s on s.agreement_id = @AgreementId and s.period = t.period and s.step = 'held'
         where not exists (select 1 from batch_step d where d.agreement_id = @AgreementId and d.period = t.period and d.step <> 'held')
         group by t.period
         order by t.period
        """;

    /// <summary>Periods open at a day that lack money and about which nobody has decided.</summary>
    public Task<IReadOnlyList<ShortPeriod>> Short(long agreementId, DateOnly on) => work.Rows<ShortPeriod>(ShortOf, new { AgreementId = agreementId, On = on, WholeOnly = 0L, Supplements = (long?)null });

    /// <summary>Notes that a step was taken with these periods: held, or what was decided, which is said once.</summary>
    public Task Take(long agreementId, IEnumerable<string> periods, string step, DateOnly on) =>
        work.Bulk(Table, periods.Select(period => new object?[] { agreementId, period, step, on, work.Actor.Name }));
}
