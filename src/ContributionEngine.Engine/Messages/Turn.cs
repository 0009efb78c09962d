using ContributionEngine.Core;
using ContributionEngine.Storage;

namespace ContributionEngine.Engine;

/// <summary>What reads one contract. Each use case is run by messages, or by a command that writes one.</summary>
public interface IUseCase<in TMessage> where TMessage : IMessage
{
    Task Run(TMessage said, Turn turn, CancellationToken stop);
}

/// <summary>
/// One message being handled. A use case may write in several transactions; the last one goes through
/// <see cref="Once"/>, which also settles the message, so that effect and acknowledgement are one.
/// </summary>
/// <param name="messageId">Under which the inbox knows the message.</param>
/// <param name="settling">First notes the message in the inbox, and is false when it was handled before; Done settles it in the same transaction.</param>
public sealed class Turn(Database database, Actor actor, long messageId, (Func<Work, Task<bool>> First, Func<Work, Task> Done) settling)
{
    public Database Database => database;

    public Actor Actor => actor;

    /// <summary>The last transaction of the message. A message that was handled before does nothing here.</summary>
    public Task Once(Func<Work, Task> unit, CancellationToken stop) => database.Write(actor, async work =>
    {
        if (await settling.First(work)) await unit(work with { Handling = messageId });
        await settling.Done(work);
    }, stop);

    /// <summary>A transaction before the last one; the state that it leaves tells a repeat where to go on.</summary>
    public Task<T> Write<T>(Func<Work, Task<T>> unit, CancellationToken stop) => database.Write(actor, unit, stop);

    public Task<T> Read<T>(Func<Work, Task<T>> unit, CancellationToken stop) => database.Read(actor, unit, stop);
}
