using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>The proxy does to bytes what its faults promise, or the tests that lean on it prove nothing.</summary>
[Parallelizable(ParallelScope.All)]
[CancelAfter(30_000)]
public sealed class TcpProxyTests
{
    private static readonly byte[] Hello = "hello"u8.ToArray();

    [Test]
    public async Task A_new_proxy_lets_everything_pass_and_counts_it(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        await line.Say(Hello);
        Assert.That(await line.Hear(Hello.Length), Is.EqualTo(Hello));
        Assert.That((line.Proxy.BytesToServer, line.Proxy.BytesToClient, line.Proxy.BytesLost), Is.EqualTo((5L, 5L, 0L)));
    }

    [Test]
    public async Task The_end_that_a_client_says_reaches_the_server_and_comes_back(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        line.Client.Shutdown(SocketShutdown.Send);
        Assert.That(await line.Hear(1), Is.Empty);
    }

    [Test]
    public async Task A_black_hole_holds_back_what_is_sent_until_it_ends(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        line.Proxy.BlackHole();
        await line.Say(Hello);
        await line.Proxy.Struck.WaitAsync(end);
        Assert.That((line.Proxy.BytesToServer, line.Server.BytesHeard, line.Client.Available), Is.EqualTo((0L, 0L, 0)));
        line.Proxy.PassThrough();
        Assert.That(await line.Hear(Hello.Length), Is.EqualTo(Hello));
    }

    [Test]
    public async Task A_black_hole_towards_the_client_lets_the_server_hear(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        line.Proxy.BlackHole(Ways.ToClient);
        await line.Say(Hello);
        await line.Proxy.Struck.WaitAsync(end);
        Assert.That((line.Server.BytesHeard, line.Proxy.BytesToClient), Is.EqualTo((5L, 0L)));
        line.Proxy.PassThrough();
        Assert.That(await line.Hear(Hello.Length), Is.EqualTo(Hello));
    }

    [Test]
    public async Task A_black_hole_takes_a_new_connection_and_the_server_does_not_see_it(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        line.Proxy.BlackHole();
        using var other = await line.Another();
        await other.SendAsync(Hello, end);
        await line.Proxy.Struck.WaitAsync(end);
        Assert.That((other.Connected, line.Proxy.BytesToServer), Is.EqualTo((true, 0L)));
    }

    [Test]
    public async Task Not_even_the_death_of_a_client_gets_through_a_black_hole(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        await line.Say(Hello);
        await line.Hear(Hello.Length);
        line.Proxy.BlackHole();
        line.Client.LingerState = new LingerOption(true, 0);
        line.Client.Dispose();
        await line.Proxy.Struck.WaitAsync(end);
        Assert.That(line.Server.Left.IsCompleted, Is.False);
        line.Proxy.PassThrough();
        Assert.That(() => line.Server.Left.WaitAsync(end), Throws.Nothing);
    }

    [Test]
    public async Task Lost_answers_were_asked_for_and_end_in_a_reset(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        line.Proxy.DropServerToClient();
        await line.Say(Hello);
        await line.Proxy.Struck.WaitAsync(end);
        Assert.That((line.Server.BytesHeard, line.Proxy.BytesToClient), Is.EqualTo((5L, 0L)));
        line.Proxy.PassThrough();
        Assert.That(await line.Fault(), Is.EqualTo(SocketError.ConnectionReset));
        Assert.That(line.Proxy.BytesLost, Is.EqualTo(5));
    }

    [Test]
    public async Task A_reset_breaks_the_open_connection_and_the_next_one_works(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        await line.Say(Hello);
        await line.Hear(Hello.Length);
        line.Proxy.Reset();
        Assert.That(await line.Fault(), Is.EqualTo(SocketError.ConnectionReset));
        using var next = await line.Another();
        await next.SendAsync(Hello, end);
        Assert.That(await next.ReceiveAsync(new byte[Hello.Length], end), Is.EqualTo(Hello.Length));
    }

    [Test]
    public async Task A_refusing_proxy_keeps_its_open_connections_and_takes_new_ones_afterwards(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        await line.Say(Hello);
        await line.Hear(Hello.Length);
        line.Proxy.Refuse();
        var refused = Assert.ThrowsAsync<SocketException>(() => line.Another());
        await line.Say(Hello);
        Assert.That((refused!.SocketErrorCode, (await line.Hear(Hello.Length)).Length), Is.EqualTo((SocketError.ConnectionRefused, 5)));
        line.Proxy.PassThrough();
        using var next = await line.Another();
        await next.SendAsync(Hello, end);
        Assert.That(await next.ReceiveAsync(new byte[Hello.Length], end), Is.EqualTo(Hello.Length));
    }

    [Test]
    public async Task Latency_delays_the_way_there_and_the_way_back(CancellationToken end)
    {
        var delay = TimeSpan.FromMilliseconds(100);
        await using var line = await Line.Open(end);
        await line.Say(Hello);
        await line.Hear(Hello.Length);
        line.Proxy.Latency(delay);
        var begun = Stopwatch.GetTimestamp();
        await line.Say(Hello);
        Assert.That(await line.Hear(Hello.Length), Is.EqualTo(Hello));
        Assert.That(Stopwatch.GetElapsedTime(begun), Is.GreaterThanOrEqualTo(1.9 * delay));
    }

    [Test]
    public async Task Much_passes_unchanged_through_changing_weather(CancellationToken end)
    {
        await using var line = await Line.Open(end);
        var much = new byte[4 * 1024 * 1024];
        new Random(7).NextBytes(much);
        var hearing = line.Hear(much.Length);
        var saying = line.Say(much);
        while (!hearing.IsCompleted)
        {
            line.Proxy.BlackHole((Ways)(1 + (line.Proxy.BytesToServer % 3)));
            await Task.WhenAny(hearing, line.Proxy.Struck.WaitAsync(end));
            line.Proxy.PassThrough();
            await Task.WhenAny(hearing, Task.Delay(1, end));
        }

        await saying;
        Assert.That((await hearing).AsSpan().SequenceEqual(much), Is.True);
    }

    /// <summary>A client, the proxy and the server behind it.</summary>
    private sealed class Line(CancellationToken end) : IAsyncDisposable
    {
        private TcpProxy? proxy;
        private Socket? client;

        public EchoServer Server { get; } = new();

        public TcpProxy Proxy => proxy ??= TcpProxy.To(Server.Port);

        public Socket Client => client!;

        public static async Task<Line> Open(CancellationToken end)
        {
            var line = new Line(end);
            line.client = await line.Another();
            return line;
        }

        public async Task<Socket> Another()
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, Proxy.Port, end);
            return socket;
        }

        public async Task Say(byte[] words) => await Client.SendAsync(words, end);

        /// <summary>So many bytes, or fewer when the end comes first.</summary>
        public async Task<byte[]> Hear(int bytes)
        {
            var words = new byte[bytes];
            var count = 0;
            while (count < bytes && await Client.ReceiveAsync(words.AsMemory(count), end) is var more and > 0) count += more;
            return words[..count];
        }

        public async Task<SocketError> Fault()
        {
            try
            {
                await Client.ReceiveAsync(new byte[1], end);
                return SocketError.Success;
            }
            catch (SocketException fault)
            {
                return fault.SocketErrorCode;
            }
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Proxy.DisposeAsync();
            await Server.DisposeAsync();
        }
    }
}
