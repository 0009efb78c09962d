using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>
/// Which remittances an answer speaks of, and what it says of each. Our reference may stand as the name of the message, of a batch,
/// or of a line: then that batch or line is the answer about one remittance.
/// </summary>
internal static class Spoken
{
    public static IReadOnlyList<Acknowledgement> Of(ReadAnswer answer)
    {
        if (IsOurs(answer.Original)) return [About(answer)];
        var batches = answer.Batches.Where(batch => IsOurs(batch.Reference)).ToList();
        if (batches.Count > 0) return [.. batches.Select(batch => About(Alone(answer, batch, batch.Reference!)))];
        var lines = (from batch in answer.Groups from line in batch.Lines where IsOurs(line.Reference) select Whole(answer, answer.Effective(line, batch))).ToList();
        return lines.Count > 0 ? lines : [About(answer)];
    }

    /// <summary>The reference as it is stored: without blanks, in capitals.</summary>
    public static string Normal(string? reference) => (reference ?? "").Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant();

    /// <summary>
    /// What stands for the lines of a group that are not listed: its word, "partly" only where the counts, or the promise of the form,
    /// leave no other status for them.
    /// </summary>
    public static AcknowledgementOutcome? Rest(ReadAnswer answer, AnsweredGroup group)
    {
        var word = group.Said.Outcome ?? answer.File.Said.Outcome ?? AcknowledgementOutcome.Pending;
        if (word != AcknowledgementOutcome.PartlyAccepted) return new AcknowledgementEvent(AcknowledgementLevel.Batch, null, word, "", "", null).Verdict;
        var listed = group.Lines.Select(line => answer.Effective(line, group).Said.Outcome).ToList();
        var refused = listed.Count(outcome => outcome == AcknowledgementOutcome.Rejected);
        if (group.Counts.Count == 0) return group.ListsAllRefused && refused > 0 && !listed.Contains(AcknowledgementOutcome.Pending) ? AcknowledgementOutcome.Accepted : null;
        long Counted(Func<AcknowledgementOutcome, bool> which) => group.Counts.Where(count => which(count.Outcome)).Sum(count => count.Lines);
        var isAll = group.LinesTotal is null || Counted(_ => true) == group.LinesTotal;
        return isAll && refused == Counted(outcome => outcome == AcknowledgementOutcome.Rejected) && refused + Counted(IsAccepted) == Counted(_ => true) ? AcknowledgementOutcome.Accepted : null;
    }

    private static bool IsAccepted(AcknowledgementOutcome outcome) => outcome is AcknowledgementOutcome.Accepted or AcknowledgementOutcome.AcceptedWithWarning;

    private static bool IsOurs(string? reference) => reference is not null && (CreditorReference.IsValid(reference) || Normal(reference).StartsWith("REM-", StringComparison.Ordinal));

    private static ReadAnswer Alone(ReadAnswer answer, AnsweredGroup batch, string reference) => answer with
    {
        Original = reference,
        File = new AnsweredGroup(answer.File.Said) { LinesTotal = batch.LinesTotal, AmountTotalMinor = batch.AmountTotalMinor },
        Batches = [batch],
    };

    private static Acknowledgement Whole(ReadAnswer answer, AnsweredLine line)
    {
        return new Acknowledgement(Normal(line.Reference), answer.Sha256, [Event(AcknowledgementLevel.File, line)], null, line.AmountMinor) { Findings = AnswerFindings.Of(answer) };
    }

    private static Acknowledgement About(ReadAnswer answer)
    {
        var reference = Normal(answer.Original);
        var events = new List<AcknowledgementEvent>();
        if (answer.File.Said.Outcome is { } word) events.Add(Event(AcknowledgementLevel.File, answer.File.Said, word) with { Rest = answer.Batches.Count == 0 ? Rest(answer, answer.File) : null });
        // A line that bears the name of the whole is the whole, such as the one transfer of a payment order.
        var lines = answer.Lines.ToLookup(line => reference.Length > 0 && Normal(line.Reference) == reference);
        events.AddRange(lines[true].Any() ? lines[true].Select(line => Event(AcknowledgementLevel.Batch, line)) : answer.Batches.Select(batch => Event(answer, batch)));
        events.AddRange(lines[false].Select(line => Event(AcknowledgementLevel.Line, line)));
        return new Acknowledgement(reference, answer.Sha256, events, LinesTotal(answer), AmountTotal(answer)) { Findings = AnswerFindings.Of(answer), Roots = answer.Roots };
    }

    private static long? LinesTotal(ReadAnswer answer) => answer.File.LinesTotal ?? (answer.Batches.Count == 1 ? answer.Batches[0].LinesTotal : null);

    private static long? AmountTotal(ReadAnswer answer) => answer.File.AmountTotalMinor ?? (answer.Batches.Count == 1 ? answer.Batches[0].AmountTotalMinor : null);

    private static AcknowledgementEvent Event(AcknowledgementLevel level, AnswerWord said, AcknowledgementOutcome outcome) => new(level, null, outcome, said.Code, said.Text, null);

    private static AcknowledgementEvent Event(AcknowledgementLevel level, AnsweredLine line) =>
        Event(level, line.Said, line.Said.Outcome!.Value) with { Reference = line.Reference, AmountMinor = line.AmountMinor };

    private static AcknowledgementEvent Event(ReadAnswer answer, AnsweredGroup batch) =>
        Event(AcknowledgementLevel.Batch, batch.Said, batch.Said.Outcome ?? answer.File.Said.Outcome ?? AcknowledgementOutcome.Pending) with { Reference = batch.Reference, Rest = Rest(answer, batch) };
}
