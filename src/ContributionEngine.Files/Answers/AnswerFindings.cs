using System.Text.Json;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What in an answer is not known or does not add up.</summary>
public static class AnswerFindings
{
    /// <summary>A status that nobody has told us of; it counts as pending.</summary>
    public const string StatusUnknown = "status_unknown";

    /// <summary>A line without a status, under a batch and a file without one; it counts as pending.</summary>
    public const string StatusMissing = "status_missing";

    /// <summary>The fund's own numbers of lines contradict each other.</summary>
    public const string CountsDiffer = "counts_differ";

    /// <summary>The fund's own sums contradict each other.</summary>
    public const string SumsDiffer = "sums_differ";

    public static IReadOnlyList<Remark> Of(ReadAnswer answer) =>
        [.. answer.Stumbled, .. Missing(answer), .. answer.Batches.Append(answer.File).SelectMany(group => InGroup(answer, group)), .. AcrossBatches(answer)];

    private static IEnumerable<Remark> Missing(ReadAnswer answer)
    {
        var lines = answer.Groups.SelectMany(group => group.Lines.Where(line => line.Said.Outcome is null).Select(line => (Line: line, IsPending: answer.Effective(line, group).Said.Outcome == AcknowledgementOutcome.Pending)));
        return lines.Where(item => item.IsPending).Select(item => new Remark(StatusMissing, $"line «{item.Line.Reference}» has no status, nor has what stands above it; it counts as pending.", AnswerPlace.Line(item.Line.Reference).With(null)));
    }

    private static IEnumerable<Remark> InGroup(ReadAnswer answer, AnsweredGroup group)
    {
        var where = group.Reference is { } batch ? AnswerPlace.Batch(batch) : AnswerPlace.Whole;
        var counted = group.Counts.Sum(count => count.Lines);
        if (group.Counts.Count > 0 && group.LinesTotal is { } lines && lines != counted) yield return new Remark(CountsDiffer, $"{where}: the statuses come to {counted} lines, and {lines} were sent.", where.With("statuses", ("said", $"{counted}"), ("sent", $"{lines}")));
        if (group.LinesTotal is { } sent && group.Lines.Count > sent) yield return new Remark(CountsDiffer, $"{where} lists {group.Lines.Count} lines, and {sent} were sent.", where.With("listed", ("said", $"{group.Lines.Count}"), ("sent", $"{sent}")));
        if (group.Counts.Count > 0 && group.Counts.All(count => count.AmountMinor is not null) && group.AmountTotalMinor is { } total && Sum(group.Counts.Select(count => count.AmountMinor)) is var sum && sum != total)
        {
            yield return Sums(answer, where, ("statuses", "the statuses come to", sum), total);
        }

        if (group.Lines.Count > 0 && group.Lines.Count == group.LinesTotal && group.Lines.All(line => line.AmountMinor is not null) && group.AmountTotalMinor is { } whole && Sum(group.Lines.Select(line => line.AmountMinor)) is var listed && listed != whole)
        {
            yield return Sums(answer, where, ("lines", "its lines come to", listed), whole);
        }

        foreach (var count in group.Counts.Where(count => group.Lines.Count(line => line.Said.Outcome == count.Outcome) > group.Counts.Where(other => other.Outcome == count.Outcome).Sum(other => other.Lines)))
        {
            var outcome = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{count.Outcome}");
            yield return new Remark(CountsDiffer, $"{where}: more lines are listed as {count.Outcome.ToString().ToLowerInvariant()} than are counted.", where.With("outcome", ("state", outcome)));
        }
    }

    private static IEnumerable<Remark> AcrossBatches(ReadAnswer answer)
    {
        if (answer.Batches.Sum(batch => batch.LinesTotal) is var lines && lines > answer.File.LinesTotal) yield return new Remark(CountsDiffer, $"the batches come to {lines} lines, and {answer.File.LinesTotal} were sent.", Particulars.Of("batches", ("said", $"{lines}"), ("sent", $"{answer.File.LinesTotal}")));
        if (Sum(answer.Batches.Select(batch => batch.AmountTotalMinor)) is var sum && sum > answer.File.AmountTotalMinor) yield return Sums(answer, null, ("batches", "the batches come to", sum), answer.File.AmountTotalMinor.Value);
    }

    private static Remark Sums(ReadAnswer answer, AnswerPlace? where, (string Variant, string Words, long Minor) said, long sent)
    {
        var (sum, total) = (Money.ToMajor(said.Minor, answer.Currency.Digits), Money.ToMajor(sent, answer.Currency.Digits));
        (string, string?)[] amounts = [("sum", sum), ("total", total)];
        return new Remark(SumsDiffer, $"{(where is { } named ? $"{named}: " : "")}{said.Words} {sum}, and {total} was sent.", where?.With(said.Variant, amounts) ?? Particulars.Of(said.Variant, amounts));
    }

    private static long Sum(IEnumerable<long?> amounts) => amounts.Aggregate(0L, (sum, amount) => checked(sum + (amount ?? 0)));
}
