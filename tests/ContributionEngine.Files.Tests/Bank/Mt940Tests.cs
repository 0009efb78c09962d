using System.Text;

namespace ContributionEngine.Files.Tests;

/// <summary>MT940 in the dialects of many banks.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Mt940Tests
{
    [TestCase(":61:2605040504C10,NTRFNONREF//B1", 1000, "2026-05-04", "B1")]
    [TestCase(":61:2605040504CR10,50NTRFNONREF//B1", 1050, "2026-05-04", "B1")]
    [TestCase(":61:2605040504DR6,00N024NONREF", -600, "2026-05-04", null)]
    [TestCase(":61:260504D000000000025,00N102EREF            ", -2500, "2026-05-04", null)]
    [TestCase(":61:260504    DD212,39NMSCNONREF//", -21239, "2026-05-04", null)]
    [TestCase(":61:2512310102C5,00NTRFNONREF", 500, "2026-01-02", null)]
    [TestCase(":61:2601021231C5,00NTRFNONREF", 500, "2025-12-31", null)]
    [TestCase(":61:2605040504RC7,00NTRFNONREF", -700, "2026-05-04", null)]
    [TestCase(":61:2605040504RDR7,00NTRFNONREF", 700, "2026-05-04", null)]
    [TestCase(":61:2605040504CR\n30,00N062NONREF", 3000, "2026-05-04", null)]
    [TestCase(":61:2605040504C1,00NOVBNL47INGB9999999999", 100, "2026-05-04", null)]
    public void A_line_gives_its_amount_day_and_reference(string line, long signed, string booked, string? reference)
    {
        var entry = BankReading.Read($":20:R\n:25:A1\n:28C:1\n:60F:C260503EUR0,\n{line}\n:62F:C260504EUR0,").Value.First()[0];
        Assert.That((entry.Signed, entry.BookedOn, entry.ServicerReference), Is.EqualTo((signed, (DateOnly?)DateOnly.Parse(booked, System.Globalization.CultureInfo.InvariantCulture), reference)));
    }

    [Test]
    public void A_reversal_is_counted_and_goes_the_other_way()
    {
        var read = BankReading.Read(":20:R\n:25:A1\n:60F:C260503EUR10,\n:61:260504RD2,NTRFX\n:61:260504RC1,NTRFX\n:62F:C260504EUR11,").Value;
        Assert.That((read.Told()[0], read.Statements[0].Reversals), Is.EqualTo(("A1 EUR 10.00 11.00 2 2 2.00 1.00 adds up", 2)));
    }

    [Test]
    public void A_day_that_never_was_leaves_it_to_the_booking_day()
    {
        var read = BankReading.Read(":20:R\n:25:A1\n:60F:C160229EUR12,\n:61:1602300301DR6,00N024NONREF\n:62F:C160301EUR6,").Value;
        Assert.That((read.First()[0].BookedOn, read.First()[0].ValueOn, read.Warned()), Is.EqualTo(((DateOnly?)new DateOnly(2016, 3, 1), (DateOnly?)null, "day_that_never_was")));
    }

    [Test]
    public void Text_may_begin_a_line_with_a_colon_or_a_dash()
    {
        var entry = BankReading.Read(":20:R\n:25:A1\n:60F:C260503EUR0,\n:61:260504C2,NTRFX\n:86:first\n: second\n-third\n:62F:C260504EUR2,\n-").Value.First()[0];
        Assert.That(entry.Text, Is.EqualTo("first : second -third"));
    }

    [Test]
    public void Numbered_text_gives_references_and_the_other_side()
    {
        var entry = BankReading.Read(":20:R\n:25:A1\n:60F:C260503EUR0,\n:61:260504C2,NTRFNONREF\n:86:166?00GUTSCHRIFT?20EREF+RF1853900\n7547034?21SVWZ+Mayo?31CR0015?32Coope?33tarrazu\n:62F:C260504EUR2,").Value.First()[0];
        Assert.That((string.Join('|', entry.References), entry.Counterparty), Is.EqualTo(("RF18539007547034|Mayo", new Counterparty("Coopetarrazu", "CR0015"))));
    }

    [Test]
    public void Slashed_text_gives_references_and_the_other_side()
    {
        var entry = BankReading.Read(":20:R\n:25:A1\n:60F:C260503EUR0,\n:61:260504C2,N102EREF\n:86:/EREF/RF18539007547034/BENM//NAME/JOHN DOE/REMI/Reference 2013\n01234/ISDT/2013-01-02\n:62F:C260504EUR2,").Value.First()[0];
        Assert.That((string.Join('|', entry.References), entry.Counterparty.Name), Is.EqualTo(("RF18539007547034|Reference 201301234", "JOHN DOE")));
    }

    [Test]
    public void Text_in_the_code_page_of_old_programs_is_read()
    {
        var bytes = Encoding.Latin1.GetBytes(":20:R\n:25:A1\n:60F:C260503EUR0,\n:61:260504C2,NTRFX\n:86:S\u00fcd\n:62F:C260504EUR2,");
        Assert.That(BankReading.Read(bytes).Value.First()[0].Text, Is.EqualTo("S\u00fcd"));
    }

    [Test]
    public void Interim_balances_are_the_ends_of_pages()
    {
        var read = BankReading.Read(":20:R\n:25:A1\n:28C:7/1\n:60F:C260503EUR0,\n:61:260504C2,NTRFX\n:62M:C260504EUR2,\n:20:R\n:25:A1\n:28C:7/2\n:60M:C260504EUR2,\n:61:260504C3,NTRFX\n:62F:C260504EUR5,").Value;
        Assert.That(read.Told(), Is.EqualTo(new[] { "A1 EUR 0.00 2.00 1 1 2.00 0.00 adds up", "A1 EUR 2.00 5.00 1 1 3.00 0.00 adds up" }));
    }

    [TestCase(":20:R\n:25:A1\n:28C:1\n:34F:EURD0,\n:13D:2605041730+0000\n:61:260504D1,NTRFX", "bank_interim")]
    [TestCase(":20:R\n:25:A1\n:86:nothing", "bank_no_statement")]
    [TestCase(":20:R\n:60F:C260503EUR0,\n:62F:C260503EUR0,", "bank_no_account")]
    [TestCase(":20:R\n:25:A1\n:60F:C260503EUR0,\n:61:today\n", "bank_figure")]
    [TestCase(":20:R\n:25:A1\n:60F:C260503EUR0,\n:61:260504C1,001NTRFX\n", "bank_figure")]
    [TestCase(":20:R\n:25:A1\n:60F:X260503EUR0,", "bank_figure")]
    public void A_file_that_is_no_whole_statement_is_refused(string text, string code) => Assert.That(BankReading.Read(text).Refusal!.Code, Is.EqualTo(code));

    [Test]
    public void A_line_without_end_is_refused() => Assert.That(BankReading.Read(":20:R\n:86:" + new string('x', 20_000)).Refusal!.Code, Is.EqualTo("bank_unreadable"));
}
