namespace ContributionEngine.Storage;

/// <summary>Which problems of an upload a page shows.</summary>
/// <param name="Code">Only these; null: all.</param>
/// <param name="Severity">error or warning; null: both.</param>
/// <param name="After">Rows up to this one were on pages before.</param>
public sealed record ProblemFilter(string? Code, string? Severity, long After);

/// <summary>Which uploads.</summary>
/// <param name="Agreement">Number of the agreement; null: of all that the acting user may see.</param>
/// <param name="OnlyUnsent">Only those that are neither sent nor given up.</param>
/// <param name="Before">Number of the last one that was shown; null: from the newest.</param>
public sealed record UploadSearch(string? Agreement, bool OnlyUnsent, string? Before);

/// <summary>Uploads and their problems page by page, so that a file of any length is shown at the same pace.</summary>
public sealed class UploadPages(Work work)
{
    private static readonly Sql RowsOf = new(dialect => $"""
        select p.row_no from upload_problem p
         where p.upload_id = @uploadId and p.row_no > @After and (@Code is null or p.code = @Code) and (@Severity is null or p.severity = @Severity)
           and not exists (select 1 from left_out_row l where l.upload_id = p.upload_id and l.row_no = p.row_no and l.settled is not null)
         group by p.row_no order by p.row_no {dialect.Limit("@take")}
        """);

    private static readonly Sql ProblemsOf = new(dialect => $"""
        select row_no, code, field, severity, value, detail, particulars from upload_problem where upload_id = @uploadId and row_no in {dialect.AnyOf("@rows")} order by row_no, severity, code
        """);

    private static readonly Sql FixedSince = """
        select count(*) from (select row_no from row_fix where upload_id = @uploadId and fixed_at > @since group by row_no) r
        """;

    private static readonly Sql Latest = new(dialect => $"""
        select u.id, u.number, u.agreement_id, u.file_name, u.sha256, u.state, u.submitted_by, u.submitted_at, u.as_of, u.options, u.summary, u.committed_at
          from upload u
          join agreement a on a.id = u.agreement_id
         where (@Agreement is null or a.number = @Agreement) and (@scope is null or a.organisation_id = @scope) and (@Before is null or u.number < @Before)
           and (@unsent = 0 or u.state in ('received', 'checking', 'needs_fixes', 'ready'))
         order by u.number desc {dialect.Limit("@take")}
        """);

    private static readonly Sql ByIds = new(dialect => $"""
        select u.id, u.number from upload u
          join agreement a on a.id = u.agreement_id
         where u.id in {dialect.AnyOf("@ids")} and (@scope is null or a.organisation_id = @scope)
        """);

    /// <summary>Rows with such problems, in the order of the file.</summary>
    public Task<IReadOnlyList<long>> Rows(long uploadId, ProblemFilter filter, int take) => work.Rows<long>(RowsOf, new { uploadId, filter.After, filter.Code, filter.Severity, take });

    /// <summary>Every problem of some rows.</summary>
    public Task<IReadOnlyList<StoredProblem>> Problems(long uploadId, IEnumerable<long> rows) => work.Rows<StoredProblem>(ProblemsOf, new { uploadId, rows = work.Dialect.Array(rows) });

    /// <summary>How many rows were put right after an instant.</summary>
    public Task<long> Fixed(long uploadId, DateTimeOffset since) => work.One<long>(FixedSince, new { uploadId, since });

    /// <summary>The newest first.</summary>
    public Task<IReadOnlyList<StoredUpload>> History(UploadSearch search, int take) =>
        work.Rows<StoredUpload>(Latest, new { search.Agreement, search.Before, unsent = search.OnlyUnsent ? 1 : 0, take, scope = work.Actor.OrganisationId });

    /// <summary>Numbers of uploads, by id.</summary>
    public async Task<IReadOnlyDictionary<long, string>> Numbers(IEnumerable<long> ids) =>
        (await work.Rows<StoredUpload>(ByIds, new { ids = work.Dialect.Array(ids), scope = work.Actor.OrganisationId })).ToDictionary(upload => upload.Id, upload => upload.Number);
}
