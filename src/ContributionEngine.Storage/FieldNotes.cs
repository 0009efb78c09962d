namespace ContributionEngine.Storage;

/// <summary>Money that was collected and noted, in the words of whoever noted it.</summary>
public sealed record StoredNote
{
    public long Id { get; init; }

    /// <summary>Under which the device that noted it knows it.</summary>
    public string NoteKey { get; init; } = "";

    public string MemberNo { get; init; } = "";

    public string Amount { get; init; } = "";

    public string ReceivedOn { get; init; } = "";

    public string NotedBy { get; init; } = "";

    public DateTimeOffset NotedAt { get; init; }
}

/// <summary>Notes of money that is in no sheet yet.</summary>
public sealed class FieldNotes(Work work)
{
    private const string Columns = "id, note_key, member_no, amount, received_on, noted_by, noted_at";

    private static readonly Sql ByKey = $"select {Columns} from field_note where agreement_id = @agreementId and note_key = @key";

    private static readonly Sql AllWaiting = new(dialect => $"select {Columns} from field_note where agreement_id = @agreementId and upload_id is null and dropped_at is null order by id {dialect.Limit("@take")}");

    private static readonly Sql AddNote = """
        insert into field_note (id, agreement_id, note_key, member_no, amount, received_on, noted_by, noted_at)
        values (@Id, @agreementId, @NoteKey, @MemberNo, @Amount, @ReceivedOn, @NotedBy, @NotedAt)
        """;

    private static readonly Sql DropNote = "update field_note set dropped_at = @now where id = @id and agreement_id = @agreementId and upload_id is null and dropped_at is null";

    private static readonly Sql TakeNotes = new(dialect => $"update field_note set upload_id = (select id from upload where number = @upload) where id in {dialect.AnyOf("@ids")}");

    public Task<StoredNote?> Find(long agreementId, string key) => work.One<StoredNote>(ByKey, new { agreementId, key });

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<StoredNote>> Waiting(long agreementId, int take) => work.Rows<StoredNote>(AllWaiting, new { agreementId, take });

    public Task Add(long agreementId, StoredNote note) => work.Do(AddNote, new { note.Id, agreementId, note.NoteKey, note.MemberNo, note.Amount, note.ReceivedOn, note.NotedBy, note.NotedAt });

    /// <summary>False when it is in a sheet already, or dropped.</summary>
    public async Task<bool> Drop(long agreementId, long id) => await work.Do(DropNote, new { id, agreementId, now = work.Now }) == 1;

    public Task Take(IEnumerable<long> ids, string upload) => work.Do(TakeNotes, new { ids = work.Dialect.Array(ids), upload });
}
