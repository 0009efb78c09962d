using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.FundGateway;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>A remittance to hand over, and a gate to hand it through that does not wait long.</summary>
internal static class Parcels
{
    public const string Reference = "RF98000000019551";

    public const string Text = "H;RF98000000019551\nD;1;17320.00\nT;1;17320.00\n";

    public static readonly string Sha256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <summary>Everything at once and nothing for long, but a second chance and a circuit as in production.</summary>
    public static FundPipeline Hasty { get; } = new() { FirstWait = TimeSpan.FromMilliseconds(10), Retries = 1, AttemptTimeout = TimeSpan.FromSeconds(5) };

    public static SealedRemittance To(Channel channel) => new(
        Reference, $"{Reference}.csv", Sha256, new Money(1732000, Currency.Of("CRC").Value), () => new MemoryStream(Encoding.UTF8.GetBytes(Text)), channel);

    public static FundGate Gate(FundPipeline? numbers = null, TimeProvider? clock = null) => new(Path.Combine(Path.GetTempPath(), "no-simulator"), numbers ?? Hasty, clock);

    public static IFundChannel Of(this FundGate gate, Channel channel) => gate.Find(channel).Value;

    public static Task<Handover> Deliver(this FundGate gate, Channel channel) => gate.Of(channel).Deliver(To(channel), CancellationToken.None);

    public static Task<Handover> Ask(this FundGate gate, Channel channel) => gate.Of(channel).Ask(To(channel), CancellationToken.None);

    /// <summary>How it ended and in which words, such as <c>Refused: http_400: the period is closed</c>.</summary>
    public static string Told(this Handover handover) => handover switch
    {
        Handover.Refused no => $"Refused: {no.Code}: {no.Why.Sentence}",
        Handover.Unknown who => $"Unknown: {who.Why.Sentence}",
        _ => $"{handover}",
    };

    public static Task<IReadOnlyList<PickedAnswer>> Answers(this FundGate gate, Channel channel) => gate.Of(channel).Answers(To(channel), CancellationToken.None);
}
