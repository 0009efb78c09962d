using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.FundGateway;

/// <summary>The channels of this process, by the kind that an agreement names.</summary>
/// <param name="simulatorDirectory">Where an in-process simulator keeps its memory.</param>
public sealed class FundGate(string simulatorDirectory, FundPipeline? pipeline = null, TimeProvider? clock = null) : IAsyncDisposable
{
    private readonly SimulatorChannel simulator = new(simulatorDirectory, pipeline ?? new FundPipeline(), clock ?? TimeProvider.System);
    private readonly FolderChannel folder = new();

    /// <summary>The channel, or a refusal with code <c>channel_kind_unsupported</c>.</summary>
    public Outcome<IFundChannel> Find(Channel channel) => channel.Kind switch
    {
        "simulator" => Outcome<IFundChannel>.Of(simulator),
        "folder" => Outcome<IFundChannel>.Of(folder),
        _ => Refusal.Input("channel_kind_unsupported", $"This version has no channel of kind «{channel.Kind}»; it has simulator and folder."),
    };

    public ValueTask DisposeAsync() => simulator.DisposeAsync();
}
