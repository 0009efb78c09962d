namespace ContributionEngine.Storage;

/// <summary>A row of an upload that was not posted.</summary>
public sealed record LeftOutRow
{
    public long UploadId { get; init; }

    /// <summary>Number of the upload.</summary>
    public string Upload { get; init; } = "";

    public long RowNo { get; init; }

    /// <summary>Code of its first error, else of the warning for which it was left out; <c>ready</c> once it is fixed and waits to be sent.</summary>
    public string Code { get; init; } = "";

    /// <summary>error, warning (nobody has to do anything) or ready.</summary>
    public string Severity { get; init; } = "";

    public string Field { get; init; } = "";

    public string? Value { get; init; }

    public string Detail { get; init; } = "";

    /// <summary>What the detail needs in another language, beside row and value, as JSON; null where these say it.</summary>
    public string? Particulars { get; init; }

    /// <summary>Minor units; null when the amount cannot be read.</summary>
    public long? Amount { get; init; }

    /// <summary>What the row says, as far as it can be read, as JSON.</summary>
    public string Document { get; init; } = "{}";

    /// <summary>left_out (for good, by a person) or corrected (in another upload); null while it is open.</summary>
    public string? Settled { get; init; }
}

/// <summary>Rows that were left out of uploads, until they are posted. A settled one is not asked about any more.</summary>
public sealed class LeftOutRows(Work work)
{
    private static readonly BulkTarget Table = new("left_out_row", "upload_id", "row_no", "code", "severity", "field", "value", "detail", "particulars", "amount", "document", "settled");

    private const string Columns = "l.upload_id, u.number as upload, l.row_no, l.code, l.severity, l.field, l.value, l.detail, l.particulars, l.amount, l.document, l.settled";

    private static readonly Sql OpenOfUpload = "select row_no from left_out_row where upload_id = @uploadId and settled is null order by row_no";

    private static readonly Sql One = $"select {Columns} from left_out_row l join upload u on u.id = l.upload_id where l.upload_id = @uploadId and l.row_no = @row";

    private static readonly Sql Some = new(dialect => $"""
        select {Columns} from left_out_row l join upload u on u.id = l.upload_id where l.upload_id = @uploadId and l.row_no in {dialect.AnyOf("@rows")} order by l.row_no
        """);

    private static readonly Sql OpenErrors = $"""
        select {Columns} from left_out_row l join upload u on u.id = l.upload_id
         where u.agreement_id = @agreementId and u.committed_at is not null and u.state <> 'undone' and l.settled is null and l.severity = 'error'
         order by l.upload_id, l.row_no
        """;

    private static readonly Sql SettledBy = $"select {Columns} from left_out_row l join upload u on u.id = l.upload_id where l.settled_by = @uploadId order by l.upload_id, l.row_no";

    private static readonly Sql Drop = new(dialect => $"delete from left_out_row where upload_id = @uploadId and row_no in {dialect.AnyOf("@rows")}");

    private static readonly Sql DropAll = "delete from left_out_row where upload_id = @uploadId";

    private static readonly Sql Mark = new(dialect => $"update left_out_row set settled = @settled, settled_by = @settledBy where upload_id = @uploadId and row_no in {dialect.AnyOf("@rows")}");

    private static readonly Sql Unmark = "update left_out_row set settled = null, settled_by = null where settled_by = @uploadId";

    public Task Add(long uploadId, IEnumerable<LeftOutRow> rows) =>
        work.Bulk(Table, rows.Select(row => new object?[] { uploadId, row.RowNo, row.Code, row.Severity, row.Field, row.Value, row.Detail, row.Particulars, row.Amount, row.Document, row.Settled }));

    /// <summary>Rows of an upload that a recheck looks at.</summary>
    public Task<IReadOnlyList<long>> Open(long uploadId) => work.Rows<long>(OpenOfUpload, new { uploadId });

    public Task<LeftOutRow?> Find(long uploadId, long row) => work.One<LeftOutRow>(One, new { uploadId, row });

    /// <summary>What is kept of some rows of an upload.</summary>
    public Task<IReadOnlyList<LeftOutRow>> Among(long uploadId, IEnumerable<long> rows) => work.Rows<LeftOutRow>(Some, new { uploadId, rows = work.Dialect.Array(rows) });

    /// <summary>Rows with errors that the agreement's committed uploads still have open, oldest upload first.</summary>
    public Task<IReadOnlyList<LeftOutRow>> OpenUnder(long agreementId) => work.Rows<LeftOutRow>(OpenErrors, new { agreementId });

    /// <summary>Lets go of rows that are about to be checked again.</summary>
    public Task Forget(long uploadId, IEnumerable<long> rows) => work.Do(Drop, new { uploadId, rows = work.Dialect.Array(rows) });

    public Task Forget(long uploadId) => work.Do(DropAll, new { uploadId });

    /// <summary>Nobody is asked about these rows any more.</summary>
    /// <param name="settled">left_out or corrected; null opens them again.</param>
    /// <param name="by">The upload that corrected them.</param>
    public Task Settle(long uploadId, IEnumerable<long> rows, string? settled, long? by = null) =>
        work.Do(Mark, new { uploadId, rows = work.Dialect.Array(rows), settled, settledBy = by });

    /// <summary>Opens again what an upload had corrected, and gives it.</summary>
    public async Task<IReadOnlyList<LeftOutRow>> Reopen(long correctedBy)
    {
        var rows = await work.Rows<LeftOutRow>(SettledBy, new { uploadId = correctedBy });
        await work.Do(Unmark, new { uploadId = correctedBy });
        return rows;
    }
}
