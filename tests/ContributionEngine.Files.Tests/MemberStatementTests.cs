using System.Text;
using ContributionEngine.Core;

namespace ContributionEngine.Files.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class MemberStatementTests
{
    private const string Root = "ea44094922e35d83da77842f8eae2e423a20f86ba46fed01ffe75c2509b4b661";

    private static readonly MemberStatement Statement = new()
    {
        Agreement = "CR-2021-014", Organisation = "Coopetarrazu R.L.", Fund = "CCSS", Currency = Currency.Of("CRC").Value, MemberNo = "A001", NationalId = "1-1001-0001",
        FullName = "Ana Mora", Language = "es", On = new DateOnly(2021, 3, 1),
        Obligations = [new StatedObligation("2021-01", "sem", "principal", new DateOnly(2021, 2, 15), 1732000, 1732000), new StatedObligation("2021-02", "sem", "principal", new DateOnly(2021, 3, 15), 1732000, 500000)],
        Receipts = [new StatedReceipt("RCP-1", "R1", new DateOnly(2021, 1, 15), 2500000)
        {
            Credit = 268000, Refunded = 0,
            Parts = [new StatedPart("2021-01", "sem", "principal", 1732000, "RF36000000001001", "accepted"), new StatedPart("2021-02", "sem", "principal", 500000, null, null)],
        }],
        Lines = [new StatedLine("RF36000000001001", 1, "2021-01", "sem", "principal", 1732000) { Outcome = "accepted", Code = "", Proof = new StatedProof(
            new LineProof("00000000000000000000000000000000", "RF36000000001001|1|A001|1-1001-0001|2021-01|sem|principal|17320.00|CRC", [new ProofStep("right", "b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9")], Root), 1, 2, null) }],
    };

    [TestCase("es", "en la remesa aceptada RF36000000001001", "17\u202F320,00")]
    [TestCase("fr", "dans la remise acceptée RF36000000001001", "17\u202F320,00")]
    [TestCase("en", "in the accepted remittance RF36000000001001", "17\u202F320.00")]
    [TestCase("pt-BR", "na remessa aceita RF36000000001001", "17\u202F320,00")]
    [TestCase("qu", "in the accepted remittance RF36000000001001", "17\u202F320.00")]
    [TestCase(null, "in the accepted remittance RF36000000001001", "17\u202F320.00")]
    public void A_page_speaks_the_members_language(string? language, string words, string amount) =>
        Assert.That(Html(Statement with { Language = language }), Does.Contain(System.Net.WebUtility.HtmlEncode(words)).And.Contain(amount));

    [Test]
    public void The_fund_confirmed_only_what_it_confirmed()
    {
        var line = Statement.Lines[0];
        var confirmed = Statement with { Lines = [line with { Proof = line.Proof! with { ConfirmedOn = new DateOnly(2021, 2, 20) } }] };
        Assert.That(Html(Statement), Does.Not.Contain("El fondo confirmó").And.Contain("El fondo aún no ha confirmado esta raíz."));
        Assert.That(Html(confirmed), Does.Contain("El fondo confirmó esta raíz el 2021-02-20."));
    }

    [TestCase("<script>alert(1)</script>")]
    [TestCase("\"><img src=x onerror=alert(1)>")]
    [TestCase("'; --></style><b>")]
    public void A_hostile_name_is_only_a_name(string name)
    {
        var page = Html(Statement with
        {
            FullName = name, MemberNo = name, NationalId = name, Agreement = name, Organisation = name, Fund = name,
            Obligations = [Statement.Obligations[0] with { Component = name, Period = name }],
            Receipts = [Statement.Receipts[0] with { ReceiptNo = name, Parts = [Statement.Receipts[0].Parts[0] with { Component = name, Reference = name }] }],
            Lines = [Statement.Lines[0] with { Component = name, Reference = name, Proof = Statement.Lines[0].Proof! with { Line = Statement.Lines[0].Proof!.Line with { Line = name } } }],
        });
        Assert.That(page, Does.Not.Contain("<script").And.Not.Contain("<img").And.Not.Contain("</style><b>").And.Contain("<bdi>" + System.Net.WebUtility.HtmlEncode(name) + "</bdi>"));
    }

