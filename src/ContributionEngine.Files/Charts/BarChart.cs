using System.Globalization;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>A bar with its name and its value as they are read.</summary>
/// <param name="Length">In whatever unit all bars of the chart share; not below zero.</param>
public sealed record Bar(string Label, string Value, long Length);

/// <summary>Bars below each other, each under its name and value.</summary>
public sealed record BarChart(ChartText Text, IReadOnlyList<Bar> Bars)
{
    private const int RowHeight = 36;
    private const int Baseline = 13;
    private const int BarTop = 19;
    private const int BarHeight = 10;
    private const int FootHeight = 18;

    /// <summary>Length of a bar of the full width; null: the longest one's.</summary>
    public long? Full { get; init; }

    /// <summary>A length that all bars ought to reach, and its name; null: none.</summary>
    public (long Length, string Label)? Target { get; init; }

    public string Svg()
    {
        var (canvas, bars, marks) = (new ChartCanvas(), new StringBuilder(), new StringBuilder());
        var full = Full ?? Bars.Select(bar => bar.Length).DefaultIfEmpty().Max();
        var target = Target is { } wanted ? ChartCanvas.Share(wanted.Length, full, ChartCanvas.Width) : 0;
        for (var i = 0; i < Bars.Count; i++)
        {
            var top = i * RowHeight;
            canvas.Row(top + Baseline, Bars[i].Label, Bars[i].Value);
            bars.Append(ChartCanvas.Box(0, top + BarTop, ChartCanvas.Share(Bars[i].Length, full, ChartCanvas.Width), BarHeight));
            if (target > 0) marks.Append(CultureInfo.InvariantCulture, $"M{target} {top + BarTop - 3}v{BarHeight + 6}");
        }

        canvas.Fill(bars.ToString());
        canvas.Line(marks.ToString(), isBound: true);
        var foot = Bars.Count * RowHeight;
        if (Target is { } named) canvas.Write(target, foot + Baseline, target > ChartCanvas.Width / 2 ? "end" : "start", named.Label);
        return canvas.Svg(Text, string.Join("; ", [.. Bars.Select(bar => $"{bar.Label}: {bar.Value}"), .. Target is { } said ? [said.Label] : Array.Empty<string>()]), foot + FootHeight);
    }
}
