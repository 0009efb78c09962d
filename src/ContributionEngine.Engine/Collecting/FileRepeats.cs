using System.Buffers.Binary;
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
    private readonly Dictionary<UInt128, (long FirstRow, List<string> Lines)> exact = [];

    /// <summary>First pass.</summary>
    public void Note(byte[] key) => prints.Add(Print(key));

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
    public (long Occurrence, long FirstRow, string FirstLine, bool SameLine) Seen(byte[] key, long row, string line)
    {
        if (!repeated.Contains(Print(key))) return (1, row, line, false);
        var whole = BinaryPrimitives.ReadUInt128LittleEndian(key);
        if (!exact.TryGetValue(whole, out var before)) exact[whole] = before = (row, []);
        var same = before.Lines.Contains(line);
        before.Lines.Add(line);
        return (before.Lines.Count, before.FirstRow, before.Lines[0], same);
    }

    private static ulong Print(byte[] key) => BinaryPrimitives.ReadUInt64LittleEndian(key);
}
