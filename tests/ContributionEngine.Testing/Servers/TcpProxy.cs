using System.Net;
using System.Net.Sockets;

namespace ContributionEngine.Testing;

/// <summary>A proxy on loopback between clients and a server that can be as bad as a network; a new one lets everything pass.</summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private readonly IPEndPoint server;
    private readonly CancellationTokenSource end = new();
    private readonly Lock turn = new();
    private readonly List<ProxiedConnection> connections = [];
    private readonly List<Task> doorkeepers = [];
    private Socket door;
    private bool isDoorOpen;
    private volatile Weather weather = new();
    private long toServer;
    private long toClient;
    private long lost;

    private TcpProxy(IPEndPoint server)
    {
        this.server = server;
        door = Bound(0);
        Port = ((IPEndPoint)door.LocalEndPoint!).Port;
    }

    /// <summary>Where clients find it on 127.0.0.1, for as long as it lives.</summary>
    public int Port { get; }

    /// <summary>Bytes that the server was given.</summary>
    public long BytesToServer => Interlocked.Read(ref toServer);

    /// <summary>Bytes that clients were given.</summary>
    public long BytesToClient => Interlocked.Read(ref toClient);

    /// <summary>Bytes that were thrown away.</summary>
    public long BytesLost => Interlocked.Read(ref lost);

    /// <summary>Ends when the fault that is on now has struck: something was held back or thrown away for the first time.</summary>
    public Task Struck => weather.Struck;

    internal Weather Weather => weather;

    /// <summary>Starts one in front of a server on 127.0.0.1.</summary>
    public static TcpProxy To(int port)
    {
        var proxy = new TcpProxy(new IPEndPoint(IPAddress.Loopback, port));
        proxy.PassThrough();
        return proxy;
    }

    /// <summary>Ends every fault. What was held goes on; a connection that has lost bytes is reset, for what follows would make no sense.</summary>
    public void PassThrough() => Become(new Weather());

    /// <summary>Takes connections and bytes and hands on nothing: no byte, no end, no reset.</summary>
    public void BlackHole(Ways ways = Ways.Both) => Become(new Weather(Held: ways));

    /// <summary>What clients send arrives; the answers are lost.</summary>
    public void DropServerToClient() => Become(new Weather(Lost: Ways.ToClient));

    /// <summary>Each piece goes on so much later.</summary>
    public void Latency(TimeSpan delay) => Become(new Weather(Delay: delay));

    /// <summary>New connections are refused; those that are open go on.</summary>
    public void Refuse() => Become(new Weather(), isOpen: false);

    /// <summary>Ends every open connection at both sides by a reset (RST); new ones are taken as before.</summary>
    public void Reset()
    {
        lock (turn) connections.ForEach(connection => connection.Reset());
    }

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await Task.WhenAll(doorkeepers);
        await Task.WhenAll(connections.Select(connection => connection.Carrying));
        door.Dispose();
        end.Dispose();
    }

    internal void Count(Ways way, int bytes) => Interlocked.Add(ref way == Ways.ToServer ? ref toServer : ref toClient, bytes);

    internal void CountLost(int bytes) => Interlocked.Add(ref lost, bytes);

    private void Become(Weather next, bool isOpen = true)
    {
        lock (turn)
        {
            var before = weather;
            weather = next;
            if (next.Lost == Ways.None) connections.ForEach(connection => connection.ResetWhenLossy());
            before.End();
            if (isOpen != isDoorOpen) Turn(isOpen);
            isDoorOpen = isOpen;
        }
    }

    private void Turn(bool isOpen)
    {
        if (isOpen)
        {
            door.Listen();
            doorkeepers.Add(Keep(door));
            return;
        }

        door.Dispose();
        door = Bound(Port);
    }

    private async Task Keep(Socket at)
    {
        while (await Arrival(at) is { } client)
        {
            lock (turn) connections.Add(new ProxiedConnection(this, client, server, end.Token));
        }
    }

    // Nobody arrives any more at a door that is closed.
    private async Task<Socket?> Arrival(Socket at)
    {
        try
        {
            return await at.AcceptAsync(end.Token);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            return null;
        }
    }

    // Bound without listening, a port refuses and nobody else can have it.
    private static Socket Bound(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
        return socket;
    }
}
