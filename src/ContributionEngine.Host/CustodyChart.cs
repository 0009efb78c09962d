using System.Globalization;
using System.Net;
using System.Text;
using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Host;

/// <summary>Bars of what is in custody by age, one panel for each agreement; amounts stand beside the bars, and in the text alternative.</summary>
internal static class CustodyChart
{
    private const int Width = 640;
    private const int LabelWidth = 70;
    private const int BarWidth = 320;
    private const int RowHeight = 26;
    private const int Head = 58;
    private const int Foot = 18;

    public static string Of(IReadOnlyList<AgedCustody> agreements)
    {
        var panel = Head + (5 * RowHeight) + Foot;
        var height = Math.Max(panel, agreements.Count * panel);
        var svg = new StringBuilder();
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title desc" width="{Width}" height="{height}" viewBox="0 0 {Width} {height}" font-family="sans-serif" font-size="13">""");
        svg.AppendLine("""<title id="title">Collected and not yet remitted, by days since the members paid</title>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<desc id="desc">{WebUtility.HtmlEncode(agreements.Count == 0 ? "There is no agreement." : string.Join(" ", agreements.Select(Said)))}</desc>""");
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect width="{Width}" height="{height}" fill="#ffffff"/>""");
        for (var i = 0; i < agreements.Count; i++) Panel(svg, agreements[i], i * panel);
        return svg.Append("</svg>").ToString();
    }

    private static void Panel(StringBuilder svg, AgedCustody one, int top)
    {
        var most = one.Bands.Max(band => band.Amount.Minor);
        Text(svg, (12, top + 22, "start"), $"Collected and not yet remitted: {one.Agreement}", " font-weight=\"bold\" font-size=\"15\"");
        Text(svg, (12, top + 42, "start"), $"{one.Total.ToMajor()} {one.Total.Currency.Code} of {Members(one.Members)} on {one.AsOf:yyyy-MM-dd}; days since they paid", " fill=\"#444444\"");
        for (var i = 0; i < one.Bands.Count; i++)
        {
            var (band, y) = (one.Bands[i], top + Head + (i * RowHeight));
            var width = most <= 0 ? 0 : (int)((Int128)Math.Max(0, band.Amount.Minor) * BarWidth / most);
            Text(svg, (LabelWidth, y + 14, "end"), band.Name, "");
            svg.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{LabelWidth + 8}" y="{y}" width="{width}" height="{RowHeight - 8}" fill="{(i == one.Bands.Count - 1 ? "#a4262c" : "#1f5f8b")}"/>""");
            Text(svg, (LabelWidth + 16 + width, y + 14, "start"), band.Amount.IsZero ? "0" : $"{band.Amount.ToMajor()}, {Members(band.Members)}", "");
        }
    }

    private static void Text(StringBuilder svg, (int X, int Y, string Anchor) at, string text, string style) =>
        svg.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{at.X}" y="{at.Y}" text-anchor="{at.Anchor}"{style}>{WebUtility.HtmlEncode(text)}</text>""");

    private static string Said(AgedCustody one) =>
        $"{one.Agreement} on {one.AsOf:yyyy-MM-dd}: {one.Total.ToMajor()} {one.Total.Currency.Code} of {Members(one.Members)}. {string.Join(", ", one.Bands.Select(band => $"{band.Name} days {band.Amount.ToMajor()}"))}.";

    private static string Members(long count) => count == 1 ? "1 member" : string.Create(CultureInfo.InvariantCulture, $"{count} members");
}
