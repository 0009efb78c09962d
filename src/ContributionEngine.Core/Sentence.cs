using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace ContributionEngine.Core;

/// <summary>
/// An English sentence whose values have names, so that it can be said in another language: <c>$"Member {number:member} left on {day:date}."</c>
/// What stands in it without a name belongs to the English alone.
/// </summary>
[InterpolatedStringHandler]
public sealed class Sentence(int literalLength, int formattedCount)
{
    private readonly StringBuilder sentence = new(literalLength);
    private readonly Dictionary<string, string> values = new(formattedCount);

    private Remark[] inner = [];

    public void AppendLiteral(string text) => sentence.Append(text);

    /// <param name="format">The name of the value, here and below: what stands behind a colon has no other way in.</param>
    public void AppendFormatted(string? value, string? format = null)
    {
        sentence.Append(value);
        if (format is not null && value is not null) values[format] = value;
    }

    public void AppendFormatted(long value, string? format = null) => AppendFormatted(value.ToString(CultureInfo.InvariantCulture), format);

    public void AppendFormatted(Money value, string? format = null) => AppendFormatted(value.ToString(), format);

    public void AppendFormatted(DateOnly value, string? format = null) => AppendFormatted(value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), format);

    /// <summary>A value that is shown in one way and kept in another.</summary>
    public void AppendFormatted((string Shown, string Kept) value, string? format = null)
    {
        sentence.Append(value.Shown);
        if (format is not null) values[format] = value.Kept;
    }

    /// <summary>Part of the sentence that has names of its own.</summary>
    public void AppendFormatted(Sentence part)
    {
        sentence.Append(part.sentence);
        foreach (var (name, value) in part.values) values[name] = value;
        inner = [.. inner, .. part.inner];
    }

    /// <summary>Sentences within it, of which each can be said in another language by itself.</summary>
    public void AppendFormatted((string Shown, IEnumerable<Remark> Kept) sentences)
    {
        sentence.Append(sentences.Shown);
        inner = [.. sentences.Kept];
    }

    /// <summary>One such sentence, shown as it is.</summary>
    public void AppendFormatted(Remark said) => AppendFormatted((said.Sentence, (IEnumerable<Remark>)[said]));

    public override string ToString() => sentence.ToString();

    /// <summary>The sentence as the one of a code, and its values.</summary>
    public Remark As(string code, string? variant = null) =>
        new(code, ToString(), variant is null && values.Count == 0 && inner.Length == 0 ? null : new Particulars(variant, values) { Inner = inner.Length == 0 ? null : inner });
}
