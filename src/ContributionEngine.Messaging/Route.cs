using System.Text.Json;
using ContributionEngine.Engine;

namespace ContributionEngine.Messaging;

/// <summary>One row of the message map: a contract, its queue, and the use case that reads it.</summary>
/// <param name="Queue">Named for the use case.</param>
/// <param name="Contract">The message type.</param>
/// <param name="UseCase">Name of the use case.</param>
/// <param name="Run">Reads the JSON body and runs the use case.</param>
/// <param name="By">The acting user that a body names.</param>
public sealed record Route(
    string Queue, Type Contract, string UseCase, Func<string, Turn, CancellationToken, Task> Run, Func<string, string> By)
{
    public static Route On<TMessage, TUseCase>(TUseCase useCase) where TMessage : IMessage where TUseCase : IUseCase<TMessage> => new(
        TMessage.Queue,
        typeof(TMessage),
        typeof(TUseCase).Name,
        (body, turn, stop) => useCase.Run(Read<TMessage>(body), turn, stop),
        body => Read<TMessage>(body).By);

    private static TMessage Read<TMessage>(string body) =>
        JsonSerializer.Deserialize<TMessage>(body) ?? throw new InvalidOperationException($"A body of {typeof(TMessage).Name} holds null.");
}
