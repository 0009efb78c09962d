using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>A treasurer's file as it was sent, and what became of it.</summary>
public sealed record StoredUpload
{
    public long Id { get; init; }

    public string Number { get; init; } = "";

    public long AgreementId { get; init; }

    public string FileName { get; init; } = "";

    public string Sha256 { get; init; } = "";

    /// <summary>received, checking, needs_fixes, ready, committed, reconciled, withdrawn or undone.</summary>
    public string State { get; init; } = "";

    public string SubmittedBy { get; init; } = "";

    public DateTimeOffset SubmittedAt { get; init; }

    public DateOnly AsOf { get; init; }

    /// <summary>How it was asked for, as JSON.</summary>
    public string Options { get; init; } = "{}";

    public string? Summary { get; init; }

    public DateTimeOffset? CommittedAt { get; init; }

    /// <summary>The first upload of the sheet that this one corrects; null: it is a sheet of its own.</summary>
    public long? CorrectsId { get; init; }
}

/// <summary>A problem of one row of an upload.</summary>
public sealed record StoredProblem
{
    public long RowNo { get; init; }

    public string Code { get; init; } = "";

    public string Field { get; init; } = "";

    public string Severity { get; init; } = "";

    public string? Value { get; init; }

    public string Detail { get; init; } = "";

    /// <summary>What the sentence needs in another language, as JSON; null where code, row and value say it.</summary>
    public string? Particulars { get; init; }
}

/// <summary>A chunk of staged rows that waits to be posted.</summary>
public sealed record PendingChunk
{
    public long UploadId { get; init; }

    public long Chunk { get; init; }

    public byte[] Body { get; init; } = [];

    public DateOnly AsOf { get; init; }

    public string Number { get; init; } = "";
}

/// <summary>Uploads: the bytes as they came, their staged chunks and their problems.</summary>
public sealed class Uploads(Work work)
{
    private static readonly BulkTarget ContentTable = new("upload_content", "upload_id", "part", "body");
    private static readonly BulkTarget ChunkTable = new("upload_chunk", "upload_id", "chunk", "as_of", "body", "posted");
    private static readonly BulkTarget ProblemTable = new("upload_problem", "upload_id", "row_no", "code", "field", "severity", "value", "detail", "particulars");

    private const string Columns = "id, number, agreement_id, file_name, sha256, state, submitted_by, submitted_at, as_of, options, summary, committed_at, corrects_id";

    private static readonly Sql AddUpload = """
        insert into upload (id, number, agreement_id, file_name, sha256, bytes, state, submitted_by, submitted_at, as_of, options, corrects_id)
        values (@Id, @Number, @AgreementId, @FileName, @Sha256, @Bytes, 'received', @submittedBy, @submittedAt, @AsOf, @Options, @CorrectsId)
        """;

    private static readonly Sql SameFile = $"""
        select {Columns} from upload where agreement_id = @agreementId and sha256 = @sha256 and committed_at is not null and state <> 'undone'
        """;

    private static readonly Sql SameWaiting = new(dialect => $"""
        select {Columns} from upload where agreement_id = @agreementId and sha256 = @sha256 and state in ('received', 'checking', 'needs_fixes', 'ready') order by id {dialect.Limit("1")}
        """);

    private static readonly Sql ById = $"""
        select {Columns} from upload u
         where id = @id and exists (select 1 from agreement a where a.id = u.agreement_id and (@scope is null or a.organisation_id = @scope))
        """;

    private static readonly Sql ByNumber = $"""
        select {Columns} from upload u
         where number = @number and exists (select 1 from agreement a where a.id = u.agreement_id and (@scope is null or a.organisation_id = @scope))
        """;

    private static readonly Sql OfAgreement = $"select {Columns} from upload where agreement_id = @agreementId order by id";

    private static readonly Sql OfSheet = $"""
        select {Columns} from upload where (id = @root or corrects_id = @root) and committed_at is not null and state <> 'undone' order by id
        """;

