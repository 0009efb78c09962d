using ContributionEngine.Core;

namespace ContributionEngine.Engine.Tests;

/// <summary>Channels of tests in which nothing is handed to a fund.</summary>
internal static class NoFund
{
    public static FundChannels Channels { get; } = new(channel => Refusal.Input("channel_kind_unsupported", $"Nothing is handed to {channel.Kind} here."));
}
