using System.Globalization;
using ContributionEngine.Core;

namespace ContributionEngine.Files;

/// <summary>Numbers, amounts and texts of an answer, taken over exactly or not at all.</summary>
/// <param name="isGuess">The currency was read from the answer itself, or is none: an answer that names two is refused all the same.</param>
internal sealed class AnswerFigures(Currency currency, bool isGuess)
{
    private const int DecimalsMax = 18;

    public Currency Currency => currency;

    /// <summary>Minor units; null where nothing is written.</summary>
    public long? Amount(string? text, string? code = null)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        if (code is not null && code != currency.Code && currency != AnswerFile.AnyCurrency)
        {
            throw new AnswerRefusedException(AnswerFile.No("answer_currency", isGuess ? $"The answer names amounts in {currency.Code} and in «{code}»." : $"The answer names an amount in «{code}»; what was sent is in {currency.Code}."));
        }

        return Ratio.TryParse(text.Trim(), DecimalsMax, out var value) && (value * currency.MinorPerMajor).TryToLong(out var minor) && minor >= 0
            ? minor
            : throw new AnswerRefusedException(AnswerFile.No("answer_figure", $"«{Cut(text)}» is not an amount in {currency.Code} with at most {currency.Digits} decimals."));
    }

    public static long? Count(string? text)
    {
        if (string.IsNullOrWhiteSpace(text)) return null;
        return long.TryParse(text.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count
            : throw new AnswerRefusedException(AnswerFile.No("answer_figure", $"«{Cut(text)}» is not a number of lines."));
    }

    /// <summary>A code or a reference.</summary>
    public static string? Short(string? text) => text is null || text.Length <= AnswerLimits.CodeMax ? text : throw AnswerRefusedException.TooLarge($"a code or reference of {text.Length} characters, at most {AnswerLimits.CodeMax}");

    public static string Text(string? text) => text is null ? "" : text.Length <= AnswerLimits.TextMax ? text : throw AnswerRefusedException.TooLarge($"a text of {text.Length} characters, at most {AnswerLimits.TextMax}");

    /// <summary>The finding of a word that nobody has told us of.</summary>
    public static Remark Unknown(string word, AnswerPlace where) => new(AnswerFindings.StatusUnknown, $"«{Cut(word)}» of {where} is no status that is known; it counts as pending.", where.With(null, ("word", Cut(word))));

    private static string Cut(string text) => text.Length <= 40 ? text : $"{text[..40]}...";
}

/// <summary>Where in an answer something stands.</summary>
/// <param name="At"><c>answer</c>, <c>batch</c>, <c>line</c>, <c>row</c> or <c>count</c>.</param>
internal readonly record struct AnswerPlace(string At, string? Which)
{
    public static readonly AnswerPlace Whole = new("answer", null);

    public static readonly AnswerPlace Count = new("count", null);

    public static AnswerPlace Batch(string name) => new("batch", $"«{name}»");

    public static AnswerPlace Line(string? name) => new("line", $"«{name}»");

    public Particulars With(string? variant, params IEnumerable<(string, string?)> values) => Particulars.Of(variant, [("at", At), ("which", Which), .. values]);

    public override string ToString() => At switch { "answer" => "the answer", "count" => "a count", _ => $"{At} {Which}" };
}

/// <summary>An answer turned out, on the way, to be one that is refused.</summary>
internal sealed class AnswerRefusedException(Refusal refusal) : Exception(refusal.Detail)
{
    public Refusal Refusal { get; } = refusal;

    public static AnswerRefusedException TooLarge(string what) => new(AnswerFile.No("answer_too_large", $"The answer holds {what}."));
}
