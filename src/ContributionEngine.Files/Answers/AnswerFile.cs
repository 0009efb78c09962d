using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Reads what a fund answers, whatever form it has.</summary>
public static class AnswerFile
{
    /// <summary>The answers of a file, one per remittance that it speaks of. Refusals: <c>answer_unreadable</c>.</summary>
    /// <param name="raw">The bytes as they came.</param>
    /// <param name="currency">In which the amounts are.</param>
    public static Outcome<IReadOnlyList<Acknowledgement>> Read(byte[] raw, Currency currency) =>
        AnswerJson.Read(raw, currency).Ok(out var answer, out var refusal) ? new[] { answer } : refusal;
}
