namespace ContributionEngine.Core;

/// <summary>What the fund has said of a line.</summary>
public enum LineOutcome
{
    Sent,
    Accepted,
    Rejected,
    Returned,
}

/// <summary>A line of a remittance, as answers speak of it.</summary>
/// <param name="AmountMinor">Minor units.</param>
public sealed record AnswerableLine(long LineNo, string MemberNo, string NationalId, long AmountMinor, LineOutcome Outcome);

/// <summary>A line whose outcome an answer changes.</summary>
/// <param name="Code">The fund's own, verbatim.</param>
public sealed record LineChange(long LineNo, LineOutcome Outcome, string Code);

/// <summary>Why an answer cannot be relied on.</summary>
public enum DoubtKind
{
    /// <summary>It names other numbers of lines or other amounts than were sent, or its own do not add up.</summary>
    OtherTotals,

    /// <summary>It speaks of a line that is not in the remittance, or that cannot be told from another.</summary>
    LineUnknown,

    /// <summary>It takes back what the fund said before.</summary>
    Contradicts,
}

/// <summary>A doubt about an answer, as a sentence, and what it needs in another language: amounts in minor units, since an answer may have no currency that is known.</summary>
public sealed record AnswerDoubt(DoubtKind Kind, string Detail, Particulars Particulars);

/// <summary>
/// What one answer does to a remittance. An answer in doubt does nothing at all. The order in which answers come changes nothing,
/// as long as the fund does not contradict itself: a line's own word counts before what stands above it, "returned" after "accepted", and
/// what was said first stands.
/// </summary>
/// <param name="Said">The events with the numbers of the lines that they speak of.</param>
public sealed record AnswerEffect(IReadOnlyList<AcknowledgementEvent> Said, IReadOnlyList<LineChange> Changes, IReadOnlyList<AnswerDoubt> Doubts)
{
    /// <summary>Lines that a sentence names at the most.</summary>
    private const int LinesNamed = 10;

    /// <param name="lines">All lines of the remittance, in line order.</param>
    /// <param name="isSettled">A refusal after settlement is a return.</param>
    public static AnswerEffect Of(IReadOnlyList<AnswerableLine> lines, bool isSettled, Acknowledgement answer)
    {
        var doubts = Totals(lines, answer).ToList();
        var said = new AnsweredNames(lines, answer).Resolve(doubts);
        doubts.AddRange(Amounts(lines, said));
        var changes = Weighed(lines, isSettled, (answer, said), doubts);
        return new AnswerEffect(Shared(said), doubts.Count > 0 ? [] : changes, doubts);
    }

    private static IEnumerable<AnswerDoubt> Totals(IReadOnlyList<AnswerableLine> lines, Acknowledgement answer)
    {
        var total = lines.Sum(line => line.AmountMinor);
        // A payment order is one transfer, whatever it pays.
        var isTransfer = answer.LinesTotal == 1 && answer.AmountTotalMinor == total;
        if (answer.LinesTotal is { } count && count != lines.Count && !isTransfer) yield return new AnswerDoubt(DoubtKind.OtherTotals, $"The fund says {count} lines; {lines.Count} were sent.", Particulars.Of("lines", ("said", $"{count}"), ("sent", $"{lines.Count}")));
        if (answer.AmountTotalMinor is { } sum && sum != total) yield return new AnswerDoubt(DoubtKind.OtherTotals, $"The fund says a total of {sum} minor units; {total} were sent.", Particulars.Of("sum", ("said", $"{sum}"), ("sent", $"{total}")));
        foreach (var finding in answer.Findings.Where(found => found.Code is "counts_differ" or "sums_differ")) yield return new AnswerDoubt(DoubtKind.OtherTotals, $"{finding}", Particulars.Of("inside", ("finding", finding.Code)));
    }

    // A word about a member with several lines is about them all, and so is its amount.
    private static IEnumerable<AnswerDoubt> Amounts(IReadOnlyList<AnswerableLine> lines, IReadOnlyList<AcknowledgementEvent> said)
    {
        var sent = lines.ToDictionary(line => line.LineNo, line => line.AmountMinor);
        return said.Where(word => word is { Level: AcknowledgementLevel.Line, Line: not null, AmountMinor: not null })
            .GroupBy(word => word.Reference ?? $"{word.Line}")
            .Select(words => (Line: words.Key, Said: words.First().AmountMinor, Sent: words.Select(word => word.Line!.Value).Distinct().Sum(line => sent[line])))
            .Where(of => of.Said != of.Sent)
            .Select(of => new AnswerDoubt(DoubtKind.OtherTotals, $"The fund says {of.Said} minor units of line «{of.Line}»; {of.Sent} were sent.", Particulars.Of("amount", ("line", of.Line), ("said", $"{of.Said}"), ("sent", $"{of.Sent}"))));
    }

    // An amount that is said of several lines at once is of none of them.
    private static IReadOnlyList<AcknowledgementEvent> Shared(IReadOnlyList<AcknowledgementEvent> said)
    {
        var several = said.Where(word => word is { Level: AcknowledgementLevel.Line, Line: not null, Reference: not null }).GroupBy(word => word.Reference).Where(words => words.Select(word => word.Line).Distinct().Count() > 1).Select(words => words.Key).ToHashSet();
        return several.Count == 0 ? said : [.. said.Select(word => word.Level == AcknowledgementLevel.Line && several.Contains(word.Reference) ? word with { AmountMinor = null } : word)];
    }

