namespace ContributionEngine.Core;

/// <summary>Something odd about what was read, which refuses nothing by itself. It is told as <c>code: sentence</c>.</summary>
/// <param name="Code">Stable, such as <c>does_not_balance</c>.</param>
/// <param name="Sentence">What is odd and where, in English.</param>
/// <param name="Particulars">What the sentence needs in another language, with <c>at</c> (such as <c>line</c>) and <c>which</c> for its place; null where the code says it.</param>
public sealed record Remark(string Code, string Sentence, Particulars? Particulars = null)
{
    /// <summary>How many more there are of the same code.</summary>
    public int More { get; init; }

    /// <summary>One that was kept.</summary>
    /// <param name="code">Null where it was kept in English alone, or is in another's words.</param>
    /// <param name="particulars">As <see cref="Particulars.Text"/> writes them.</param>
    public static Remark Read(string? code, string sentence, string? particulars) => new(code ?? "", sentence, Core.Particulars.Read(particulars));

    /// <summary>This and another one in one, unless it says that already.</summary>
    public Remark And(Remark other) => Sentence.Contains(other.Sentence, StringComparison.Ordinal) ? this
        : new Remark("several", $"{Sentence} {other.Sentence}", Core.Particulars.Of(null) with { Inner = [.. Code == "several" ? Particulars!.Inner! : [this], other] });

    public override string ToString() => More == 0 ? $"{Code}: {Sentence}" : $"{Code}: {Sentence} (and {More} more)";
}
