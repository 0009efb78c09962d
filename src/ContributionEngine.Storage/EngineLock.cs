using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>
/// The one writer of a SQLite file. The operating system lets go of it when the process ends, however it ends; the file's
/// text names the holder for whoever waits.
/// </summary>
public sealed class EngineLock : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly FileStream held;

    private EngineLock(FileStream held) => this.held = held;

    /// <summary>The lock, after waiting at most ten seconds, or a refusal with code <c>database_in_use</c> naming the holder.</summary>
    public static async Task<Outcome<EngineLock>> Take(string databasePath, TimeProvider clock, CancellationToken stop)
    {
        var path = databasePath + ".lock";
        var until = clock.GetTimestamp() + (long)(Patience.TotalSeconds * clock.TimestampFrequency);
        while (true)
        {
            if (TryTake(path) is { } taken) return taken;
            if (clock.GetTimestamp() >= until) break;
            await Task.Delay(Pause, clock, stop);
        }

        return Refusal.Conflict("database_in_use", $"{databasePath} is being written by {Holder(path)}.") with
        {
            Help = "Wait until it has ended, then run the command again.",
        };
    }

    public void Dispose() => held.Dispose();

    private static EngineLock? TryTake(string path)
    {
        FileStream? stream = null;
        try
        {
            // Readers may look at the holder's name; FileShare.Read still keeps a second writer out.
            stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read);
            stream.SetLength(0);
            stream.Write(System.Text.Encoding.UTF8.GetBytes($"process {Environment.ProcessId} on {Environment.MachineName}"));
            stream.Flush();
            return new EngineLock(stream);
        }
        catch (IOException)
        {
            stream?.Dispose();
            return null;
        }
    }

    private static string Holder(string path)
    {
        try
        {
            using var reader = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            return reader.ReadToEnd() is { Length: > 0 } name ? name : "another process";
        }
        catch (IOException)
        {
            return "another process";
        }
    }
}
