using System.Text;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests;

/// <summary>Payment orders: valid by the bank's schema, the same bytes every time, and refused by field when something is missing.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class Pain001Tests
{
    private static readonly PaymentOrder Sepa = new()
    {
        Id = "REM-000000001001", Reference = "RF18000000001001", Amount = new Money(3860000, Currency.Of("EUR").Value),
        CreatedAt = new DateTimeOffset(2026, 11, 27, 18, 0, 0, TimeSpan.Zero), ExecuteOn = new DateOnly(2026, 11, 30),
        Debtor = new PaymentParty("Coopérative Ñandú & Fils", new PostalAddress("Orléans", "FR") { Street = "12, rue de l'Église", Postcode = "45000" }, "FR76 3000 6000 0112 3456 7890 189", null, PartyFields.Organisation),
        Creditor = new PaymentParty("Caisse de prévoyance", new PostalAddress("Paris", "FR"), "DE89370400440532013000", "COBADEFFXXX", PartyFields.Fund),
    };

    private static readonly PaymentOrder Local = Sepa with
    {
        Amount = new Money(3860000, Currency.Of("CRC").Value),
        Debtor = Sepa.Debtor with { Name = "Coopetarrazú R.L.", Address = new PostalAddress("San José", "CR"), Account = "100-01-000-123456", Bic = "BNCRCRSJXXX" },
        Creditor = Sepa.Creditor with { Name = "CCSS", Address = new PostalAddress("San José", "CR"), Account = "100-02-088-654321" },
    };

    private static readonly PaymentOrder Noticed = Local with { FundReference = "SPA-77" };

    [TestCase("pain.001.001.03")]
    [TestCase("pain.001.001.09")]
    public void An_order_has_the_bytes_of_its_golden_file(string version)
    {
        Assert.That(Text(Sepa, version), Is.EqualTo(Declared.Golden($"sepa.{version}.xml")));
        Assert.That(Text(Local, version), Is.EqualTo(Declared.Golden($"local.{version}.xml")));
    }

    [TestCase("pain.001.001.03")]
    [TestCase("pain.001.001.09")]
    public void An_order_is_valid_by_the_whole_schema_of_ISO(string version)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(new MemoryStream(Reading.Sample("iso20022", $"xsd/{version}.xsd"))));
        foreach (var order in new[] { Sepa, Local, Noticed })
        {
            var faults = new List<string>();
            XDocument.Parse(Text(order, version)).Validate(schemas, (_, fault) => faults.Add(fault.Message));
            Assert.That(faults, Is.Empty);
        }
    }

    [Test]
    public void The_reference_stands_at_the_end_and_in_the_remittance_information()
    {
        var order = XDocument.Parse(Text(Sepa, "pain.001.001.09"));
        Assert.That(
            new[] { "MsgId", "EndToEndId", "Ref", "InstdAmt" }.Select(name => order.Descendants().Single(element => element.Name.LocalName == name).Value),
            Is.EqualTo(new[] { "REM-000000001001", "RF18000000001001", "RF18000000001001", "38600.00" }));
        Assert.That(order.Descendants().Where(element => element.Name.LocalName == "CtrlSum").Select(element => element.Value), Is.EqualTo(new[] { "38600.00", "38600.00" }));
    }

    // The fund books by its own reference, the bank's statement is matched by ours; SEPA carries one of them.
    [Test]
    public void The_funds_own_reference_stands_beside_ours_where_the_scheme_carries_both()
    {
        Assert.That(Information(Noticed), Is.EqualTo("Ustrd SPA-77, Ref RF18000000001001"));
        Assert.That(Information(Sepa with { FundReference = "SPA-77" }), Is.EqualTo("Ref RF18000000001001"));
    }

    [TestCase("RWF", "3860000")]
    [TestCase("TND", "3860.000")]
    public void An_amount_has_the_decimals_of_its_currency(string currency, string amount) =>
        Assert.That(Text(Local with { Amount = new Money(3860000, Currency.Of(currency).Value) }, "pain.001.001.03"), Does.Contain($"<CtrlSum>{amount}</CtrlSum>").And.Contain($"<InstdAmt Ccy=\"{currency}\">{amount}</InstdAmt>"));

    [Test]
    public void What_is_written_in_other_letters_is_told() =>
        Assert.That(Written(Sepa, "pain.001.001.03").Told.Select(text => $"{text.Field}: {text.From} > {text.To}"), Is.EqualTo(new[]
        {
            "organisation.name: Coopérative Ñandú & Fils > Cooperative Nandu Fils",
            "organisation.address.street: 12, rue de l'Église > 12, rue de l'Eglise",
            "organisation.address.town: Orléans > Orleans",
            "fund.name: Caisse de prévoyance > Caisse de prevoyance",
        }));

    [Test]
    public void A_name_of_any_length_and_letters_stays_valid_and_is_told()
    {
        var random = new Random(3);
        const string letters = "aÑé漢😀<>&\"' .ßÆ\u0301";
        for (var round = 0; round < 200; round++)
        {
            var name = "A" + string.Concat(Enumerable.Range(0, random.Next(0, 200)).Select(_ => letters[random.Next(letters.Length)]));
            var written = XDocument.Parse(Text(Sepa with { Creditor = Sepa.Creditor with { Name = name } }, "pain.001.001.09")).Descendants().Single(element => element.Name.LocalName == "Cdtr").Elements().First().Value;
            Assert.That(written, Does.Match("^[A-Za-z0-9 /?:().,'+-]{1,70}$"));
        }
    }

    [TestCaseSource(nameof(Lacking))]
    public void What_is_missing_is_refused_by_its_field_and_nothing_is_written(PaymentOrder order, string fields)
    {
        var refusal = Pain001.Write(order, "pain.001.001.09", () => throw new InvalidOperationException("opened")).Refusal!;
        Assert.That((refusal.Code, string.Join(' ', refusal.Errors.Select(error => error.Field))), Is.EqualTo(("payment_order_incomplete", fields)));
    }

    [Test]
    public void What_the_schema_does_not_take_throws() =>
        Assert.That(() => Text(Sepa with { Id = new string('1', 36) }, "pain.001.001.03"), Throws.TypeOf<XmlSchemaValidationException>());

    private static string Information(PaymentOrder order) => string.Join(", ", XDocument.Parse(Text(order, "pain.001.001.03")).Descendants()
        .Where(element => element.Name.LocalName is "Ustrd" or "Ref").Select(element => $"{element.Name.LocalName} {element.Value}"));

    private static IEnumerable<TestCaseData> Lacking()
    {
        yield return Case("everything", Sepa with { Debtor = new PaymentParty(" ", null, null, null, PartyFields.Organisation) }, "organisation.address organisation.name bank.organisation_account bank.organisation_bic");
        yield return Case("a bank for an account that is no IBAN", Local with { Creditor = Local.Creditor with { Bic = null } }, "bank.fund_bic");
        yield return Case("check digits that hold", Sepa with { Creditor = Sepa.Creditor with { Account = "DE88370400440532013000" } }, "bank.fund_account");
        yield return Case("a BIC of its form", Sepa with { Creditor = Sepa.Creditor with { Bic = "COBA" } }, "bank.fund_bic");
        yield return Case("a country code", Sepa with { Creditor = Sepa.Creditor with { Address = new PostalAddress("Paris", "France") } }, "fund.address.country");
        yield return Case("a town", Sepa with { Creditor = Sepa.Creditor with { Address = new PostalAddress("", "FR") } }, "fund.address.town");
        yield return Case("a name in Latin letters", Sepa with { Creditor = Sepa.Creditor with { Name = "漢字" } }, "fund.name");
    }

    private static TestCaseData Case(string name, PaymentOrder order, string fields) => new(order, fields) { TestName = $"{{m}}({name})" };

    private static string Text(PaymentOrder order, string version) => Written(order, version).Text;

    private static (string Text, IReadOnlyList<Transliteration> Told) Written(PaymentOrder order, string version)
    {
        using var target = new MemoryStream();
        var told = Pain001.Write(order, version, () => target).Value;
        return (Encoding.UTF8.GetString(target.ToArray()), told);
    }
}
