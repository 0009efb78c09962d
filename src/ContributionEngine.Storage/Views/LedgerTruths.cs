namespace ContributionEngine.Storage;

/// <summary>Truth 5: every entry balances, every account equals its sub-ledger, and a closed month holds what it held when it was closed.</summary>
internal static class LedgerTruths
{
    /// <summary>For <see cref="Proofs"/>: each statement selects the rows that break the truth.</summary>
    public static readonly (int Truth, Sql Rows)[] Checks =
    [
        (5, """
            select concat('entry ', entry_id) as subject, concat('debit ', sum(debit), ', credit ', sum(credit)) as detail from posting
             group by entry_id having sum(debit) <> sum(credit)
            """),
        (5, """
            select concat(ag.number, ' ', b.account) as subject, concat('ledger ', sum(b.ledger), ', sub-ledger ', sum(b.sub)) as detail
              from (select j.agreement_id, p.account, p.debit - p.credit as ledger, 0 as sub from posting p join journal_entry j on j.id = p.entry_id
                    union all select agreement_id, 'owed', 0, amount - reduced from obligation
                    union all select agreement_id, 'scheduled', 0, reduced - amount from obligation
                    union all select r.agreement_id, 'acknowledged', 0, l.amount from remittance_line l join remittance r on r.id = l.remittance_id where l.outcome = 'accepted'
                    union all select r.agreement_id, 'confirmed', 0, -l.amount from remittance_line l join remittance r on r.id = l.remittance_id where l.outcome = 'accepted'
                    union all select r.agreement_id, case when v.receipt_id is null then 'cash' else 'advances' end, 0, r.amount - r.reversed - r.refunded
                              from receipt r left join advance v on v.receipt_id = r.id
                    union all select agreement_id, 'cash', 0, -amount from claim where state in ('open', 'written_off')
                    union all select agreement_id, 'written_off', 0, -written_off from receipt
                    union all select agreement_id, 'written_off', 0, amount from claim where state = 'written_off'
                    union all select agreement_id, 'state_share', 0, amount from state_claim where state = 'open'
                    union all select agreement_id, 'state_due', 0, -amount from state_claim where state = 'open'
                    union all select agreement_id, 'collection_fee', 0, amount from collection_fee
                    union all select agreement_id, 'collection_fee', 0, -amount from collection_fee_payment
                    union all select agreement_id, 'collection_fee_due', 0, -amount from collection_fee
                    union all select agreement_id, 'collection_fee_due', 0, amount from collection_fee_payment
                    union all select agreement_id, 'claims', 0, amount from claim where state = 'open'
                    union all select agreement_id, 'suspense', 0, -suspense from receipt
                    union all select agreement_id, 'member_credit', 0, -credit from receipt
                    union all select a.agreement_id, case o.class when 'fee' then 'fees' when 'advance' then 'advances' else 'custody' end, 0, -a.amount from allocation a join obligation o on o.id = a.obligation_id
                     where not exists (select 1 from line_allocation la where la.allocation_id = a.id and la.live = 1)
                    union all select r.agreement_id, 'cash', 0, -m.amount from bank_match m join remittance r on r.id = m.remittance_id where m.live = 1
                    union all select r.agreement_id, 'in_transit', 0, -a.amount from line_allocation la join allocation a on a.id = la.allocation_id
                              join remittance_line l on l.id = la.line_id join remittance r on r.id = l.remittance_id where la.live = 1
                    union all select r.agreement_id, 'in_transit', 0, case when r.paid < r.total - r.rejected then r.paid else r.total - r.rejected end from remittance r where r.delivery <> 'cancelled'
                    union all select r.agreement_id, 'due_from_fund', 0, case when r.paid > r.total - r.rejected then r.paid - (r.total - r.rejected) else 0 end from remittance r) b
              join agreement ag on ag.id = b.agreement_id
             group by ag.number, b.account having sum(b.ledger) <> sum(b.sub)
            """),
        (5, """
            select concat(ag.number, ' period ', p.month) as subject,
                   concat('closed with ', p.entries, ' entries and a debit of ', p.debit, ', has ', count(s.id), ' and ', coalesce(sum(s.debit), 0)) as detail
              from booking_period p
              join agreement ag on ag.id = p.agreement_id
              left join (select j.id, j.agreement_id, j.booked_on, sum(o.debit) as debit from journal_entry j join posting o on o.entry_id = j.id group by j.id, j.agreement_id, j.booked_on) s
                     on s.agreement_id = p.agreement_id and s.booked_on between p.starts_on and p.ends_on
             where p.state = 'closed'
             group by ag.number, p.month, p.entries, p.debit having p.entries <> count(s.id) or p.debit <> coalesce(sum(s.debit), 0)
            """),
    ];
}
