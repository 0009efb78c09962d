namespace ContributionEngine.Storage;

/// <summary>What holds of settlement beside the facts that it cuts; read with <see cref="Proofs"/>.</summary>
internal static class SettlementProofs
{
    public static readonly (int Truth, Sql Rows)[] Checks =
    [
        (6, """
            select r.number as subject, concat('carried ', r.carried, ' forward and cut ', count(m.id), ' remittances') as detail
              from settlement_run r left join remittance m on m.run_id = r.id
             group by r.id, r.number, r.carried, r.state having r.carried < 0 or (r.carried > 0 and (count(m.id) > 0 or r.state <> 'completed'))
            """),
        (9, """
            select concat('advance ', v.receipt_id) as subject, concat('paid ', r.amount - r.reversed - r.refunded, ', owed by the member ', o.amount - o.reduced, ', class ', o.class) as detail
              from advance v join receipt r on r.id = v.receipt_id join obligation o on o.id = v.obligation_id
             where r.amount - r.reversed - r.refunded <> o.amount - o.reduced or o.class <> 'advance' or o.enrolment_id <> r.enrolment_id or r.agreement_id <> v.agreement_id or r.credit <> 0
            """),
        (9, """
            select concat('obligation ', o.id) as subject, 'an advance that no receipt of the organisation paid' as detail
              from obligation o where o.class = 'advance' and not exists (select 1 from advance v where v.obligation_id = o.id)
            """),
        (9, $"""
            select concat('receipt ', r.id) as subject, concat('credit ', r.credit, ' while the advance ', v.receipt_id, ' is not repaid') as detail
              {Unrepaid}
              join receipt r on r.enrolment_id = e.id and r.credit > 0
            """),
        // What was taken back of a repayment, or lowered, opens an advance again: then later money may have gone elsewhere.
        (9, $"""
            select concat('receipt ', r.id) as subject, concat('paid something else before the advance ', v.receipt_id, ' was repaid') as detail
              {Unrepaid}
              join receipt r on r.enrolment_id = e.id and r.live = 1 and r.id > v.receipt_id and r.posted_on > p.posted_on
             where x.reduced = 0 and not exists (select 1 from allocation u where u.obligation_id = x.id and u.undoes is not null)
               and not exists (select 1 from advance w where w.receipt_id = r.id)
               and exists (select 1 from allocation a join obligation o on o.id = a.obligation_id and o.class <> 'advance'
                            where a.receipt_id = r.id and a.undoes is null and not exists (select 1 from allocation u where u.undoes = a.id))
            """),
        (9, $"""
            select concat('claim on the ', t.debtor, ' for obligation ', t.id) as subject, concat('owed ', t.owed, ', claimed ', t.claimed) as detail
              from (select o.id, o.payer as debtor, case when {StateClaims.IsAccepted} then o.amount - o.reduced else 0 end as owed,
                           (select sum(c.amount) from state_claim c where c.obligation_id = o.id and c.state = 'open') as claimed
                      from obligation o
                     where exists (select 1 from state_claim c where c.obligation_id = o.id and c.state = 'open')
                       and not exists (select 1 from state_claim c where c.obligation_id = o.id and c.state = 'settled')) t
             where t.owed <> t.claimed or t.debtor not in ('state', 'sponsor')
            """),
        (9, """
            select concat('claim ', c.id) as subject, concat(c.state, ', ended ', c.ended_on, ', on the ', c.debtor, ' for what the ', o.payer, ' pays') as detail
              from state_claim c join obligation o on o.id = c.obligation_id
             where c.state not in ('open', 'settled', 'withdrawn') or (c.state = 'open' and c.ended_on is not null) or (c.state <> 'open' and c.ended_on is null)
                or c.debtor <> o.payer or o.collected <> 0 or o.agreement_id <> c.agreement_id
            """),
        (9, """
            select concat('notice ', n.number) as subject, concat(n.state, ' after ', n.steps, ' steps; the last of ', coalesce(s.step_no, 0), ' says ', s.step) as detail
              from notice n
              left join notice_step s on s.notice_id = n.id and s.step_no = (select max(x.step_no) from notice_step x where x.notice_id = n.id)
             where s.step is null or s.step <> n.state or s.step_no <> n.steps
            """),
        (9, """
            select concat('notice ', n.number) as subject, concat('confirmed: ', s.amount, ' of ', n.period, ' under ', s.fund_reference, ', while ', coalesce(r.number, 'no remittance'), ' has ', r.total, ' of ', r.period, ' under ', r.fund_reference, ', ', r.delivery, ', answer ', r.answer) as detail
              from notice n
              join notice_step s on s.notice_id = n.id and s.step_no = n.steps
              left join remittance r on r.id = s.remittance_id
             where n.state = 'confirmed'
               and (r.id is null or r.delivery = 'cancelled' or r.answer = 'rejected' or r.total <> s.amount or r.agreement_id <> n.agreement_id
                    or coalesce(r.fund_reference, '') <> coalesce(s.fund_reference, '-')
                    or exists (select 1 from remittance_line l where l.remittance_id = r.id and l.period <> n.period)
                    or exists (select 1 from notice m join notice_step o on o.notice_id = m.id and o.step_no = m.steps where m.state = 'confirmed' and m.id <> n.id and o.remittance_id = r.id))
            """),
        (9, """
            select r.number as subject, concat('goes under ', r.fund_reference, ', which is of no confirmed notice') as detail
              from remittance r
             where r.fund_reference is not null
               and exists (select 1 from remittance_line l join line_allocation la on la.line_id = l.id and la.live = 1 where l.remittance_id = r.id)
               and not exists (select 1 from notice n join notice_step s on s.notice_id = n.id and s.step_no = n.steps where n.state = 'confirmed' and s.remittance_id = r.id)
            """),
    ];

    // Advances that are open, with every enrolment of the member who owes them.
    private const string Unrepaid = """
        from advance v
              join receipt p on p.id = v.receipt_id
              join obligation x on x.id = v.obligation_id and x.allocated < x.amount - x.reduced
              join enrolment mine on mine.id = x.enrolment_id
              join enrolment e on e.member_id = mine.member_id and e.agreement_id = mine.agreement_id
        """;
}
