using System.Text;

namespace ContributionEngine.Files;

/// <summary>
/// What the parts of a document are, for whoever has it read aloud: headings, sentences, and tables with their rows and heads, in the order of reading.
/// A part is written as soon as it is closed, so that a long document keeps nothing but the parts that are open.
/// </summary>
internal sealed class PdfTags
{
    private readonly PdfFile file;
    private readonly Stack<Part?> open = [];
    private readonly StringBuilder pages = new();
    private readonly int root;
    private int count;

    public PdfTags(PdfFile file)
    {
        (this.file, root) = (file, file.Reserve());
        open.Push(new Part("Document", file.Reserve(), root));
    }

    /// <summary>Opens a part of the one that is open, such as <c>P</c> or <c>TR</c>: what is drawn belongs to it until it is disposed of.</summary>
    public IDisposable As(string kind)
    {
        open.Push(open.Peek() is { } above ? new Part(kind, file.Reserve(), above.Number) : null);
        return new Opened(this);
    }

    /// <summary>What is drawn until it is disposed of was said before, such as the heads of a table that goes on.</summary>
    public IDisposable Aside()
    {
        open.Push(null);
        return new Opened(this);
    }

    /// <summary>What begins text that belongs to the open part; <c>EMC</c> ends it.</summary>
    public string Mark(PdfPage page)
    {
        if (open.Peek() is not { } part) return PdfPage.Decoration;
        part.Marks.Add((page.Number, page.Owners.Count));
        page.Owners.Add(part.Number);
        return $"/{part.Kind}<</MCID {page.Owners.Count - 1}>>BDC ";
    }

    /// <summary>Notes of a page that is full to which parts its marks belong; gives what the page says of it.</summary>
    public string Turn(PdfPage page)
    {
        pages.Append(count).Append(' ').Append(file.Small($"[{Refs(page.Owners)}]")).Append(" 0 R ");
        return $"/StructParents {count++}";
    }

    /// <summary>Ends the document; gives what its catalogue says of it.</summary>
    public string End()
    {
        var whole = open.Pop()!;
        Write(whole);
        file.Small(root, $"<</Type/StructTreeRoot/K {whole.Number} 0 R/ParentTree<</Nums[{pages}]>>/ParentTreeNextKey {count}>>");
        return $"/MarkInfo<</Marked true>>/StructTreeRoot {root} 0 R";
    }

    private void Close()
    {
        if (open.Pop() is not { } part) return;
        open.Peek()!.Parts.Add(part.Number);
        Write(part);
    }

    // Marks of the page on which the part began are numbers; those of later pages name their page.
    private void Write(Part part)
    {
        var first = part.Marks is [var mark, ..] ? mark.Page : 0;
        var marks = part.Marks.Select(one => one.Page == first ? $"{one.Mark}" : $"<</Type/MCR/Pg {one.Page} 0 R/MCID {one.Mark}>>");
        var heads = part.Kind == "TH" ? "/A<</O/Table/Scope/Column>>" : "";
        file.Small(part.Number, $"<</S/{part.Kind}/P {part.Above} 0 R{heads}{(first == 0 ? "" : $"/Pg {first} 0 R")}/K[{string.Join(' ', marks.Append(Refs(part.Parts)))}]>>");
    }

    private static string Refs(IEnumerable<int> numbers) => string.Join(' ', numbers.Select(number => $"{number} 0 R"));

    private sealed record Part(string Kind, int Number, int Above)
    {
        public List<int> Parts { get; } = [];

        public List<(int Page, int Mark)> Marks { get; } = [];
    }

    private sealed class Opened(PdfTags tags) : IDisposable
    {
        public void Dispose() => tags.Close();
    }
}
