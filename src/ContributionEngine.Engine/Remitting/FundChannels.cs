using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>The channels that this process can use, by the kind that an agreement names.</summary>
/// <param name="Find">The channel, or a refusal with code <c>channel_kind_unsupported</c>.</param>
public sealed record FundChannels(Func<Channel, Outcome<IFundChannel>> Find);
