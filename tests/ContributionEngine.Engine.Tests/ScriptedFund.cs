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

    /// <summary>Further files that lie there.</summary>
    public IReadOnlyList<PickedAnswer> Files { get; set; } = [];

    public int Delivered { get; private set; }

    /// <summary>How often it was asked for answers.</summary>
    public int Looked { get; private set; }

    public int Asked { get; private set; }

    public string Kind => "scripted";

    public bool IsSafeToRepeat => false;

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

    public Task<IReadOnlyList<PickedAnswer>> Answers(SealedRemittance remittance, CancellationToken stop)
    {
        Looked++;
        IReadOnlyList<PickedAnswer> said = Answer.Count == 0 ? [] : [new PickedAnswer("answer.json", Bytes((remittance.Reference, remittance.Total.Currency), Answer, AmountTotal))];
        return Task.FromResult<IReadOnlyList<PickedAnswer>>([.. said, .. Files]);
    }

    /// <summary>An answer of these events; the file is pending where none is about it.</summary>
    public static byte[] Bytes((string Reference, Currency Currency) about, IReadOnlyList<AcknowledgementEvent> events, long? total)
    {
        string? Major(long? minor) => minor is { } amount ? Money.ToMajor(amount, about.Currency.Digits) : null;
        var file = events.Where(said => said.Level == AcknowledgementLevel.File).Select(said => $"{said.Outcome}").FirstOrDefault("Pending");
        var lines = events.Where(said => said.Level == AcknowledgementLevel.Line).Select(said => new LineAnswer(said.Line!.Value, $"{said.Outcome}", said.Code, said.Text, Major(said.AmountMinor)));
        var batches = events.Where(said => said.Level == AcknowledgementLevel.Batch).Select(said => $"{said.Outcome}");
        return Encoding.UTF8.GetBytes(AnswerJson.Write(new FundAnswer("A", about.Reference, new LevelOutcomes(file, [.. batches]), [.. lines], null, Major(total))));
    }
}