    [Test]
    public void A_page_needs_nothing_from_elsewhere() =>
        Assert.That(Html(Statement with { PublicUrl = "https://proofs.example" }), Does.Not.Contain("://").And.Not.Contain("url(").And.Not.Contain("<link").And.Not.Contain("<script").And.Contain("default-src 'none'"));

    [Test]
    public void Every_proof_has_a_code() => Assert.That(Html(Statement).Split("<svg").Length - 1, Is.EqualTo(1));

    [Test]
    public void The_code_holds_the_proof_where_no_address_is_known() => Assert.That(MemberStatementFile.Proof(Statement.Lines[0].Proof!.Line), Is.EqualTo(
        """{"line":"RF36000000001001|1|A001|1-1001-0001|2021-01|sem|principal|17320.00|CRC","salt":"00000000000000000000000000000000","path":["right:b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9"],"root":"ea44094922e35d83da77842f8eae2e423a20f86ba46fed01ffe75c2509b4b661"}"""));

    [Test]
    public void A_proof_that_no_code_can_hold_is_left_to_its_text()
    {
        Assert.That(QrSvg.Of(new string('a', QrSquares.BytesMax)), Does.StartWith("<svg"));
        Assert.That(QrSvg.Of(new string('a', QrSquares.BytesMax + 1)), Is.Null);
    }

    [Test]
    public void Periods_add_up_to_the_total() => Assert.That(
        (Statement.Periods.Select(period => (period.Period, period.Open, period.Accepted)), Statement.Total.Open, Statement.Total.Accepted),
        Is.EqualTo((new[] { ("2021-01", 0L, 1732000L), ("2021-02", 1232000L, 0L) }, 1232000L, 1732000L)));

    [Test]
    public void A_line_that_was_sent_back_is_neither_sent_nor_accepted()
    {
        var statement = Statement with { Lines = [Statement.Lines[0] with { Outcome = "returned", Proof = null }] };
        Assert.That((statement.Total.Remitted, statement.Total.Accepted), Is.EqualTo((0L, 0L)));
    }

    [Test]
    public void A_table_has_a_row_for_everything_owed_received_and_sent() => Assert.That(Written(Statement, "csv").Split('\n')[1..], Is.EqualTo(new[]
    {
        "obligation,2021-02-15,2021-01,sem,principal,17320.00,17320.00,,,,,,,,,,",
        "obligation,2021-03-15,2021-02,sem,principal,17320.00,5000.00,,,,,,,,,,",
        "receipt,2021-01-15,,,,25000.00,,R1,,,,,,,,,",
        "part,,2021-01,sem,principal,17320.00,,R1,RF36000000001001,,accepted,,,,,,",
        "part,,2021-02,sem,principal,5000.00,,R1,,,,,,,,,",
        $"line,,2021-01,sem,principal,17320.00,,,RF36000000001001,1,accepted,1,,{Root},00000000000000000000000000000000,RF36000000001001|1|A001|1-1001-0001|2021-01|sem|principal|17320.00|CRC,right:b94d27b9934d3e08a52e52d7da7dabfac484efe37a5380ee9088f7ace2efcde9",
        "",
    }));

    [TestCase(-5L, "XOF", "\u22125")]
    [TestCase(123456789L, "TND", "123\u202F456,789")]
    [TestCase(99L, "CRC", "0,99")]
    public void An_amount_is_read_as_the_language_writes_it(long minor, string currency, string written) =>
        Assert.That(StatementTexts.Of("es").Amount(minor, Currency.Of(currency).Value), Is.EqualTo(written));

    private static string Html(MemberStatement statement) => Written(statement, "html");

    private static string Written(MemberStatement statement, string format) => Encoding.UTF8.GetString(MemberStatementFile.Write(statement, format));
}
