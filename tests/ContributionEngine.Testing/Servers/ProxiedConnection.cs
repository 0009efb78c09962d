using System.Net;
using System.Net.Sockets;

namespace ContributionEngine.Testing;

/// <summary>One client's connection through a <see cref="TcpProxy"/>.</summary>
internal sealed class ProxiedConnection : IDisposable
{
    private const int PieceBytes = 16 * 1024;

    private readonly TcpProxy proxy;
    private readonly Socket client;
    private readonly Socket server = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationToken end;
    private readonly Lock turn = new();
    private volatile bool isLossy;
    private bool isOver;

    public ProxiedConnection(TcpProxy proxy, Socket client, IPEndPoint target, CancellationToken end)
    {
        (this.proxy, this.client, this.end) = (proxy, client, end);
        Carrying = Carry(target);
    }

    /// <summary>Ends with the connection.</summary>
    public Task Carrying { get; }

    /// <summary>Ends both sides by RST.</summary>
    public void Reset()
    {
        lock (turn)
        {
            if (isOver) return;
            client.LingerState = server.LingerState = new LingerOption(true, 0);
            Dispose();
        }
    }

    public void ResetWhenLossy()
    {
        if (isLossy) Reset();
    }

    public void Dispose()
    {
        lock (turn)
        {
            isOver = true;
            client.Dispose();
            server.Dispose();
        }
    }

    private async Task Carry(IPEndPoint target)
    {
        try
        {
            client.NoDelay = server.NoDelay = true;
            await Fair(Ways.ToServer);
            await server.ConnectAsync(target, end);
            await Task.WhenAll(Pump(client, server, Ways.ToServer), Pump(server, client, Ways.ToClient));
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            Reset();
        }

        Dispose();
    }

    // That a side breaks off is news for the other, and goes by the weather as bytes do.
    private async Task Pump(Socket from, Socket to, Ways way)
    {
        var piece = new byte[PieceBytes];
        var news = way;
        try
        {
            while (await from.ReceiveAsync(piece, end) is var count and > 0)
            {
                if (await IsLost(count, way)) continue;
                news = Ways.Both ^ way;
                // Counted before: whoever hears them may ask at once how many came through.
                proxy.Count(way, count);
                await to.SendAsync(piece.AsMemory(0, count), end);
                news = way;
            }

            if (!await IsLost(0, way)) to.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException)
        {
            if (!await IsLost(0, news)) Reset();
        }
    }

    private async Task<bool> IsLost(int bytes, Ways way)
    {
        var weather = await Fair(way);
        await Task.Delay(weather.Delay, end);
        if (!weather.Loses(way)) return false;
        isLossy = true;
        proxy.CountLost(bytes);
        return true;
    }

    // The weather in which something may go this way, or be lost on it.
    private async Task<Weather> Fair(Ways way)
    {
        var weather = proxy.Weather;
        while (weather.Holds(way))
        {
            await weather.Over.WaitAsync(end);
            weather = proxy.Weather;
        }

        return weather;
    }

    private static bool IsEnd(Exception fault) => fault is SocketException or ObjectDisposedException or OperationCanceledException;
}
