namespace ContributionEngine.Storage;

/// <summary>Money in custody that has something in common: its age, or why it waits. Minor units.</summary>
public sealed record CustodySum
{
    /// <summary>band, reason, or all.</summary>
    public string SortedBy { get; init; } = "";

    /// <summary>Days such as <c>8-30</c>, or the reason; of all: empty.</summary>
    public string Name { get; init; } = "";

    public long Amount { get; init; }

    public long Members { get; init; }

    /// <summary>The day on which the oldest of it was received.</summary>
    public DateOnly Oldest { get; init; }
}

/// <summary>Collected and not yet remitted: how old, whose, and why. The figure that protects members.</summary>
public sealed class Custody(Work work)
{
    private static readonly Sql Sums = new(dialect => $"""
        with held as (
            select w.amount, e.member_id, r.received_on, o.period,
                   case when r.received_on >= @week then '0-7' when r.received_on >= @month then '8-30' when r.received_on >= @two then '31-60' when r.received_on >= @three then '61-90' else '>90' end as band,
                   case when w.came_back = 1 then 'rejected_line' when o.opens_on > @On then 'not_open'
                        when @WholeOnly = 0 or o.period in (select b.period from batch_step b where b.agreement_id = @AgreementId and b.step = 'release') then 'next_cut_off'
                        when exists (
                            select 1 from obligation p
                             where p.enrolment_id = o.enrolment_id and p.period = o.period and p.collected = 1 and p.class = 'principal'
                               and p.opens_on <= @On and p.allocated < p.amount - p.reduced) then 'part_paid_period'
                        when @WholeOnly = 2 and o.period not in (select b.period from batch_step b where b.agreement_id = @AgreementId and b.step = 'drop') and o.period in ({RemittanceLines.Incomplete}) then 'held_period'
                        else 'next_cut_off' end as reason
              from ({OpenItems.Waiting}) w
              join obligation o on o.id = w.obligation_id
              join receipt r on r.id = w.receipt_id
              join enrolment e on e.id = o.enrolment_id
             where w.agreement_id = @AgreementId),
        told as (
            select h.amount, h.member_id, h.received_on, h.band,
                   case when h.reason = 'next_cut_off' and @unquoted = 1 and h.period not in {dialect.AnyOf("@quoted")} then 'awaits_notice' else h.reason end as reason
              from held h)
        select 'band' as sorted_by, band as name, sum(amount) as amount, count(distinct member_id) as members, min(received_on) as oldest from told group by band
        union all select 'reason', reason, sum(amount), count(distinct member_id), min(received_on) from told group by reason
        union all select 'all', '', sum(amount), count(distinct member_id), min(received_on) from told having count(*) > 0
        """);

    /// <summary>What an agreement holds, as it stands now; ages are counted, and what is open is told, at the day of the rule.</summary>
    /// <param name="quoted">Where a fund takes only what it has quoted: the periods that go.</param>
    public Task<IReadOnlyList<CustodySum>> Of(CutRule rule, IReadOnlyList<string>? quoted) => work.Rows<CustodySum>(Sums, new
    {
        rule.AgreementId, rule.On, rule.WholeOnly, unquoted = quoted is null ? 0L : 1L, quoted = work.Dialect.Array(quoted ?? []), week = rule.On.AddDays(-7), month = rule.On.AddDays(-30), two = rule.On.AddDays(-60), three = rule.On.AddDays(-90),
    });
}
