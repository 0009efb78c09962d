using System.Text;
using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Fonts.Standard14Fonts;

namespace ContributionEngine.Files.Tests.Documents;

[Parallelizable(ParallelScope.All)]
public sealed class PdfTests
{
    private static readonly Paper Paper = new()
    {
        Language = "fr", Title = "Relevé à vérifier", From = "Coopérative «Œuvre»", For = "Ñandú Šimić €", Number = "N°1", Foot = DocumentTexts.Of("fr").Page,
        Blocks = [new Facts(("Nom", "Ça coûte 12 € (œuvre) \\ fin")), new Table(["Nom", "Montant"], 1, [.. Enumerable.Range(1, 200).Select(i => new[] { $"Membre n° {i}", $"{i} 000,00" })], ["Total", "20 100 000,00"])],
    };

    [Test]
    public void Text_is_copied_out_with_its_accents()
    {
        using var read = PdfDocument.Open(Written(Paper));
        Assert.That(Text(read.GetPage(1)), Does.Contain("Relevé à vérifier").And.Contain("Coopérative «Œuvre»").And.Contain("Ñandú Šimic €").And.Contain("Ça coûte 12 € (œuvre) \\ fin"));
    }

    [Test]
    public void A_long_table_goes_on_with_its_heads_and_its_pages_are_numbered()
    {
        using var read = PdfDocument.Open(Written(Paper));
        Assert.That(read.NumberOfPages, Is.EqualTo(4));
        Assert.That(read.GetPages().Select(Text), Is.All.Contain("Montant"));
        Assert.That(Text(read.GetPage(2)), Does.Contain("Page 2 sur 4"));
        Assert.That(string.Concat(read.GetPages().Select(Text)), Does.Contain("Membre n° 1 ").And.Contain("Membre n° 200 ").And.Contain("20 100 000,00"));
    }

    [Test]
    public void A_file_says_its_title_and_its_language()
    {
        var bytes = Written(Paper);
        using var read = PdfDocument.Open(bytes);
        Assert.That(read.Information.Title, Is.EqualTo("Relevé à vérifier · N°1"));
        Assert.That(Encoding.Latin1.GetString(bytes), Does.Contain("/Lang(fr)").And.Contain("/DisplayDocTitle true"));
    }

    [Test]
    public void Whoever_has_it_read_aloud_hears_headings_sentences_and_tables_row_by_row()
    {
        var paper = Paper with
        {
            Blocks = [new Sums(("Dû", "12,00"), ("Payé", "2,00")), new Heading("Périodes"), new Sentence("Une phrase."), new Table(["Nom", "Montant"], 1, [["Ana", "1,00"], ["", "2,00"]], ["Total", "3,00"]), new Code("https://f.example", ("Adresse", "f.example"))],
        };
        using var read = new PdfTree(Written(paper));
        Assert.That(read.Lines, Is.EqualTo(new[]
        {
            "Document", " P Coopérative «Œuvre»", " H1 Relevé à vérifier", " P Ñandú Šimic €", " P Dû|12,00", " P Payé|2,00", " H2 Périodes", " P Une phrase.",
            " Table", "  TR", "   TH Nom", "   TH Montant", "  TR", "   TD Ana", "   TD 1,00", "  TR", "   TD", "   TD 2,00", "  TR", "   TD Total", "   TD 3,00", " P Adresse|f.example",
        }));
        Assert.That((read.Unmarked, read.Marks, ((UglyToad.PdfPig.Tokens.BooleanToken)((UglyToad.PdfPig.Tokens.DictionaryToken)read.Catalog.Data["MarkInfo"]).Data["Marked"]).Data), Is.EqualTo((0, read.MarksOfTheParentTree, true)));
    }

    [Test]
    public void A_table_on_several_pages_is_one_table_and_its_heads_are_said_once()
    {
        using var read = new PdfTree(Written(Paper));
        Assert.That((read.Lines.Count(line => line == " Table"), read.Lines.Count(line => line == "  TR"), read.Lines.Count(line => line.StartsWith("   TH", StringComparison.Ordinal)), read.Unmarked), Is.EqualTo((1, 202, 2, 0)));
        Assert.That(read.Lines.Where(line => line.StartsWith("   TD Membre", StringComparison.Ordinal)), Is.EqualTo(Enumerable.Range(1, 200).Select(i => $"   TD Membre n° {i}")));
        Assert.That(read.Marks, Is.EqualTo(read.MarksOfTheParentTree));
    }

    [Test]
    public void A_sentence_that_goes_on_to_the_next_page_is_one()
    {
        using var read = new PdfTree(Written(Paper with { Blocks = [new Sentence(string.Join(' ', Enumerable.Repeat("encore", 2_000)))] }));
        Assert.That(read.Lines, Has.Count.EqualTo(5));
        Assert.That(read.Lines[^1].Replace('|', ' '), Is.EqualTo($" P {string.Join(' ', Enumerable.Repeat("encore", 2_000))}"));
    }

    [Test]
    public void Widths_are_those_of_the_font()
    {
        foreach (var font in new[] { PdfFont.Plain, PdfFont.Bold })
        {
            var metrics = Standard14.GetAdobeFontMetrics(font.Face)!;
            foreach (var letter in metrics.CharacterMetrics.Values.Where(one => one.CharacterCode is > 32 and < 127 && one.CharacterCode is not (39 or 96)))
            {
                Assert.That(font.Width($"{(char)letter.CharacterCode}", 1_000), Is.EqualTo((int)letter.Width.X), $"{font.Face} {letter.Name}");
            }

            foreach (var (accented, name) in new[] { ("ñ", "ntilde"), ("É", "Eacute"), ("ç", "ccedilla"), ("ã", "atilde"), ("í", "iacute"), ("Œ", "OE"), ("€", "Euro"), ("º", "ordmasculine"), ("¿", "questiondown"), ("µ", "mu"), ("’", "quoteright"), ("'", "quotesingle"), ("“", "quotedblleft"), ("Ž", "Zcaron") })
            {
                Assert.That(font.Width(accented, 1_000), Is.EqualTo((int)metrics.CharacterMetrics[name].Width.X), $"{font.Face} {name}");
            }
        }
    }

    [TestCase("Jose\u0301 Pen\u0303a", "José Peña")]
    [TestCase("Łukasz Dvořák", "Lukasz Dvorák")]
    [TestCase("1\u202F234,50", "1\u00A0234,50")]
    [TestCase("\u22125", "-5")]
    [TestCase("王伟\n₡5", "?? ?5")]
    public void A_letter_that_cannot_be_shown_is_written_as_near_as_can_be(string text, string shown) => Assert.That(PdfLetters.Shown(text), Is.EqualTo(shown));

    private static byte[] Written(Paper paper)
    {
        using var bytes = new MemoryStream();
        PaperPdf.Write(paper, bytes);
        return bytes.ToArray();
    }

    internal static string Text(Page page) => string.Concat(page.GetWords().Select(word => word.Text + " "));
}
