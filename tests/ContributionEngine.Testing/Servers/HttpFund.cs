using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging;

namespace ContributionEngine.Testing;

/// <summary>A request as a fund heard it.</summary>
public sealed record Heard(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body, string? Certificate)
{
    public override string ToString() => $"{Method} {Path}";
}

/// <summary>A fund over HTTP on loopback that answers as a test says, and keeps what it heard.</summary>
public sealed class HttpFund : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly List<Heard> heard = [];

    private HttpFund(WebApplication server) => this.server = server;

    /// <summary>Its address without a slash at the end.</summary>
    public string Url => server.Urls.First().TrimEnd('/');

    /// <summary>What it heard, in that order.</summary>
    public IReadOnlyList<Heard> Heard
    {
        get
        {
            lock (heard) return [.. heard];
        }
    }

    /// <param name="answer">Answers a request whose body has been read.</param>
    /// <param name="shown">The certificate that it shows over https, and asks a client's for; null: http.</param>
    public static async Task<HttpFund> Start(Func<Heard, HttpContext, Task> answer, X509Certificate2? shown = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(System.Net.IPAddress.Loopback, 0, listening =>
        {
            if (shown is not null) listening.UseHttps(new HttpsConnectionAdapterOptions { ServerCertificate = shown, ClientCertificateMode = ClientCertificateMode.AllowCertificate, ClientCertificateValidation = (_, _, _) => true });
        }));
        var fund = new HttpFund(builder.Build());
        fund.server.Run(async context =>
        {
            var request = await Read(context);
            lock (fund.heard) fund.heard.Add(request);
            await answer(request, context);
        });
        await fund.server.StartAsync();
        return fund;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private static async Task<Heard> Read(HttpContext context)
    {
        using var reader = new StreamReader(context.Request.Body);
        var headers = context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
        return new Heard(context.Request.Method, context.Request.Path, headers, await reader.ReadToEndAsync(), context.Connection.ClientCertificate?.Subject);
    }
}
