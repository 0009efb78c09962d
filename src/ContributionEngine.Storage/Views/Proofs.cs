using System.Security.Cryptography;
using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A row that breaks one of the nine truths.</summary>
/// <param name="Truth">1 to 9, as docs/tour.md lists them.</param>
/// <param name="Subject">The row, by the name that people and files use.</param>
public sealed record Break(int Truth, string Subject, string Detail);

/// <summary>Proves the nine truths from the facts, not from running sums or flags: each statement selects the rows that break one.</summary>
public sealed class Proofs(Work work)
{
    internal const int AuditTruth = 7;

    private static readonly (int Truth, Sql Rows)[] Checks =
    [
        (1, """
            select concat('receipt ', id) as subject, concat('amount ', amount, ' is not the sum of its parts') as detail from receipt
             where amount <> allocated + suspense + credit + refunded + reversed + written_off
            """),
        (2, """
            select concat('obligation ', id) as subject, concat('amount ', amount, ', reduced ', reduced, ', allocated ', allocated) as detail from obligation
             where amount <= 0 or reduced < 0 or allocated < 0 or allocated > amount - reduced
            """),
        (3, """
            select concat('allocation ', allocation_id) as subject, concat('stands on ', count(*), ' live lines') as detail from line_allocation
             where live = 1 group by allocation_id having count(*) > 1
            """),
        (3, """
            select concat('line ', l.id) as subject, concat('amount ', l.amount, ', its allocations ', coalesce(sum(a.amount), 0)) as detail
              from remittance_line l left join line_allocation la on la.line_id = l.id left join allocation a on a.id = la.allocation_id
             group by l.id, l.amount having l.amount <> coalesce(sum(a.amount), 0)
            """),
        (3, """
            select concat('line ', l.id) as subject, concat('outcome ', l.outcome, ' with live allocations') as detail
              from remittance_line l join remittance r on r.id = l.remittance_id
             where (l.outcome in ('rejected', 'returned') or r.delivery = 'cancelled')
               and exists (select 1 from line_allocation la where la.line_id = l.id and la.live = 1)
            """),
        (3, """
            select concat('line ', l.id) as subject, concat('outcome ', l.outcome, ', its allocations are not live') as detail
              from remittance_line l join remittance r on r.id = l.remittance_id
             where l.outcome in ('sent', 'accepted') and r.delivery <> 'cancelled'
               and exists (select 1 from line_allocation la where la.line_id = l.id and la.live = 0)
            """),
        (4, """
            select r.number as subject, concat('sent back ', r.rejected, ', its rejected and returned lines ', coalesce(sum(l.amount), 0)) as detail
              from remittance r left join remittance_line l on l.remittance_id = r.id and l.outcome in ('rejected', 'returned')
             group by r.id, r.number, r.rejected having r.rejected <> coalesce(sum(l.amount), 0)
            """),
        (4, """
            select r.number as subject, concat('header ', r.total, ' in ', r.line_count, ' lines, lines ', coalesce(sum(l.amount), 0), ' in ', count(l.id)) as detail
              from remittance r left join remittance_line l on l.remittance_id = r.id
             group by r.id, r.number, r.total, r.line_count having r.total <> coalesce(sum(l.amount), 0) or r.line_count <> count(l.id)
            """),
        .. AnswerTruths.Checks,
        .. LedgerTruths.Checks,
        (6, """
            select concat(ag.number, ' ', t.period) as subject, concat('scheduled ', sum(t.owed), ' is not paid ', sum(t.paid), ' plus unpaid ', sum(t.unpaid)) as detail
              from (select o.agreement_id, o.period, o.amount - coalesce(d.amount, 0) as owed, coalesce(a.amount, 0) as paid, o.amount - o.reduced - o.allocated as unpaid
                      from obligation o
                      left join (select obligation_id, sum(amount) as amount from allocation group by obligation_id) a on a.obligation_id = o.id
                      left join (select obligation_id, sum(amount) as amount from reduction group by obligation_id) d on d.obligation_id = o.id) t
              join agreement ag on ag.id = t.agreement_id
             group by ag.number, t.period having sum(t.owed) <> sum(t.paid) + sum(t.unpaid)
            """),
        (6, """
            select r.number as subject, concat('paid ', r.paid, ', matched bank entries ', coalesce(sum(m.amount), 0)) as detail
              from remittance r left join bank_match m on m.remittance_id = r.id and m.live = 1
             group by r.id, r.number, r.paid having r.paid <> coalesce(sum(m.amount), 0)
            """),
        (6, """
            select concat('statement ', s.statement) as subject, concat('opening ', s.opening, ' and entries do not give closing ', s.closing) as detail
              from bank_statement s left join bank_statement_entry se on se.statement_id = s.id left join bank_entry e on e.id = se.entry_id
             where s.state = 'booked' group by s.id, s.statement, s.opening, s.closing
            having s.opening + coalesce(sum(case when e.direction = 'credit' then e.amount else -e.amount end), 0) <> s.closing
            """),
        (8, """
            select concat('receipt ', min(id)) as subject, concat(count(*), ' live receipts have one business key') as detail from receipt
             where live = 1 group by agreement_id, business_key, occurrence having count(*) > 1
            """),
        (8, """
            select concat('upload ', min(number)) as subject, concat(count(*), ' committed uploads have the same bytes') as detail from upload
             where committed_at is not null and state <> 'undone' group by agreement_id, sha256 having count(*) > 1
            """),
        (9, """
            select concat('receipt ', r.id) as subject, concat('allocated ', r.allocated, ', its allocations ', coalesce(a.amount, 0)) as detail
              from receipt r left join (select receipt_id, sum(amount) as amount from allocation group by receipt_id) a on a.receipt_id = r.id
             where r.allocated <> coalesce(a.amount, 0)
            """),
        (9, """
            select concat('obligation ', o.id) as subject, concat('allocated ', o.allocated, ' of ', coalesce(a.amount, 0), ', reduced ', o.reduced, ' of ', coalesce(d.amount, 0)) as detail
              from obligation o
              left join (select obligation_id, sum(amount) as amount from allocation group by obligation_id) a on a.obligation_id = o.id
              left join (select obligation_id, sum(amount) as amount from reduction group by obligation_id) d on d.obligation_id = o.id
             where o.allocated <> coalesce(a.amount, 0) or o.reduced <> coalesce(d.amount, 0)
            """),
        (9, """
            select concat('receipt ', r.id) as subject, concat('reversed ', r.reversed, ' of ', coalesce(v.amount, 0), ', refunded ', r.refunded, ' of ', coalesce(f.amount, 0), ', live ', r.live) as detail
              from receipt r
              left join (select receipt_id, sum(amount) as amount from reversal group by receipt_id) v on v.receipt_id = r.id
              left join (select receipt_id, sum(amount) as amount from refund group by receipt_id) f on f.receipt_id = r.id
             where r.reversed <> coalesce(v.amount, 0) or r.refunded <> coalesce(f.amount, 0) or r.live <> case when v.receipt_id is null then 1 else 0 end
            """),
        (9, """
            select concat('receipt ', r.id) as subject, concat('written off ', r.written_off, ' of ', coalesce(w.amount, 0)) as detail
              from receipt r left join (select receipt_id, sum(amount) as amount from write_off group by receipt_id) w on w.receipt_id = r.id
             where r.written_off <> coalesce(w.amount, 0)
            """),
        (9, """
            select concat('receipt ', v.receipt_id) as subject, concat('moved to receipt ', v.replaced_by, ', which is not it: amount ', n.amount) as detail
              from reversal v
              join receipt r on r.id = v.receipt_id
              left join receipt n on n.id = v.replaced_by
             where (v.kind = 'moved' and v.replaced_by is null) or (v.replaced_by is not null and (n.id is null or n.amount <> r.amount or n.business_key <> r.business_key))
            """),
        (9, """
            select concat('claim ', c.id) as subject, concat(c.state, ' over ', c.amount, ' of allocation ', c.allocation_id, ' of ', a.amount) as detail
              from claim c
              join receipt r on r.id = c.receipt_id
              left join allocation a on a.id = c.allocation_id
             where r.live = 1 or (c.debtor = 'organisation' and a.id is null) or a.amount <> c.amount or a.receipt_id <> c.receipt_id
                or (c.state = 'open' and c.allocation_id is not null and not exists (select 1 from line_allocation la where la.allocation_id = c.allocation_id and la.line_id = c.line_id and la.live = 1))
                or (c.state = 'extinguished' and not exists (select 1 from allocation u where u.undoes = c.allocation_id))
                or c.state not in ('open', 'settled', 'extinguished', 'written_off') or (c.state = 'open' and c.ended_on is not null) or (c.state <> 'open' and c.ended_on is null)
            """),
        (9, """
            select concat('receipt ', r.id) as subject, concat('was taken back but for ', r.amount - r.reversed, ', and claimed is ', coalesce(c.amount, 0)) as detail
              from receipt r
              left join (select receipt_id, sum(amount) as amount from claim where state <> 'extinguished' group by receipt_id) c on c.receipt_id = r.id
             where r.live = 0 and r.amount - r.reversed <> coalesce(c.amount, 0)
            """),
    ];

