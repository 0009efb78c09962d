using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Schema;

namespace ContributionEngine.Files.Tests;

/// <summary>Files of real banks, read in place: what each prints of itself.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class BankSampleTests
{
    private static readonly string[] Folders = ["iso20022/camt.052", "iso20022/camt.053", "iso20022/camt.054", "mt940", "mobile-money"];

    [TestCase("iso20022/camt.053/dvbern_Business_Sample_camt.053.001.04.xml", "50000000054910000003 SEK 500000.00 435678.50 3 2 135678.50 200000.00 adds up")]
    [TestCase("iso20022/camt.053/viafintech_valid_example.xml", "DE14740618130000033626 EUR 33.06 23.06 4 5 1.00 11.00 adds up")]
    [TestCase("iso20022/camt.053/viafintech_valid_example_with_debit.xml", "DE14740618130000033626 EUR -33.06 23.06 4 5 1.00 11.00 differs")]
    [TestCase("iso20022/camt.053/viafintech_valid_example_with_batch.xml", "NL18INGB00012345678 EUR 7329.80 23038.20 3 2 7688.00 4753.74 differs")]
    [TestCase("iso20022/camt.053/genkgo_camt053.v2.multi.statement.xml", "NL26VAYB8060476890 EUR 18.15 27.00 1 1 8.85 0.00 adds up|NL26VAYB8060476890 EUR 27.00 20.00 1 1 0.00 7.00 adds up")]
    [TestCase("iso20022/camt.053/genkgo_camt053.v2.five.decimals.xml", "NL26VAYB8060476890 EUR 18.15 27.05 1 1 8.85 0.00 differs")]
    [TestCase("iso20022/camt.053/genkgo_camt53.only-Dt-with-DtTm.xml", "GB33BUKB20201555555555 RON 5442.09 - 0 0 0.00 0.00 differs")]
    [TestCase("iso20022/camt.053/rousseau_statement_ac04.xml", "GB29NWBK60161331926819 EUR - 10000.00 3 2 2480.50 42.00 differs")]
    [TestCase("iso20022/camt.054/dvbern_camt.054-ES_P_CH0309000000250090342_38000000_0_2016052723011813.xml", "CH0309000000250090342 CHF - - 1 8 620.00 0.00 adds up")]
    [TestCase("iso20022/camt.054/dvbern_camt_054_Beispiel_ZA1_ESR_ZE.xml", "CH160077401231234567 CHF - - 1 1 3949.75 0.00 adds up")]
    [TestCase("mt940/jejik/postfinance.txt", "123456789 CHF 0.00 229.20 2 2 229.20 0.00 adds up|123456789 CHF 229.20 159.60 2 2 10.10 79.90 differs")]
    [TestCase("mt940/jejik/triodos.txt", "TRIODOSBANK/0390123456 EUR 4975.09 4370.79 2 2 0.00 715.70 differs")]
    [TestCase("mt940/betterplace/with_binary_character.txt", "51230800/0000007055 EUR 380115.77 199929.02 3 3 13095.30 193282.05 adds up|51230800/0000007304 EUR 130073.19 131193.19 1 1 1120.00 0.00 adds up")]
    [TestCase("mt940/wolph/citi_mt940.txt", "123456789 USD 17376.67 16233.92 5 5 0.00 1142.75 adds up")]
    [TestCase("mt940/wolph/self-provided_raphaelm.sta", "1222333444 DEM 0.00 105000.00 6 6 105000.00 0.00 adds up|1222333444 DEM 105000.00 145000.00 2 2 40000.00 0.00 adds up|3346780111 DEM 145000.00 95000.00 1 1 0.00 50000.00 adds up")]
    [TestCase("mt940/wolph/self-provided_february_30.sta", "12345678/1020304050 EUR 1200.00 1194.00 1 1 0.00 6.00 adds up")]
    [TestCase("mobile-money/mpesa_org_portal_statement.csv", "556677 KES 187200.00 71340.00 7 7 4700.00 120560.00 adds up")]
    [TestCase("mobile-money/mpesa_org_portal_iso_dates_totals.csv", " KES 9000.00 10270.00 3 3 1285.00 15.00 adds up")]
    [TestCase("mobile-money/telecel_cash_gh_statement.csv", " GHS 874.50 1000.00 1 1 125.50 0.00 adds up")]
    public void A_file_gives_the_balances_that_its_bank_prints(string path, string told) => Assert.That(string.Join('|', BankReading.Sample(path).Told()), Is.EqualTo(told));

    [TestCase("iso20022/camt.053/genkgo_camt053.v2.wrong.xml", "bank_no_statement")]
    [TestCase("iso20022/camt.053/viafintech_invalid_namespace.xml", "bank_no_statement")]
    [TestCase("iso20022/camt.053/rousseau_statement.xml", "bank_figure")]
    [TestCase("iso20022/camt.054/dvbern_invalid_camt_054_Beispiel_NotificationMissing.xml", "bank_not_a_statement")]
    [TestCase("mt940/wolph/self-provided_mt942.sta", "bank_interim")]
    [TestCase("mt940/wolph/cmxl_account_balance_credit.sta", "bank_no_account")]
    [TestCase("mobile-money/bboxx_orange_mtn_import.csv", "bank_not_a_statement")]
    [TestCase("mobile-money/mtn_ug_pdf_text_line.txt", "bank_not_a_statement")]
    public void A_file_without_a_statement_says_why(string path, string code) => Assert.That(BankFile.Read(() => File.OpenRead(BankReading.PathOf(path)), BankReading.Terms).Refusal!.Code, Is.EqualTo(code));

    [Test]
    public void What_is_read_is_what_is_handed_on_and_a_statement_that_does_not_add_up_says_so()
    {
        var read = Folders.SelectMany(folder => Directory.EnumerateFiles(BankReading.PathOf(folder), "*", SearchOption.AllDirectories)).Where(path => !path.EndsWith(".yml", StringComparison.Ordinal))
            .Select(path => (path, File: BankFile.Read(() => File.OpenRead(path), BankReading.Terms))).Where(item => item.File.Refusal is null).ToList();
        Assert.That(read, Has.Count.GreaterThan(60));
        foreach (var (path, file) in read.Select(item => (item.path, item.File.Value)))
        {
            foreach (var (statement, i) in file.Statements.Select((statement, i) => (statement, i)))
            {
                var entries = file.Entries().Where(item => item.Statement == i).Select(item => item.Entry).ToList();
                Assert.That((entries.Count, entries.Sum(entry => entry.Signed)), Is.EqualTo((statement.Entries, statement.Credits - statement.Debits)), path);
                Assert.That(statement.Warnings.Any(warning => warning.Code == "does_not_balance"), Is.EqualTo(!statement.Balances), path);
                var differ = entries.Any(entry => entry.Transactions.Count > 0 && entry.Transactions.All(part => part.Signed is not null) && entry.Transactions.Sum(part => part.Signed) != entry.Signed);
                Assert.That(statement.Warnings.Any(warning => warning.Code == "transactions_differ"), Is.EqualTo(differ), path);
            }
        }
    }

    [Test]
    public void Balances_are_those_of_another_reader()
    {
        var oracles = Directory.GetFiles(BankReading.PathOf("mt940/wolph"), "*.yml");
        Assert.That(oracles, Has.Length.EqualTo(8));
        foreach (var oracle in oracles)
        {
            var last = BankFile.Read(() => File.OpenRead(Path.ChangeExtension(oracle, ".sta")), BankReading.Terms).Value.Statements[^1];
            var text = File.ReadAllText(oracle);
            Assert.That(last.Closing, Is.EqualTo(Printed(text, "final_closing_balance")), oracle);
            Assert.That(Regex.Count(text, "object:mt940.models.Transaction$", RegexOptions.Multiline), Is.GreaterThanOrEqualTo(last.Entries), oracle);
        }
    }

    [Test]
    public void A_file_that_breaks_its_schema_is_read_with_one_warning()
    {
        var missed = new List<string>();
        foreach (var path in Directory.EnumerateFiles(BankReading.PathOf("iso20022"), "*.xml", SearchOption.AllDirectories).Where(path => path.Contains("camt.05", StringComparison.Ordinal)))
        {
            if (BankFile.Read(() => File.OpenRead(path), BankReading.Terms).Refusal is not null || IsValid(path) is not { } isValid) continue;
            var warned = BankFile.Read(() => File.OpenRead(path), BankReading.Terms).Value.Statements[0].Warnings.Count(warning => warning.Code == "xsd");
            if (warned != (isValid ? 0 : 1)) missed.Add($"{Path.GetFileName(path)} valid {isValid} warned {warned}");
        }

        Assert.That(missed, Is.Empty);
    }

    private static long Printed(string oracle, string balance)
    {
        var found = BalanceIn().Matches(oracle).First(match => match.Groups["name"].Value == balance);
        return (long)(decimal.Parse(found.Groups["amount"].Value, CultureInfo.InvariantCulture) * 100);
    }

    private static bool? IsValid(string path)
    {
        var space = Space().Match(File.ReadAllText(path)).Groups["name"].Value;
        var schema = Path.Combine(BankReading.PathOf("iso20022/xsd"), $"{space}.xsd");
        if (!File.Exists(schema)) return null;
        var settings = new XmlReaderSettings { ValidationType = ValidationType.Schema };
        settings.Schemas.Add(null, schema);
        var isValid = true;
        settings.ValidationEventHandler += (_, _) => isValid = false;
        using var reader = XmlReader.Create(path, settings);
        while (reader.Read()) { }
        return isValid;
    }

    [GeneratedRegex(@"^  (?<name>[a-z_]+): !!python/object:mt940\.models\.Balance\n    amount: .*\n      amount: .*\n      - '(?<amount>-?[\d.]+)'", RegexOptions.Multiline)]
    private static partial Regex BalanceIn();

    [GeneratedRegex("tech:xsd:(?<name>camt[.0-9]+)")]
    private static partial Regex Space();
}
