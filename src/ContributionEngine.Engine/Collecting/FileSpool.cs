using System.Security.Cryptography;

namespace ContributionEngine.Engine;

/// <summary>A private copy of bytes on disk: written once with its SHA-256, opened as often as needed, gone when disposed.</summary>
public sealed class FileSpool : IAsyncDisposable
{
    private readonly string path;

    private FileSpool(string path, string sha256, long bytes) => (this.path, Sha256, Bytes) = (path, sha256, bytes);

    /// <summary>Lower-case hex.</summary>
    public string Sha256 { get; }

    public long Bytes { get; }

    /// <summary>Copies a source; at most <paramref name="bytesMax"/>, of which one more is kept so that the limit shows.</summary>
    public static async Task<FileSpool> Copy(Stream source, long bytesMax, CancellationToken stop)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            var (sha256, bytes) = await Write(source, path, bytesMax, stop);
            return new FileSpool(path, sha256, bytes);
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    public Stream Open() => new FileStream(path, new FileStreamOptions { Mode = FileMode.Open, Access = FileAccess.Read, Share = FileShare.Read, BufferSize = 1 << 16 });

    public ValueTask DisposeAsync()
    {
        File.Delete(path);
        return ValueTask.CompletedTask;
    }

    private static async Task<(string Sha256, long Bytes)> Write(Stream source, string path, long bytesMax, CancellationToken stop)
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 16];
        long bytes = 0;
        await using var copy = new FileStream(path, Private(FileMode.CreateNew, FileAccess.Write));
        int read;
        while (bytes <= bytesMax && (read = await source.ReadAsync(buffer, stop)) > 0)
        {
            sha.AppendData(buffer, 0, read);
            await copy.WriteAsync(buffer.AsMemory(0, read), stop);
            bytes += read;
        }

        return (Convert.ToHexStringLower(sha.GetHashAndReset()), bytes);
    }

    private static FileStreamOptions Private(FileMode mode, FileAccess access)
    {
        var options = new FileStreamOptions { Mode = mode, Access = access, Share = FileShare.None };
        // Members' names and amounts pass through here: nobody else on the machine may read them.
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }
}
