using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>The channels of this process, by the kind that an agreement names.</summary>
public sealed class FundGate : IAsyncDisposable
{
    private readonly FundCalls calls;
    private readonly HttpExchange http;
    private readonly SimulatorChannel simulator;
    private readonly MessageChannel message;
    private readonly Dictionary<string, IFundChannel> channels;

    /// <param name="simulatorDirectory">Where an in-process simulator keeps its memory.</param>
    public FundGate(string simulatorDirectory, FundPipeline? pipeline = null, TimeProvider? clock = null)
    {
        calls = new FundCalls(pipeline ?? new FundPipeline(), clock ?? TimeProvider.System);
        http = new HttpExchange(calls);
        simulator = new SimulatorChannel(http, simulatorDirectory);
        message = new MessageChannel(calls);
        channels = new IFundChannel[] { simulator, new FolderChannel(), new HttpChannel(http), new SftpChannel(calls), message }.ToDictionary(channel => channel.Kind);
    }

    /// <summary>Addresses of funds that keep failing and are left alone for a while.</summary>
    public IReadOnlyList<string> LeftAlone => calls.LeftAlone;

    /// <summary>The channel, or a refusal with code <c>channel_kind_unsupported</c>.</summary>
    public Outcome<IFundChannel> Find(Channel channel) => channels.TryGetValue(channel.Kind, out var found)
        ? Outcome<IFundChannel>.Of(found)
        : Refusal.Input("channel_kind_unsupported", $"There is no channel of kind «{channel.Kind}»; there are {string.Join(", ", channels.Keys)}.") with { Particulars = Particulars.Of(null, ("kind", channel.Kind), ("kinds", string.Join(", ", channels.Keys))) };

    public async ValueTask DisposeAsync()
    {
        await simulator.DisposeAsync();
        await message.DisposeAsync();
        http.Dispose();
    }
}
