using System.Globalization;

namespace ContributionEngine.Core;

/// <summary>One line of a pack as it is shown: what it is, what it says, since when, and where it comes from.</summary>
public sealed record PackRow(string What, string Value)
{
    private const string Choice = "[C]";

    /// <summary>A line that belongs to the one above that has none: a row of a table, the base of a component.</summary>
    public string? Part { get; init; }

    public string From { get; init; } = "";

    public string To { get; init; } = "";

    public string Source { get; init; } = "";

    /// <summary>S, D, M, C or ?; null where the line says only what others with a mark say.</summary>
    public string? Mark { get; init; }

    public string? Note { get; init; }

    public string Name => Part is null ? What : $"{What}: {Part}";

    /// <summary>A choice of the author, in whole or in what its source or note says.</summary>
    public bool IsChoice => (Mark == "C" && Source != "") || HasChoice;

    /// <summary>The source with its mark in front, where the eye runs down the column.</summary>
    public string Marked => $"{(Mark is null ? "" : $"[{Mark}] ")}{(HasChoice && Mark != "C" ? $"{Choice} " : "")}{Source}".TrimEnd();

    private bool HasChoice => $"{Value} {Source} {Note}".Contains(Choice, StringComparison.Ordinal);

    public static PackRow Of(string what, string value, (string Source, Confidence Confidence) by, string? note = null) =>
        new(what, value) { Source = by.Source, Mark = $"{by.Confidence}", Note = note };

    /// <summary>A further line of the same thing.</summary>
    public PackRow Further(string part, string value) => new(What, value) { Part = part, From = From, To = To };

    public static string Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
