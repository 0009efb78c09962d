using System.Security.Cryptography;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Files;

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

    public Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop) =>
        Task.FromResult<IReadOnlyList<PickedAnswer>>(Answer.Count == 0 ? [] : [new PickedAnswer("answer.json", Encoding.UTF8.GetBytes(Written(remittance)))]);

    private string Written(SealedRemittance remittance)
    {
        string? Major(long? minor) => minor is { } amount ? Money.ToMajor(amount, remittance.Total.Currency.Digits) : null;
        string File() => Answer.Where(said => said.Level == AcknowledgementLevel.File).Select(said => $"{said.Outcome}").FirstOrDefault("Pending");
        var lines = Answer.Where(said => said.Level == AcknowledgementLevel.Line).Select(said => new LineAnswer(said.Line!.Value, $"{said.Outcome}", said.Code, said.Text, Major(said.AmountMinor)));
        var batches = Answer.Where(said => said.Level == AcknowledgementLevel.Batch).Select(said => $"{said.Outcome}");
        return AnswerJson.Write(new FundAnswer("A", remittance.Reference, new LevelOutcomes(File(), [.. batches]), [.. lines], null, Major(AmountTotal)));
    }
}
