namespace ContributionEngine.Files;

/// <summary>Text under text from the top of a page to its foot, and on to the next.</summary>
internal sealed class PdfFlow(PdfFile file)
{
    public static readonly int Left = PdfPage.Mm(15);
    public static readonly int Right = PdfPage.Width - Left;

    private static readonly int Top = PdfPage.Mm(17);
    private static readonly int Bottom = PdfPage.Height - PdfPage.Mm(15);

    public PdfPage Page { get; private set; } = file.Begin();

    public PdfTags Tags => file.Tags;

    /// <summary>Where the next base line is.</summary>
    public int Y { get; set; } = Top;

    /// <summary>A text in lines no wider than a width; a word that is wider is cut.</summary>
    public static List<string> Wrapped(string text, (PdfFont Font, int Size) face, int width)
    {
        var lines = new List<string> { "" };
        foreach (var word in PdfLetters.Shown(text).Split(' '))
        {
            var longer = lines[^1] == "" ? word : $"{lines[^1]} {word}";
            if (face.Font.Width(longer, face.Size) <= width) lines[^1] = longer;
            else Begin(lines, word, face, width);
        }

        return lines;
    }

    /// <summary>Goes on to the next page when so much does not fit any more; true when it did.</summary>
    public bool Room(int height)
    {
        if (Y + height <= Bottom) return false;
        End();
        (Page, Y) = (file.Begin(), Top);
        return true;
    }

    /// <param name="kind">What it is for whoever has it read aloud: <c>P</c>, or a heading.</param>
    public void Lines(string text, (PdfFont Font, int Size) face, (int Leading, int Ink) how, string kind = "P")
    {
        using var part = file.Tags.As(kind);
        foreach (var line in Wrapped(text, face, Right - Left))
        {
            Room(how.Leading);
            Page.Text((Left, Y), face, line, how.Ink);
            Y += how.Leading;
        }
    }

    public void End() => file.Add(Page);

    private static void Begin(List<string> lines, string word, (PdfFont Font, int Size) face, int width)
    {
        if (lines[^1] != "") lines.Add("");
        foreach (var letter in word)
        {
            if (lines[^1] != "" && face.Font.Width(lines[^1] + letter, face.Size) > width) lines.Add("");
            lines[^1] += letter;
        }
    }
}