    private static readonly Sql SetState = "update upload set state = @state where id = @id";

    private static readonly Sql SetOptions = "update upload set state = 'received', options = @options, summary = null where id = @id";

    private static readonly Sql SetSummary = "update upload set state = @state, summary = @summary, committed_at = @committedAt where id = @id";

    private static readonly Sql Parts = "select body from upload_content where upload_id = @id order by part";

    private static readonly Sql NextPending = new(dialect => $"""
        select c.upload_id, c.chunk, c.body, c.as_of, u.number
          from upload_chunk c
          join upload u on u.id = c.upload_id
         where u.agreement_id = @agreementId and u.committed_at is not null and u.state <> 'undone' and c.posted = 0
         order by c.upload_id, c.chunk
         {dialect.Limit("1")}
        """);

    private static readonly Sql MarkPosted = "update upload_chunk set posted = 1, body = @empty where upload_id = @UploadId and chunk = @Chunk and posted = 0";

    private static readonly Sql PendingOf = "select count(*) from upload_chunk where upload_id = @uploadId and posted = 0";

    private static readonly Sql DropChunks = "delete from upload_chunk where upload_id = @id";

    private static readonly Sql ChunksOf = "select coalesce(max(chunk), 0) from upload_chunk where upload_id = @id";

    // Nobody is asked about a row that was left out for good or corrected elsewhere.
    private const string Asked = "not exists (select 1 from left_out_row l where l.upload_id = p.upload_id and l.row_no = p.row_no and l.settled is not null)";

    private static readonly Sql DropAllProblems = "delete from upload_problem where upload_id = @id";

    private static readonly Sql DropProblems = new(dialect => $"delete from upload_problem where upload_id = @id and row_no in {dialect.AnyOf("@rows")}");

    private static readonly Sql CountProblems = $"""
        select coalesce(sum(r.is_error), 0) as errors, coalesce(sum(1 - r.is_error), 0) as warnings
          from (select max(case when severity = 'error' then 1 else 0 end) as is_error from upload_problem p where upload_id = @id and {Asked} group by row_no) r
        """;

    private static readonly Sql ProblemsOf = new(dialect => $"""
        select row_no, code, field, severity, value, detail, particulars from upload_problem p where upload_id = @id and {Asked} order by row_no, code {dialect.Limit("@take")}
        """);

    public Task Add(NewUpload upload) => work.Do(AddUpload, new
    {
        upload.Id, upload.Number, upload.AgreementId, upload.FileName, upload.Sha256, upload.Bytes, upload.AsOf, upload.Options, upload.CorrectsId,
        submittedBy = work.Actor.Name, submittedAt = work.Now,
    });

    public Task<StoredUpload?> CommittedSame(long agreementId, string sha256) => work.One<StoredUpload>(SameFile, new { agreementId, sha256 });

    /// <summary>An upload of the agreement with these bytes that nobody has sent or given up; null when there is none.</summary>
    public Task<StoredUpload?> WaitingSame(long agreementId, string sha256) => work.One<StoredUpload>(SameWaiting, new { agreementId, sha256 });

    public async Task<StoredUpload> Get(long id) => (await work.One<StoredUpload>(ById, new { id, scope = work.Actor.OrganisationId }))!;

    /// <summary>The upload, or a refusal with code <c>upload_unknown</c>.</summary>
    public async Task<Outcome<StoredUpload>> Find(string number) =>
        await work.One<StoredUpload>(ByNumber, new { number, scope = work.Actor.OrganisationId }) is { } upload ? upload
        : Refusal.NotFound("upload_unknown", $"There is no upload «{number}».") with { Help = "List the uploads with 'upload list'." };

    /// <summary>The same for a unit that changes it: its agreement is held, and it is read as it is then.</summary>
    public async Task<Outcome<StoredUpload>> FindToChange(string number)
    {
        if (!(await Find(number)).Ok(out var upload, out var refusal)) return refusal;
        await work.Agreements.GetToChange(upload.AgreementId);
        return await Find(number);
    }

