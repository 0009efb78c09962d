namespace ContributionEngine.Testing;

/// <summary>A RabbitMQ node of one test.</summary>
public sealed class OwnRabbitMq : OwnServer
{
    private const string Kind = "rabbitmq";

    private OwnRabbitMq(string folder, string printed)
        : base(folder, Kind) => Address = ServersScript.Exported(printed, RabbitMqServer.Variable);

    /// <summary>amqp address of its default virtual host and a user who may do anything there.</summary>
    public string Address { get; }

    public static Task<OwnRabbitMq> Create() => Made(Kind, (folder, printed) => new OwnRabbitMq(folder, printed));
}
