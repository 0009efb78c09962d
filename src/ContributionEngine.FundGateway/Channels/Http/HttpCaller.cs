using System.Net.Http.Headers;
using ContributionEngine.Core;

namespace ContributionEngine.FundGateway;

/// <summary>Calls a fund as the agreement says who we are.</summary>
/// <param name="client">Shows our certificate where there is one; follows no redirects.</param>
internal sealed class HttpCaller(HttpClient client, Channel channel, string secret, HttpTokens tokens)
{
    private const string ApiKeyHeader = "X-Api-Key";

    private string token = "";

    public HttpClient Client => client;

    public Channel Channel => channel;

    public string Secret => secret;

    /// <summary>What must not come to light.</summary>
    public IEnumerable<string> Hidden => [secret, token];

    /// <summary>Sends; where the fund does not know a token any more, once again with a new one. Refusals: <c>token_refused</c>, before anything was sent.</summary>
    public async Task<Outcome<HttpResponseMessage>> Send(Func<HttpRequestMessage> make, CancellationToken stop)
    {
        if (channel.Auth != ChannelAuth.Oauth2) return await Once(make, stop);
        if (!(await tokens.Of(this, stop)).Ok(out var current, out var refusal)) return refusal;
        token = current;
        var response = await Once(make, stop);
        if (response.StatusCode != System.Net.HttpStatusCode.Unauthorized) return response;
        response.Dispose();
        tokens.Forget(this, token);
        if (!(await tokens.Of(this, stop)).Ok(out current, out refusal)) return refusal;
        token = current;
        return await Once(make, stop);
    }

    private async Task<HttpResponseMessage> Once(Func<HttpRequestMessage> make, CancellationToken stop)
    {
        using var message = make();
        if (channel.Auth == ChannelAuth.ApiKey) message.Headers.Add(ApiKeyHeader, secret);
        if (channel.Auth == ChannelAuth.Oauth2) message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop);
    }
}
