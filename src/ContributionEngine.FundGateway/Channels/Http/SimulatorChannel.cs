using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>Speaks HTTP to a fund simulator: one that runs elsewhere, or one inside this process that is started when needed.</summary>
internal sealed class SimulatorChannel(HttpExchange http, string directory) : IFundChannel, IAsyncDisposable
{
    private readonly SemaphoreSlim starting = new(1);
    private FundSimulator? own;

    public string Kind => "simulator";

    public bool IsSafeToRepeat => true;

    public async Task<Handover> Deliver(SealedRemittance remittance, CancellationToken stop) =>
        (await PlacesFor(remittance, stop)).Ok(out var places, out var refusal) ? await http.Deliver(places, remittance, stop) : new Handover.NotReached(refusal);

    public async Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop) =>
        (await PlacesFor(remittance, stop)).Ok(out var places, out var refusal) ? await http.Ask(places, remittance, stop) : new Handover.NotReached(refusal);

    public async Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop) =>
        (await PlacesFor(remittance, stop)).Ok(out var places, out var refusal) ? await http.Answers(places, remittance, stop) : throw new IOException(refusal.Detail);

    public async ValueTask DisposeAsync()
    {
        if (own is not null) await own.DisposeAsync();
        starting.Dispose();
    }

    private async Task<Outcome<HttpPlaces>> PlacesFor(SealedRemittance remittance, CancellationToken stop)
    {
        if (!(await Address(remittance.Channel, stop)).Ok(out var address, out var refusal)) return refusal;
        var one = $"{address}/remittances/{Uri.EscapeDataString(remittance.Reference)}";
        return new HttpPlaces(new Uri($"{address}/remittances"), new Uri(one), new Uri($"{one}/answers"));
    }

    private async Task<Outcome<string>> Address(Channel channel, CancellationToken stop)
    {
        if (channel.Url is { } url) return url.TrimEnd('/');
        await starting.WaitAsync(stop);
        try
        {
            _ = SimulatorSettings.Of(channel.Path);
            own ??= await FundSimulator.Start(new SimulatorOptions(directory, channel.Path, "http://127.0.0.1:0"), stop);
            return own.Url;
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            return Refusal.Input("simulator_unready", $"the simulator's settings cannot be read: {fault.Message}") with { Particulars = Particulars.Of(null, ("text", fault.Message)) };
        }
        finally
        {
            starting.Release();
        }
    }
}
