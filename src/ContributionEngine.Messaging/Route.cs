using System.Text.Json;
using ContributionEngine.Engine;
using MassTransit;

namespace ContributionEngine.Messaging;

/// <summary>One row of the message map: a contract, its queue, and the use case that reads it.</summary>
/// <param name="Role">The role of the process that reads the queue: worker, or gateway for what speaks to the fund.</param>
/// <param name="Queue">Named for the use case.</param>
/// <param name="Contract">The message type.</param>
/// <param name="UseCase">Name of the use case.</param>
/// <param name="Run">Reads the JSON body and runs the use case.</param>
/// <param name="By">The acting user that a body names.</param>
/// <param name="Attach">Lets an endpoint of a bus read the contract and hand over what arrives.</param>
public sealed record Route(
    string Role, string Queue, Type Contract, string UseCase, Func<string, Turn, CancellationToken, Task> Run, Func<string, string> By, Action<IReceiveEndpointConfigurator, Func<MessageContext, Task>> Attach)
{
    public static Route On<TMessage, TUseCase>(string role, TUseCase useCase) where TMessage : class, IMessage where TUseCase : IUseCase<TMessage> => new(
        role,
        TMessage.Queue,
        typeof(TMessage),
        typeof(TUseCase).Name,
        (body, turn, stop) => useCase.Run(Read<TMessage>(body), turn, stop),
        body => Read<TMessage>(body).By,
        (endpoint, handle) => endpoint.Handler<TMessage>(context => handle(context)));

    private static TMessage Read<TMessage>(string body) =>
        JsonSerializer.Deserialize<TMessage>(body) ?? throw new InvalidOperationException($"A body of {typeof(TMessage).Name} holds null.");
}
