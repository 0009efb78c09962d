using Microsoft.Win32.SafeHandles;

namespace ContributionEngine.Files;

/// <summary>A file without a name: nobody else can open it, and it is gone when it is let go of, however the program ends.</summary>
internal sealed class TemporaryFile : IDisposable
{
    private const int BufferBytes = 1 << 16;
    private readonly FileStream held;

    public TemporaryFile()
    {
        held = new FileStream(Path.Combine(Path.GetTempPath(), Path.GetRandomFileName()), new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite | FileShare.Delete, BufferSize = BufferBytes,
        });
        File.Delete(held.Name);
    }

    /// <summary>Where it is written.</summary>
    public Stream Target => held;

    /// <summary>What was written, from its start.</summary>
    public Stream Open()
    {
        held.Flush();
        return new FileStream(new SafeFileHandle(held.SafeFileHandle.DangerousGetHandle(), ownsHandle: false), FileAccess.Read, BufferBytes) { Position = 0 };
    }

    public void Dispose() => held.Dispose();
}
