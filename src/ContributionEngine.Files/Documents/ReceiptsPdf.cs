namespace ContributionEngine.Files;

/// <summary>Slips on A4, four to a page, to be cut apart.</summary>
public static class ReceiptsPdf
{
    private const int OnPage = 4;
    private const int CodeSide = 780;

    private static readonly int SlipWidth = PdfPage.Width / 2;
    private static readonly int SlipHeight = PdfPage.Height / 2;
    private static readonly int Edge = PdfPage.Mm(9);

    /// <summary>Writes the slips in their order.</summary>
    /// <param name="title">Title of the file, and its language.</param>
    public static async Task Write(IAsyncEnumerable<ReceiptSlip> slips, (string Title, string? Language) of, Stream target, CancellationToken stop)
    {
        var file = new PdfFile(target);
        var texts = DocumentTexts.Of(of.Language);
        PdfPage? page = null;
        var place = 0;
        await foreach (var slip in slips.WithCancellation(stop))
        {
            page ??= Cut(file.Begin());
            Draw((slip, file.Tags), page, ((place % 2) * SlipWidth, place / 2 * SlipHeight));
            if (++place < OnPage) continue;
            file.Add(page);
            (page, place) = (null, 0);
        }

        if (page is not null || file.Pages == 0) file.Add(page ?? file.Begin());
        file.Close($"{texts.ReceiptTitle} · {of.Title}", texts.Language, texts.Page);
    }

    private static PdfPage Cut(PdfPage page) => page.Dashes((SlipWidth, 0), (SlipWidth, PdfPage.Height)).Dashes((0, SlipHeight), (PdfPage.Width, SlipHeight));

    private static void Draw((ReceiptSlip Slip, PdfTags Tags) of, PdfPage page, (int X, int Y) corner)
    {
        var (slip, tags) = of;
        using var whole = tags.As("Sect");
        var (says, left, right, y) = (new SlipLines(slip), corner.X + Edge, corner.X + SlipWidth - Edge, corner.Y + Edge + 80);
        using (tags.As("P"))
        {
            page.Text((left, y), (PdfFont.Bold, 90), One(slip.Organisation, (PdfFont.Bold, 90), right - left));
            page.Text((left, y += 105), (PdfFont.Plain, 70), One($"{slip.Fund} · {slip.Agreement}", (PdfFont.Plain, 70), right - left), 4);
        }

        page.Rule((left, y += 60), right - left, 10);
        using (tags.As("H1")) page.Text((left, y += 170), (PdfFont.Bold, 125), One(says.Title, (PdfFont.Bold, 125), right - left));
        using (tags.As("P")) page.Text((left, y += 150), (PdfFont.Plain, 70), says.Texts.ReceivedFrom, 4).Right((right, y), (PdfFont.Plain, 80), says.Date);
        using (tags.As("P"))
        {
            foreach (var line in PdfFlow.Wrapped(slip.FullName, (PdfFont.Bold, 105), right - left).Take(2)) page.Text((left, y += 125), (PdfFont.Bold, 105), line);
            page.Text((left, y += 105), (PdfFont.Plain, 80), says.Member);
        }

        using (tags.As("P")) page.Right((right, y += 200), (PdfFont.Bold, 165), says.Amount);
        y = Rows(says.Parts().Prepend((says.Texts.PaidFor, "")), (page, tags), (left, right, y + 130));
        page.Rule((left, y - 50), right - left, 4);
        Rows(says.Balance(), (page, tags), (left, right, y + 60));
        Check((slip, tags), says, page, (left, corner.Y + SlipHeight - Edge - CodeSide));
    }

    private static int Rows(IEnumerable<(string Name, string Value)> rows, (PdfPage Page, PdfTags Tags) on, (int Left, int Right, int Y) at)
    {
        foreach (var (name, value) in rows)
        {
            using var row = on.Tags.As("P");
            var room = at.Right - at.Left - PdfFont.Plain.Width(PdfLetters.Shown(value), 80) - 60;
            on.Page.Text((at.Left, at.Y), (PdfFont.Plain, 80), One(name, (PdfFont.Plain, 80), room), value == "" ? 4 : 0).Right((at.Right, at.Y), (PdfFont.Plain, 80), value);
            at.Y += 108;
        }

        return at.Y;
    }

    private static void Check((ReceiptSlip Slip, PdfTags Tags) of, SlipLines says, PdfPage page, (int X, int Y) corner)
    {
        if (of.Slip.Address is null || QrSquares.Of(of.Slip.Address) is not { } squares) return;
        using var part = of.Tags.As("P");
        page.Code(corner, CodeSide, squares);
        var (x, y) = (corner.X + CodeSide + 70, corner.Y + 70);
        var width = SlipWidth - (2 * Edge) - CodeSide - 70;
        foreach (var line in PdfFlow.Wrapped(says.Texts.Check, (PdfFont.Plain, 70), width)) page.Text((x, y += 90), (PdfFont.Plain, 70), line, 4);
        foreach (var line in PdfFlow.Wrapped(says.Address!, (PdfFont.Plain, 70), width)) page.Text((x, y += 90), (PdfFont.Plain, 70), line);
        if (of.Slip.ReceiptNo is not null) page.Text((x, y + 90), (PdfFont.Plain, 70), of.Slip.Receipt, 4);
    }

    // As much of a text as one line has room for.
    private static string One(string text, (PdfFont Font, int Size) face, int width)
    {
        var shown = PdfLetters.Shown(text);
        if (face.Font.Width(shown, face.Size) <= width) return shown;
        while (shown.Length > 1 && face.Font.Width(shown + "…", face.Size) > width) shown = shown[..^1];
        return shown.TrimEnd() + "…";
    }
}
