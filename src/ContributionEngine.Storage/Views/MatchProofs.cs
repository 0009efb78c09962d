namespace ContributionEngine.Storage;

/// <summary>The part of truth 6 that is about matches: each figure of them follows from bank, remittance and what stands beside it.</summary>
internal static class MatchProofs
{
    public static readonly (int Truth, Sql Rows)[] Checks =
    [
        (6, """
            select concat('bank entry ', e.id) as subject, concat('amount ', e.amount, ' ', e.state, ', matched ', e.matched, ', its matches ', coalesce(sum(m.taken), 0)) as detail
              from bank_entry e left join bank_match m on m.entry_id = e.id and m.live = 1
             group by e.id, e.amount, e.state, e.matched
            having e.matched <> coalesce(sum(m.taken), 0) or (e.state = 'open' and e.matched = e.amount) or (e.state <> 'open' and e.matched <> e.amount)
            """),
        (6, """
            select concat('match ', number) as subject, concat(kind, ' of ', taken, ', paid ', amount, ', open before ', open_before, ', missing ', missing, ', surplus ', surplus) as detail from bank_match
             where not (
                   (kind = 'payment' and remittance_id is not null and taken = amount and amount > 0 and missing >= 0 and surplus >= 0 and amount = open_before - missing + surplus)
                or (kind in ('returned', 'refunded') and remittance_id is not null and taken = -amount and amount < 0 and -amount <= open_before and missing = 0 and surplus = 0)
                or (kind in ('fee', 'not_ours') and remittance_id is null and amount = 0 and taken <> 0 and open_before = 0 and missing = 0 and surplus = 0))
            """),
        (6, """
            select concat('match ', number) as subject, concat('live ', live, ', undone on ', undone_on, ' by ', undone_by) as detail from bank_match
             where live not in (0, 1) or (live = 1 and (undone_on is not null or undone_by is not null)) or (live = 0 and (undone_on is null or undone_by is null or undone_reason is null))
            """),
        (6, """
            select concat('bank entry ', t.entry_id, ' part ', t.tx_no) as subject, concat('amount ', t.amount, ', its matches ', sum(m.taken)) as detail
              from bank_transaction t join bank_match m on m.entry_id = t.entry_id and m.tx_no = t.tx_no and m.live = 1 and m.kind in ('payment', 'returned', 'refunded')
             group by t.entry_id, t.tx_no, t.amount having sum(m.taken) <> t.amount and sum(m.taken) <> -t.amount
            """),
        (6, """
            select r.number as subject, concat('money ', r.money, ', paid ', r.paid, ' of ', r.total - r.rejected) as detail from remittance r
             where r.money <> case when r.paid = 0 then 'unpaid' when r.paid < r.total - r.rejected then 'part_paid' when r.paid = r.total - r.rejected then 'paid' else 'over_paid' end
               and not (r.money = 'returned' and r.paid < r.total - r.rejected and exists (select 1 from bank_match m where m.remittance_id = r.id and m.kind = 'returned' and m.live = 1))
            """),
    ];

    private static readonly Sql Frozen = "select id, number, state, started_by, started_at, rules, inputs, decisions, sha256 from match_run order by id";

    private static readonly Sql StillLive = "select min(number) from bank_match where run_id = @id and live = 1";

    /// <summary>Runs whose frozen text was changed, and undone ones of which something stands.</summary>
    public static async Task<IReadOnlyList<Break>> Runs(Work work)
    {
        var breaks = new List<Break>();
        foreach (var run in await work.Rows<StoredMatchRun>(Frozen))
        {
            if (run.Proof() != run.Sha256) breaks.Add(new Break(6, $"run {run.Number}", "what it went by does not have the SHA-256 with which it was kept"));
            if (run.State == "undone" && await work.One<string>(StillLive, new { id = run.Id }) is { } stands) breaks.Add(new Break(6, $"run {run.Number}", $"is undone, and {stands} stands"));
        }

        return breaks;
    }
}
