using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Fund;

/// <summary><c>ack inspect | import | list</c> and what follows a rejection, as other programs see them.</summary>
internal sealed class AnswerTests
{
    private const string Report = """
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt><OrgnlGrpInfAndSts><OrgnlMsgId>M-1</OrgnlMsgId><GrpSts>PART</GrpSts></OrgnlGrpInfAndSts>
        <OrgnlPmtInfAndSts><OrgnlPmtInfId>B-1</OrgnlPmtInfId><OrgnlNbOfTxs>2</OrgnlNbOfTxs><PmtInfSts>PART</PmtInfSts>
        <NbOfTxsPerSts><DtldNbOfTxs>1</DtldNbOfTxs><DtldSts>ACCP</DtldSts><DtldCtrlSum>10.00</DtldCtrlSum></NbOfTxsPerSts><NbOfTxsPerSts><DtldNbOfTxs>1</DtldNbOfTxs><DtldSts>RJCT</DtldSts><DtldCtrlSum>5.00</DtldCtrlSum></NbOfTxsPerSts>
        <TxInfAndSts><OrgnlEndToEndId>E-2</OrgnlEndToEndId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn><AddtlInf>no such acc</AddtlInf><AddtlInf>ount</AddtlInf></StsRsnInf><OrgnlTxRef><Amt><InstdAmt Ccy="EUR">5.00</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>
        </OrgnlPmtInfAndSts></CstmrPmtStsRpt></Document>
        """;

    [Test]
    public async Task Inspecting_needs_no_database_and_leaves_none()
    {
        using var place = new Workplace();
        place.Write("answer.xml", Report);
        var run = await place.Run("ack inspect answer.xml -o json");
        var expected = JsonNode.Parse("""
            {"format":"pain002","original":"M-1","level_outcomes":{"file":"partly_accepted","batches":["partly_accepted"]},
             "lines":[{"reference":"E-2","outcome":"rejected","code":"AC01","text":"no such account","amount":"5.00"}],
             "totals":{"accepted":{"lines":1,"amount":"10.00"},"rejected":{"lines":1,"amount":"5.00"},"pending":{"lines":0,"amount":"0.00"}},"findings":[]}
            """);
        Assert.That((run.Exit, JsonNode.DeepEquals(JsonNode.Parse(run.Out), expected), File.Exists(place.Database)), Is.EqualTo((0, true, false)), run.ToString());
    }

    [TestCase("<Document/>", 7)]
    [TestCase("reference,outcome\nR-1,maybe\n", 0)]
    public async Task What_cannot_be_read_ends_with_7_and_what_was_read_with_0_whatever_it_says(string text, int exit)
    {
        using var place = new Workplace();
        place.Write("answer", text);
        Assert.That((await place.Run("ack inspect answer -o json")).Exit, Is.EqualTo(exit));
    }

    [Test]
    public async Task A_rejected_line_comes_back_goes_again_as_supplementary_and_everything_ties_out()
    {
        using var place = await Prepared.Collected();
        place.Write("fund.json", new FundBehaviour { AnswerAfterSeconds = 3600 }.Json);
        await place.Run(Prepared.Settle);
        var remittance = (await place.Export("remittances")).Rows[0];
        place.Write("answer.csv", $"reference,level,line,outcome,code\n{remittance["reference"]},line,1,rejected,X1\n{remittance["reference"]},file,,accepted,\n");
        Assert.That((await place.Run("ack import answer.csv --dry-run")).Exit, Is.EqualTo(3));
        (await place.Run("ack import answer.csv")).Exits(3);
        Assert.That((await place.Export("remittance-lines")).Of("outcome", "code"), Is.EqualTo(new[] { "rejected X1", "accepted ", "accepted ", "accepted " }));
        Assert.That((await place.Run("ack import answer.csv")).Error, Does.Contain("duplicate"));
        Assert.That(JsonNode.Parse((await place.Run($"ack list --remittance {remittance["remittance"]} -o json")).Out)!.AsArray().Select(came => $"{came!["name"]} {came["state"]}"), Is.EqualTo(new[] { "answer.csv applied" }));
        await place.Ok($"remittance supplementary {remittance["remittance"]}");
        Assert.That((await place.Export("remittances")).Of("kind", "lines", "total"), Is.EqualTo(new[] { "regular 4 77200.00", "supplementary 1 17320.00" }));
        (await place.Run("verify")).Exits(0);
    }
}