    /// <summary>The first upload of a sheet and those that have corrected it, as far as they are posted and not undone.</summary>
    public Task<IReadOnlyList<StoredUpload>> Sheet(long root) => work.Rows<StoredUpload>(OfSheet, new { root });

    public Task<IReadOnlyList<StoredUpload>> Of(long agreementId) => work.Rows<StoredUpload>(OfAgreement, new { agreementId });

    public Task KeepContent(long id, Stream content) => work.Bulk(ContentTable, PartStream.Split(content).Select((body, part) => new object?[] { id, (long)part, body }));

    /// <summary>The bytes as they came, in parts.</summary>
    public Task<IReadOnlyList<byte[]>> Content(long id) => work.Rows<byte[]>(Parts, new { id });

    /// <summary>Keeps one chunk of checked rows until it is posted, booked on <paramref name="asOf"/>.</summary>
    public Task Stage(long id, long chunk, DateOnly asOf, byte[] body) => work.Bulk(ChunkTable, [[id, chunk, asOf, body, 0L]]);

    /// <summary>Number of the last chunk that was ever staged; 0 before the first.</summary>
    public Task<long> LastChunk(long id) => work.One<long>(ChunksOf, new { id });

    /// <summary>Drops the problems of rows that are about to be checked again.</summary>
    public Task ForgetProblems(long id, IEnumerable<long> rows) => work.Do(DropProblems, new { id, rows = work.Dialect.Array(rows) });

    /// <summary>Drops every problem of an upload that is about to be checked again as a whole.</summary>
    public Task ForgetProblems(long id) => work.Do(DropAllProblems, new { id });

    /// <summary>How many rows have errors, and how many only warnings; rows that nobody is asked about any more are in neither.</summary>
    public async Task<ProblemRows> ProblemRows(long id) => (await work.One<ProblemRows>(CountProblems, new { id }))!;

    public Task AddProblems(long id, IEnumerable<StoredProblem> problems) =>
        work.Bulk(ProblemTable, problems.Select(row => new object?[] { id, row.RowNo, row.Code, row.Field, row.Severity, row.Value, row.Detail, row.Particulars }));

    /// <summary>Lets the staged rows go: nothing of them will be posted.</summary>
    public Task Unstage(long id) => work.Do(DropChunks, new { id });

    public Task Mark(long id, string state) => work.Do(SetState, new { id, state });

    /// <summary>Lets an upload be read in another way, from the beginning.</summary>
    public Task Revise(long id, string options) => work.Do(SetOptions, new { id, options });

    public Task Conclude(long id, string state, string summary, DateTimeOffset? committedAt) =>
        work.Do(SetSummary, new { id, state, summary, committedAt });

    public async Task<PendingChunk?> Next(long agreementId) => await work.Rows<PendingChunk>(NextPending, new { agreementId }) is [var next, ..] ? next : null;

    /// <summary>Marks the chunk posted and lets its body go; false when another has done so.</summary>
    public async Task<bool> Posted(PendingChunk chunk) =>
        await work.Do(MarkPosted, new { chunk.UploadId, chunk.Chunk, empty = Array.Empty<byte>() }) == 1;

    public async Task<bool> HasPending(long uploadId) => await work.One<long>(PendingOf, new { uploadId }) > 0;

    public Task<IReadOnlyList<StoredProblem>> Problems(long id, int take = int.MaxValue) => work.Rows<StoredProblem>(ProblemsOf, new { id, take });
}

/// <summary>Rows of an upload that have problems.</summary>
public sealed record ProblemRows
{
    public long Errors { get; init; }

    public long Warnings { get; init; }
}

/// <summary>An upload that has just come in.</summary>
public sealed record NewUpload(long Id, string Number, long AgreementId, string FileName, string Sha256, long Bytes, DateOnly AsOf, string Options, long? CorrectsId = null);
