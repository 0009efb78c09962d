namespace ContributionEngine.Files;

/// <summary>The two columns that an errors file has beside those of the treasurer's own.</summary>
internal static class ErrorColumns
{
    public const string WhatToFix = "what_to_fix";
    public const string Code = "error_code";

    public static readonly IReadOnlyList<string> Names = [WhatToFix, Code];
}
