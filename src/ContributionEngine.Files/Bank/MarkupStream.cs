namespace ContributionEngine.Files;

/// <summary>XML as it comes. An attribute or a text of any length would be held whole by whoever reads it, so nothing in it may go on for long without a tag.</summary>
internal sealed class MarkupStream(Stream inner, Func<Exception> endless) : ForwardStream(inner)
{
    private const int WithoutTagMax = 1 << 20;
    private long sinceTag;

    public override int Read(Span<byte> buffer)
    {
        var read = Inner.Read(buffer);
        var last = buffer[..read].LastIndexOf((byte)'<');
        sinceTag = last < 0 ? sinceTag + read : read - last;
        return sinceTag <= WithoutTagMax ? read : throw endless();
    }
}
