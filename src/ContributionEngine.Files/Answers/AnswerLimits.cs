namespace ContributionEngine.Files;

/// <summary>How large an answer may be; one that is larger is refused whole (<c>answer_too_large</c>).</summary>
public static class AnswerLimits
{
    /// <summary>Bytes of a file.</summary>
    public const int BytesMax = 64 << 20;

    /// <summary>Lines that one answer lists.</summary>
    public const int LinesMax = 1_000_000;

    /// <summary>Batches that one answer lists.</summary>
    public const int BatchesMax = 10_000;

    /// <summary>Characters of the fund's words about one thing.</summary>
    public const int TextMax = 20_000;

    /// <summary>Characters of the codes about one thing, and of a reference.</summary>
    public const int CodeMax = 100;
}
