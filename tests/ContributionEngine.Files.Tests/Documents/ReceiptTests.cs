using System.Text;
using ContributionEngine.Core;
using UglyToad.PdfPig;

namespace ContributionEngine.Files.Tests.Documents;

[Parallelizable(ParallelScope.All)]
public sealed class ReceiptTests
{
    private const int BytesMax = 25 * 1_024;

    private static readonly ReceiptSlip Longest = Slips.One with
    {
        Organisation = "Confederación Ñuñoa de Cooperativas Agrícolas e Industriales «Ámbar» S.A.", FullName = "Maximiliano-Bartholoméo Ñáñez de los Ríos y Güemes-Çelebi", Amount = 99_999_999_999_999, PaidInYear = 999_999_999_999_999,
        ReceiptNo = "RECIBO-MANUAL-2026-SERIE-B-000000000123456789", Parts = [new SlipPart("2026-01", "ivm", "principal", 5), new SlipPart("2026-12", "ivm", "principal", 5)],
    };

    [Test]
    public async Task Slips_are_read_aloud_one_after_the_other()
    {
        using var read = new PdfTree(await Slips.Pdf(Enumerable.Range(1, 5).Select(i => Slips.One with { MemberNo = $"A00{i}" })));
        var slips = string.Join('\n', read.Lines).Split("\n Sect")[1..];
        Assert.That((slips.Length, read.Unmarked, read.Marks), Is.EqualTo((5, 0, read.MarksOfTheParentTree)));
        for (var i = 0; i < slips.Length; i++) Assert.That(slips[i], Does.Contain("\n  H1 ").And.Contain($"A00{i + 1}").And.Not.Contain($"A00{i + 2}"));
    }

    [Test]
    public async Task Four_slips_stand_on_a_page_and_the_fifth_on_the_next()
    {
        using var read = PdfDocument.Open(await Slips.Pdf(Enumerable.Range(1, 5).Select(i => Slips.One with { MemberNo = $"A00{i}" })));
        Assert.That(read.NumberOfPages, Is.EqualTo(2));
        Assert.That(PdfTests.Text(read.GetPage(1)), Does.Contain("A004").And.Not.Contain("A005"));
        Assert.That(PdfTests.Text(read.GetPage(2)), Does.Contain("A005").And.Contain("Página 2 de 2"));
    }

    [Test]
    public async Task A_slip_says_what_was_paid_and_where_it_is_checked()
    {
        using var read = PdfDocument.Open(await Slips.Pdf(Slips.One));
        var text = PdfTests.Text(read.GetPage(1));
        foreach (var said in new[] { "Recibo R-2026-000123", "José Ángel Muñoz Çelik", "38\u00A0600,00", "sep 2026 · aporte sem", "17\u00A0320,00", "1\u00A0280,00", "125\u00A0500,00", "RCP-000000001234" }) Assert.That(text.Replace(' ', '\u00A0'), Does.Contain(said.Replace(' ', '\u00A0')));
        Assert.That(text.Replace(" ", "", StringComparison.Ordinal), Does.Contain("f.example/v/R1234?h=7K2M9Q4XBC3D"));
    }

    [Test]
    public async Task A_slip_is_light() => Assert.That((await Slips.Pdf(Longest)).Length, Is.LessThan(BytesMax));

    [Test]
    public async Task A_page_for_a_till_roll_is_as_wide_as_the_roll()
    {
        Assert.That(await Html(58, Slips.One), Does.Contain("size:58mm auto").And.Contain("<svg").And.Contain("José Ángel Muñoz Çelik".Replace("é", "&#233;").Replace("Á", "&#193;").Replace("ñ", "&#241;").Replace("Ç", "&#199;")));
        Assert.That(await Html(null, Slips.One), Does.Contain("size:A4"));
    }

    [Test]
    public async Task A_hostile_name_is_only_a_name() => Assert.That(
        await Html(null, Slips.One with { FullName = "<script>alert(1)</script>", Organisation = "\"><img>", ReceiptNo = "<b>", MemberNo = "<i>", Parts = [new SlipPart("<u>", "<u>", "principal", 1)] }),
        Does.Not.Contain("<script").And.Not.Contain("<img").And.Not.Contain("<b>").And.Not.Contain("<i>").And.Not.Contain("<u>"));

    [TestCase("es", "Cooperativa Ñandu de: recibimos 38 600,00 CRC de JOSÉ A por sep 2026. Recibo R-2026-000123. Total 2026: 125 500,00. Verifique: f.example/v/R1234?h=7K2M9Q4XBC3D")]
    [TestCase("fr", "Cooperativa Ñandu de : recu 38 600,00 CRC de JOSÉ A pour sept. 2026. Recu R-2026-000123.")]
    [TestCase("en", "Cooperativa Ñandu de: received 38 600.00 CRC from JOSÉ A for Sep 2026. Receipt R-2026-000123. Total 2026: 125 500.00. Check: f.example/v/R1234?h=7K2M9Q4XBC3D")]
    [TestCase("pt", "Cooperativa Ñandu de: recebemos 38 600,00 CRC")]
    public void A_message_speaks_the_members_language(string language, string text) => Assert.That(ReceiptSms.Of(Slips.One with { Language = language }), Does.StartWith(text));

    [Test]
    public void A_message_is_one_of_160_whatever_is_in_it([Values("es", "fr", "en", "pt", "pt-BR", null)] string? language, [Values("https://f.example", "https://a-long-name-of-a-host.cooperatives.example.org:8443", null)] string? host)
    {
        var text = ReceiptSms.Of(Longest with { Language = language, Address = host is null ? null : $"{host}/v/R999999999999?h=7K2M9Q4XBC3D" });
        Assert.That((text.Length <= GsmLetters.MessageMax, GsmLetters.IsOf(text)), Is.EqualTo((true, true)), text);
        Assert.That(text, Does.Contain("999 999 999 999").And.Contain("RCP-000000001234"));
    }

    [TestCase("áíóúçãõêâÁ€₡", "aioucaoeaA??")]
    [TestCase("ñ é è à ù ü Ñ", "ñ é è à ù ü Ñ")]
    [TestCase("a[b]", "a?b?")]
    [TestCase("Jose\u0301 1\u202F234", "José 1 234")]
    public void Letters_outside_the_table_are_folded(string text, string folded) => Assert.That(GsmLetters.Folded(text), Is.EqualTo(folded));

    private static async Task<string> Html(int? roll, params IEnumerable<ReceiptSlip> slips)
    {
        using var bytes = new MemoryStream();
        await ReceiptsHtml.Write(Slips.Of(slips), ("UPL-1", "es", roll), bytes, CancellationToken.None);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
