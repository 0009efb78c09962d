using System.Collections.Concurrent;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>Where a fund takes one remittance, says what became of it, and gives its answers.</summary>
internal sealed record HttpPlaces(Uri Deliver, Uri? Status, Uri? Answers)
{
    /// <summary>What the circuit is about, without user, path or query.</summary>
    public string Address => Deliver.GetLeftPart(UriPartial.Authority);
}

/// <summary>Speaks HTTP to funds: hands over, asks, and looks for answers.</summary>
internal sealed class HttpExchange(FundCalls calls) : IDisposable
{
    private readonly ConcurrentDictionary<string, HttpClient> clients = new(StringComparer.Ordinal);
    private readonly HttpTokens tokens = new(calls.Numbers, calls.Clock);

    public async Task<Handover> Deliver(HttpPlaces places, SealedRemittance remittance, CancellationToken stop)
    {
        if (!CallerFor(remittance.Channel).Ok(out var caller, out var refusal)) return Denied(refusal);
        await using var sized = remittance.Open();
        return await calls.Try(places.Address, sized.Length, async token => await Answered(caller, () => Declaration(places.Deliver, remittance), token) switch
        {
            { Reply: { } reply } => HttpVerdict.OfDelivery(reply, calls.Numbers),
            { Trouble: var trouble } => trouble!,
        }, stop);
    }

    public async Task<Handover> Ask(HttpPlaces places, SealedRemittance remittance, CancellationToken stop)
    {
        if (!CallerFor(remittance.Channel).Ok(out var caller, out var refusal)) return Denied(refusal);
        return await calls.Try(places.Address, 0, async token => await Answered(caller, () => new HttpRequestMessage(HttpMethod.Get, places.Status), token) switch
        {
            { Reply: { } reply } => HttpVerdict.OfAsking(reply, (remittance.Reference, remittance.Sha256), calls.Numbers),
            { Trouble: var trouble } => trouble!,
        }, stop);
    }

    public async Task<IReadOnlyList<PickedAnswer>> Answers(HttpPlaces places, SealedRemittance remittance, CancellationToken stop)
    {
        if (!CallerFor(remittance.Channel).Ok(out var caller, out var refusal)) throw new IOException(refusal.Detail);
        return await calls.Look(places.Address, async token =>
        {
            try
            {
                if (!(await caller.Send(() => new HttpRequestMessage(HttpMethod.Get, places.Answers), token)).Ok(out var response, out var no)) throw new IOException(no.Detail);
                using (response)
                {
                    if (response.StatusCode == System.Net.HttpStatusCode.NotFound) return [];
                    if (!response.IsSuccessStatusCode) throw new IOException($"The fund answered {(int)response.StatusCode} when asked for its answers.");
                    return await HttpBody.Answers(response.Content, remittance.Reference, token);
                }
            }
            catch (HttpRequestException trouble)
            {
                throw new IOException($"The fund was not reached: {FundText.Of(trouble.Message)}", trouble);
            }
        }, stop);
    }

    public void Dispose()
    {
        foreach (var client in clients.Values) client.Dispose();
        tokens.Dispose();
    }

    private static HttpRequestMessage Declaration(Uri at, SealedRemittance remittance)
    {
        var message = new HttpRequestMessage(HttpMethod.Post, at) { Content = new StreamContent(remittance.Open()) };
        message.Headers.Add("Idempotency-Key", remittance.Reference);
        message.Headers.Add("X-Content-SHA256", remittance.Sha256);
        message.Content.Headers.ContentDisposition = new("attachment") { FileName = remittance.FileName };
        return message;
    }

    private async Task<(HttpReply? Reply, Handover? Trouble)> Answered(HttpCaller caller, Func<HttpRequestMessage> make, CancellationToken stop)
    {
        try
        {
            if (!(await caller.Send(make, stop)).Ok(out var response, out var refusal)) return (null, Denied(refusal));
            using (response)
            {
                var body = await HttpBody.Read(response.Content, FundPipeline.ReplyBytesMax, stop);
                return (new HttpReply(response.StatusCode, FundText.Of(Encoding.UTF8.GetString(body ?? []), caller.Hidden), RetryAfter(response), response.Headers.Location), null);
            }
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested && HttpVerdict.Of(trouble) is { } verdict)
        {
            return (null, verdict);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response) => response.Headers.RetryAfter switch
    {
        { Delta: { } seconds } => seconds,
        { Date: { } date } => date > calls.Clock.GetUtcNow() ? date - calls.Clock.GetUtcNow() : TimeSpan.Zero,
        _ => null,
    };

    private Handover.NotReached Denied(Refusal refusal) => new(refusal) { Wait = calls.Numbers.DeniedRest };

    private Outcome<HttpCaller> CallerFor(Channel channel)
    {
        var secret = "";
        if (channel.Auth is ChannelAuth.ApiKey or ChannelAuth.Oauth2 && !Secrets.Of(channel.Secret!).Ok(out secret, out var refusal)) return refusal;
        if (channel.Auth != ChannelAuth.Mtls) return new HttpCaller(clients.GetOrAdd("", _ => ClientWith(null)), channel, secret, tokens);
        if (!Secrets.Of(channel.Certificate!).Ok(out var pem, out refusal)) return refusal;
        try
        {
            return new HttpCaller(clients.GetOrAdd(Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(pem))), _ => ClientWith(pem)), channel, "", tokens);
        }
        catch (Exception fault) when (fault is CryptographicException or ArgumentException)
        {
            return Refusal.Input("certificate_unreadable", $"{channel.Certificate} holds no certificate with its key as PEM: {fault.Message}") with
            {
                Help = "Put the certificate, the key without a password, and any certificates between it and the authority one under the other.",
                Particulars = Particulars.Of(null, ("place", channel.Certificate), ("text", fault.Message)),
            };
        }
    }

    private HttpClient ClientWith(string? pem)
    {
        var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = calls.Numbers.ConnectTimeout, PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        if (pem is not null) handler.SslOptions = new SslClientAuthenticationOptions { ClientCertificateContext = Shown(pem) };
        return new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    // Windows shows a key only when it comes from a store or a PKCS #12 file.
    private static SslStreamCertificateContext Shown(string pem)
    {
        using var read = X509Certificate2.CreateFromPem(pem, pem);
        var all = new X509Certificate2Collection();
        all.ImportFromPem(pem);
        return SslStreamCertificateContext.Create(X509CertificateLoader.LoadPkcs12(read.Export(X509ContentType.Pkcs12), null), all, offline: true);
    }
}
