using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A tie-out that was kept.</summary>
public sealed record StoredTieOut
{
    public DateOnly RunOn { get; init; }

    public DateTimeOffset RecordedAt { get; init; }

    /// <summary>Minor units, of the agreement and all of its rows; zero is the proof.</summary>
    public long Unexplained { get; init; }

    /// <summary>Its rows as JSON.</summary>
    public string Document { get; init; } = "";
}

/// <summary>Tie-outs: the figures that they are made of, each from the facts that say it, and those that were kept, one a day.</summary>
public sealed class TieOuts(Work work)
{
    // Of each line that stands: the bank's money reaches accepted lines first, then the others, in line order.
    private const string Reached = """
        select l.remittance_id, l.period, l.outcome, l.amount, r.paid, coalesce(m.amount, 0) as shown,
               sum(l.amount) over (partition by l.remittance_id order by case when l.outcome = 'accepted' then 0 else 1 end, l.line_no rows unbounded preceding) as upto
          from remittance_line l
          join remittance r on r.id = l.remittance_id
          left join (select remittance_id, sum(amount) as amount from bank_match where live = 1 group by remittance_id) m on m.remittance_id = r.id
         where r.agreement_id = @agreementId and r.delivery <> 'cancelled' and l.outcome in ('accepted', 'sent')
        """;

    private const string Parts = $"""
        select period, sum(shown) as bank, sum(case when outcome = 'sent' then paid else 0 end) as paid_unanswered, sum(case when outcome = 'accepted' then amount - paid else 0 end) as not_on_the_bank
          from (select period, outcome, amount,
                       case when paid < upto then paid else upto end - case when paid < upto - amount then paid else upto - amount end as paid,
                       case when shown < upto then shown else upto end - case when shown < upto - amount then shown else upto - amount end as shown
                  from ({Reached}) c) p
         group by period
        """;

    private const string Owed = "select period, sum(amount) as schedule, sum(amount - reduced - allocated) as unpaid from obligation where agreement_id = @agreementId and collected = 1 group by period";

    private const string Received = """
        select o.period, sum(a.amount) as receipts, sum(case when o.class = 'fee' then a.amount else 0 end) as fees, sum(case when o.class = 'advance' then a.amount else 0 end) as advances
          from allocation a join obligation o on o.id = a.obligation_id where a.agreement_id = @agreementId group by o.period
        """;

    // Each part is summed by itself before they meet: a few rows of each, however many receipts there are.
    private static readonly Sql OfPeriods = $"""
        select f.subject, f.item, sum(f.amount) as amount
          from (select q.period as subject, k.item, case k.item when 'schedule' then q.schedule else q.unpaid end as amount from ({Owed}) q cross join (select 'schedule' as item union all select 'unpaid') k
                union all select o.period, 'schedule', -sum(d.amount) from reduction d join obligation o on o.id = d.obligation_id where o.agreement_id = @agreementId and o.collected = 1 group by o.period
                union all select q.period, k.item, case k.item when 'receipts' then q.receipts when 'fees' then q.fees else q.advances end from ({Received}) q cross join (select 'receipts' as item union all select 'fees' union all select 'advances') k
                union all select o.period, k.item, k.sign * c.amount from claim c join allocation a on a.id = c.allocation_id join obligation o on o.id = a.obligation_id
                          cross join (select 'claims' as item, 1 as sign union all select 'receipts', -1) k where c.agreement_id = @agreementId and c.state in ('open', 'written_off')
                union all select w.period, case when w.came_back = 1 then 'rejected' else 'custody' end, sum(w.amount) from ({OpenItems.Waiting}) w where w.agreement_id = @agreementId group by w.period, w.came_back
                union all select l.period, case when l.outcome = 'accepted' then 'fund' when r.delivery = 'delivered' then 'unanswered' else 'in_transit' end, sum(l.amount)
                          from remittance_line l join remittance r on r.id = l.remittance_id where r.agreement_id = @agreementId and r.delivery <> 'cancelled' and l.outcome in ('accepted', 'sent')
                          group by l.period, l.outcome, r.delivery
                union all select case k.item when 'beyond' then '' else p.period end, case k.item when 'beyond' then 'bank' else k.item end,
                                 case k.item when 'bank' then p.bank when 'beyond' then -p.bank when 'paid_unanswered' then p.paid_unanswered else p.not_on_the_bank end
                          from ({Parts}) p cross join (select 'bank' as item union all select 'beyond' union all select 'paid_unanswered' union all select 'not_on_the_bank') k
                union all select '', 'bank', m.amount from bank_match m join remittance r on r.id = m.remittance_id where r.agreement_id = @agreementId and m.live = 1
                union all select '', k.item, case k.item when 'receipts' then q.receipts when 'suspense' then q.suspense else q.credit end
                          from (select sum(amount - reversed - refunded - written_off) as receipts, sum(suspense) as suspense, sum(credit) as credit from receipt where agreement_id = @agreementId) q
                          cross join (select 'receipts' as item union all select 'suspense' union all select 'credit') k
                union all select '', 'receipts', -q.receipts from ({Received}) q
                union all select '', 'due_from_fund', s.paid - s.payable from ({OpenItems.Sent}) s where s.agreement_id = @agreementId and s.paid > s.payable) f
         group by f.subject, f.item having sum(f.amount) <> 0
        """;

