namespace ContributionEngine.Files;

/// <summary>A paper as a PDF: block under block, on as many pages as it takes.</summary>
internal static class PaperPdf
{
    private const int Body = 95;
    private const int Small = 80;
    private const int Fine = 70;
    private const int Leading = 130;
    private const int FineLeading = 88;
    private const int CodeSide = 1_500;
    private const int SumsInRow = 4;

    private static readonly int Width = PdfFlow.Right - PdfFlow.Left;

    public static void Write(Paper paper, Stream target)
    {
        var file = new PdfFile(target);
        var flow = new PdfFlow(file);
        Head(paper, flow);
        foreach (var block in paper.Blocks) Draw(block, flow);
        flow.End();
        file.Close($"{paper.Title} · {paper.Number}", paper.Language, paper.Foot);
    }

    private static void Head(Paper paper, PdfFlow flow)
    {
        flow.Lines(paper.From, (PdfFont.Plain, Body), (Leading, 3));
        flow.Y += 70;
        flow.Lines(paper.Title, (PdfFont.Bold, 170), (200, 0), "H1");
        flow.Lines(paper.For, (PdfFont.Bold, 115), (150, 0));
        flow.Page.Rule((PdfFlow.Left, flow.Y - 70), Width, 12);
        flow.Y += 100;
    }

    private static void Draw(Block block, PdfFlow flow)
    {
        switch (block)
        {
            case Facts facts:
                Pairs(facts, flow);
                break;
            case Sums sums:
                foreach (var row in sums.Of.Chunk(SumsInRow)) Boxes(row, flow);
                break;
            case Heading heading:
                flow.Room(500);
                flow.Y += 170;
                flow.Lines(heading.Text, (PdfFont.Bold, 115), (150, 0), "H2");
                break;
            case Sentence sentence:
                flow.Lines(sentence.Text, (PdfFont.Plain, Body), (Leading, 0));
                break;
            case Large large:
                flow.Y += 100;
                flow.Lines(large.Name, (PdfFont.Plain, Small), (230, 4));
                flow.Lines(large.Text, (PdfFont.Bold, 220), (200, 0));
                break;
            case Code code:
                Square(code, flow);
                break;
            case Table table:
                PdfTable.Draw(table, flow);
                break;
        }
    }

    private static void Pairs(Facts facts, PdfFlow flow)
    {
        var names = facts.Of.Max(fact => PdfFont.Plain.Width(PdfLetters.Shown(fact.Name), Body)) + 120;
        foreach (var (name, value) in facts.Of)
        {
            var lines = PdfFlow.Wrapped(value, (PdfFont.Plain, Body), Width - names);
            flow.Room(Leading * lines.Count);
            using var part = flow.Tags.As("P");
            flow.Page.Text((PdfFlow.Left, flow.Y), (PdfFont.Plain, Body), name, 4);
            foreach (var line in lines)
            {
                flow.Page.Text((PdfFlow.Left + names, flow.Y), (PdfFont.Plain, Body), line);
                flow.Y += Leading;
            }
        }
    }

    private static void Boxes((string Name, string Value)[] sums, PdfFlow flow)
    {
        flow.Room(420);
        flow.Y += 100;
        for (var i = 0; i < sums.Length; i++)
        {
            using var part = flow.Tags.As("P");
            var x = PdfFlow.Left + (i * Width / SumsInRow);
            flow.Page.Rule((x, flow.Y - 100), (Width / SumsInRow) - 100, 6, 4);
            flow.Page.Text((x, flow.Y + 10), (PdfFont.Plain, Small), sums[i].Name, 4);
            flow.Page.Text((x, flow.Y + 150), (PdfFont.Bold, 120), sums[i].Value);
        }

        flow.Y += 280;
    }

    // What stands beside a code may be longer than the code, and than what is left of the page.
    private static void Square(Code code, PdfFlow flow)
    {
        flow.Room(CodeSide + 100);
        if (QrSquares.Of(code.Content) is { } squares) flow.Page.Code((PdfFlow.Right - CodeSide, flow.Y - 80), CodeSide, squares);
        var (page, below) = (flow.Page, flow.Y + CodeSide + 100);
        foreach (var (name, value) in code.Beside)
        {
            using var part = flow.Tags.As("P");
            Beside(name, Fine, (code.IsFine ? FineLeading : Leading, 4), flow);
            Beside(value, code.IsFine ? Fine : Body, (code.IsFine ? FineLeading : Leading, 0), flow);
            flow.Y += 40;
        }

        if (page == flow.Page) flow.Y = Math.Max(flow.Y, below);
    }

    private static void Beside(string text, int size, (int Leading, int Ink) how, PdfFlow flow)
    {
        foreach (var line in PdfFlow.Wrapped(text, (PdfFont.Plain, size), Width - CodeSide - 150))
        {
            flow.Room(how.Leading);
            flow.Page.Text((PdfFlow.Left, flow.Y), (PdfFont.Plain, size), line, how.Ink);
            flow.Y += how.Leading;
        }
    }
}
