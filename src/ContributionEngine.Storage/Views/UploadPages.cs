namespace ContributionEngine.Storage;

/// <summary>Which problems of an upload a page shows.</summary>
/// <param name="Code">Only these; null: all.</param>
/// <param name="Severity">error or warning; null: both.</param>
/// <param name="After">Rows up to this one were on pages before.</param>
public sealed record ProblemFilter(string? Code, string? Severity, long After);

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
         where a.number = @agreement and (@scope is null or a.organisation_id = @scope) and (@before is null or u.number < @before)
         order by u.number desc {dialect.Limit("@take")}
        """);

    /// <summary>Rows with such problems, in the order of the file.</summary>
    public Task<IReadOnlyList<long>> Rows(long uploadId, ProblemFilter filter, int take) => work.Rows<long>(RowsOf, new { uploadId, filter.After, filter.Code, filter.Severity, take });

    /// <summary>Every problem of some rows.</summary>
    public Task<IReadOnlyList<StoredProblem>> Problems(long uploadId, IEnumerable<long> rows) => work.Rows<StoredProblem>(ProblemsOf, new { uploadId, rows = work.Dialect.Array(rows) });

    /// <summary>How many rows were put right after an instant.</summary>
    public Task<long> Fixed(long uploadId, DateTimeOffset since) => work.One<long>(FixedSince, new { uploadId, since });

    /// <summary>Uploads of an agreement, the newest first.</summary>
    /// <param name="before">Number of the last one that was shown; null: from the newest.</param>
    public Task<IReadOnlyList<StoredUpload>> History(string agreement, string? before, int take) =>
        work.Rows<StoredUpload>(Latest, new { agreement, before, take, scope = work.Actor.OrganisationId });
}
