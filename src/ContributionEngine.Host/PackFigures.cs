using ContributionEngine.Core;

namespace ContributionEngine.Host;

/// <summary>A pack's figures as one list.</summary>
internal static class PackFigures
{
    public static IReadOnlyList<object> Of(Pack pack)
    {
        var rows = new List<object>();
        rows.AddRange(pack.File.Figures.Select(figure => new { what = figure.Id, value = $"{figure.Value} {figure.Unit}", from = $"{figure.From}", to = $"{figure.To}", source = $"{figure.Source} [{figure.Confidence}]", note = figure.Note ?? "" }));
        return rows;
    }
}
