using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Messaging;

/// <summary>Work that a command has said and that workers behind a broker do.</summary>
public static class RemoteWork
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    /// <summary>After so long without any progress nobody seems to work.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(60);

    private static readonly TimeSpan SaysSo = TimeSpan.FromSeconds(5);

    /// <summary>Waits until the messages about every agreement that this process has said something about are handled.</summary>
    /// <param name="say">Hears, once, that the wait is a long one.</param>
    /// <returns>How many messages failed and come again later, or are parked.</returns>
    /// <exception cref="WorkersSilentException">Nothing has moved for a minute.</exception>
    public static async Task<int> Done(Database database, Actor actor, Action<string> say, CancellationToken stop)
    {
        var about = database.SaidAbout;
        if (about.Count == 0) return 0;
        var (mark, since, said) = (-1L, database.Clock.GetTimestamp(), false);
        while (true)
        {
            var progress = await database.Read(actor, work => work.Outbox.Progress(about), stop);
            if (progress.Pending == 0) return (int)progress.Failed;
            if (progress.Mark != mark) (mark, since) = (progress.Mark, database.Clock.GetTimestamp());
            var silent = database.Clock.GetElapsedTime(since);
            if (silent > Silence) throw new WorkersSilentException(progress.Pending);
            if (silent > SaysSo && !said) say("waiting for the workers");
            said |= silent > SaysSo;
            await Task.Delay(Look, database.Clock, stop);
        }
    }
}

/// <summary>The work is kept, and no worker has taken it.</summary>
public sealed class WorkersSilentException(long pending) : Exception($"{pending} messages wait, and no worker has taken one for a minute. The work is kept and will be done.");
