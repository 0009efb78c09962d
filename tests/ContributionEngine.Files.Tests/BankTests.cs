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
        var read = BankReading.Read(Written()).Value;
        Assert.That(read.Told(), Is.EqualTo(new[] { "CR0001 CRC 10.00 77205.00 2 2 77200.00 5.00 adds up" }));
        Assert.That(read.First()[0].References, Does.Contain("RF18539007547034"));
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
