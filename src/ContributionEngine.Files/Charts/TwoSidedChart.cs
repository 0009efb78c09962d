using System.Globalization;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>What is missing to the left and what is too much to the right.</summary>
/// <param name="Left">Not below zero, in the unit of <paramref name="Right"/>.</param>
/// <param name="LeftValue">As it is read; empty: nothing.</param>
public sealed record TwoSided(string Label, long Left, string LeftValue, long Right, string RightValue);

/// <summary>Bars that go both ways from a middle line: hollow to the left, full to the right.</summary>
/// <param name="Left">What the left side is.</param>
public sealed record TwoSidedChart(ChartText Text, (string Left, string Right) Sides, IReadOnlyList<TwoSided> Rows)
{
    private const int HeadHeight = 20;
    private const int RowHeight = 50;
    private const int Baseline = 13;
    private const int BarTop = 19;
    private const int BarHeight = 10;
    private const int ValueBaseline = 42;
    private const int Middle = ChartCanvas.Width / 2;

    public string Svg()
    {
        var (canvas, left, right) = (new ChartCanvas(), new StringBuilder(), new StringBuilder());
        var full = Rows.SelectMany(row => new[] { row.Left, row.Right }).DefaultIfEmpty().Max();
        canvas.Write(0, Baseline, "start", $"← {Sides.Left}");
        canvas.Write(ChartCanvas.Width, Baseline, "end", $"{Sides.Right} →");
        for (var i = 0; i < Rows.Count; i++)
        {
            var (row, top) = (Rows[i], HeadHeight + (i * RowHeight));
            var missing = ChartCanvas.Share(row.Left, full, Middle - 1);
            left.Append(ChartCanvas.Box(Middle - missing, top + BarTop, missing, BarHeight));
            right.Append(ChartCanvas.Box(Middle, top + BarTop, ChartCanvas.Share(row.Right, full, Middle), BarHeight));
            canvas.Row(top + Baseline, row.Label, "");
            canvas.Row(top + ValueBaseline, row.LeftValue, row.RightValue);
        }

        var height = HeadHeight + (Rows.Count * RowHeight);
        canvas.Line(string.Create(CultureInfo.InvariantCulture, $"{left}M{Middle} {HeadHeight}V{height}"));
        canvas.Fill(right.ToString());
        return canvas.Svg(Text, string.Join("; ", Rows.Select(Said)), height + 2);
    }

    private string Said(TwoSided row)
    {
        string[] sides = [.. new[] { (Sides.Left, row.LeftValue), (Sides.Right, row.RightValue) }.Where(side => side.Item2.Length > 0).Select(side => $"{side.Item1} {side.Item2}")];
        return $"{row.Label}: {string.Join(", ", sides)}";
    }
}
