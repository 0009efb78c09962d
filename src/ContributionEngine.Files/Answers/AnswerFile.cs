using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Reads what a fund answers, whatever form it has: payment status reports (pain.002), CSV, and the simulator's JSON.</summary>
public static class AnswerFile
{
    /// <summary>Where neither the file nor the reader names a currency: amounts with two decimals.</summary>
    internal static readonly Currency Undenominated = new("XXX", 2);

    /// <summary>To look into a file before it is known what it speaks of: takes any currency, with as many decimals as there are.</summary>
    internal static readonly Currency AnyCurrency = new("XXX", 3);

    /// <summary>What a file says of each remittance that it speaks of. Refusals as of <see cref="Inspect"/>.</summary>
    /// <param name="raw">The bytes as they came.</param>
    /// <param name="currency">In which the amounts must be.</param>
    public static Outcome<IReadOnlyList<Acknowledgement>> Read(byte[] raw, Currency currency) =>
        Inspect(raw, currency).Ok(out var answers, out var refusal) ? answers.SelectMany(Spoken.Of).ToArray() : refusal;

    /// <summary>The answers of a file as they stand in it. Refusals: <c>answer_unreadable</c>, <c>answer_not_an_answer</c>, <c>answer_too_large</c>, <c>answer_figure</c> and those of <see cref="Pain002"/>.</summary>
    /// <param name="raw">The bytes as they came.</param>
    /// <param name="currency">In which the amounts must be; null: as the file says.</param>
    public static Outcome<IReadOnlyList<ReadAnswer>> Inspect(byte[] raw, Currency? currency)
    {
        if (raw.Length > AnswerLimits.BytesMax) return No("answer_too_large", $"The answer has {raw.Length} bytes, at most {AnswerLimits.BytesMax}.");
        return First(raw) switch
        {
            '<' => One(Pain002.Read(raw, currency)),
            '{' => One(AnswerJson.Inspect(raw, currency ?? Undenominated)),
            _ => AnswerCsv.Read(raw, currency ?? Undenominated),
        };
    }

    /// <summary>The references that a file quotes, empty where it quotes none, for whoever must know in which currency to read it.</summary>
    public static Outcome<IReadOnlyList<string>> References(byte[] raw) =>
        Inspect(raw, AnyCurrency).Ok(out var answers, out var refusal) ? answers.SelectMany(Spoken.Of).Select(said => said.Reference).Distinct().ToArray() : refusal;

    internal static Refusal No(string code, string detail) => Refusal.Input(code, detail) with { Help = "Ask the fund for the answer anew, and give the file as it came; docs/answers.md says which forms are read." };

    private static Outcome<IReadOnlyList<ReadAnswer>> One(Outcome<ReadAnswer> read) => read.Ok(out var answer, out var refusal) ? new[] { answer } : refusal;

    // The first byte that is neither the mark of an encoding nor blank; in UTF-16 every other byte is none.
    private static char First(ReadOnlySpan<byte> raw)
    {
        var at = raw.IndexOfAnyExcept<byte>([0xEF, 0xBB, 0xBF, 0xFF, 0xFE, 0, (byte)' ', (byte)'\t', (byte)'\r', (byte)'\n']);
        return at < 0 ? ' ' : (char)raw[at];
    }
}
