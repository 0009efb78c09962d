using System.Text;
using System.Xml.Linq;
using System.Xml.Schema;
using ContributionEngine.Core;
using ContributionEngine.Files;

namespace ContributionEngine.Files.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class BankTests
{
    private static readonly WrittenStatement Sample = new("CR0001", "S1", Currency.Of("CRC").Value, 1000, new DateOnly(2021, 3, 5),
        [new WrittenEntry("B1", 7720000, Direction.Credit, new DateOnly(2021, 3, 5), "RF18539007547034"), new WrittenEntry("B2", 500, Direction.Debit, new DateOnly(2021, 3, 5), "FEE")]);

    [Test]
    public void A_statement_that_was_written_is_read_back_and_balances()
    {
        var read = Camt053.Read(new MemoryStream(Written())).Value.Single();
        Assert.That((read.Account, read.Opening, read.Closing, read.Credits, read.Debits, read.Balances), Is.EqualTo(("CR0001", 1000L, 7720500L, 7720000L, 500L, true)));
        Assert.That(read.Entries[0].References, Does.Contain("RF18539007547034"));
    }

    [Test]
    public void What_is_written_is_valid_by_its_schema()
    {
        if (ReceiptSheetTests.Samples("iso20022") is not { } folder) Assert.Ignore("The schemas are not here.");
        var schemas = new XmlSchemaSet();
        schemas.Add(null, Path.Combine(ReceiptSheetTests.Samples("iso20022")!, "xsd", "camt.053.001.08.xsd"));
        var faults = new List<string>();
        XDocument.Load(new MemoryStream(Written())).Validate(schemas, (_, fault) => faults.Add(fault.Message));
        Assert.That(faults, Is.Empty);
    }

    [Test]
    public void Every_bank_sample_is_read_or_refused_with_a_code()
    {
        if (ReceiptSheetTests.Samples("iso20022") is not { } folder) Assert.Ignore("The samples are not here.");
        foreach (var path in Directory.EnumerateFiles(Path.Combine(ReceiptSheetTests.Samples("iso20022")!, "camt.053"), "*.xml"))
        {
            using var stream = File.OpenRead(path);
            var outcome = Camt053.Read(stream);
            Assert.That(outcome.Refusal is null || outcome.Refusal.Code.StartsWith("bank_", StringComparison.Ordinal), path);
        }
    }

    [TestCase("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Document><BkToCstmrStmt>&e;</BkToCstmrStmt></Document>", "bank_xml_unsafe")]
    [TestCase("<Document><CstmrCdtTrfInitn/></Document>", "bank_not_a_statement")]
    [TestCase("<Document><BkToCstmrStmt><GrpHdr/></BkToCstmrStmt></Document>", "bank_no_statement")]
    [TestCase("no xml", "bank_unreadable")]
    public void A_file_that_is_no_statement_is_refused(string text, string code) =>
        Assert.That(Camt053.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Refusal!.Code, Is.EqualTo(code));

    [Test]
    public void An_amount_with_more_decimals_than_the_currency_is_refused()
    {
        var text = Encoding.UTF8.GetString(Written()).Replace("77200.00", "77200.001", StringComparison.Ordinal);
        Assert.That(Camt053.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Refusal!.Code, Is.EqualTo("bank_figure"));
    }

    [Test]
    public async Task A_declaration_is_read_back_and_guards_its_text()
    {
        using var target = new MemoryStream();
        var header = new DeclarationHeader("RF18539007547034", "CR-1", "CCSS", "=COOP", new DateTimeOffset(2021, 3, 5, 0, 0, 0, TimeSpan.Zero), Currency.Of("CRC").Value);
        var written = (await DeclarationFormats.Csv.Write(target, header, Lines(), CancellationToken.None)).Value;
        var text = Encoding.UTF8.GetString(target.ToArray());
        Assert.That(text, Is.EqualTo("H,RF18539007547034,CR-1,CCSS,'=COOP,2021-03-05T00:00:00Z,CRC\nD,1,A1,1-1,2021-01,sem,principal,173.20\nT,1,173.20\n"));
        Assert.That((written.Lines, written.TotalMinor, DeclarationCsv.Read(new MemoryStream(target.ToArray())).Value.Lines[0].AmountMinor), Is.EqualTo((1L, 17320L, 17320L)));
    }

    [TestCase("H,R,A,F,O,2021-03-05T00:00:00Z,CRC\nD,1,A1,1,2021-01,sem,principal,1.00\nT,1,2.00\n")]
    [TestCase("H,R,A,F,O,2021-03-05T00:00:00Z,CRC\nD,1,A1,1,2021-01,sem,principal,1.00\n")]
    public void A_declaration_that_does_not_add_up_is_refused(string text) =>
        Assert.That(DeclarationCsv.Read(new MemoryStream(Encoding.UTF8.GetBytes(text))).Refusal!.Code, Is.EqualTo("declaration_invalid"));

    private static byte[] Written()
    {
        using var target = new MemoryStream();
        StatementXml.Write(target, Sample);
        return target.ToArray();
    }

    private static async IAsyncEnumerable<DeclarationLine> Lines()
    {
        await Task.CompletedTask;
        yield return new DeclarationLine(1, "A1", "1-1", "2021-01", "sem", "principal", 17320);
    }
}
