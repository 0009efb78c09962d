using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace ContributionEngine.Files;

/// <summary>
/// Writes a PDF page by page to a stream, so that a long one needs no memory: text can be copied out and read aloud in its order, and a title and a language are set.
/// Small objects are packed together, since a long table has many.
/// </summary>
internal sealed class PdfFile
{
    // So many small objects are packed as one.
    private const int InPack = 200;

    // Bytes of an entry of the table: what it is, where, and which of a pack.
    private const int EntrySize = 8;

    private readonly Stream target;

    // By object, where it begins; of one in a pack, below zero, which pack, and its place there.
    private readonly List<(long At, int InPack)> places = [];
    private readonly List<(int Number, string Body)> pack = [];
    private readonly List<(int Page, int Body, string Says)> pages = [];
    private long written;

    public PdfFile(Stream target)
    {
        this.target = target;
        // The second line tells transports that the file is not text.
        Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
        Tags = new PdfTags(this);
    }

    public int Pages => pages.Count;

    public PdfTags Tags { get; }

    /// <summary>A page to draw on, which is to be added before the next one is begun.</summary>
    public PdfPage Begin() => new(Tags, Reserve());

    public void Add(PdfPage page) => pages.Add((page.Number, Packed("", Encoding.ASCII.GetBytes(page.Content)), Tags.Turn(page)));

    /// <summary>Ends the file.</summary>
    /// <param name="foot">What stands at the foot of a page, by its number and how many there are.</param>
    public void Close(string title, string language, Func<int, int, string> foot)
    {
        var tree = Reserve();
        for (var i = 0; i < pages.Count; i++)
        {
            var below = new PdfPage().Right((PdfPage.Width - PdfPage.Mm(15), PdfPage.Height - PdfPage.Mm(7)), (PdfFont.Plain, 80), foot(i + 1, pages.Count), 4);
            Small(pages[i].Page, $"<</Type/Page/Parent {tree} 0 R/Tabs/S{pages[i].Says}/Contents[{pages[i].Body} 0 R {Packed("", Encoding.ASCII.GetBytes(below.Content))} 0 R]>>");
        }

        var (plain, bold, facts, tags) = (Small(FontOf(PdfFont.Plain)), Small(FontOf(PdfFont.Bold)), Small($"<</Title {Said(title)}/Producer(contribution-engine)>>"), Tags.End());
        Small(tree, $"<</Type/Pages/Count {pages.Count}/Kids[{string.Join(' ', pages.Select(page => $"{page.Page} 0 R"))}]/MediaBox[0 0 595.3 841.9]/Resources<</Font<</{PdfFont.Plain.Name} {plain} 0 R/{PdfFont.Bold.Name} {bold} 0 R>>>>>>");
        Send();
        var catalog = Reserve();
        Place(catalog, $"<</Type/Catalog/Pages {tree} 0 R/Lang({language})/ViewerPreferences<</DisplayDocTitle true>>{tags}>>");
        var table = written;
        Packed($"/Type/XRef/Size {places.Count + 2}/W[1 5 2]/Root {catalog} 0 R/Info {facts} 0 R", Table());
        Write($"startxref\n{table}\n%%EOF\n");
    }

    /// <summary>The number of an object that is written later.</summary>
    public int Reserve()
    {
        places.Add((0, 0));
        return places.Count;
    }

    /// <summary>Writes an object without a stream, together with others.</summary>
    public void Small(int number, string body)
    {
        pack.Add((number, body));
        if (pack.Count == InPack) Send();
    }

    public int Small(string body)
    {
        var number = Reserve();
        Small(number, body);
        return number;
    }

    private static string FontOf(PdfFont font) => $"<</Type/Font/Subtype/Type1/BaseFont/{font.Face}/Encoding/WinAnsiEncoding>>";

    private void Send()
    {
        if (pack.Count == 0) return;
        var (heads, bodies) = (new StringBuilder(), new StringBuilder());
        foreach (var (number, body) in pack)
        {
            heads.Append(number).Append(' ').Append(bodies.Length).Append(' ');
            bodies.Append(body).Append('\n');
        }

        var of = Packed($"/Type/ObjStm/N {pack.Count}/First {heads.Length}", Encoding.ASCII.GetBytes(heads.Append(bodies).ToString()));
        for (var i = 0; i < pack.Count; i++) places[pack[i].Number - 1] = (-of, i);
        pack.Clear();
    }

    // The table is an object of its own, whose place it has to know too: it is the next one.
    private byte[] Table()
    {
        var bytes = new byte[(places.Count + 2) * EntrySize];
        for (var number = 1; number <= places.Count + 1; number++)
        {
            var (at, inPack) = number > places.Count ? (written, 0) : places[number - 1];
            var entry = bytes.AsSpan(number * EntrySize, EntrySize);
            BinaryPrimitives.WriteInt64BigEndian(entry, (Math.Abs(at) << 16) | (long)inPack);
            entry[0] = (byte)(at < 0 ? 2 : 1);
        }

        return bytes;
    }

    private int Packed(string says, byte[] content)
    {
        using var bytes = new MemoryStream();
        using (var packing = new ZLibStream(bytes, CompressionLevel.SmallestSize, leaveOpen: true)) packing.Write(content);
        var number = Reserve();
        places[number - 1] = (written, 0);
        Write($"{number} 0 obj\n<<{says}/Filter/FlateDecode/Length {bytes.Length}>>stream\n");
        target.Write(bytes.GetBuffer(), 0, (int)bytes.Length);
        written += bytes.Length;
        Write("\nendstream\nendobj\n");
        return number;
    }

    private void Place(int number, string body)
    {
        places[number - 1] = (written, 0);
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
