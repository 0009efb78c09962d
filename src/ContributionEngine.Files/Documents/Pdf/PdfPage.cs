using System.Collections;
using System.Globalization;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>A4 upright, drawn on with whole tenths of a point from the top left corner.</summary>
/// <param name="tags">Whose parts the texts are; null: of none, as at the foot of a page.</param>
/// <param name="number">Of the page as an object of its file.</param>
internal sealed class PdfPage(PdfTags? tags = null, int number = 0)
{
    public const int Width = 5_953;
    public const int Height = 8_419;

    /// <summary>Begins what is not read aloud.</summary>
    public const string Decoration = "/Artifact BMC ";

    private readonly StringBuilder content = new();

    public int Number => number;

    /// <summary>By mark, the part that it belongs to.</summary>
    public List<int> Owners { get; } = [];

    /// <summary>What was drawn, as if nothing were around it: several may lie on one page.</summary>
    public string Content => $"q 0.1 0 0 0.1 0 0 cm\n{content}Q\n";

    /// <summary>Tenths of a point of so many millimetres.</summary>
    public static int Mm(int millimetres) => millimetres * 7_200 / 254;

    /// <param name="at">Where the text begins, and its base line.</param>
    /// <param name="ink">0 black to 9 nearly white.</param>
    public PdfPage Text((int X, int Y) at, (PdfFont Font, int Size) face, string text, int ink = 0)
    {
        if (text != "") content.Append(CultureInfo.InvariantCulture, $"{tags?.Mark(this) ?? Decoration}BT .{ink} g /{face.Font.Name} {face.Size} Tf {at.X} {Height - at.Y} Td {PdfLetters.Literal(text)} Tj ET EMC\n");
        return this;
    }

    /// <summary>The same with its end at a place.</summary>
    public PdfPage Right((int X, int Y) end, (PdfFont Font, int Size) face, string text, int ink = 0) =>
        Text((end.X - face.Font.Width(PdfLetters.Shown(text), face.Size), end.Y), face, text, ink);

    /// <summary>A rule from left to right.</summary>
    public PdfPage Rule((int X, int Y) from, int length, int thick = 5, int ink = 0)
    {
        content.Append(CultureInfo.InvariantCulture, $"{Decoration}.{ink} g {from.X} {Height - from.Y} {length} {thick} re f EMC\n");
        return this;
    }

    /// <summary>Where to cut.</summary>
    public PdfPage Dashes((int X, int Y) from, (int X, int Y) to)
    {
        content.Append(CultureInfo.InvariantCulture, $"{Decoration}.6 G 4 w [40 40] 0 d {from.X} {Height - from.Y} m {to.X} {Height - to.Y} l S [] 0 d EMC\n");
        return this;
    }

    /// <summary>A square code from its dark squares, with its own quiet edge. What it says stands beside it in words.</summary>
    public PdfPage Code((int X, int Y) topLeft, int side, IReadOnlyList<BitArray> rows)
    {
        content.Append(CultureInfo.InvariantCulture, $"{Decoration}q {side} 0 0 {side} {topLeft.X} {Height - topLeft.Y - side} cm 1 g 0 0 1 1 re f 0 g\n");
        content.Append(CultureInfo.InvariantCulture, $"q {Part(1, rows.Count)} 0 0 {Part(1, rows.Count)} 0 0 cm\n");
        for (var y = 0; y < rows.Count; y++)
        {
            for (var x = 0; x < rows.Count; x++)
            {
                var from = x;
                while (x < rows.Count && rows[y][x]) x++;
                if (x > from) content.Append(CultureInfo.InvariantCulture, $"{from} {rows.Count - y - 1} {x - from} 1 re\n");
            }
        }

        content.Append("f Q Q EMC\n");
        return this;
    }

    // A fraction as a decimal: reals of PDF have no exponent.
    private static string Part(int of, int whole) => string.Create(CultureInfo.InvariantCulture, $"0.{(long)of * 1_000_000_000 / whole:D9}");
}
