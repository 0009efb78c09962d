using System.IO.Compression;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>Writes a PDF page by page to a stream, so that a long one needs no memory: text can be copied out, and a title and a language are set.</summary>
internal sealed class PdfFile
{
    private const int Catalog = 1;
    private const int Tree = 2;
    private const int Facts = 3;
    private const int Plain = 4;
    private const int Bold = 5;

    private readonly Stream target;
    private readonly List<long> offsets = [0, 0, 0, 0, 0];
    private readonly List<int> bodies = [];
    private long written;

    public PdfFile(Stream target)
    {
        this.target = target;
        // The second line tells transports that the file is not text.
        Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
    }

    public int Pages => bodies.Count;

    public void Add(PdfPage page) => bodies.Add(Packed(page.Content));

    /// <summary>Ends the file.</summary>
    /// <param name="foot">What stands at the foot of a page, by its number and how many there are.</param>
    public void Close(string title, string language, Func<int, int, string> foot)
    {
        var pages = new List<int>(bodies.Count);
        for (var i = 0; i < bodies.Count; i++)
        {
            var below = new PdfPage().Right((PdfPage.Width - PdfPage.Mm(15), PdfPage.Height - PdfPage.Mm(7)), (PdfFont.Plain, 80), foot(i + 1, bodies.Count), 4);
            pages.Add(Object($"<</Type/Page/Parent {Tree} 0 R/Contents[{bodies[i]} 0 R {Packed(below.Content)} 0 R]>>"));
        }

        Place(Plain, FontOf(PdfFont.Plain));
        Place(Bold, FontOf(PdfFont.Bold));
        Place(Tree, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select(page => $"{page} 0 R"))}]/MediaBox[0 0 595.3 841.9]/Resources<</Font<</{PdfFont.Plain.Name} {Plain} 0 R/{PdfFont.Bold.Name} {Bold} 0 R>>>>>>");
        Place(Facts, $"<</Title {Said(title)}/Producer(contribution-engine)>>");
        Place(Catalog, $"<</Type/Catalog/Pages {Tree} 0 R/Lang({language})/ViewerPreferences<</DisplayDocTitle true>>>>");
        var table = written;
        Write($"xref\n0 {offsets.Count + 1}\n0000000000 65535 f \n");
        foreach (var offset in offsets) Write($"{offset:D10} 00000 n \n");
        Write($"trailer\n<</Size {offsets.Count + 1}/Root {Catalog} 0 R/Info {Facts} 0 R>>\nstartxref\n{table}\n%%EOF\n");
    }

    private static string FontOf(PdfFont font) => $"<</Type/Font/Subtype/Type1/BaseFont/{font.Face}/Encoding/WinAnsiEncoding>>";

    private int Packed(string content)
    {
        using var bytes = new MemoryStream();
        using (var packing = new ZLibStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true)) packing.Write(Encoding.ASCII.GetBytes(content));
        offsets.Add(written);
        Write($"{offsets.Count} 0 obj\n<</Filter/FlateDecode/Length {bytes.Length}>>stream\n");
        target.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
        written += bytes.Length;
        Write("\nendstream\nendobj\n");
        return offsets.Count;
    }

    private int Object(string body)
    {
        offsets.Add(0);
        Place(offsets.Count, body);
        return offsets.Count;
    }

    private void Place(int number, string body)
    {
        offsets[number - 1] = written;
        Write($"{number} 0 obj\n{body}\nendobj\n");
    }

    private void Write(string text)
    {
        var bytes = Encoding.Latin1.GetBytes(text);
        target.Write(bytes);
        written += bytes.Length;
    }

    // A text outside of pages may have any letter.
    private static string Said(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";
}
