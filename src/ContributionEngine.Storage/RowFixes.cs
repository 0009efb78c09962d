namespace ContributionEngine.Storage;

/// <summary>What a person put in the place of a cell, or, under the field <c>left_out</c>, why the row is left out.</summary>
public sealed record StoredFix
{
    public long RowNo { get; init; }

    public string Field { get; init; } = "";

    /// <summary>As a cell of the file would say it.</summary>
    public string Value { get; init; } = "";

    public string FixedBy { get; init; } = "";

    public DateTimeOffset FixedAt { get; init; }
}

/// <summary>
/// Single rows of uploads put right. The kept bytes are never touched: each word is a fact of its own with who and when, the
/// last one on a field counts, and one without a value gives the field back to the file. So names and amounts that were
/// replaced can be looked up here, and the audit needs to hold none of them.
/// </summary>
public sealed class RowFixes(Work work)
{
    private static readonly BulkTarget Table = new("row_fix", "upload_id", "seq", "row_no", "field", "value", "fixed_by", "fixed_at");

    private static readonly Sql LastSeq = "select coalesce(max(seq), 0) from row_fix where upload_id = @uploadId";

    private static readonly Sql LastWords = """
        select f.row_no, f.field, f.value, f.fixed_by, f.fixed_at from row_fix f
         where f.upload_id = @uploadId and f.value is not null
           and not exists (select 1 from row_fix n where n.upload_id = f.upload_id and n.row_no = f.row_no and n.field = f.field and n.seq > f.seq)
         order by f.row_no, f.field
        """;

    /// <summary>What holds now, by row and field.</summary>
    public Task<IReadOnlyList<StoredFix>> Of(long uploadId) => work.Rows<StoredFix>(LastWords, new { uploadId });

    /// <summary>Adds words on the fields of one row; null takes an earlier one back. The unit holds the agreement, so the order is the order of commits.</summary>
    public async Task Add(long uploadId, long row, IEnumerable<KeyValuePair<string, string?>> words)
    {
        var seq = await work.One<long>(LastSeq, new { uploadId });
        await work.Bulk(Table, words.Select(word => new object?[] { uploadId, ++seq, row, word.Key, word.Value, work.Actor.Name, work.Now }));
    }
}
