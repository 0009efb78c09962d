namespace ContributionEngine.Files;

/// <summary>The two columns that an errors file has beside those of the treasurer's own.</summary>
internal static class ErrorColumns
{
    public const string WhatToFix = "what_to_fix";
    public const string Code = "error_code";

    public static readonly IReadOnlyList<string> Names = [WhatToFix, Code];

    /// <summary>Index of one of them in a header; -1 when it is not there.</summary>
    public static int In(IReadOnlyList<string> header, string name)
    {
        for (var i = 0; i < header.Count; i++)
        {
            if (PlainLetters.Folded(header[i]) == PlainLetters.Folded(name)) return i;
        }

        return -1;
    }
}
