using System.Globalization;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>Something on its way.</summary>
/// <param name="Value">How far it has come, as it is read.</param>
/// <param name="Reached">By step after how long; null: not yet. Before the beginning counts as at it.</param>
public sealed record Way(string Label, string Value, IReadOnlyList<long?> Reached);

/// <summary>Ways from a beginning over steps, each step with a shape and a height of its own, along one scale of time.</summary>
/// <param name="Steps">Names of the steps, at most four.</param>
/// <param name="Ends">What is written at the beginning of the scale and at its end.</param>
public sealed record StepChart(ChartText Text, IReadOnlyList<string> Steps, (string Start, string End) Ends, IReadOnlyList<Way> Ways)
{
    private const int RowHeight = 62;
    private const int Baseline = 13;
    private const int FirstLane = 23;
    private const int LaneHeight = 9;
    private const int Edge = 6;
    private const int LegendHeight = 18;

    // Square, triangle, circle, diamond, each around the point where it stands.
    private static readonly string[] Shapes = ["m-4-4h8v8h-8z", "m0-5l5 9h-10z", "m-4 0a4 4 0 1 0 8 0a4 4 0 1 0-8 0z", "m0-5l5 5-5 5-5-5z"];

    public string Svg()
    {
        var (canvas, lines) = (new ChartCanvas(), new StringBuilder());
        var full = Math.Max(1, Ways.SelectMany(way => way.Reached).Max() ?? 1);
        var marks = Steps.Select(_ => new StringBuilder()).ToList();
        for (var i = 0; i < Ways.Count; i++)
        {
            var top = i * RowHeight;
            canvas.Row(top + Baseline, Ways[i].Label, Ways[i].Value);
            lines.Append(CultureInfo.InvariantCulture, $"M{Edge} {top + FirstLane - 4}v{(LaneHeight * Steps.Count) - 1}");
            for (var step = 0; step < Steps.Count; step++) Mark((lines, marks[step]), Ways[i].Reached[step], (top + FirstLane + (step * LaneHeight), step, full));
        }

        var foot = Ways.Count * RowHeight;
        canvas.Row(foot + Baseline, Ends.Start, Ends.End);
        for (var step = 0; step < Steps.Count; step++)
        {
            var (left, top) = (step % 2 * (ChartCanvas.Width / 2), foot + ((1 + (step / 2)) * LegendHeight));
            canvas.Fill(marks[step].Append(At(left + Edge, top + 9, step)).ToString());
            canvas.Write(left + (3 * Edge), top + Baseline, "start", Steps[step]);
        }

        canvas.Line(lines.ToString());
        return canvas.Svg(Text, string.Join("; ", Ways.Select(way => $"{way.Label}: {way.Value}")), foot + ((1 + ((Steps.Count + 1) / 2)) * LegendHeight) + 4);
    }

    private static void Mark((StringBuilder Lines, StringBuilder Shapes) into, long? reached, (int Y, int Step, long Full) lane)
    {
        if (reached is not { } after) return;
        var x = Edge + (int)((Int128)Math.Max(0, after) * (ChartCanvas.Width - (2 * Edge)) / lane.Full);
        into.Lines.Append(CultureInfo.InvariantCulture, $"M{Edge} {lane.Y}H{x}");
        into.Shapes.Append(At(x, lane.Y, lane.Step));
    }

    private static string At(int x, int y, int step) => string.Create(CultureInfo.InvariantCulture, $"M{x} {y}{Shapes[step]}");
}
