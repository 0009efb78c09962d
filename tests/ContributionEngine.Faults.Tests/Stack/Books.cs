using System.Text;
using ContributionEngine.Testing;
using Npgsql;

namespace ContributionEngine.Faults.Tests;

/// <summary>The database seen past the program: what was committed, what took effect, and what waits.</summary>
internal sealed class Books(string address)
{
    /// <summary>Rows of a file that are staged and posted together.</summary>
    private const int ChunkRows = 2_000;

    private const string LeftOut = "select upload_id::text, row_no::text from upload_problem where severity = 'error' or code = 'R06'";

    private const string Uploads = """
        select u.id::text, ag.number, u.number, encode(string_agg(c.body, ''::bytea order by c.part), 'escape')
          from upload u join agreement ag on ag.id = u.agreement_id join upload_content c on c.upload_id = u.id
         where u.committed_at is not null and u.state <> 'undone'
         group by u.id, ag.number, u.number
        """;

    // The chain of an agreement's audit events is the order in which its chunks took effect.
    private const string Postings = "select chain, subject, document::json ->> 'chunk', seq::text from audit_event where use_case = 'receipts-posted'";

    private const string Receipts = """
        select ag.number, u.number, r.row_no::text, r.receipt_no, r.amount::text
          from receipt r join upload u on u.id = r.upload_id join agreement ag on ag.id = r.agreement_id where r.live = 1
        """;

    private const string TwiceRemitted = "select allocation_id::text from line_allocation where live = 1 group by allocation_id having count(*) > 1";

    // What people and money show up in, without ids, which may have gaps.
    private const string Balances = """
        select line from (
        select concat_ws(' ', 'receipt', ag.number, u.file_name, r.row_no, r.receipt_no, r.amount, r.allocated, r.suspense, r.credit, r.live) as line
          from receipt r join upload u on u.id = r.upload_id join agreement ag on ag.id = r.agreement_id
        union all
        select concat_ws(' ', 'obligation', ag.number, m.member_no, o.period, o.component, o.payer, o.class, o.due_on, o.amount, o.reduced, o.allocated)
          from obligation o join agreement ag on ag.id = o.agreement_id join enrolment e on e.id = o.enrolment_id join member m on m.id = e.member_id
        union all
        select concat_ws(' ', 'remitted', ag.number, m.cutoff, m.total, m.delivery, m.answer, l.line_no, l.member_no, l.period, l.component, l.amount, l.outcome)
          from remittance_line l join remittance m on m.id = l.remittance_id join agreement ag on ag.id = m.agreement_id
        ) as balances order by line collate "C"
        """;

    // Who has answered may still take something back, and is looked at for weeks: nobody waits for that.
    private const string Open = """
        select (select count(*) from outbox
                 where parked_reason is null
                   and not (destination = 'pick-up-answers' and exists (select 1 from remittance r where r.answer <> 'none' and r.id = (body::json ->> 'Remittance')::bigint)))
             + (select count(*) from upload_chunk where posted = 0)
        """;

    /// <summary>Messages that nobody has handled, and chunks that nobody has posted.</summary>
    public async Task<long> Waiting() => await Number(Open);

    public async Task<long> Number(string query) => long.Parse((await Rows(query))[0][0], System.Globalization.CultureInfo.InvariantCulture);

    public async Task<string> Figures() => string.Join('\n', (await Rows(Balances)).Select(row => row[0]));

    /// <summary>What is wrong, a sentence each: receipts against the files that were committed, and lines against allocations.</summary>
    public async Task<IReadOnlyList<string>> Faults() =>
    [
        .. HistoryChecker.Faults(await Committed(), await Effects()),
        .. (await Rows(TwiceRemitted)).Select(row => $"Remitted twice: allocation {row[0]} stands on more than one live line."),
    ];

    /// <summary>The messages that wait and the leases that stand, for people.</summary>
    public async Task<string> Outbox() => string.Join('\n', (await Rows("""
        select concat_ws(' ', id, destination, body, 'attempts', attempts, 'sends', sends, 'sent', sent_at, 'not before', not_before, parked_reason) from outbox
        union all select concat_ws(' ', 'agreement', number, 'leased by', lease_owner, 'until', lease_until) from agreement where lease_owner is not null
        union all select concat_ws(' ', 'shard', shard, 'leased by', owner, 'until', until) from outbox_shard where owner is not null
        limit 40
        """)).Select(row => row[0]));

    public async Task<int> Do(string statement)
    {
        await using var connection = await Connected();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteNonQueryAsync();
    }

    public async Task<IReadOnlyList<string[]>> Rows(string query)
    {
        await using var connection = await Connected();
        await using var command = new NpgsqlCommand(query, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string[]>();
        while (await reader.ReadAsync()) rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? "" : $"{reader.GetValue(i)}")]);
        return rows;
    }

    private async Task<IReadOnlyList<Commitment>> Committed()
    {
        var leftOut = (await Rows(LeftOut)).Select(row => (row[0], row[1])).ToHashSet();
        return
        [
            .. from upload in await Rows(Uploads)
               from row in Table.Parse(Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(upload[3]))).Rows.Select((cells, i) => (Cells: cells, Index: i))
               where !leftOut.Contains((upload[0], $"{RowNo(row.Index)}"))
               select new Commitment(upload[1], row.Cells["receipt_no"], (long)(Table.Amount(row.Cells["amount"]) * 100), new Place(long.Parse(upload[0], System.Globalization.CultureInfo.InvariantCulture), Chunk(row.Index))),
        ];
    }

    private async Task<IReadOnlyList<Effect>> Effects()
    {
        var postings = (await Rows(Postings)).ToLookup(row => (row[0], row[1], row[2]), row => Number(row, 3));
        return
        [
            .. from row in await Rows(Receipts)
               let chunk = $"{Chunk(Index((int)Number(row, 2)))}"
               select new Effect(row[0], row[3], Number(row, 4), postings[(row[0], row[1], chunk)].DefaultIfEmpty(-1).Single()),
        ];
    }

    private async Task<NpgsqlConnection> Connected()
    {
        var connection = new NpgsqlConnection($"{address};Pooling=false;Timeout=60;Command Timeout=120");
        await connection.OpenAsync();
        return connection;
    }

    // A file's first line names the columns, so its first receipt stands in row 2.
    private static int RowNo(int index) => index + 2;

    private static int Index(int rowNo) => rowNo - 2;

    private static int Chunk(int index) => 1 + (index / ChunkRows);

    private static long Number(string[] row, int cell) => long.Parse(row[cell], System.Globalization.CultureInfo.InvariantCulture);
}
