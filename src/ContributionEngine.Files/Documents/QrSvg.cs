using System.Collections;
using System.Globalization;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>A QR code as a drawing inside a page.</summary>
public static class QrSvg
{
    /// <summary>The drawing, or null where the text is too long for any code.</summary>
    public static string? Of(string text)
    {
        if (QrSquares.Of(text) is not { } rows) return null;
        var strokes = new StringBuilder();
        for (var y = 0; y < rows.Count; y++) Row(rows[y], y, strokes);
        return $"""<svg class="qr" viewBox="0 0 {rows.Count} {rows.Count}" shape-rendering="crispEdges" role="img" aria-label="QR"><path fill="#fff" d="M0 0h{rows.Count}v{rows.Count}H0z"/><path stroke="#000" d="{strokes}"/></svg>""";
    }

    // A row is one broken stroke along its middle: half as long as squares would be.
    private static void Row(BitArray dark, int y, StringBuilder strokes)
    {
        var pen = -1;
        for (var x = 0; x < dark.Count; x++)
        {
            var from = x;
            while (x < dark.Count && dark[x]) x++;
            if (x == from) continue;
            strokes.Append(pen < 0 ? string.Create(CultureInfo.InvariantCulture, $"M{from} {y}.5h{x - from}") : string.Create(CultureInfo.InvariantCulture, $"m{from - pen} 0h{x - from}"));
            pen = x;
        }
    }
}
