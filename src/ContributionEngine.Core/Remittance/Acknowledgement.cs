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
/// <param name="Line">Line number inside the remittance, from 1; null above line level.</param>
/// <param name="Outcome">The canonical outcome.</param>
/// <param name="Code">The fund's own code, verbatim.</param>
/// <param name="Text">The fund's own words, verbatim.</param>
/// <param name="AmountMinor">The amount that the fund names, in minor units; null when it names none.</param>
public sealed record AcknowledgementEvent(
    AcknowledgementLevel Level, long? Line, AcknowledgementOutcome Outcome, string Code, string Text, long? AmountMinor);

/// <summary>One answer of the fund: about one remittance, whole or in part, perhaps late, perhaps the second time.</summary>
/// <param name="Reference">The remittance reference (ISO 11649) that the fund quotes.</param>
/// <param name="RawSha256">Lower-case hex SHA-256 of the bytes as they came.</param>
/// <param name="Events">In the order in which the fund gives them.</param>
/// <param name="LinesTotal">How many lines the fund says it received; null when it does not say.</param>
/// <param name="AmountTotalMinor">The sum that the fund says it received, in minor units; null when it does not say.</param>
public sealed record Acknowledgement(
    string Reference, string RawSha256, IReadOnlyList<AcknowledgementEvent> Events, long? LinesTotal, long? AmountTotalMinor);
