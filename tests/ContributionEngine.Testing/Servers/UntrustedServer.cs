using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace ContributionEngine.Testing;

/// <summary>A server on loopback whose TLS certificate nobody has signed but itself.</summary>
public sealed class UntrustedServer : IAsyncDisposable
{
    private const int PostgreSqlRequest = 8;

    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2 certificate = Certificates.Make("nobody.example");
    private readonly CancellationTokenSource stop = new();
    private readonly Task serving;

    /// <param name="asPostgreSql">It is first asked, in eight bytes, whether it speaks TLS, and says that it does.</param>
    public UntrustedServer(bool asPostgreSql)
    {
        listener.Start();
        serving = Serve(asPostgreSql);
    }

    /// <summary>Clients that would not have it.</summary>
    public int TurnedAway { get; private set; }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        listener.Stop();
        await serving.ContinueWith(_ => { }, TaskScheduler.Default);
        certificate.Dispose();
        stop.Dispose();
    }

    private async Task Serve(bool asPostgreSql)
    {
        while (true)
        {
            using var client = await listener.AcceptTcpClientAsync(stop.Token);
            var stream = client.GetStream();
            if (asPostgreSql)
            {
                await stream.ReadExactlyAsync(new byte[PostgreSqlRequest], stop.Token);
                await stream.WriteAsync("S"u8.ToArray(), stop.Token);
            }

            await using var tls = new SslStream(stream);
            try
            {
                await tls.AuthenticateAsServerAsync(certificate);
                await tls.ReadExactlyAsync(new byte[1], stop.Token);
            }
            catch (Exception refused) when (refused is AuthenticationException or IOException)
            {
                TurnedAway++;
            }
        }
    }
}
