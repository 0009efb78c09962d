namespace ContributionEngine.Core;

/// <summary>What becomes of a period of which a fund takes only the noticed amount.</summary>
public enum NoticeVerdict
{
    /// <summary>Exactly the quoted amount is ready: it goes.</summary>
    Goes,

    /// <summary>More or less is ready than was quoted.</summary>
    Differs,

    /// <summary>There is no quote that holds at the cut-off.</summary>
    Needed,
}

/// <summary>What a fund says that it takes.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="ValidUntil">The last day on which it holds; null: it has no end.</param>
public sealed record NoticeQuote(long Amount, DateOnly? ValidUntil)
{
    public bool HoldsOn(DateOnly day) => ValidUntil is not { } last || day <= last;
}

/// <summary>Exact-only acceptance: request, quote, pay, confirm. Never a part, never another amount.</summary>
public static class NoticeRules
{
    /// <summary>Longest reference that a payment order and a declaration carry.</summary>
    public const int ReferenceMax = 35;

    /// <param name="ready">What the cut-off would take of the period, in minor units.</param>
    public static NoticeVerdict Of(NoticeQuote? quote, long ready, DateOnly cutoff)
    {
        if (quote is null || !quote.HoldsOn(cutoff)) return NoticeVerdict.Needed;
        return quote.Amount == ready ? NoticeVerdict.Goes : NoticeVerdict.Differs;
    }

    /// <summary>True when every format takes the reference as it is: a letter or digit, then at most 34 more of letters, digits and <c>/-?:().,'+</c> or blanks.</summary>
    public static bool IsReference(string text) =>
        text.Length is > 0 and <= ReferenceMax && char.IsAsciiLetterOrDigit(text[0]) && text[^1] != ' ' && text.All(letter => char.IsAsciiLetterOrDigit(letter) || "/-?:().,'+ ".Contains(letter, StringComparison.Ordinal));
}
