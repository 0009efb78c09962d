using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace ContributionEngine.FundGateway;

/// <summary>Sends answers that are due to the sender's own address, signed, each until it is taken; what was taken is remembered across restarts.</summary>
internal sealed class Callbacks(SimulatorMemory memory, string? settingsPath, TimeProvider clock) : IAsyncDisposable
{
    /// <summary>Lower-case hex HMAC-SHA256 of the body by the shared secret.</summary>
    public const string Signature = "X-Signature-SHA256";

    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false }) { Timeout = Patience };
    private readonly CancellationTokenSource ending = new();
    private Task sending = Task.CompletedTask;

    public void Start() => sending = Send(ending.Token);

    public async ValueTask DisposeAsync()
    {
        await ending.CancelAsync();
        await sending.ContinueWith(_ => { }, TaskScheduler.Default);
        http.Dispose();
        ending.Dispose();
    }

    private async Task Send(CancellationToken stop)
    {
        while (true)
        {
            if (Target() is var (url, secret)) await Round(url, secret, stop);
            await Task.Delay(Every, stop);
        }
    }

    // Settings that cannot be read are told to whoever calls.
    private (Uri Url, string Secret)? Target()
    {
        try
        {
            var settings = SimulatorSettings.Of(settingsPath);
            return settings.CallbackUrl is { } url && Secrets.Of(settings.CallbackSecret!).Ok(out var secret, out _) ? (url, secret) : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return null;
        }
    }

    private async Task Round(Uri url, string secret, CancellationToken stop)
    {
        foreach (var reference in memory.References)
        {
            var due = memory.AnswersDue(reference, SimulatorSettings.Of(settingsPath), clock.GetUtcNow());
            for (var i = 0; i < due.Count; i++)
            {
                if (!memory.IsCalledBack(reference, i + 1) && await IsTaken(url, secret, due[i], stop)) memory.CalledBack(reference, i + 1);
            }
        }
    }

    private async Task<bool> IsTaken(Uri url, string secret, string answer, CancellationToken stop)
    {
        var body = Encoding.UTF8.GetBytes(answer);
        using var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
        message.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        message.Headers.Add(Signature, Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), body)));
        try
        {
            using var response = await http.SendAsync(message, stop);
            return response.IsSuccessStatusCode;
        }
        catch (Exception away) when (away is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            // It is sent again at the next round.
            return false;
        }
    }
}
