using System.Net;
using System.Text;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ContributionEngine.FundGateway;

/// <summary>Speaks HTTP to a fund simulator: one that runs elsewhere, or one inside this process that is started when needed.</summary>
public sealed class SimulatorChannel : IFundChannel, IAsyncDisposable
{
    private readonly HttpClient http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly string directory;
    private readonly ResiliencePipeline<HttpResponseMessage> pipeline;
    private readonly SemaphoreSlim starting = new(1);
    private FundSimulator? own;

    public SimulatorChannel(string directory, FundPipeline numbers, TimeProvider clock) =>
        (this.directory, pipeline) = (directory, numbers.Build(clock));

    public string Kind => "simulator";

    public bool IsSafeToRepeat => true;

    public async Task<Handover> Deliver(SealedRemittance remittance, CancellationToken stop)
    {
        try
        {
            var address = await Address(remittance.Channel, stop);
            using var response = await pipeline.ExecuteAsync(async token => await Post(address, remittance, token), stop);
            return response.IsSuccessStatusCode ? new Handover.Delivered(null)
                : response.StatusCode == HttpStatusCode.ServiceUnavailable ? new Handover.NotReached("the fund says that it is not available")
                : (int)response.StatusCode < 500 ? new Handover.Refused($"http_{(int)response.StatusCode}", await response.Content.ReadAsStringAsync(stop))
                : new Handover.Unknown($"the fund answered {(int)response.StatusCode}");
        }
        catch (Exception trouble) when (Reason(trouble, stop) is { } handover)
        {
            return handover;
        }
    }

    public async Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop)
    {
        try
        {
            var address = await Address(remittance.Channel, stop);
            using var response = await pipeline.ExecuteAsync(async token => await http.GetAsync($"{address}/remittances/{remittance.Reference}", token), stop);
            return response.IsSuccessStatusCode ? new Handover.Delivered(null)
                : response.StatusCode == HttpStatusCode.NotFound ? new Handover.NotFound()
                : new Handover.Unknown($"the fund answered {(int)response.StatusCode}");
        }
        catch (Exception trouble) when (Reason(trouble, stop) is { } handover)
        {
            return handover;
        }
    }

    public async Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop)
    {
        try
        {
            var address = await Address(remittance.Channel, stop);
            using var response = await pipeline.ExecuteAsync(async token => await http.GetAsync($"{address}/remittances/{remittance.Reference}/answers", token), stop);
            if (!response.IsSuccessStatusCode) throw new IOException($"The fund answered {(int)response.StatusCode} when asked for its answers.");
            return Parted(await response.Content.ReadAsStringAsync(stop), remittance.Reference);
        }
        catch (Exception trouble) when (trouble is HttpRequestException or TimeoutRejectedException or BrokenCircuitException)
        {
            throw new IOException($"The fund was not reached: {trouble.Message}", trouble);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (own is not null) await own.DisposeAsync();
        http.Dispose();
        starting.Dispose();
    }

    // The answers stand one under the other, each as the bytes that were hashed, parted by an empty line.
    private static PickedAnswer[] Parted(string body, string reference) =>
        [.. body.Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select((text, i) => new PickedAnswer($"{reference}-{i + 1}.json", Encoding.UTF8.GetBytes(text)))];

    private async Task<HttpResponseMessage> Post(string address, SealedRemittance remittance, CancellationToken stop)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{address}/remittances");
        message.Headers.Add("Idempotency-Key", remittance.Reference);
        message.Headers.Add("X-Content-SHA256", remittance.Sha256);
        message.Content = new StreamContent(remittance.Open());
        return await http.SendAsync(message, stop);
    }

    private async Task<string> Address(Channel channel, CancellationToken stop)
    {
        if (channel.Url is { } url) return url.TrimEnd('/');
        await starting.WaitAsync(stop);
        try
        {
            _ = SimulatorSettings.Of(channel.Path);
            own ??= await FundSimulator.Start(new SimulatorOptions(directory, channel.Path, "http://127.0.0.1:0"), stop);
            return own.Url;
        }
        finally
        {
            starting.Release();
        }
    }

    // What was sent and not answered is unknown; what never left, or met nobody, was not delivered.
    private static Handover? Reason(Exception trouble, CancellationToken stop) => trouble switch
    {
        OperationCanceledException when stop.IsCancellationRequested => null,
        JsonException or FileNotFoundException or DirectoryNotFoundException => new Handover.NotReached($"the simulator's settings cannot be read: {trouble.Message}"),
        BrokenCircuitException => new Handover.NotReached("the fund has been failing; it is left alone for a while"),
        TimeoutRejectedException => new Handover.Unknown("the fund did not answer in time"),
        HttpRequestException refused when FundPipeline.NeverArrived(Outcome.FromException<HttpResponseMessage>(refused)) => new Handover.NotReached(refused.Message),
        HttpRequestException or IOException => new Handover.Unknown(trouble.Message),
        _ => null,
    };
}