    private static readonly Sql Links = "select id, chain, seq, at, actor, use_case, subject, document, previous_hash, hash from audit_event order by chain, seq";

    private static readonly Sql Sealed = "select id, number, sha256 from remittance order by id";

    private static readonly Sql Answers = "select id, name as number, sha256 from answer_file order by id";

    private static readonly Sql AnswerBody = "select body from answer_file where id = @id";

    private static readonly Sql Files = "select id, number, sha256 from upload order by id";

    /// <summary>The seventh truth alone: links of the audit that were changed, and proofs that it does not know of.</summary>
    public async Task<IReadOnlyList<Break>> Audit()
    {
        var breaks = await work.ProofRoots.UnknownToAudit();
        await Chains(breaks);
        return breaks;
    }

    /// <summary>Every row that breaks a truth; an empty list is the proof.</summary>
    public async Task<IReadOnlyList<Break>> Run()
    {
        var breaks = await Figures();
        await TiesOut(breaks);
        breaks.AddRange(await FeeProofs.Run(work));
        breaks.AddRange(await work.ProofRoots.Breaks());
        await Bytes(breaks);
        breaks.AddRange(await MatchProofs.Runs(work));
        await Chains(breaks);
        return [.. breaks.OrderBy(item => item.Truth)];
    }

