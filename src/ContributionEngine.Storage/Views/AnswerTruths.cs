namespace ContributionEngine.Storage;

/// <summary>Truth 4, as far as the fund has spoken: what it said is what was sent, and every outcome of a line follows from what it said.</summary>
internal static class AnswerTruths
{
    /// <summary>For <see cref="Proofs"/>: each statement selects the rows that break the truth. An answer in doubt (<c>applied = 0</c>) counts for nothing.</summary>
    public static readonly (int Truth, Sql Rows)[] Checks =
    [
        (4, """
            select concat(r.number, ' line ', l.line_no) as subject, concat('sent ', l.amount, ', the fund says ', k.amount) as detail
              from acknowledgement k join remittance r on r.id = k.remittance_id join remittance_line l on l.remittance_id = r.id and l.line_no = k.line_no
             where k.applied = 1 and k.level = 'line' and k.amount is not null and k.amount <> l.amount
            """),
        (4, """
            select concat(r.number, ' line ', l.line_no) as subject, concat('is ', l.outcome, ', and no answer says so') as detail
              from remittance_line l join remittance r on r.id = l.remittance_id
             where l.outcome <> 'sent' and not exists (
                   select 1 from acknowledgement k
                    where k.remittance_id = l.remittance_id and k.line_no in (0, l.line_no) and k.applied = 1
                      and ((k.level = 'line' and k.line_no = l.line_no
                            and (k.outcome = l.outcome or (l.outcome = 'accepted' and k.outcome = 'accepted_with_warning') or (l.outcome = 'returned' and k.outcome = 'rejected')))
                        or (k.level <> 'line'
                            and (k.outcome = l.outcome or (l.outcome = 'accepted' and k.outcome in ('accepted_with_warning', 'partly_accepted'))))))
            """),
        (4, """
            select concat(r.number, ' line ', l.line_no) as subject, concat('is ', l.outcome, ', and the fund says ', min(k.outcome)) as detail
              from acknowledgement k join remittance r on r.id = k.remittance_id join remittance_line l on l.remittance_id = r.id and l.line_no = k.line_no
             where k.applied = 1 and k.level = 'line'
               and ((k.outcome in ('accepted', 'accepted_with_warning') and l.outcome = 'sent')
                 or (k.outcome in ('rejected', 'returned') and l.outcome in ('sent', 'accepted')))
             group by r.number, l.line_no, l.outcome
            """),
        (4, """
            select concat(r.number, ' answer') as subject, concat('is ', r.answer, ', and ', sum(case when l.outcome = 'sent' then 1 else 0 end), ' of its lines have no answer, ',
                   sum(case when l.outcome = 'accepted' then 1 else 0 end), ' are accepted') as detail
              from remittance r join remittance_line l on l.remittance_id = r.id
             group by r.id, r.number, r.answer
            having (r.answer <> 'none' and sum(case when l.outcome = 'sent' then 1 else 0 end) > 0)
                or (r.answer = 'accepted' and sum(case when l.outcome <> 'accepted' then 1 else 0 end) > 0)
                or (r.answer = 'rejected' and sum(case when l.outcome = 'accepted' then 1 else 0 end) > 0)
            """),
        (4, """
            select concat(r.number, ' answer ', k.raw_sha256) as subject, 'its bytes are not kept' as detail
              from acknowledgement k join remittance r on r.id = k.remittance_id
             where not exists (select 1 from answer_file f where f.fund_code = k.fund_code and f.sha256 = k.raw_sha256)
             group by r.number, k.raw_sha256
            """),
    ];
}
