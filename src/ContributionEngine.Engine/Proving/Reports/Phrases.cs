using ContributionEngine.Core;

namespace ContributionEngine.Engine;

/// <summary>The text of a key with amounts, numbers and days among its arguments written as the reader's place does.</summary>
public delegate string Say(string key, params object?[] arguments);

/// <summary>How figures are told to one reader: the words come from whoever shows them.</summary>
public sealed record Phrases(Say Say)
{
    /// <summary>An amount with its currency.</summary>
    public required Func<Money, string> Amount { get; init; }

    /// <summary>A stored word, such as a reason, by its area and itself.</summary>
    public required Func<string, string, string> Word { get; init; }

    /// <summary>A period <c>yyyy-MM</c> in words; any other text as it is.</summary>
    public required Func<string, string> Month { get; init; }

    /// <summary>Amounts by currency, one after the other; of nothing nothing.</summary>
    internal string Sums(IEnumerable<Money> amounts) => string.Join(", ", amounts.GroupBy(one => one.Currency).OrderBy(group => group.Key.Code, StringComparer.Ordinal).Select(group => Amount(group.Aggregate((one, other) => one + other))));

    internal string Percent(Ratio? percent) => percent is { } known ? Say("reports.percent", known) : "";
}

/// <summary>A report as it is shown: its title, the finding in a sentence, and a drawing of the same rows.</summary>
/// <param name="Svg">A drawing that may stand inside a page.</param>
public sealed record ReportFigure(string Title, string Finding, string Svg);
