using ContributionEngine.Core;

namespace ContributionEngine.Storage;

/// <summary>
/// The one writer of a SQLite file. The operating system lets go of it when the process ends, however it ends; a note beside
/// it names the holder for whoever waits.
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
        var began = clock.GetTimestamp();
        while (true)
        {
            if (TryTake(databasePath) is { } taken) return taken;
            if (clock.GetElapsedTime(began) >= Patience) break;
            await Task.Delay(Pause, clock, stop);
        }

        return Refusal.Conflict("database_in_use", $"{databasePath} is being written by {Holder(databasePath)}.") with
        {
            Help = "Wait until it has ended, then run the command again.",
        };
    }

    public void Dispose() => held.Dispose();

    // Outside Windows only FileShare.None is an exclusive lock; every other sharing lets a second writer in.
    private static EngineLock? TryTake(string databasePath)
    {
        FileStream held;
        try
        {
            held = new FileStream(databasePath + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(databasePath + ".lock"))
        {
            return null;
        }

        File.WriteAllText(NoteOf(databasePath), $"process {Environment.ProcessId} on {Environment.MachineName}");
        return new EngineLock(held);
    }

    private static string Holder(string databasePath) => File.Exists(NoteOf(databasePath)) ? File.ReadAllText(NoteOf(databasePath)) : "another process";

    private static string NoteOf(string databasePath) => databasePath + ".lock.holder";
}
