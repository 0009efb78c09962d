using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What in an answer is not known or does not add up, each as <c>code: sentence</c>.</summary>
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

    /// <summary>Findings after which nothing of an answer can be relied on.</summary>
    public static bool IsGrave(string finding) => finding.StartsWith(CountsDiffer, StringComparison.Ordinal) || finding.StartsWith(SumsDiffer, StringComparison.Ordinal);

    public static IReadOnlyList<string> Of(ReadAnswer answer) =>
        [.. answer.Stumbled, .. Missing(answer), .. answer.Batches.Append(answer.File).SelectMany(group => InGroup(answer, group)), .. AcrossBatches(answer)];

    private static IEnumerable<string> Missing(ReadAnswer answer)
    {
        var lines = answer.Groups.SelectMany(group => group.Lines.Where(line => line.Said.Outcome is null).Select(line => (Line: line, IsPending: answer.Effective(line, group).Said.Outcome == AcknowledgementOutcome.Pending)));
        return lines.Where(item => item.IsPending).Select(item => $"{StatusMissing}: line «{item.Line.Reference}» has no status, nor has what stands above it; it counts as pending.");
    }

    private static IEnumerable<string> InGroup(ReadAnswer answer, AnsweredGroup group)
    {
        var name = group.Reference is { } batch ? $"batch «{batch}»" : "the answer";
        var counted = group.Counts.Sum(count => count.Lines);
        if (group.Counts.Count > 0 && group.LinesTotal is { } lines && lines != counted) yield return $"{CountsDiffer}: {name}: the statuses come to {counted} lines, and {lines} were sent.";
        if (group.LinesTotal is { } sent && group.Lines.Count > sent) yield return $"{CountsDiffer}: {name} lists {group.Lines.Count} lines, and {sent} were sent.";
        if (group.Counts.Count > 0 && group.Counts.All(count => count.AmountMinor is not null) && group.AmountTotalMinor is { } total && Sum(group.Counts.Select(count => count.AmountMinor)) is var sum && sum != total)
        {
            yield return $"{SumsDiffer}: {name}: the statuses come to {Major(answer, sum)}, and {Major(answer, total)} was sent.";
        }

        if (group.Lines.Count > 0 && group.Lines.Count == group.LinesTotal && group.Lines.All(line => line.AmountMinor is not null) && group.AmountTotalMinor is { } whole && Sum(group.Lines.Select(line => line.AmountMinor)) is var listed && listed != whole)
        {
            yield return $"{SumsDiffer}: {name}: its lines come to {Major(answer, listed)}, and {Major(answer, whole)} was sent.";
        }

        foreach (var count in group.Counts.Where(count => group.Lines.Count(line => line.Said.Outcome == count.Outcome) > group.Counts.Where(other => other.Outcome == count.Outcome).Sum(other => other.Lines)))
        {
            yield return $"{CountsDiffer}: {name}: more lines are listed as {count.Outcome.ToString().ToLowerInvariant()} than are counted.";
        }
    }

    private static IEnumerable<string> AcrossBatches(ReadAnswer answer)
    {
        if (answer.Batches.Sum(batch => batch.LinesTotal) is var lines && lines > answer.File.LinesTotal) yield return $"{CountsDiffer}: the batches come to {lines} lines, and {answer.File.LinesTotal} were sent.";
        if (Sum(answer.Batches.Select(batch => batch.AmountTotalMinor)) is var sum && sum > answer.File.AmountTotalMinor) yield return $"{SumsDiffer}: the batches come to {Major(answer, sum)}, and {Major(answer, answer.File.AmountTotalMinor.Value)} was sent.";
    }

    private static long Sum(IEnumerable<long?> amounts) => amounts.Aggregate(0L, (sum, amount) => checked(sum + (amount ?? 0)));

    private static string Major(ReadAnswer answer, long minor) => Money.ToMajor(minor, answer.Currency.Digits);
}
