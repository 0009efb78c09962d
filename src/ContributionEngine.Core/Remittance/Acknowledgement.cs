namespace ContributionEngine.Core;

/// <summary>What part of a remittance the fund speaks of.</summary>
public enum AcknowledgementLevel
{
    File,
    Batch,
    Line,
}

/// <summary>The fund's word in the engine's own terms, whatever format it came in.</summary>
public enum AcknowledgementOutcome
{
    Received,
    StructureOk,
    Accepted,
    AcceptedWithWarning,
    PartlyAccepted,
    Rejected,
    Pending,

    /// <summary>Refused after the money moved.</summary>
    Returned,
}

/// <summary>One thing that the fund says.</summary>
/// <param name="Level">What it speaks of.</param>
/// <param name="Line">Line number inside the remittance, from 1; null above line level, and where the fund names the line by something else.</param>
/// <param name="Outcome">The canonical outcome.</param>
/// <param name="Code">The fund's own code, verbatim; several are parted by a blank.</param>
/// <param name="Text">The fund's own words, verbatim.</param>
/// <param name="AmountMinor">The amount that the fund names, in minor units; null when it names none.</param>
public sealed record AcknowledgementEvent(
    AcknowledgementLevel Level, long? Line, AcknowledgementOutcome Outcome, string Code, string Text, long? AmountMinor)
{
    private readonly AcknowledgementOutcome? rest;

    /// <summary>What the fund calls the batch or the line, verbatim; null: nothing.</summary>
    public string? Reference { get; init; }

    /// <summary>What it means for the lines below it that the answer does not list; null: nothing final.</summary>
    public AcknowledgementOutcome? Rest
    {
        get => rest ?? Verdict;
        init => rest = value;
    }

    /// <summary>Accepted, rejected or returned; null while the fund has not decided.</summary>
    public AcknowledgementOutcome? Verdict => Outcome switch
    {
        AcknowledgementOutcome.Accepted or AcknowledgementOutcome.AcceptedWithWarning => AcknowledgementOutcome.Accepted,
        AcknowledgementOutcome.Rejected or AcknowledgementOutcome.Returned => Outcome,
        _ => null,
    };
}

/// <summary>One answer of the fund: about one remittance, whole or in part, perhaps late, perhaps the second time.</summary>
/// <param name="Reference">The remittance reference (ISO 11649) that the fund quotes; empty where it quotes none.</param>
/// <param name="RawSha256">Lower-case hex SHA-256 of the bytes as they came.</param>
/// <param name="Events">In the order in which the fund gives them.</param>
/// <param name="LinesTotal">How many lines the fund says it received; null when it does not say.</param>
/// <param name="AmountTotalMinor">The sum that the fund says it received, in minor units; null when it does not say.</param>
public sealed record Acknowledgement(
    string Reference, string RawSha256, IReadOnlyList<AcknowledgementEvent> Events, long? LinesTotal, long? AmountTotalMinor)
{
    /// <summary>What does not add up inside the answer.</summary>
    public IReadOnlyList<Remark> Findings { get; init; } = [];

    /// <summary>
    /// What stands for every line that the answer does not list, with its code: the word of the batches, where they agree, else the file's.
    /// "Partly" says nothing of its own. Null: nothing final, or not for sure.
    /// </summary>
    public AcknowledgementEvent? Rest
    {
        get
        {
            var file = Events.LastOrDefault(said => said.Level == AcknowledgementLevel.File);
            var batches = Events.Where(said => said.Level == AcknowledgementLevel.Batch).Select(said => said is { Outcome: AcknowledgementOutcome.PartlyAccepted, Rest: null } ? file : said).ToList();
            var word = batches.Count == 0 ? file : batches.All(said => said?.Rest == batches[0]?.Rest) ? batches[^1] : null;
            return word?.Rest is null ? null : word;
        }
    }

    /// <summary>What the fund confirms of proofs that it was told of, of whatever remittance.</summary>
    public IReadOnlyList<ConfirmedRoot> Roots { get; init; } = [];
}

/// <summary>The fund has this root over the accepted lines of a remittance.</summary>
/// <param name="Root">As the fund writes it; lower-case hex where it is right.</param>
public sealed record ConfirmedRoot(string Reference, string Root);
