namespace ContributionEngine.Storage;

/// <summary>How far the check of an upload has come, and what it found beside the problems of rows.</summary>
public sealed record StoredCheck
{
    public long UploadId { get; init; }

    /// <summary>Which of several checks of the upload it is; only the latest one may write.</summary>
    public long Run { get; init; }

    public long RowsDone { get; init; }

    /// <summary>Null until the file was read through once.</summary>
    public long? RowsAll { get; init; }

    public DateTimeOffset ToldAt { get; init; }

    /// <summary>As JSON; null until the check has ended, or when it ended in a refusal.</summary>
    public string? Findings { get; init; }

    /// <summary>Why the whole file is refused, as JSON.</summary>
    public string? Refusal { get; init; }
}

/// <summary>Checks of uploads while nothing of them is posted.</summary>
public sealed class UploadChecks(Work work)
{
    private static readonly Sql One = "select upload_id, run, rows_done, rows_all, told_at, findings, refusal from upload_check where upload_id = @uploadId";

    private static readonly Sql Drop = "delete from upload_check where upload_id = @uploadId";

    private static readonly Sql Add = """
        insert into upload_check (upload_id, run, rows_done, rows_all, told_at, findings) values (@uploadId, @run, 0, null, @now, @findings)
        """;

    private static readonly Sql SetDone = "update upload_check set rows_done = @RowsDone, rows_all = @RowsAll, told_at = @now where upload_id = @UploadId and run = @Run";

    private static readonly Sql SetEnd = "update upload_check set findings = @Findings, refusal = @Refusal, told_at = @now where upload_id = @UploadId and run = @Run";

    public Task<StoredCheck?> Find(long uploadId) => work.One<StoredCheck>(One, new { uploadId });

    /// <summary>Begins another check; whatever an earlier one still finds is not kept. Gives its number.</summary>
    public async Task<long> Begin(long uploadId)
    {
        var run = work.NextId();
        await Put(uploadId, run, null);
        return run;
    }

    /// <summary>Says how far a check has come; false when a later one has begun.</summary>
    public async Task<bool> Tell(StoredCheck check) => await work.Do(SetDone, new { check.UploadId, check.Run, check.RowsDone, check.RowsAll, now = work.Now }) == 1;

    /// <summary>Keeps what a check has come to; false when a later one has begun.</summary>
    public async Task<bool> Conclude(StoredCheck check) => await work.Do(SetEnd, new { check.UploadId, check.Run, check.Findings, check.Refusal, now = work.Now }) == 1;

    /// <summary>Keeps what was found by a unit that read the file itself.</summary>
    public Task Keep(long uploadId, string findings) => Put(uploadId, work.NextId(), findings);

    private async Task Put(long uploadId, long run, string? findings)
    {
        await work.Do(Drop, new { uploadId });
        await work.Do(Add, new { uploadId, run, findings, now = work.Now });
    }
}
