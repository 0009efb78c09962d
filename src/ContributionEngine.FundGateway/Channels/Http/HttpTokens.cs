using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>Tokens of OAuth 2.0 client credentials (RFC 6749, 4.4), each kept until shortly before its end.</summary>
internal sealed class HttpTokens(FundPipeline numbers, TimeProvider clock) : IDisposable
{
    // A server that does not say how long a token lives is asked again soon.
    private static readonly TimeSpan UnsaidLife = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<(string?, string?), Token> known = new();
    private readonly SemaphoreSlim asking = new(1);

    public async Task<Outcome<string>> Of(HttpCaller caller, CancellationToken stop)
    {
        var (owner, now) = (Owner(caller), clock.GetUtcNow());
        if (known.TryGetValue(owner, out var kept) && kept.GoodUntil > now) return kept.Text;
        await asking.WaitAsync(stop);
        try
        {
            if (known.TryGetValue(owner, out kept) && kept.GoodUntil > now) return kept.Text;
            if (!(await Ask(caller, stop)).Ok(out var fresh, out var refusal)) return refusal;
            known[owner] = fresh;
            return fresh.Text;
        }
        catch (Exception trouble) when (trouble is HttpRequestException or IOException)
        {
            return Refused(caller, $"{FundText.Of(trouble.Message):text}");
        }
        finally
        {
            asking.Release();
        }
    }

    /// <summary>The fund does not know it any more.</summary>
    public void Forget(HttpCaller caller, string token)
    {
        if (known.TryGetValue(Owner(caller), out var kept) && kept.Text == token) known.TryRemove(Owner(caller), out _);
    }

    public void Dispose() => asking.Dispose();

    private async Task<Outcome<Token>> Ask(HttpCaller caller, CancellationToken stop)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, caller.Channel.TokenUrl);
        message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Uri.EscapeDataString(caller.Channel.ClientId!)}:{Uri.EscapeDataString(caller.Secret)}")));
        message.Content = new FormUrlEncodedContent([new("grant_type", "client_credentials")]);
        using var response = await caller.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop);
        var body = await HttpBody.Read(response.Content, FundPipeline.ReplyBytesMax, stop);
        if (!response.IsSuccessStatusCode) return Refused(caller, $"it answered {$"{(int)response.StatusCode} {FundText.Of(Encoding.UTF8.GetString(body ?? []), caller.Hidden)}".TrimEnd():text}", "answered");
        return Read(body) is { AccessToken.Length: > 0 } given
            ? new Token(given.AccessToken, clock.GetUtcNow() + (given.ExpiresIn is { } seconds ? TimeSpan.FromSeconds(seconds) : UnsaidLife) - numbers.TokenMargin)
            : Refused(caller, $"it answered with no access_token", "empty");
    }

    private static Given? Read(byte[]? body)
    {
        try
        {
            return body is null ? null : JsonSerializer.Deserialize<Given>(body, JsonSerializerOptions.Web);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Refusal Refused(HttpCaller caller, Sentence why, string? variant = null)
    {
        Sentence said = $"{caller.Channel.TokenUrl:url} gave no token for client «{caller.Channel.ClientId:client}»: {why}.";
        var told = Handover.Told("token_refused", said, variant);
        return Refusal.Input("token_refused", told.Sentence) with { Help = "Check channel.token_url, channel.client_id and the secret that channel.secret names.", Particulars = told.Particulars };
    }

    private static (string?, string?) Owner(HttpCaller caller) => (caller.Channel.TokenUrl, caller.Channel.ClientId);

    private sealed record Token(string Text, DateTimeOffset GoodUntil);

    private sealed record Given
    {
        [System.Text.Json.Serialization.JsonPropertyName("access_token")]
        public string? AccessToken { get; init; }

        [System.Text.Json.Serialization.JsonPropertyName("expires_in")]
        public int? ExpiresIn { get; init; }
    }
}
