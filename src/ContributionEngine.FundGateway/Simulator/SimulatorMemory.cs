using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.FundGateway;

/// <summary>What keeping a declaration came to.</summary>
internal enum Kept
{
    Fresh,
    Again,
    OtherBytes,
    WrongHash,
}

/// <summary>The simulator's memory on disk: every file appears by a rename, so a kill leaves all of it or nothing. Notes are lines, of which a kill may leave a part of the last.</summary>
internal sealed class SimulatorMemory
{
    private const string Notebook = "notes.jsonl";

    private readonly string directory;
    private readonly Lock gate = new();

    public SimulatorMemory(string directory)
    {
        Directory.CreateDirectory(directory);
        this.directory = directory;
    }

    /// <summary>Of all files that were taken.</summary>
    public IReadOnlyList<string> References => [.. Directory.EnumerateFiles(directory, "*.csv").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal)];

    public bool Has(string reference) => File.Exists(PathOf(reference, "csv"));

    public Stream ContentOf(string reference) => File.OpenRead(PathOf(reference, "csv"));

    public string Sha256Of(string reference) => HashOf(PathOf(reference, "csv"));

    public DateTimeOffset ReceivedAt(string reference) => new(File.GetLastWriteTimeUtc(PathOf(reference, "csv")), TimeSpan.Zero);

    /// <summary>The how manieth file it is, from 1; of one that was not taken, the number of the next.</summary>
    public int NumberOf(string reference)
    {
        lock (gate) return File.Exists(PathOf(reference, "number")) ? int.Parse(File.ReadAllText(PathOf(reference, "number")), CultureInfo.InvariantCulture) : Directory.EnumerateFiles(directory, "*.number").Count() + 1;
    }

    public void Forget(string reference)
    {
        File.Delete(PathOf(reference, "csv"));
        File.Delete(PathOf(reference, "number"));
    }

    public async Task<Kept> Keep(string reference, Stream body, string sha256, CancellationToken stop)
    {
        var temporary = Path.Combine(directory, Path.GetRandomFileName());
        await using (var file = File.Create(temporary)) await body.CopyToAsync(file, stop);
        var hash = HashOf(temporary);
        if (hash != sha256 || Has(reference))
        {
            File.Delete(temporary);
            return hash != sha256 ? Kept.WrongHash : HashOf(PathOf(reference, "csv")) == hash ? Kept.Again : Kept.OtherBytes;
        }

        lock (gate)
        {
            Replace(PathOf(reference, "number"), NumberOf(reference).ToString(CultureInfo.InvariantCulture));
            File.Move(temporary, PathOf(reference, "csv"));
        }

        return Kept.Fresh;
    }

    /// <summary>The answers whose time has come, in that order. One that was given once never changes afterwards.</summary>
    public IReadOnlyList<string> AnswersDue(string reference, SimulatorSettings settings, DateTimeOffset now)
    {
        var declaration = Confirmable(ReceivedDeclaration.Read(ContentOf(reference)).Value);
        var waited = now - ReceivedAt(reference);
        var due = ScriptedAnswers.About(reference, declaration, settings, settings.For(reference, NumberOf(reference))).Where(answer => waited >= TimeSpan.FromSeconds(answer.AfterSeconds));
        return [.. due.Select((answer, i) => Once(PathOf(reference, $"answer-{i + 1}.json"), answer.Text))];
    }

    /// <summary>True from when the sender has taken the n-th answer by callback.</summary>
    public bool IsCalledBack(string reference, int answer) => File.Exists(PathOf(reference, $"callback-{answer}"));

    public void CalledBack(string reference, int answer) => Once(PathOf(reference, $"callback-{answer}"), "");

    /// <summary>Counts an event; true while it is among the first <paramref name="first"/> of its kind.</summary>
    public bool CountTo(string kind, int first)
    {
        if (first == 0) return false;
        lock (gate)
        {
            var path = Path.Combine(directory, $"{kind}.count");
            var before = File.Exists(path) ? int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture) : 0;
            Replace(path, (before + 1).ToString(CultureInfo.InvariantCulture));
            return before < first;
        }
    }

    /// <summary>Notes what a sender did.</summary>
    public void Note(SenderNote note)
    {
        lock (gate)
        {
            var path = Path.Combine(directory, Notebook);
            using var notebook = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite);
            // What a kill has cut off stays a line of its own.
            var isCut = notebook.Length > 0 && notebook.Seek(-1, SeekOrigin.End) >= 0 && notebook.ReadByte() != '\n';
            notebook.Write(Encoding.UTF8.GetBytes($"{(isCut ? "\n" : "")}{JsonSerializer.Serialize(note)}\n"));
        }
    }

    /// <summary>All that a sender did, in that order.</summary>
    public IReadOnlyList<SenderNote> Notes()
    {
        lock (gate)
        {
            var path = Path.Combine(directory, Notebook);
            return File.Exists(path) ? [.. File.ReadLines(path).Where(line => line.EndsWith('}')).Select(line => JsonSerializer.Deserialize<SenderNote>(line)!)] : [];
        }
    }

    public bool WasSent(string reference) => Notes().Any(note => note.Act == SenderAct.Sent && note.Reference == reference);

    // The fund has no salts: of a root it can check how many lines it is over.
    private ReadDeclaration? Confirmable(ReadDeclaration? declaration) => declaration is null ? null : declaration with
    {
        Header = declaration.Header with { Proofs = [.. declaration.Header.Proofs.Where(proof => AcceptedOf(proof.Reference) == proof.Lines)] },
    };

    // By what was last said of each line in the answers that were given; null: nothing was.
    private long? AcceptedOf(string reference)
    {
        if (!CreditorReference.IsValid(reference) || !File.Exists(PathOf(reference, "answer-1.json")) || ReceivedDeclaration.Read(ContentOf(reference)).Value is not { } declaration) return null;
        var given = Enumerable.Range(1, int.MaxValue).Select(number => PathOf(reference, $"answer-{number}.json")).TakeWhile(File.Exists);
        var said = given.SelectMany(path => AnswerFile.Read(File.ReadAllBytes(path), declaration.Header.Currency).Value).SelectMany(answer => answer.Events).Where(one => one.Level == AcknowledgementLevel.Line);
        return declaration.Lines.Count - said.GroupBy(one => one.Reference).Count(line => line.Last().Outcome is not (AcknowledgementOutcome.Accepted or AcknowledgementOutcome.AcceptedWithWarning));
    }

    private string Once(string path, string text)
    {
        lock (gate)
        {
            if (!File.Exists(path)) Replace(path, text);
            return File.ReadAllText(path);
        }
    }

    private static string HashOf(string path)
    {
        using var file = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(file));
    }

    private void Replace(string path, string text)
    {
        var temporary = Path.Combine(directory, Path.GetRandomFileName());
        File.WriteAllText(temporary, text);
        File.Move(temporary, path, overwrite: true);
    }

    private string PathOf(string reference, string kind) => Path.Combine(directory, $"{reference.Replace(" ", "", StringComparison.Ordinal)}.{kind}");
}
