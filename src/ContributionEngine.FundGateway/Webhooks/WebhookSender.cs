using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Polly;
using Polly.CircuitBreaker;

namespace ContributionEngine.FundGateway;

/// <summary>
/// Sends events to receivers. It connects to the very address that it has looked at, so that a name that leads inside our own network
/// by the second question reaches nothing; it follows no redirects and uses no proxy.
/// </summary>
public sealed class WebhookSender : IDisposable
{
    /// <summary>So much of an answer is read, in bytes.</summary>
    public const int AnswerBytesMax = 16 << 10;

    /// <summary>So many attempts in a row that fail, and a receiver is left alone for a while, so that it does not hold up the others.</summary>
    public const int CircuitFailures = 3;

    private static readonly TimeSpan CircuitWindow = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan CircuitRest = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ConnectWithin = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan KeepConnection = TimeSpan.FromMinutes(2);

    private readonly ConcurrentDictionary<string, ResiliencePipeline<WebhookAnswer>> lines = new(StringComparer.Ordinal);
    private readonly Func<string, CancellationToken, Task<IPAddress[]>> resolve;
    private readonly TimeProvider clock;
    private readonly HttpClient client;
    private readonly bool mayBeLocal;

    /// <param name="mayBeLocal">Also addresses of our own network and plain http.</param>
    /// <param name="resolve">Finds the addresses of a host; null: as the machine does.</param>
    public WebhookSender(bool mayBeLocal, TimeProvider? clock = null, Func<string, CancellationToken, Task<IPAddress[]>>? resolve = null)
    {
        (this.mayBeLocal, this.clock, this.resolve) = (mayBeLocal, clock ?? TimeProvider.System, resolve ?? Dns.GetHostAddressesAsync);
        client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = ConnectWithin, PooledConnectionLifetime = KeepConnection, ConnectCallback = Connect,
        }) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>One attempt. What goes wrong outside is said in the answer.</summary>
    public async Task<WebhookAnswer> Send(WebhookCall call, CancellationToken stop)
    {
        if (!WebhookAddress.Read(call.Url.AbsoluteUri, mayBeLocal).Ok(out _, out var refusal)) return new WebhookAnswer(null, new Remark($"refusal.{refusal.Code}", refusal.Detail));
        try
        {
            return await lines.GetOrAdd(call.Url.Authority, _ => Line()).ExecuteAsync(async token => await Once(call, token), stop);
        }
        catch (BrokenCircuitException)
        {
            return new WebhookAnswer(null, "left_alone", $"{call.Url.Host:host} has been failing and is left alone for a while") { LeftAlone = CircuitRest };
        }
    }

    public void Dispose() => client.Dispose();

    private ResiliencePipeline<WebhookAnswer> Line() => new ResiliencePipelineBuilder<WebhookAnswer> { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<WebhookAnswer>
        {
            FailureRatio = 1,
            MinimumThroughput = CircuitFailures,
            SamplingDuration = CircuitWindow,
            BreakDuration = CircuitRest,
            ShouldHandle = ended => ValueTask.FromResult(ended.Outcome.Result is { IsTaken: false, IsGone: false }),
        })
        .Build();

    private async Task<WebhookAnswer> Once(WebhookCall call, CancellationToken stop)
    {
        using var time = new CancellationTokenSource(WebhookRetries.AnswerWithin);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, time.Token);
        try
        {
            using var message = Message(call);
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, both.Token);
            await using var body = await response.Content.ReadAsStreamAsync(both.Token);
            var said = await Bounded.Read(body, AnswerBytesMax, both.Token);
            var status = (int)response.StatusCode;
            return said is null ? new WebhookAnswer(status, "too_long", $"more than {AnswerBytesMax:bytes} bytes") : new WebhookAnswer(status, FundText.Of(Encoding.UTF8.GetString(said)));
        }
        catch (OperationCanceledException) when (time.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            return new WebhookAnswer(null, "timed_out", $"no answer within {$"{WebhookRetries.AnswerWithin.TotalSeconds}":seconds} seconds");
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException or SocketException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            var inner = trouble.InnerException ?? trouble;
            return inner is NotPublicException astray ? new WebhookAnswer(null, "not_public", $"{astray.Host:host} leads to no public address") : new WebhookAnswer(null, "not_reached", $"{FundText.Of(inner.Message):text}");
        }
    }

    private static HttpRequestMessage Message(WebhookCall call)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, call.Url) { Content = new StringContent(call.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        message.Headers.Add(WebhookSignature.IdHeader, call.MessageId);
        message.Headers.Add(WebhookSignature.TimeHeader, call.Time);
        message.Headers.Add(WebhookSignature.SignatureHeader, call.Signature);
        message.Headers.UserAgent.Add(new ProductInfoHeaderValue("contribution-engine", null));
        return message;
    }

    private async ValueTask<Stream> Connect(SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var host = context.DnsEndPoint.Host.Trim('[', ']');
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await resolve(host, stop);
        // One address of our own among others may be what was aimed at.
        if (addresses.Length == 0 || (!mayBeLocal && !addresses.All(WebhookAddress.IsPublic))) throw new NotPublicException(host);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch (Exception)
        {
            socket.Dispose();
            throw;
        }
    }

    // It leaves through the client, and is said by whoever called that.
    private sealed class NotPublicException(string host) : HttpRequestException
    {
        public string Host => host;
    }
}
