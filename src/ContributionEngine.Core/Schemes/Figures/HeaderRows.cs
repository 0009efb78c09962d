
namespace ContributionEngine.Core;

/// <summary>What a pack is and what it can be asked.</summary>
internal static class HeaderRows
{
    public static IReadOnlyList<PackRow> Of(PackFile file) =>
    [
        new("pack", $"{file.Pack}, version {file.Version}"),
        new("title", $"{file.Title} ({file.Country})"),
        new("currency", $"{file.Currency}; amounts are printed with {file.OutputDecimals} decimals, incomes may come with {file.InputDecimals}"),
        new("operations", string.Join(", ", file.Operations.Select(one => Pack.Word(one)))),
        .. file.InForce.Count == 0 ? [new PackRow("in force", "always")] : file.InForce.Select(stretch => new PackRow("in force", "") { From = $"{stretch.From}", To = $"{stretch.To}" }),
        new("modes", string.Join(", ", file.Modes.Select(mode => Pack.Word(mode))) + (file.Modes.Count > 1 ? "; the first unless the agreement says otherwise" : "")),
        new("year begins", file.YearBegins is { } month ? $"in month {month}" : "in any month"),
        new("marks", "S published source, D derived, M from memory, C author's choice, ? not known"),
    ];
}
