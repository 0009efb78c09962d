using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What an answer says of a file, a batch or a line.</summary>
/// <param name="Outcome">Null: nothing of its own.</param>
/// <param name="Code">Verbatim; several codes are parted by a blank.</param>
/// <param name="Text">Verbatim.</param>
public sealed record AnswerWord(AcknowledgementOutcome? Outcome, string Code, string Text)
{
    public static AnswerWord None { get; } = new(null, "", "");
}

/// <summary>A line that an answer lists.</summary>
/// <param name="Reference">What the fund calls it; null: nothing.</param>
/// <param name="Said">What it says of the line itself.</param>
/// <param name="AmountMinor">Null: it names none.</param>
public sealed record AnsweredLine(string? Reference, AnswerWord Said, long? AmountMinor);

/// <summary>How many lines an answer gives a status, whether it lists them or not.</summary>
/// <param name="AmountMinor">Null: it names none.</param>
public sealed record AnsweredCount(AcknowledgementOutcome Outcome, long Lines, long? AmountMinor);

/// <summary>Lines that belong together: a batch of the answer, or the whole of one that has none.</summary>
public sealed record AnsweredGroup(AnswerWord Said)
{
    /// <summary>What the fund calls it.</summary>
    public string? Reference { get; init; }

    public IReadOnlyList<AnsweredLine> Lines { get; init; } = [];

    public IReadOnlyList<AnsweredCount> Counts { get; init; } = [];

    /// <summary>How many lines were in it when it was sent, as the fund says.</summary>
    public long? LinesTotal { get; init; }

    /// <summary>What they came to.</summary>
    public long? AmountTotalMinor { get; init; }

    /// <summary>The form promises that lines are listed only where something is to be said: with refused ones named and none pending, the others of a "partly" are accepted.</summary>
    public bool ListsAllRefused { get; init; }
}

/// <summary>One answer as it was read, whatever form it came in.</summary>
public sealed record ReadAnswer
{
    /// <summary><c>pain002</c>, <c>csv</c> or <c>json</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The reference that the fund quotes, without blanks around it; null: none.</summary>
    public string? Original { get; init; }

    /// <summary>Lower-case hex over the bytes of the file.</summary>
    public required string Sha256 { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>The whole, with the lines that stand in no batch.</summary>
    public required AnsweredGroup File { get; init; }

    public IReadOnlyList<AnsweredGroup> Batches { get; init; } = [];

    /// <summary>What the reader stumbled over; what does not add up is worked out.</summary>
    public IReadOnlyList<Remark> Stumbled { get; init; } = [];

    /// <summary>What the fund confirms of proofs that it was told of.</summary>
    public IReadOnlyList<ConfirmedRoot> Roots { get; init; } = [];

    /// <summary>Every line that is listed, with its own status or the one that it inherits.</summary>
    public IReadOnlyList<AnsweredLine> Lines => [.. Groups.SelectMany(group => group.Lines.Select(line => Effective(line, group)))];

    /// <summary>What the lines stand in: the batches, and the file where it has none, lists lines outside of them, or alone gives figures.</summary>
    public IEnumerable<AnsweredGroup> Groups => Batches.Count == 0 || (File.Counts.Count > 0 && Batches.All(batch => batch.Lines.Count + batch.Counts.Count == 0)) ? [File]
        : File.Lines.Count > 0 ? Batches.Append(File)
        : Batches;

    /// <summary>The line as it counts: its own status, else its batch's unless that is "partly", else the file's unless that is "partly", else pending. A status brings its reason.</summary>
    internal AnsweredLine Effective(AnsweredLine line, AnsweredGroup group)
    {
        if (line.Said.Outcome is not null) return line;
        var above = new[] { group.Said, File.Said }.FirstOrDefault(word => word.Outcome is not (null or AcknowledgementOutcome.PartlyAccepted));
        return line with { Said = above ?? line.Said with { Outcome = AcknowledgementOutcome.Pending } };
    }
}