    private static List<LineChange> Weighed(IReadOnlyList<AnswerableLine> lines, bool isSettled, (Acknowledgement Answer, IReadOnlyList<AcknowledgementEvent> Said) of, List<AnswerDoubt> doubts)
    {
        var own = of.Said.Where(word => word is { Level: AcknowledgementLevel.Line, Line: not null }).ToLookup(word => word.Line!.Value);
        var rest = of.Answer.Rest;
        var changes = new List<LineChange>();
        var contradicted = new List<long>();
        // Who refused the whole and now takes it has changed their mind; who refused one line and takes the rest has not.
        var wasRefused = lines.All(line => line.Outcome == LineOutcome.Rejected);
        foreach (var line in lines)
        {
            var words = own[line.LineNo].Where(word => word.Verdict is not null).ToList();
            if (words.Select(word => word.Verdict).Distinct().Count() > 1) contradicted.Add(line.LineNo);
            else if (words.Count > 0) Weigh(line, (words[0].Verdict!.Value, words[0].Code), isSettled, isWhole: false);
            else if (rest is not null && !own.Contains(line.LineNo)) Weigh(line, (rest.Rest!.Value, rest.Rest == rest.Verdict ? rest.Code : ""), false, isWhole: !wasRefused);
        }

        if (contradicted.Count > 0) doubts.Add(new AnswerDoubt(DoubtKind.Contradicts, $"The fund takes back what it said of {Listed(contradicted)}.", Particulars.Of(null, ("lines", $"{First(contradicted)}{(contradicted.Count > LinesNamed ? ", ..." : "")}"))));
        return changes;

        void Weigh(AnswerableLine line, (AcknowledgementOutcome Verdict, string Code) word, bool returns, bool isWhole)
        {
            switch (line.Outcome, word.Verdict)
            {
                case (LineOutcome.Sent, var verdict):
                    changes.Add(new LineChange(line.LineNo, Outcome(verdict), word.Code));
                    break;
                case (LineOutcome.Accepted, AcknowledgementOutcome.Returned):
                case (LineOutcome.Accepted, AcknowledgementOutcome.Rejected) when returns:
                    changes.Add(new LineChange(line.LineNo, LineOutcome.Returned, word.Code));
                    break;
                case (LineOutcome.Accepted, AcknowledgementOutcome.Rejected):
                case (LineOutcome.Rejected, AcknowledgementOutcome.Accepted) when !isWhole:
                    contradicted.Add(line.LineNo);
                    break;
            }
        }
    }

    private static LineOutcome Outcome(AcknowledgementOutcome verdict) => verdict switch
    {
        AcknowledgementOutcome.Rejected => LineOutcome.Rejected,
        AcknowledgementOutcome.Returned => LineOutcome.Returned,
        _ => LineOutcome.Accepted,
    };

    private static string Listed(List<long> lines) =>
        $"{(lines.Count == 1 ? "line" : "lines")} {First(lines)}{(lines.Count > LinesNamed ? $" and {lines.Count - LinesNamed} more" : "")}";

    private static string First(List<long> lines) => string.Join(", ", lines.Take(LinesNamed));
}

/// <summary>Which lines an answer means: by their number, else by the number or the national id of a member, who may have several.</summary>
internal sealed class AnsweredNames(IReadOnlyList<AnswerableLine> lines, Acknowledgement answer)
{
    private readonly ILookup<string, long> members = lines.ToLookup(line => line.MemberNo, line => line.LineNo);
    private readonly ILookup<string, long> nationalIds = lines.ToLookup(line => Folded(line.NationalId), line => line.LineNo);
    private readonly HashSet<long> numbers = [.. lines.Select(line => line.LineNo)];

    /// <summary>The events, each line event once for every line that it means.</summary>
    public IReadOnlyList<AcknowledgementEvent> Resolve(List<AnswerDoubt> doubts)
    {
        var resolved = new List<AcknowledgementEvent>();
        foreach (var said in answer.Events)
        {
            if (said.Level != AcknowledgementLevel.Line)
            {
                resolved.Add(said);
                continue;
            }

            var meant = Meant(said);
            if (meant.Count == 0) doubts.Add(new AnswerDoubt(DoubtKind.LineUnknown, $"The fund speaks of line «{said.Reference ?? $"{said.Line}"}», which is not in the remittance or cannot be told from another.", Particulars.Of(null, ("line", said.Reference ?? $"{said.Line}"))));
            if (meant.Count == 0) resolved.Add(said);
            resolved.AddRange(meant.Select(line => said with { Line = line }));
        }

        return resolved;
    }

    private IReadOnlyList<long> Meant(AcknowledgementEvent said)
    {
        if (said.Line is { } given) return numbers.Contains(given) ? [given] : [];
        if (said.Reference is not { } name) return lines.Count == 1 ? [lines[0].LineNo] : [];
        var byName = members[name].Concat(nationalIds[Folded(name)]).Distinct().ToList();
        if (Number(name) is not { } number || !numbers.Contains(number)) return byName;
        // A number that is also a member's may mean either.
        return byName.Count == 0 || byName is [var only] && only == number ? [number] : [];
    }

    // «7», «007», or our reference with the line behind it: «RF18539007547034-7».
    private long? Number(string name)
    {
        var text = answer.Reference.Length > 0 && name.StartsWith(answer.Reference, StringComparison.OrdinalIgnoreCase) ? name[answer.Reference.Length..].TrimStart('-', '/', '.', ' ') : name;
        return long.TryParse(text, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) ? number : null;
    }

    private static string Folded(string nationalId) => string.Concat(nationalId.Where(letter => letter is not (' ' or '-' or '.'))).ToUpperInvariant();
}
