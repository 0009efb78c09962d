using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary>
/// Where <c>--errors-out</c> goes: opened before anything is written anywhere, so that a folder that is not there stops the
/// command while nothing is posted.
/// </summary>
internal sealed class ErrorsTarget : IAsyncDisposable
{
    private readonly FileStream? file;

    private ErrorsTarget(FileStream? file) => this.file = file;

    public static ErrorsTarget Open(string? path) => new(path is null ? null : new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite));

    public async Task Write(Run run, UploadRequest request, UploadReport report, CancellationToken stop)
    {
        if (file is null) return;
        file.SetLength(0);
        var written = await new ErrorsFile(run.Session.Database).Write(run.Session.Actor, request, report, (file, file.Name.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase), stop));
        if (written.Ok(out var rows, out _)) Console.Error.WriteLine($"{rows} rows to fix: {file.Name}");
    }

    /// <summary>A file that nothing was written to is not left behind.</summary>
    public async ValueTask DisposeAsync()
    {
        if (file is null) return;
        var isEmpty = file.Length == 0;
        await file.DisposeAsync();
        if (isEmpty) File.Delete(file.Name);
    }
}
