using System.Text.Json;
using ContributionEngine.Engine;
using MassTransit;

namespace ContributionEngine.Messaging;

/// <summary>One row of the message map: a contract, its queue, and the use case that reads it.</summary>
/// <param name="Queue">Named for the use case.</param>
/// <param name="Contract">The message type.</param>
/// <param name="UseCase">Name of the use case.</param>
/// <param name="Run">Reads the JSON body and runs the use case.</param>
/// <param name="By">The acting user that a body names.</param>
/// <param name="Attach">Lets a broker's endpoint run the use case for what arrives on the queue.</param>
public sealed record Route(
    string Queue, Type Contract, string UseCase, Func<string, Turn, CancellationToken, Task> Run, Func<string, string> By, Action<IReceiveEndpointConfigurator, TurnOf> Attach)
{
    public static Route On<TMessage, TUseCase>(TUseCase useCase) where TMessage : class, IMessage where TUseCase : IUseCase<TMessage> => new(
        TMessage.Queue,
        typeof(TMessage),
        typeof(TUseCase).Name,
        (body, turn, stop) => useCase.Run(Read<TMessage>(body), turn, stop),
        body => Read<TMessage>(body).By,
        (endpoint, turnOf) => endpoint.Handler<TMessage>(context => useCase.Run(context.Message, turnOf(TMessage.Queue, context.Message.By, context), context.CancellationToken)));

    private static TMessage Read<TMessage>(string body) =>
        JsonSerializer.Deserialize<TMessage>(body) ?? throw new InvalidOperationException($"A body of {typeof(TMessage).Name} holds null.");
}

/// <summary>The turn in which a message from a broker is handled.</summary>
/// <param name="queue">Where it arrived; the inbox keeps it under this name.</param>
/// <param name="by">The acting user that it names.</param>
/// <param name="message">What arrived, with its headers.</param>
public delegate Turn TurnOf(string queue, string by, MessageContext message);
