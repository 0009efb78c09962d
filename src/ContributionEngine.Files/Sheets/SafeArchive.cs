using System.Buffers.Binary;
using System.IO.Compression;

namespace ContributionEngine.Files;

/// <summary>
/// A zip of which nothing is believed. Its directory is bounded before it is read, its names are only names, and what comes out
/// of it is counted as it comes.
/// </summary>
internal sealed class SafeArchive : IDisposable
{
    private const int DirectoryBytesMax = 1 << 20;
    private const int EndBytes = 22;
    private const int CommentBytesMax = 65_535;

    private readonly ZipArchive archive;
    private readonly Dictionary<string, ZipArchiveEntry> entries = new(StringComparer.OrdinalIgnoreCase);
    private long inflated;

    private SafeArchive(Stream stream)
    {
        archive = new ZipArchive(stream, ZipArchiveMode.Read);
        foreach (var entry in archive.Entries)
        {
            var name = Named(entry.FullName);
            if (!entries.TryAdd(name, entry)) throw SheetRefusedException.Unreadable($"it holds “{name}” twice");
            if (entry.IsEncrypted) throw new SheetRefusedException(FileProblem.Locked());
        }

        if (entries.Count > SheetLimits.EntriesMax) throw SheetRefusedException.Unreadable($"it holds more than {SheetLimits.EntriesMax} files");
        if (archive.Entries.Sum(entry => entry.CompressedLength) > stream.Length) throw SheetRefusedException.Unreadable("its parts overlap");
    }

    public IEnumerable<string> Names => entries.Keys;

    /// <summary>Opens a zip. Refusals, thrown: F05, F13.</summary>
    public static SafeArchive Of(Func<Stream> open)
    {
        var stream = open();
        try
        {
            CheckDirectory(stream);
            return new SafeArchive(stream);
        }
        catch (InvalidDataException)
        {
            stream.Dispose();
            throw SheetRefusedException.Unreadable("the zip is broken");
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    public bool Has(string name) => entries.ContainsKey(name);

    /// <summary>What an entry holds, counted as it comes.</summary>
    /// <param name="isMarkup">It is XML, so that nothing in it goes on for long without a tag.</param>
    public Stream Open(string name, bool isMarkup)
    {
        try
        {
            var entry = entries[name];
            var content = new CountedStream(entry.Open(), entry.CompressedLength, Count);
            return isMarkup ? new MarkupStream(content, () => SheetRefusedException.Unreadable("a part of it goes on without end")) : content;
        }
        catch (InvalidDataException)
        {
            throw SheetRefusedException.Unreadable($"“{name}” in it cannot be unpacked");
        }
    }

    public void Dispose() => archive.Dispose();

    private void Count(int bytes)
    {
        inflated += bytes;
        if (inflated > SheetLimits.InflatedMax) throw SheetRefusedException.Unreadable($"it unpacks to more than {SheetLimits.InflatedMax >> 20} MB");
    }

    // The directory is read whole by the library, however long it claims to be.
    private static void CheckDirectory(Stream stream)
    {
        var tail = new byte[(int)Math.Min(stream.Length, EndBytes + CommentBytesMax)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        stream.Position = 0;
        var end = tail.AsSpan().LastIndexOf("PK\u0005\u0006"u8);
        if (end < 0 || tail.Length - end < EndBytes) throw SheetRefusedException.Unreadable("the zip is cut off");
        var count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(end + 10));
        var start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(end + 16));
        if (count > SheetLimits.EntriesMax) throw SheetRefusedException.Unreadable($"it holds more than {SheetLimits.EntriesMax} files");
        if (start > stream.Length || stream.Length - start > DirectoryBytesMax + CommentBytesMax) throw SheetRefusedException.Unreadable("the list of its files is not where it should be");
    }

    private static string Named(string name)
    {
        var plain = name.Replace('\\', '/');
        if (plain.StartsWith('/') || plain.Contains(':') || plain.Contains('\0') || plain.Split('/').Contains("..")) throw SheetRefusedException.Unreadable($"it holds a file with a path of its own, “{name.Replace('\0', '?')}”");
        return plain;
    }

    private sealed class CountedStream(Stream inner, long packed, Action<int> count) : ForwardStream(inner)
    {
        private long total;

        public override long Position => total;

        public override int Read(Span<byte> buffer)
        {
            var read = Inflate(buffer);
            total += read;
            count(read);
            if (total > SheetLimits.InflatedFree && total / SheetLimits.RatioMax > packed) throw SheetRefusedException.Unreadable($"a part of it unpacks to more than {SheetLimits.RatioMax} times its size");
            return read;
        }

        private int Inflate(Span<byte> buffer)
        {
            try
            {
                return Inner.Read(buffer);
            }
            catch (InvalidDataException)
            {
                throw SheetRefusedException.Unreadable("a part of it cannot be unpacked");
            }
        }
    }
}
