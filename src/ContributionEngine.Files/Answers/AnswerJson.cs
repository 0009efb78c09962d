using System.Security.Cryptography;
using System.Text.Json;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>The simulator's answer: the shape of <c>ack inspect</c>, with the totals that the fund says it received.</summary>
/// <param name="Answer">Name of this answer; a repeat has the same.</param>
/// <param name="LinesTotal">How many lines the fund received.</param>
/// <param name="AmountTotal">Their sum in major units.</param>
public sealed record FundAnswer(
    string Answer, string Reference, LevelOutcomes LevelOutcomes, IReadOnlyList<LineAnswer> Lines, long? LinesTotal, string? AmountTotal)
{
    /// <summary>The roots that the fund confirms, of remittances that it answered before.</summary>
    public IReadOnlyList<RootAnswer>? Roots { get; init; } = [];
}

/// <summary>The fund has this root, in lower-case hex, over the accepted lines of a remittance.</summary>
public sealed record RootAnswer(string Reference, string Root);

/// <summary>What is said of the whole file and of its batches.</summary>
public sealed record LevelOutcomes(string File, IReadOnlyList<string> Batches);

/// <summary>What is said of one line.</summary>
public sealed record LineAnswer(long Line, string Outcome, string Code, string Text, string? Amount);

/// <summary>Reads and writes answers of the simulator's form.</summary>
public static class AnswerJson
{
    public const string Format = "json";

    private static readonly JsonSerializerOptions Options = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>The text of an answer.</summary>
    public static string Write(FundAnswer answer) => JsonSerializer.Serialize(answer, Options);

    /// <summary>The answer, or a refusal with code <c>answer_unreadable</c>, <c>answer_figure</c> or <c>answer_too_large</c>. A word that is not known stays pending, its text in the code.</summary>
    internal static Outcome<ReadAnswer> Inspect(byte[] raw, Currency currency)
    {
        try
        {
            var answer = JsonSerializer.Deserialize<FundAnswer>(raw, Options);
            if (answer?.Reference is null || answer.LevelOutcomes?.File is null) return AnswerFile.No("answer_unreadable", "The answer names no reference or no outcome.");
            if (answer.Lines?.Count > AnswerLimits.LinesMax) throw AnswerRefusedException.TooLarge($"more than {AnswerLimits.LinesMax} lines");
            return Read(answer, Convert.ToHexStringLower(SHA256.HashData(raw)), currency);
        }
        catch (JsonException fault)
        {
            return AnswerFile.No("answer_unreadable", $"The answer is no JSON of the expected form: line {fault.LineNumber + 1}, {(fault.Path is { } path ? $"at {path}" : "broken")}.");
        }
        catch (AnswerRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private static ReadAnswer Read(FundAnswer answer, string sha256, Currency currency)
    {
        var (figures, stumbled) = (new AnswerFigures(currency, false), new List<Remark>());
        var listed = new AnsweredGroup(AnswerWord.None)
        {
            Lines = [.. (answer.Lines ?? []).Select(line => new AnsweredLine(line.Line.ToString(System.Globalization.CultureInfo.InvariantCulture), Word(line.Outcome, (line.Code, line.Text), new AnswerPlace("line", $"{line.Line}")), figures.Amount(line.Amount)))],
            LinesTotal = answer.LinesTotal,
            AmountTotalMinor = figures.Amount(answer.AmountTotal),
            ListsAllRefused = true,
        };
        var file = Word(answer.LevelOutcomes.File, ("", ""), AnswerPlace.Whole);
        var batches = (answer.LevelOutcomes.Batches ?? []).Select((batch, i) => Word(batch, ("", ""), new AnswerPlace("batch", $"{i + 1}"))).ToList();
        // One batch is the whole of what was sent; of several nobody says which line is in which.
        return new ReadAnswer
        {
            Format = Format,
            Original = AnswerFigures.Short(answer.Reference.Trim()),
            Sha256 = sha256,
            Currency = currency,
            File = batches.Count == 1 ? new AnsweredGroup(file) { LinesTotal = listed.LinesTotal, AmountTotalMinor = listed.AmountTotalMinor } : listed with { Said = file },
            Batches = batches.Count == 1 ? [listed with { Said = batches[0] }] : [.. batches.Select(batch => new AnsweredGroup(batch))],
            Stumbled = stumbled,
            Roots = [.. (answer.Roots ?? []).Select(said => new ConfirmedRoot(said.Reference ?? "", said.Root ?? ""))],
        };

        AnswerWord Word(string? word, (string? Code, string? Text) why, AnswerPlace where)
        {
            var said = word ?? "";
            if (AnswerWords.Of(said) is { } outcome) return new AnswerWord(outcome, AnswerFigures.Short(why.Code ?? "")!, AnswerFigures.Text(why.Text));
            stumbled.Add(AnswerFigures.Unknown(said, where));
            return new AnswerWord(AcknowledgementOutcome.Pending, AnswerFigures.Short($"{said} {why.Code}".Trim())!, AnswerFigures.Text(why.Text));
        }
    }
}
