using System.Runtime.InteropServices;

namespace ContributionEngine.Engine;

/// <summary>
/// Repeats of a business key inside one file, in flat memory: a first pass keeps eight bytes per row and finds the few keys
/// that can be repeats; the second pass looks exactly, and only at those.
/// </summary>
internal sealed class FileRepeats
{
    private readonly List<ulong> prints = [];
    private readonly HashSet<ulong> repeated = [];
    private readonly Dictionary<string, Exact> exact = [];

    /// <summary>First pass.</summary>
    public void Note(string key) => prints.Add(Print(key));

    /// <summary>Ends the first pass.</summary>
    public void Decide()
    {
        prints.Sort();
        var sorted = CollectionsMarshal.AsSpan(prints);
        for (var i = 1; i < sorted.Length; i++)
        {
            if (sorted[i] == sorted[i - 1]) repeated.Add(sorted[i]);
        }

        prints.Clear();
        prints.TrimExcess();
    }

    /// <summary>Second pass: the how-manieth time it is that this key is seen.</summary>
    /// <param name="line">What tells two lines of one receipt apart.</param>
    public (long Occurrence, long FirstRow, string FirstLine, bool SameLine) Seen(string key, long row, string line)
    {
        if (!repeated.Contains(Print(key))) return (1, row, line, false);
        if (!exact.TryGetValue(key, out var before)) exact[key] = before = new Exact(row, line);
        before.Count++;
        return (before.Count, before.FirstRow, before.FirstLine, !before.Lines.Add(line));
    }

    private static ulong Print(string key)
    {
        Span<byte> bytes = stackalloc byte[9];
        Convert.TryFromBase64Chars(key.AsSpan(0, 12), bytes, out _);
        return MemoryMarshal.Read<ulong>(bytes);
    }

    private sealed class Exact(long firstRow, string firstLine)
    {
        public long Count { get; set; }

        public long FirstRow => firstRow;

        public string FirstLine => firstLine;

        public HashSet<string> Lines { get; } = [];
    }
}
