using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>Money that a treasurer took and noted, as she wrote it.</summary>
/// <param name="Key">Of the device that noted it: the same note may come again and again.</param>
/// <param name="ReceivedOn">As a cell of a sheet would say it.</param>
public sealed record NoteRequest(string Agreement, string Key, string MemberNo, string Amount, string ReceivedOn);

/// <summary>A note that is in no sheet yet.</summary>
public sealed record KnownNote(long Id, string Key, string MemberNo, string Amount, string ReceivedOn, string NotedBy, DateTimeOffset NotedAt);

/// <summary>
/// The collection notebook: what is noted where there is no signal comes later, once, and becomes a draft sheet. Amounts and days stay as they were written:
/// the sheet's check reads them as it reads any file's, and asks where it is in doubt.
/// </summary>
public sealed class KeepNotes(Database database)
{
    /// <summary>Characters of a key, and of anything that is written in a note.</summary>
    public const int TextMax = 80;

    /// <summary>Notes that one sheet takes.</summary>
    public const int NotesMax = 2_000;

    private static readonly SheetColumn[] Columns = [new("member_no", ""), new("amount", ""), new("received_on", "")];

    /// <summary>Keeps a note; one that is known is kept once. Refusals: <c>agreement_unknown</c>, <c>note_incomplete</c>, <c>note_too_long</c>, <c>note_key_reused</c>.</summary>
    public Task<Outcome<KnownNote>> Add(Actor actor, NoteRequest asked, CancellationToken stop) => database.Attempt<KnownNote>(actor, async work =>
    {
        if (Fault(asked) is { } fault) return fault;
        if (!(await work.Agreements.FindToChange(asked.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        var note = new StoredNote { Id = work.NextId(), NoteKey = asked.Key, MemberNo = asked.MemberNo.Trim(), Amount = asked.Amount.Trim(), ReceivedOn = asked.ReceivedOn.Trim(), NotedBy = actor.Name, NotedAt = work.Now };
        if (await work.FieldNotes.Find(agreement.Id, asked.Key) is { } known) return Same(known, note) ? Known(known) : Reused(known);
        await work.FieldNotes.Add(agreement.Id, note);
        await work.Audit.Record(agreement.Number, "note-kept", asked.Key, "{}");
        return Known(note);
    }, stop);

    /// <summary>The notes that are in no sheet yet, oldest first.</summary>
    public Task<Outcome<IReadOnlyList<KnownNote>>> List(Actor actor, string agreement, CancellationToken stop) => database.Read<Outcome<IReadOnlyList<KnownNote>>>(actor, async work =>
    {
        if (!(await work.Agreements.Find(agreement)).Ok(out var found, out var refusal)) return refusal;
        return Outcome<IReadOnlyList<KnownNote>>.Of([.. (await work.FieldNotes.Waiting(found.Id, NotesMax)).Select(Known)]);
    }, stop);

    /// <summary>Gives a note up. Refusals: <c>agreement_unknown</c>, <c>note_unknown</c>.</summary>
    public Task<Outcome<long>> Drop(Actor actor, (string Agreement, long Note) asked, CancellationToken stop) => database.Attempt<long>(actor, async work =>
    {
        if (!(await work.Agreements.FindToChange(asked.Agreement)).Ok(out var agreement, out var refusal)) return refusal;
        if (!await work.FieldNotes.Drop(agreement.Id, asked.Note)) return Refusal.NotFound("note_unknown", "That note is in a sheet already, or was given up before.");
        await work.Audit.Record(agreement.Number, "note-dropped", $"{asked.Note}", "{}");
        return asked.Note;
    }, stop);

    /// <summary>Makes a draft sheet of all notes that are in none, and gives its upload. Refusals: <c>agreement_unknown</c>, <c>notes_none</c>, and those of <see cref="ReceiveUpload"/>.</summary>
    public Task<Outcome<string>> MakeSheet(Actor actor, string number, CancellationToken stop) => database.Attempt<string>(actor, async work =>
    {
        if (!(await work.Agreements.FindToChange(number)).Ok(out var agreement, out var refusal)) return refusal;
        var notes = await work.FieldNotes.Waiting(agreement.Id, NotesMax);
        if (notes.Count == 0) return Refusal.Conflict("notes_none", "There is no note that is in no sheet yet.");
        await using var content = await FileSpool.Copy(Sheet(notes), SheetLimits.BytesMax, work.Stop);
        var request = new UploadRequest { Agreement = number, FileName = $"notebook-{AsOf.DayIn(work.Now, agreement.Agreement):yyyy-MM-dd}.csv", Content = content };
        if (!(await ReceiveUpload.Keep(work, request)).Ok(out var upload, out refusal)) return refusal;
        await work.FieldNotes.Take(notes.Select(note => note.Id), upload);
        await work.Audit.Record(number, "notes-taken", upload, JsonSerializer.Serialize(new { notes = notes.Count }));
        return upload;
    }, stop);

    private static MemoryStream Sheet(IEnumerable<StoredNote> notes)
    {
        var file = new MemoryStream();
        CsvTable.Write(file, new SheetTable("Receipts", Columns, notes.Select(note => (IReadOnlyList<SheetCell>)[new(note.MemberNo), new(note.Amount), new(note.ReceivedOn)])));
        return new MemoryStream(file.ToArray());
    }

    private static Refusal? Fault(NoteRequest asked)
    {
        foreach (var (field, text) in new[] { ("member_no", asked.MemberNo), ("amount", asked.Amount), ("received_on", asked.ReceivedOn), ("key", asked.Key) })
        {
            if (text.Trim().Length == 0) return Refusal.Input("note_incomplete", $"{field} is empty.") with { Field = field, Help = "Write the member's number, the amount and the day." };
            if (text.Length > TextMax) return Refusal.Input("note_too_long", $"{field} has more than {TextMax} characters.") with { Field = field, Help = "Shorten it." };
        }

        return null;
    }

    private static bool Same(StoredNote known, StoredNote note) => (known.MemberNo, known.Amount, known.ReceivedOn) == (note.MemberNo, note.Amount, note.ReceivedOn);

    private static Refusal Reused(StoredNote known) => Refusal.Input("note_key_reused", $"The key {known.NoteKey} stands for another note.") with { Field = "key", Help = "Give each note a key of its own." };

    private static KnownNote Known(StoredNote note) => new(note.Id, note.NoteKey, note.MemberNo, note.Amount, note.ReceivedOn, note.NotedBy, note.NotedAt);
}
