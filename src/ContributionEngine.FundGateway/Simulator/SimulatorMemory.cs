using System.Globalization;
using System.Security.Cryptography;

namespace ContributionEngine.FundGateway;

/// <summary>What keeping a declaration came to.</summary>
internal enum Kept
{
    Fresh,
    Again,
    OtherBytes,
    WrongHash,
}

/// <summary>The simulator's memory on disk: every file appears by a rename, so a kill leaves all of it or nothing.</summary>
internal sealed class SimulatorMemory
{
    private readonly string directory;
    private readonly Lock gate = new();

    public SimulatorMemory(string directory)
    {
        Directory.CreateDirectory(directory);
        this.directory = directory;
    }

    public bool Has(string reference) => File.Exists(PathOf(reference, "csv"));

    public Stream ContentOf(string reference) => File.OpenRead(PathOf(reference, "csv"));

    public string Sha256Of(string reference) => HashOf(PathOf(reference, "csv"));

    public DateTimeOffset ReceivedAt(string reference) => new(File.GetLastWriteTimeUtc(PathOf(reference, "csv")), TimeSpan.Zero);

    public void Forget(string reference) => File.Delete(PathOf(reference, "csv"));

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

        File.Move(temporary, PathOf(reference, "csv"));
        return Kept.Fresh;
    }

    /// <summary>The answer that was given first; it never changes afterwards.</summary>
    public string AnswerOf(string reference, Func<string> judge)
    {
        lock (gate)
        {
            var path = PathOf(reference, "answer.json");
            if (!File.Exists(path)) Replace(path, judge());
            return File.ReadAllText(path);
        }
    }

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
