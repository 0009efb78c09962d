namespace ContributionEngine.Storage;

/// <summary>A file that money of a run came in.</summary>
public sealed record RunInput
{
    public string Number { get; init; } = "";

    public string FileName { get; init; } = "";

    public string Sha256 { get; init; } = "";

    /// <summary>Receipts of it that the run took something of.</summary>
    public long Receipts { get; init; }

    /// <summary>What the run took of them, in minor units.</summary>
    public long Amount { get; init; }
}

/// <summary>Counted from the lines of a run, and from nothing that was added up before.</summary>
public sealed record RunCounts
{
    public long Lines { get; init; }

    public long Members { get; init; }

    /// <summary>Sum of the lines, in minor units.</summary>
    public long Amount { get; init; }
}

/// <summary>A case that hangs on a run.</summary>
public sealed record RunCase
{
    public string Number { get; init; } = "";

    public string Reason { get; init; } = "";

    public string Subject { get; init; } = "";

    public long? Amount { get; init; }

    public DateOnly OpenedOn { get; init; }

    public string State { get; init; } = "";
}

/// <summary>What a settlement report is made of.</summary>
public sealed class SettlementFacts(Work work)
{
    private static readonly Sql InputsOf = """
        select u.number, u.file_name, u.sha256, count(distinct p.id) as receipts, sum(a.amount) as amount
          from remittance m
          join remittance_line l on l.remittance_id = m.id
          join line_allocation la on la.line_id = l.id
          join allocation a on a.id = la.allocation_id
          join receipt p on p.id = a.receipt_id
          join upload u on u.id = p.upload_id
         where m.run_id = @runId
         group by u.number, u.file_name, u.sha256
         order by u.number
        """;

    private static readonly Sql CountsOf = """
        select count(l.id) as lines, count(distinct l.enrolment_id) as members, coalesce(sum(l.amount), 0) as amount
          from remittance m join remittance_line l on l.remittance_id = m.id
         where m.run_id = @runId
        """;

    // Those about its remittances and their lines, whatever became of them, and members whom it held back.
    private static readonly Sql CasesOf = """
        select c.number, c.reason, c.subject, c.amount, c.opened_on, c.state
          from settlement_run r
          join work_case c on c.agreement_id = r.agreement_id
         where r.id = @runId
           and (exists (select 1 from remittance m where m.run_id = r.id and (c.subject = m.number or c.subject like concat(m.number, ' %')))
                or (c.reason = 'declaration_incomplete' and c.opened_on = r.cutoff_on))
         order by c.number
        """;

    /// <summary>By the number of the upload.</summary>
    public Task<IReadOnlyList<RunInput>> Inputs(long runId) => work.Rows<RunInput>(InputsOf, new { runId });

    public async Task<RunCounts> Counts(long runId) => (await work.One<RunCounts>(CountsOf, new { runId }))!;

    public Task<IReadOnlyList<RunCase>> Cases(long runId) => work.Rows<RunCase>(CasesOf, new { runId });
}
