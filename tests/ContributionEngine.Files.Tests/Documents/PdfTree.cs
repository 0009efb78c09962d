using UglyToad.PdfPig;
using UglyToad.PdfPig.Core;
using UglyToad.PdfPig.Tokens;

namespace ContributionEngine.Files.Tests.Documents;

/// <summary>What a program that reads aloud finds in a PDF: its parts in their order, each with its text.</summary>
internal sealed class PdfTree : IDisposable
{
    private readonly PdfDocument file;
    private readonly Dictionary<long, int> pages;
    private readonly Dictionary<(int Page, int Mark), string> texts = [];

    public PdfTree(byte[] bytes)
    {
        file = PdfDocument.Open(bytes);
        pages = Items(In((DictionaryToken)At(Catalog, "Pages"), "Kids")).Select((page, i) => (((IndirectReferenceToken)page).Data.ObjectNumber, i + 1)).ToDictionary();
        foreach (var page in file.GetPages())
        {
            var marks = page.GetMarkedContents();
            foreach (var mark in marks.Where(mark => mark.MarkedContentIdentifier >= 0)) texts[(page.Number, (int)mark.MarkedContentIdentifier)] = string.Concat(mark.Letters.Select(letter => letter.Value));
            Unmarked += page.Letters.Count - marks.Sum(mark => mark.Letters.Count);
        }
    }

    /// <summary>Letters that are neither part of anything nor said to be decoration.</summary>
    public int Unmarked { get; }

    public DictionaryToken Catalog => file.Structure.Catalog.CatalogDictionary;

    /// <summary>Each part on a line, as deep as it stands, with its own text.</summary>
    public IReadOnlyList<string> Lines
    {
        get
        {
            var lines = new List<string>();
            Walk(In((DictionaryToken)At(Catalog, "StructTreeRoot"), "K"), 0, lines);
            return lines;
        }
    }

    /// <summary>For each mark of each page, whether the table of parents names the part that it stands in.</summary>
    public int MarksOfTheParentTree => Items(In((DictionaryToken)At((DictionaryToken)At(Catalog, "StructTreeRoot"), "ParentTree"), "Nums")).Where((_, i) => i % 2 == 1).Sum(owners => Items(Resolved(owners)).Count);

    public int Marks => texts.Count;

    public void Dispose() => file.Dispose();

    private void Walk(IToken token, int depth, List<string> lines)
    {
        var part = (DictionaryToken)Resolved(token);
        var kind = ((NameToken)In(part, "S")).Data;
        var page = part.ContainsKey(NameToken.Create("Pg")) ? pages[((IndirectReferenceToken)part.Data["Pg"]).Data.ObjectNumber] : 0;
        var kids = Items(In(part, "K"));
        var said = kids.Select(kid => Text(kid, page)).Where(text => text is not null);
        lines.Add($"{new string(' ', depth)}{kind} {string.Join('|', said)}".TrimEnd());
        foreach (var kid in kids.Where(kid => kid is IndirectReferenceToken)) Walk(kid, depth + 1, lines);
    }

    private string? Text(IToken kid, int page) => kid switch
    {
        NumericToken mark => texts[(page, mark.Int)],
        DictionaryToken other => texts[(pages[((IndirectReferenceToken)other.Data["Pg"]).Data.ObjectNumber], ((NumericToken)other.Data["MCID"]).Int)],
        _ => null,
    };

    private IToken At(DictionaryToken dictionary, string name) => Resolved(In(dictionary, name));

    private static IToken In(DictionaryToken dictionary, string name) => dictionary.Data[name];

    private IToken Resolved(IToken token) => token is IndirectReferenceToken reference ? file.Structure.GetObject(reference.Data).Data : token;

    private IReadOnlyList<IToken> Items(IToken token) => Resolved(token) is ArrayToken array ? array.Data : [token];
}
