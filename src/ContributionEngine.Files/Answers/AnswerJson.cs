using System.Security.Cryptography;
using System.Text.Json;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>The simulator's answer: the shape of <c>ack inspect</c>, with the totals that the fund says it received.</summary>
/// <param name="Answer">Name of this answer; a repeat has the same.</param>
/// <param name="LinesTotal">How many lines the fund received.</param>
/// <param name="AmountTotal">Their sum in major units.</param>
public sealed record FundAnswer(
    string Answer, string Reference, LevelOutcomes LevelOutcomes, IReadOnlyList<LineAnswer> Lines, long? LinesTotal, string? AmountTotal);

/// <summary>What is said of the whole file and of its batches.</summary>
public sealed record LevelOutcomes(string File, IReadOnlyList<string> Batches);

/// <summary>What is said of one line.</summary>
public sealed record LineAnswer(long Line, string Outcome, string Code, string Text, string? Amount);

/// <summary>Reads and writes answers of the simulator's form.</summary>
public static class AnswerJson
{
    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The text of an answer.</summary>
    public static string Write(FundAnswer answer) => JsonSerializer.Serialize(answer, Options);

    /// <summary>The canonical form, or a refusal with code <c>answer_unreadable</c>. A word that is not known stays pending, its text in the code.</summary>
    public static Outcome<Acknowledgement> Read(byte[] raw, Currency currency)
    {
        FundAnswer? answer;
        try
        {
            answer = JsonSerializer.Deserialize<FundAnswer>(raw, Options);
        }
        catch (JsonException fault)
        {
            return Refusal.Input("answer_unreadable", $"The answer is no JSON of the expected form: {fault.Message}");
        }

        if (answer?.Reference is null || answer.LevelOutcomes?.File is null) return Refusal.Input("answer_unreadable", "The answer names no reference or no outcome.");
        var events = new List<AcknowledgementEvent> { Event(AcknowledgementLevel.File, null, (answer.LevelOutcomes.File, "", "", null), currency) };
        events.AddRange((answer.LevelOutcomes.Batches ?? []).Select(batch => Event(AcknowledgementLevel.Batch, null, (batch, "", "", null), currency)));
        events.AddRange((answer.Lines ?? []).Select(line => Event(AcknowledgementLevel.Line, line.Line, (line.Outcome, line.Code, line.Text, line.Amount), currency)));
        return new Acknowledgement(answer.Reference, Convert.ToHexStringLower(SHA256.HashData(raw)), events, answer.LinesTotal, Minor(answer.AmountTotal, currency));
    }

    private static AcknowledgementEvent Event(AcknowledgementLevel level, long? line, (string Outcome, string Code, string Text, string? Amount) said, Currency currency)
    {
        var known = Enum.TryParse<AcknowledgementOutcome>((said.Outcome ?? "").Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var outcome);
        return new AcknowledgementEvent(level, line, known ? outcome : AcknowledgementOutcome.Pending, known ? said.Code ?? "" : said.Outcome ?? "", said.Text ?? "", Minor(said.Amount, currency));
    }

    private static long? Minor(string? amount, Currency currency) =>
        amount is not null && Money.Parse(amount, currency).Ok(out var money, out _) ? money.Minor : null;
}
