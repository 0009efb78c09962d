namespace ContributionEngine.Testing;

/// <summary>An empty virtual host of its own name on a broker, so that tests share no queue; gone with all its queues when disposed.</summary>
public sealed class TestVirtualHost : IAsyncDisposable
{
    private readonly string control;

    private TestVirtualHost(string server, string control)
    {
        this.control = control;
        Address = new UriBuilder(server) { Path = Name }.Uri.ToString();
    }

    public string Name { get; } = $"engine_{Guid.NewGuid():n}";

    /// <summary>amqp address of the virtual host.</summary>
    public string Address { get; }

    /// <summary>Creates one on the broker of this test run; without a broker the test is ignored.</summary>
    public static Task<TestVirtualHost> Create() => On(RabbitMqServer.Needed(), RabbitMqServer.Control!);

    /// <param name="server">amqp address of the user who is to have it.</param>
    /// <param name="control">The command line that runs rabbitmqctl on that broker.</param>
    internal static async Task<TestVirtualHost> On(string server, string control)
    {
        var host = new TestVirtualHost(server, control);
        var user = Uri.UnescapeDataString(new Uri(server).UserInfo.Split(':')[0]);
        await ServersScript.RunLine($"{control} -q add_vhost {host.Name} && {control} -q set_permissions -p {host.Name} {user} '.*' '.*' '.*'");
        return host;
    }

    public async ValueTask DisposeAsync() => await ServersScript.RunLine($"{control} -q delete_vhost {Name}");
}
