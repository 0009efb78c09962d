using System.Collections.Frozen;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>What the words of funds mean: our own, in any case, and the status codes of ISO 20022 (external code sets, payment status).</summary>
public static class AnswerWords
{
    /// <summary>The status codes of ISO 20022.</summary>
    public static IReadOnlyDictionary<string, AcknowledgementOutcome> Iso20022 { get; } = new Dictionary<string, AcknowledgementOutcome>
    {
        ["RCVD"] = AcknowledgementOutcome.Received,
        ["ACTC"] = AcknowledgementOutcome.StructureOk,
        ["PDNG"] = AcknowledgementOutcome.Pending,
        ["ACCP"] = AcknowledgementOutcome.Accepted,
        ["ACSP"] = AcknowledgementOutcome.Accepted,
        ["ACFC"] = AcknowledgementOutcome.Accepted,
        ["ACSC"] = AcknowledgementOutcome.Accepted,
        ["ACCC"] = AcknowledgementOutcome.Accepted,
        ["ACWC"] = AcknowledgementOutcome.AcceptedWithWarning,
        ["PART"] = AcknowledgementOutcome.PartlyAccepted,
        ["RJCT"] = AcknowledgementOutcome.Rejected,
        ["CANC"] = AcknowledgementOutcome.Rejected,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenDictionary<string, AcknowledgementOutcome> Own =
        Enum.GetValues<AcknowledgementOutcome>().ToFrozenDictionary(outcome => outcome.ToString(), StringComparer.OrdinalIgnoreCase);

    /// <summary>The outcome that a word stands for; null for a word that nobody has told us of.</summary>
    public static AcknowledgementOutcome? Of(string word) =>
        Own.TryGetValue(word.Replace("_", "", StringComparison.Ordinal), out var outcome) || Iso20022.TryGetValue(word, out outcome) ? outcome : null;
}