    private static readonly Sql OfRemittances = $"""
        select f.subject, f.item, sum(f.amount) as amount
          from (select number as subject, 'schedule' as item, total as amount from remittance where agreement_id = @agreementId and delivery <> 'cancelled'
                union all select number, 'rejected', rejected from remittance where agreement_id = @agreementId and delivery <> 'cancelled'
                union all select r.number, 'receipts', a.amount from line_allocation la join allocation a on a.id = la.allocation_id join remittance_line l on l.id = la.line_id
                          join remittance r on r.id = l.remittance_id where r.agreement_id = @agreementId and la.live = 1
                union all select r.number, k.item, k.sign * c.amount from claim c join remittance_line l on l.id = c.line_id join remittance r on r.id = l.remittance_id
                          cross join (select 'claims' as item, 1 as sign union all select 'receipts', -1) k where c.agreement_id = @agreementId and c.state in ('open', 'written_off')
                union all select s.number, k.item, case k.item
                              when 'fund' then s.accepted
                              when 'in_transit' then case when s.delivery = 'delivered' then 0 else s.silent end
                              when 'unanswered' then case when s.delivery = 'delivered' then s.silent else 0 end
                              when 'not_on_the_bank' then case when s.accepted > s.paid then s.accepted - s.paid else 0 end
                              when 'paid_unanswered' then case when s.paid > s.payable then s.payable - s.accepted when s.paid > s.accepted then s.paid - s.accepted else 0 end
                              else case when s.paid > s.payable then s.paid - s.payable else 0 end end
                          from ({OpenItems.Sent}) s
                          cross join (select 'fund' as item union all select 'in_transit' union all select 'unanswered' union all select 'not_on_the_bank' union all select 'paid_unanswered' union all select 'due_from_fund') k
                          where s.agreement_id = @agreementId
                union all select r.number, 'bank', m.amount from bank_match m join remittance r on r.id = m.remittance_id where r.agreement_id = @agreementId and m.live = 1) f
         group by f.subject, f.item having sum(f.amount) <> 0
        """;

    private static readonly Sql Latest = new(dialect => $"select run_on, recorded_at, unexplained, document from tie_out where agreement_id = @agreementId order by run_on desc {dialect.Limit("1")}");

    private static readonly Sql On = "select count(*) from tie_out where agreement_id = @agreementId and run_on = @day";

    private static readonly Sql Keep = "insert into tie_out (id, agreement_id, run_on, recorded_at, unexplained, document) values (@id, @agreementId, @RunOn, @RecordedAt, @Unexplained, @Document)";

    /// <summary>The agreement as it stands, each of its periods, what belongs to none, and each remittance that was not cancelled.</summary>
    public async Task<IReadOnlyList<TieOutRow>> Of(StoredAgreement agreement)
    {
        var periods = await Rows(TieOutLevel.Period, OfPeriods, agreement.Id);
        return [TieOutRow.SumOf(agreement.Number, periods), .. periods, .. await Rows(TieOutLevel.Remittance, OfRemittances, agreement.Id)];
    }

    /// <summary>The one that was kept last.</summary>
    public Task<StoredTieOut?> Last(long agreementId) => work.One<StoredTieOut>(Latest, new { agreementId });

    public async Task<bool> HasRunOn(long agreementId, DateOnly day) => await work.One<long>(On, new { agreementId, day }) > 0;

    public Task Add(long agreementId, StoredTieOut made) => work.Do(Keep, new { id = work.NextId(), agreementId, made.RunOn, made.RecordedAt, made.Unexplained, made.Document });

    private async Task<List<TieOutRow>> Rows(TieOutLevel level, Sql figures, long agreementId) =>
        [.. (await work.Rows<Figure>(figures, new { agreementId })).GroupBy(figure => figure.Subject).OrderBy(group => group.Key, StringComparer.Ordinal).Select(group => new TieOutRow(level, group.Key, group.ToDictionary(figure => Words.Of<TieOutItem>(figure.Item), figure => figure.Amount)))];

    private sealed record Figure
    {
        /// <summary>The period or remittance; empty: of no period.</summary>
        public string Subject { get; init; } = "";

        /// <summary>A <see cref="TieOutItem"/> as a word.</summary>
        public string Item { get; init; } = "";

        public long Amount { get; init; }
    }
}