    /// <summary>The same without the bytes and the chains: what the figures say of each other.</summary>
    public Task<List<Break>> Figures() => Found(work, Checks.Concat(SettlementProofs.Checks).Concat(FeeProofs.Checks).Concat(MatchProofs.Checks));

    /// <summary>The rows that the statements select: subject and detail.</summary>
    internal static async Task<List<Break>> Found(Work work, IEnumerable<(int Truth, Sql Rows)> checks)
    {
        var breaks = new List<Break>();
        foreach (var (truth, rows) in checks) breaks.AddRange((await work.Rows<Row>(rows)).Select(row => new Break(truth, row.Subject, row.Detail)));
        return breaks;
    }

    private async Task TiesOut(List<Break> breaks)
    {
        foreach (var number in await work.Agreements.All())
        {
            var rows = await work.TieOuts.Of((await work.Agreements.Find(number)).Value);
            breaks.AddRange(rows.Where(row => row.Unexplained != 0).Select(row => new Break(6, $"{number} {(row.Subject == number ? "" : row.Subject)}".TrimEnd(), $"no open item explains {row.Unexplained} between schedule, receipts, fund and bank")));
        }
    }

    private async Task Bytes(List<Break> breaks)
    {
        foreach (var row in await work.Rows<SealedRow>(Sealed))
        {
            if (Sha256(await work.Remittances.Parts(row.Id)) != row.Sha256) breaks.Add(new Break(4, row.Number, "its bytes do not have the SHA-256 that was sealed"));
        }

        foreach (var row in await work.Rows<SealedRow>(Answers))
        {
            if (Sha256(await work.Rows<byte[]>(AnswerBody, new { id = row.Id })) != row.Sha256) breaks.Add(new Break(9, $"answer {row.Number}", "the kept file does not have the SHA-256 with which it came"));
        }

        foreach (var row in await work.Rows<SealedRow>(Files))
        {
            if (Sha256(await work.Uploads.Content(row.Id)) != row.Sha256) breaks.Add(new Break(9, row.Number, "the kept file does not have the SHA-256 with which it came"));
        }

        foreach (var row in await work.Packs.Of(null))
        {
            if (Sha256([await work.Packs.Content(row.Pack, row.Version)]) != row.Sha256) breaks.Add(new Break(9, $"pack {row.Pack} {row.Version}", "the kept file does not have the SHA-256 with which it came"));
        }
    }

    private static string Sha256(IReadOnlyList<byte[]> parts)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var part in parts) sha.AppendData(part);
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    private async Task Chains(List<Break> breaks)
    {
        var (chain, seq, hash) = ("", 0L, "");
        await foreach (var link in work.Stream<AuditEvent>(Links))
        {
            if (link.Chain != chain) (chain, seq, hash) = (link.Chain, 0, "");
            if (!link.Follows(seq, hash))
            {
                breaks.Add(new Break(AuditTruth, $"audit chain {chain} event {link.Seq}", "the event or the link to the one before it was changed"));
            }

            (seq, hash) = (link.Seq, link.Hash);
        }
    }

    private sealed record Row
    {
        public string Subject { get; init; } = "";

        public string Detail { get; init; } = "";
    }

    private sealed record SealedRow
    {
        public long Id { get; init; }

        public string Number { get; init; } = "";

        public string Sha256 { get; init; } = "";
    }
}
