using System.Text;

namespace ContributionEngine.Files;

/// <summary>A bar in parts.</summary>
/// <param name="Value">Of the whole, as it is read.</param>
/// <param name="Lengths">One for each part of the chart; not below zero.</param>
public sealed record Stack(string Label, string Value, IReadOnlyList<long> Lengths);

/// <summary>Bars in parts: each part has a number under it, and grows denser from the first to the last.</summary>
/// <param name="Parts">Names of the parts, in the order in which they stand; at most nine.</param>
public sealed record StackedChart(ChartText Text, IReadOnlyList<string> Parts, IReadOnlyList<Stack> Stacks)
{
    private const int RowHeight = 50;
    private const int Baseline = 13;
    private const int BarTop = 19;
    private const int BarHeight = 12;
    private const int NumberBaseline = 43;
    private const int NumberedWidthMin = 8;
    private const int LegendHeight = 18;
    private const int KeySize = 10;

    public string Svg()
    {
        var canvas = new ChartCanvas();
        var full = Stacks.Select(stack => stack.Lengths.Sum()).DefaultIfEmpty().Max();
        var parts = Parts.Select(_ => (Path: new StringBuilder(), Numbered: new List<(int, int)>())).ToList();
        for (var i = 0; i < Stacks.Count; i++)
        {
            canvas.Row((i * RowHeight) + Baseline, Stacks[i].Label, Stacks[i].Value);
            Lay(parts, (Stacks[i], i * RowHeight, full));
        }

        for (var part = 0; part < parts.Count; part++)
        {
            var top = (Stacks.Count * RowHeight) + (part / 2 * LegendHeight);
            var left = part % 2 * (ChartCanvas.Width / 2);
            canvas.Fill(parts[part].Path.Append(ChartCanvas.Box(left, top + 4, KeySize, KeySize)).ToString(), Density(part));
            canvas.Scatter(Number(part), parts[part].Numbered);
            canvas.Write(left + KeySize + 4, top + Baseline, "start", $"{Number(part)} {Parts[part]}");
        }

        return canvas.Svg(Text, string.Join("; ", Stacks.Select(stack => $"{stack.Label}: {stack.Value}")), (Stacks.Count * RowHeight) + ((Parts.Count + 1) / 2 * LegendHeight) + 4);
    }

    private static void Lay(List<(StringBuilder Path, List<(int, int)> Numbered)> parts, (Stack Stack, int Top, long Full) row)
    {
        var (before, left) = (0L, 0);
        for (var part = 0; part < parts.Count; part++)
        {
            before += row.Stack.Lengths[part];
            var right = ChartCanvas.Share(before, row.Full, ChartCanvas.Width);
            parts[part].Path.Append(ChartCanvas.Box(left, row.Top + BarTop, right - left, BarHeight));
            if (right - left >= NumberedWidthMin) parts[part].Numbered.Add(((left + right) / 2, row.Top + NumberBaseline));
            left = right;
        }
    }

    // From a sixth to nearly full: neighbours are told apart, and an outline shows the palest.
    private int Density(int part) => Math.Min(99, 100 * (part + 1) / Parts.Count);

    private static char Number(int part) => (char)('1' + part);
}
