namespace ContributionEngine.Files;

/// <summary>XML as it comes. An attribute or a text of any length would be held whole by whoever reads it, so nothing in it may go on for long without a tag.</summary>
internal sealed class MarkupStream(Stream inner, Func<Exception> endless) : Stream
{
    private const int WithoutTagMax = 1 << 20;
    private long sinceTag;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        var last = buffer[..read].LastIndexOf((byte)'<');
        sinceTag = last < 0 ? sinceTag + read : read - last;
        return sinceTag <= WithoutTagMax ? read : throw endless();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush() => inner.Flush();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing) inner.Dispose();
        base.Dispose(disposing);
    }
}
