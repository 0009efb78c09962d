namespace ContributionEngine.Storage;

/// <summary>Stored parts read as one stream.</summary>
public sealed class PartStream(IReadOnlyList<byte[]> parts) : Stream
{
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
