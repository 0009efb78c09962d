using System.Security.Cryptography;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// An answer as CSV: a header that names <c>reference, level, line, outcome, code, text, amount</c> in any order, of which reference and
/// outcome are needed; one row for each thing that is said. A row of level <c>file</c> may name in <c>line</c> how many lines the fund
/// received, and in <c>amount</c> what they came to.
/// </summary>
public static class AnswerCsv
{
    public const string Format = "csv";

    private static readonly string[] Columns = ["reference", "level", "line", "outcome", "code", "text", "amount"];

    /// <summary>The answers of a file, one for each reference. Refusals: <c>answer_not_an_answer</c>, <c>answer_unreadable</c>, <c>answer_figure</c>, <c>answer_too_large</c>.</summary>
    public static Outcome<IReadOnlyList<ReadAnswer>> Read(byte[] raw, Currency currency)
    {
        try
        {
            if (!CsvSource.Of(() => new MemoryStream(raw), raw.AsSpan(0, Math.Min(raw.Length, TextEncoding.HeadBytes))).Ok(out var source, out var refusal)) return AnswerFile.No("answer_unreadable", refusal.Detail);
            var rows = Rows(source, new AnswerFigures(currency, false));
            if (rows.Count == 0) return AnswerFile.No("answer_empty", "The answer has a header and no row.");
            var sha256 = Convert.ToHexStringLower(SHA256.HashData(raw));
            return rows.GroupBy(row => row.Reference).Select(about => Answer(about.Key, [.. about], (sha256, currency))).ToArray();
        }
        catch (SheetRefusedException refused)
        {
            return AnswerFile.No("answer_unreadable", refused.Refusal.Detail);
        }
        catch (AnswerRefusedException refused)
        {
            return refused.Refusal;
        }
    }

    private sealed record Row(string Reference, AcknowledgementLevel Level, string Line, AnswerWord Said, long? Amount)
    {
        public Remark? Unknown { get; init; }
    }

    private static List<Row> Rows(CsvSource source, AnswerFigures figures)
    {
        int[]? columns = null;
        var rows = new List<Row>();
        foreach (var record in source.Records())
        {
            if (columns is null) columns = Header(record);
            else rows.Add(Read(record, columns, figures));
            if (rows.Count > AnswerLimits.LinesMax) throw AnswerRefusedException.TooLarge($"more than {AnswerLimits.LinesMax} rows");
        }

        return columns is null ? throw new AnswerRefusedException(NoAnswer()) : rows;
    }

    private static int[] Header(SheetRecord record)
    {
        var names = Enumerable.Range(0, record.Count).Select(i => record[i].ToLowerInvariant()).ToList();
        return names.Contains("reference") && names.Contains("outcome") ? [.. Columns.Select(column => names.IndexOf(column))] : throw new AnswerRefusedException(NoAnswer());
    }

    private static Refusal NoAnswer() => AnswerFile.No("answer_not_an_answer", "The file is no XML, no JSON, and no CSV whose first line names the columns reference and outcome.");

    private static Row Read(SheetRecord record, int[] columns, AnswerFigures figures)
    {
        string Cell(int column) => record[columns[column]];
        var (reference, level, line, word) = (Cell(0), Cell(1).ToLowerInvariant(), Cell(2), Cell(3));
        if (reference.Length == 0) throw new AnswerRefusedException(AnswerFile.No("answer_unreadable", $"Row {record.Row} names no reference.") with { Row = record.Row });
        var what = level switch
        {
            "file" => AcknowledgementLevel.File,
            "batch" => AcknowledgementLevel.Batch,
            "line" => AcknowledgementLevel.Line,
            "" => line.Length > 0 ? AcknowledgementLevel.Line : AcknowledgementLevel.File,
            _ => throw new AnswerRefusedException(AnswerFile.No("answer_unreadable", $"Row {record.Row}: «{level}» is not file, batch or line.") with { Row = record.Row }),
        };
        var known = AnswerWords.Of(word);
        var code = known is null ? $"{word} {Cell(4)}".Trim() : Cell(4);
        return new Row(AnswerFigures.Short(reference)!, what, AnswerFigures.Short(line)!, new AnswerWord(known ?? AcknowledgementOutcome.Pending, AnswerFigures.Short(code)!, AnswerFigures.Text(Cell(5))), figures.Amount(Cell(6)))
        {
            Unknown = known is null ? AnswerFigures.Unknown(word, new AnswerPlace("row", $"{record.Row}")) : null,
        };
    }

    private static ReadAnswer Answer(string reference, IReadOnlyList<Row> rows, (string Sha256, Currency Currency) of)
    {
        var file = rows.LastOrDefault(row => row.Level == AcknowledgementLevel.File);
        var listed = new AnsweredGroup(file?.Said ?? AnswerWord.None)
        {
            Lines = [.. rows.Where(row => row.Level == AcknowledgementLevel.Line).Select(row => new AnsweredLine(row.Line, row.Said, row.Amount))],
            LinesTotal = AnswerFigures.Count(file?.Line),
            AmountTotalMinor = file?.Amount,
            ListsAllRefused = true,
        };
        return new ReadAnswer
        {
            Format = Format,
            Original = reference,
            Sha256 = of.Sha256,
            Currency = of.Currency,
            File = listed,
            Batches = [.. rows.Where(row => row.Level == AcknowledgementLevel.Batch).Select(row => new AnsweredGroup(row.Said) { Reference = row.Line.Length > 0 ? row.Line : null })],
            Stumbled = [.. rows.Select(row => row.Unknown).OfType<Remark>()],
        };
    }
}
