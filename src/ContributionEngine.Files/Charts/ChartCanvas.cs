using System.Globalization;
using System.Security;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>What a chart says in words, in the reader's language.</summary>
/// <param name="Name">Sets its ids apart from those of other charts on a page.</param>
public sealed record ChartText(string Name, string Title);

/// <summary>
/// A drawing inside a page: no styles and no scripts of its own, the colour of the text around it, and readable at the width of a
/// phone, so that a larger screen may stretch it. A picture's words are its title and description.
/// </summary>
internal sealed class ChartCanvas
{
    public const int Width = 360;

    private const int LettersOfRow = 58;
    private const int LettersOfLabelMin = 12;

    private readonly StringBuilder drawn = new();

    /// <summary>A line of words: a label at its left, a value at its right; a label that would meet the value is cut.</summary>
    public void Row(int baseline, string label, string value)
    {
        var most = Math.Max(LettersOfLabelMin, LettersOfRow - value.Length);
        Write(0, baseline, "start", label.Length > most ? $"{label[..(most - 1)]}…" : label);
        Write(Width, baseline, "end", value);
    }

    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>: where the text stands to its place.</param>
    public void Write(int x, int baseline, string anchor, string text)
    {
        if (text.Length == 0) return;
        drawn.Append(CultureInfo.InvariantCulture, $"<text x=\"{x}\" y=\"{baseline}\"");
        if (anchor != "start") drawn.Append(CultureInfo.InvariantCulture, $" text-anchor=\"{anchor}\"");
        drawn.Append('>').Append(Plain(text)).Append("</text>");
    }

    /// <summary>One letter at many places: each in the middle of its own.</summary>
    public void Scatter(char letter, IReadOnlyList<(int X, int Baseline)> places)
    {
        if (places.Count > 0) drawn.Append(CultureInfo.InvariantCulture, $"<text text-anchor=\"middle\" x=\"{string.Join(' ', places.Select(place => place.X))}\" y=\"{string.Join(' ', places.Select(place => place.Baseline))}\">{new string(letter, places.Count)}</text>");
    }

    /// <summary>A filled shape, or many in one.</summary>
    /// <param name="percent">How dense it is.</param>
    public void Fill(string path, int percent = 100)
    {
        if (path.Length == 0) return;
        drawn.Append("<path class=\"bar\"");
        if (percent < 100) drawn.Append(CultureInfo.InvariantCulture, $" fill-opacity=\".{percent:D2}\" stroke=\"currentColor\" stroke-width=\".5\"");
        drawn.Append(CultureInfo.InvariantCulture, $" d=\"{path}\"/>");
    }

    /// <summary>Lines, or the outlines of shapes.</summary>
    /// <param name="isBound">What others are held against.</param>
    public void Line(string path, bool isBound = false)
    {
        if (path.Length > 0) drawn.Append(CultureInfo.InvariantCulture, $"<path{(isBound ? " class=\"line\" stroke-width=\"2\"" : "")} fill=\"none\" stroke=\"currentColor\" d=\"{path}\"/>");
    }

    public string Svg(ChartText text, string description, int height) => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" class="chart" role="img" aria-labelledby="{Plain(text.Name)}-title {Plain(text.Name)}-desc" width="{Width * 3 / 2}" height="{height * 3 / 2}" viewBox="0 0 {Width} {height}" fill="currentColor" font-family="sans-serif" font-size="12"><title id="{Plain(text.Name)}-title">{Plain(text.Title)}</title><desc id="{Plain(text.Name)}-desc">{Plain(description)}</desc>{drawn}</svg>
        """);

    public static string Box(int x, int y, int width, int height) => width == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"M{x} {y}h{width}v{height}h-{width}z");

    /// <summary>A part of a width in whole steps; what is more than nothing has at least one.</summary>
    public static int Share(long part, long whole, int width) => part <= 0 || whole <= 0 ? 0 : Math.Max(1, (int)((Int128)Math.Min(part, whole) * width / whole));

    private static string Plain(string text) => SecurityElement.Escape(new string([.. text.Where(letter => !char.IsControl(letter))]));
}
