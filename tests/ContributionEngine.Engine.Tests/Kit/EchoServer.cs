using System.Net;
using System.Net.Sockets;

namespace ContributionEngine.Engine.Tests;

/// <summary>A server that says what it hears, and keeps count of it.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource end = new();
    private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task serving;
    private long heard;

    public EchoServer()
    {
        listener.Start();
        serving = Serve();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public long BytesHeard => Interlocked.Read(ref heard);

    /// <summary>Ends when the first client has gone.</summary>
    public Task Left => left.Task;

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await serving;
        listener.Dispose();
        end.Dispose();
    }

    private async Task Serve()
    {
        var talks = new List<Task>();
        try
        {
            while (true) talks.Add(Talk(await listener.AcceptSocketAsync(end.Token)));
        }
        catch (OperationCanceledException)
        {
            await Task.WhenAll(talks);
        }
    }

    private async Task Talk(Socket client)
    {
        using var talk = client;
        var piece = new byte[1024];
        try
        {
            while (await talk.ReceiveAsync(piece, end.Token) is var count and > 0)
            {
                Interlocked.Add(ref heard, count);
                await talk.SendAsync(piece.AsMemory(0, count), end.Token);
            }
        }
        catch (Exception fault) when (fault is SocketException or OperationCanceledException)
        {
            talk.Close();
        }

        left.TrySetResult();
    }
}
