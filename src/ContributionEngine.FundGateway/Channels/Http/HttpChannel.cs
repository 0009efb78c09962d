using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>A fund's own HTTP interface: the file is posted to <c>url</c>; <c>{reference}</c> stands in the other addresses.</summary>
internal sealed class HttpChannel(HttpExchange http) : IFundChannel
{
    private const string Reference = "{reference}";

    public string Kind => "http";

    public bool IsSafeToRepeat => false;

    public Task<Handover> Deliver(SealedRemittance remittance, CancellationToken stop) => http.Deliver(PlacesOf(remittance), remittance, stop);

    public Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop) => remittance.Channel switch
    {
        { StatusUrl: not null } => http.Ask(PlacesOf(remittance), remittance, stop),
        // It promises to take a repeat once, so a repeat after a while is as good as an answer.
        { Idempotent: true } => Task.FromResult<Handover>(new Handover.NotFound()),
        _ => Task.FromResult<Handover>(new Handover.NobodyToAsk("no_status_url", $"No word came back, and the channel has no status_url to ask about {remittance.Reference:reference} at: ask the fund whether it has it.")),
    };

    public async Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop) =>
        remittance.Channel.Answers is null ? [] : await http.Answers(PlacesOf(remittance), remittance, stop);

    private static HttpPlaces PlacesOf(SealedRemittance remittance)
    {
        var channel = remittance.Channel;
        return new HttpPlaces(Filled(channel.Url)!, Filled(channel.StatusUrl), Filled(channel.Answers));

        Uri? Filled(string? address) => address is null ? null : new Uri(address.Replace(Reference, Uri.EscapeDataString(remittance.Reference), StringComparison.Ordinal));
    }
}
