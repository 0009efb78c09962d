using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Lines and what they come to.</summary>
/// <param name="AmountMinor">Null where the answer does not give the amount of one of them.</param>
public sealed record LineSum(long Lines, long? AmountMinor)
{
    public static LineSum Zero { get; } = new(0, 0);

    internal LineSum And(long lines, long? amount) => lines == 0 ? this : new LineSum(Lines + lines, AmountMinor is { } sum && amount is { } more ? checked(sum + more) : null);
}

/// <summary>
/// What an answer speaks of, not only what it lists: by its own counts per status, else by the listed lines, else by the number
/// that was sent and the status of the whole. Accepted includes accepted with a warning, pending what was only received; returned is in none.
/// </summary>
public sealed record AnswerTotals(LineSum Accepted, LineSum Rejected, LineSum Pending)
{
    public static AnswerTotals Of(ReadAnswer answer)
    {
        var totals = new AnswerTotals(LineSum.Zero, LineSum.Zero, LineSum.Zero);
        return answer.Groups.SelectMany(group => Counted(answer, group)).Aggregate(totals, (so, count) => so.And(count));
    }

    /// <summary>What a group comes to, by status.</summary>
    internal static IEnumerable<AnsweredCount> Counted(ReadAnswer answer, AnsweredGroup group)
    {
        if (group.Counts.Count > 0) return group.Counts;
        var listed = group.Lines.Select(line => new AnsweredCount(answer.Effective(line, group).Said.Outcome!.Value, 1, line.AmountMinor)).ToList();
        if (listed.Count > 0 && !group.ListsAllRefused) return listed;
        var whole = answer.Batches.Count > 1 ? group : group with { LinesTotal = group.LinesTotal ?? answer.File.LinesTotal, AmountTotalMinor = group.LinesTotal is null ? answer.File.AmountTotalMinor : group.AmountTotalMinor };
        var rest = Math.Max(0, (whole.LinesTotal ?? listed.Count) - listed.Count);
        var amount = listed.Count == 0 ? whole.AmountTotalMinor : listed.All(count => count.AmountMinor is not null) ? whole.AmountTotalMinor - listed.Sum(count => count.AmountMinor) : null;
        return listed.Append(new AnsweredCount(Spoken.Rest(answer, group) ?? group.Said.Outcome ?? answer.File.Said.Outcome ?? AcknowledgementOutcome.Pending, rest, amount));
    }

    private AnswerTotals And(AnsweredCount count) => count.Outcome switch
    {
        AcknowledgementOutcome.Accepted or AcknowledgementOutcome.AcceptedWithWarning => this with { Accepted = Accepted.And(count.Lines, count.AmountMinor) },
        AcknowledgementOutcome.Rejected => this with { Rejected = Rejected.And(count.Lines, count.AmountMinor) },
        AcknowledgementOutcome.Returned => this,
        _ => this with { Pending = Pending.And(count.Lines, count.AmountMinor) },
    };
}
