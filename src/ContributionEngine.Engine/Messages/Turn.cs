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
/// <param name="messageId">Under which the outbox knows the message.</param>
/// <param name="settle">Takes the message out of the outbox, and is false when another has handled it.</param>
public sealed class Turn(Database database, Actor actor, long messageId, Func<Work, Task<bool>> settle)
{
    public Database Database => database;

    public Actor Actor => actor;

    /// <summary>The last transaction of the message. A message that was handled before does nothing here.</summary>
    public Task Once(Func<Work, Task> unit, CancellationToken stop) => database.Write(actor, async work =>
    {
        if (await settle(work)) await unit(Mine(work));
    }, stop);

    /// <summary>A transaction before the last one; the state that it leaves tells a repeat where to go on.</summary>
    public Task<T> Write<T>(Func<Work, Task<T>> unit, CancellationToken stop) => database.Write(actor, work => unit(Mine(work)), stop);

    public Task Write(Func<Work, Task> unit, CancellationToken stop) => database.Write(actor, work => unit(Mine(work)), stop);

    public Task<T> Read<T>(Func<Work, Task<T>> unit, CancellationToken stop) => database.Read(actor, unit, stop);

    /// <summary>Under which name a message leases: its own where many processes write, so that two messages on one agreement do not share a lease.</summary>
    public static string Lessee(Database database, long messageId) => database.Dialect.HasOneWriter ? database.Owner : $"{database.Owner} message {messageId}";

    private Work Mine(Work work) => work with { Handling = messageId, Lessee = Lessee(database, messageId) };
}
