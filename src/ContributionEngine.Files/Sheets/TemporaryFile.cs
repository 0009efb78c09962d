namespace ContributionEngine.Files;

/// <summary>A file of our own that nobody else sees and that goes when it is no longer held.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private readonly FileStream held = new(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
    {
        Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, Options = FileOptions.DeleteOnClose, BufferSize = 1 << 16,
    });

    /// <summary>Where it is written; what was written is there for <see cref="Open"/> after a flush.</summary>
    public Stream Target => held;

    public Stream Open() => new FileStream(held.Name, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = 1 << 16 });

    public void Dispose() => held.Dispose();
}
