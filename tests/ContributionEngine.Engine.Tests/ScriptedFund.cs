using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Engine.Tests;

/// <summary>A fund that says what it is told to, and counts how often it was called.</summary>
internal sealed class ScriptedFund : IFundChannel
{
    public Handover OnDeliver { get; set; } = new Handover.Delivered(null);

    public Handover OnAsk { get; set; } = new Handover.NotFound();

    /// <summary>What it answers about a delivered remittance; empty while it is silent.</summary>
    public IReadOnlyList<AcknowledgementEvent> Answer { get; set; } = [];

    /// <summary>The total that it says it received; null: it does not say.</summary>
    public long? AmountTotal { get; set; }

    public int Delivered { get; private set; }

    public int Asked { get; private set; }

    public string Kind => "scripted";

    public bool IsSafeToRepeat => false;

    public static Acknowledgement Said(string reference, IReadOnlyList<AcknowledgementEvent> events, long? total) =>
        new(reference, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('|', events)))), events, null, total);

    public Task<Handover> Deliver(SealedRemittance remittance, CancellationToken stop)
    {
        Delivered++;
        return Task.FromResult(OnDeliver);
    }

    public Task<Handover> Ask(SealedRemittance remittance, CancellationToken stop)
    {
        Asked++;
        return Task.FromResult(OnAsk);
    }

    public Task<IReadOnlyList<Acknowledgement>> Answers(SealedRemittance remittance, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<Acknowledgement>>(Answer.Count == 0 ? [] : [Said(remittance.Reference, Answer, AmountTotal)]);
}
