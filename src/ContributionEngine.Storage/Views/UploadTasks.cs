namespace ContributionEngine.Storage;

/// <summary>What an upload still has to be asked about.</summary>
public sealed record WaitingRows
{
    public long UploadId { get; init; }

    /// <summary>How many rows.</summary>
    public long Waiting { get; init; }

    /// <summary>Minor units, of the rows whose amount can be read.</summary>
    public long Amount { get; init; }
}

/// <summary>One row that waits for a person.</summary>
public sealed record WaitingRow
{
    public string Upload { get; init; } = "";

    public long RowNo { get; init; }

    public string Code { get; init; } = "";

    public string Field { get; init; } = "";

    public string? Value { get; init; }

    public string Detail { get; init; } = "";

    public long? Amount { get; init; }

    public DateTimeOffset LeftOutAt { get; init; }
}

/// <summary>Left-out rows as the work that they leave: those with errors, and those that are fixed and not sent.</summary>
public sealed class UploadTasks(Work work)
{
    private static readonly Sql PerUpload = """
        select l.upload_id, count(*) as waiting, coalesce(sum(l.amount), 0) as amount
          from left_out_row l join upload u on u.id = l.upload_id
         where u.agreement_id = @agreementId and u.state not in ('withdrawn', 'undone') and l.settled is null and l.severity <> 'warning'
         group by l.upload_id
        """;

    private static readonly Sql Each = """
        select u.number as upload, l.row_no, l.code, l.field, l.value, l.detail, l.amount, u.committed_at as left_out_at
          from left_out_row l join upload u on u.id = l.upload_id
         where u.agreement_id = @agreementId and u.committed_at is not null and u.state <> 'undone' and l.settled is null and l.severity <> 'warning'
         order by l.upload_id, l.row_no
        """;

    /// <summary>How much waits, by upload; also of uploads that need fixes before anything is posted.</summary>
    public Task<IReadOnlyList<WaitingRows>> Of(long agreementId) => work.Rows<WaitingRows>(PerUpload, new { agreementId });

    /// <summary>Every row that was left out of a committed upload of the agreement and still waits.</summary>
    public Task<IReadOnlyList<WaitingRow>> List(long agreementId) => work.Rows<WaitingRow>(Each, new { agreementId });
}
