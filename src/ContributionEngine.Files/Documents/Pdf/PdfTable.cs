namespace ContributionEngine.Files;

/// <summary>A table on as many pages as it takes, each with the heads of its columns. Figures keep their width; texts share the rest and are broken into lines.</summary>
internal sealed class PdfTable
{
    private const int Size = 80;
    private const int Leading = 105;
    private const int Gap = 80;

    private readonly Table table;
    private readonly PdfFlow flow;
    private readonly int[] widths;

    private PdfTable(Table table, PdfFlow flow) => (this.table, this.flow, widths) = (table, flow, WidthsOf(table));

    public static void Draw(Table table, PdfFlow flow)
    {
        var drawn = new PdfTable(table, flow);
        flow.Room(6 * Leading);
        flow.Y += 40;
        using (flow.Tags.As("Table"))
        {
            drawn.Head();
            foreach (var row in table.Rows) drawn.Row(row, (PdfFont.Plain, Size));
            if (table.Foot.Count > 0) drawn.Row(table.Foot, (PdfFont.Bold, Size));
        }

        flow.Y += 60;
    }

    private static int[] WidthsOf(Table table)
    {
        var wanted = table.Columns.Select((name, i) => table.Rows.Append(table.Foot).Where(row => row.Count > i).Select(row => Width(PdfFont.Plain, row[i])).Append(Width(PdfFont.Bold, name)).Append(table.Foot.Count > i ? Width(PdfFont.Bold, table.Foot[i]) : 0).Max()).ToArray();
        var free = PdfFlow.Right - PdfFlow.Left - (Gap * (wanted.Length - 1)) - wanted.Skip(table.Texts).Sum();
        var texts = wanted.Take(table.Texts).Sum();
        for (var i = 0; i < table.Texts && texts > 0; i++) wanted[i] = Math.Max(1, (int)((long)wanted[i] * free / texts));
        return wanted;
    }

    private static int Width(PdfFont font, string text) => font.Width(PdfLetters.Shown(text), Size);

    private void Head()
    {
        Cells(table.Columns, (PdfFont.Bold, Size), "TH");
        flow.Page.Rule((PdfFlow.Left, flow.Y - 75), PdfFlow.Right - PdfFlow.Left, 8);
        flow.Y += 25;
    }

    private void Row(IReadOnlyList<string> cells, (PdfFont Font, int Size) face)
    {
        if (flow.Room(Lines(cells, face).Max(lines => lines.Count) * Leading))
        {
            using var said = flow.Tags.Aside();
            Head();
        }

        Cells(cells, face, "TD");
        flow.Page.Rule((PdfFlow.Left, flow.Y - 75), PdfFlow.Right - PdfFlow.Left, 3, 8);
        flow.Y += 20;
    }

    private List<List<string>> Lines(IReadOnlyList<string> cells, (PdfFont Font, int Size) face) =>
        [.. cells.Select((cell, i) => i < table.Texts ? PdfFlow.Wrapped(cell, face, widths[i]) : [cell])];

    private void Cells(IReadOnlyList<string> cells, (PdfFont Font, int Size) face, string kind)
    {
        using var row = flow.Tags.As("TR");
        var (x, lines) = (PdfFlow.Left, Lines(cells, face));
        for (var i = 0; i < lines.Count; i++)
        {
            using var cell = flow.Tags.As(kind);
            for (var k = 0; k < lines[i].Count; k++)
            {
                if (i < table.Texts) flow.Page.Text((x, flow.Y + (k * Leading)), face, lines[i][k]);
                else flow.Page.Right((x + widths[i], flow.Y + (k * Leading)), face, lines[i][k]);
            }

            x += widths[i] + Gap;
        }

        flow.Y += lines.Max(one => one.Count) * Leading;
    }
}
