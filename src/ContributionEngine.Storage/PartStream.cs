namespace ContributionEngine.Storage;

/// <summary>Stored parts read as one stream, and how a stream becomes parts.</summary>
public sealed class PartStream(IReadOnlyList<byte[]> parts) : Stream
{
    private const int PartBytes = 1 << 20;

    private int part;
    private int offset;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => parts.Sum(bytes => (long)bytes.Length);

    public override long Position
    {
        get => parts.Take(part).Sum(bytes => (long)bytes.Length) + offset;
        set => throw new NotSupportedException("The stream reads forward only.");
    }

    /// <summary>The bytes of a source in the parts in which they are stored.</summary>
    public static IEnumerable<byte[]> Split(Stream source)
    {
        var buffer = new byte[PartBytes];
        int read;
        while ((read = source.ReadAtLeast(buffer, PartBytes, throwOnEndOfStream: false)) > 0) yield return buffer.AsSpan(0, read).ToArray();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        while (part < parts.Count && offset == parts[part].Length) (part, offset) = (part + 1, 0);
        if (part == parts.Count) return 0;
        var take = Math.Min(buffer.Length, parts[part].Length - offset);
        parts[part].AsSpan(offset, take).CopyTo(buffer);
        offset += take;
        return take;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException("The stream reads forward only.");

    public override void SetLength(long value) => throw new NotSupportedException("The stream reads forward only.");

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("The stream reads forward only.");
}
