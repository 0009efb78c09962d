using System.Text;
using ContributionEngine.Core;
using static ContributionEngine.Files.Tests.Answers.Answered;

namespace ContributionEngine.Files.Tests.Answers;

/// <summary>Payment status reports: statuses that are inherited, totals of what is not listed, and what no report may hold.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ReportTests
{
    private const string Reference = "RF18539007547034";

    // As a Nordic bank wrote it: four batches, of whose eight payments it lists one by its misspelt name.
    private static readonly string Partly = Report(Group("<OrgnlNbOfTxs>8</OrgnlNbOfTxs><GrpSts>PART</GrpSts>")
        + Batch($"<OrgnlNbOfTxs>3</OrgnlNbOfTxs><OrgnlCtrlSum>111779.33</OrgnlCtrlSum><PmtInfSts>PART</PmtInfSts>{Count("ACCP", 2, "111757.22")}{Count("RJCT", 1, "22.11")}"
            + "<TxInfAndSts><OrgnlInstrdId>2014</OrgnlInstrdId><TxSts>RJCT</TxSts><StsRsnInf><Rsn><Cd>NARR</Cd></Rsn><AddtlInf>Viite virheel</AddtlInf><AddtlInf>linen</AddtlInf></StsRsnInf><OrgnlTxRef><Amt><InstdAmt Ccy=\"EUR\">22.11</InstdAmt></Amt></OrgnlTxRef></TxInfAndSts>")
        + Batch($"<PmtInfSts>RJCT</PmtInfSts>{Count("RJCT", 2, "740.22")}")
        + Batch("<OrgnlNbOfTxs>2</OrgnlNbOfTxs><OrgnlCtrlSum>665.22</OrgnlCtrlSum><PmtInfSts>ACCP</PmtInfSts>")
        + Batch("<OrgnlNbOfTxs>1</OrgnlNbOfTxs><PmtInfSts>ACSP</PmtInfSts>"));

    [Test]
    public void What_is_not_listed_follows_from_the_counts_and_from_the_status_of_its_batch() =>
        Assert.That((Told(Read(Partly)), Totals(Read(Partly))), Is.EqualTo((
            "M-1 | PartlyAccepted | PartlyAccepted,Rejected,Accepted,Accepted | 2014 Rejected «NARR» «Viite virheellinen» 2211", "5: ?, 3: 76233, 0: 0")));

    [Test]
    public void A_good_answer_above_says_nothing_of_the_lines() =>
        Assert.That(Told(Read(Report(Group("<GrpSts>ACTC</GrpSts>") + Batch($"<PmtInfSts>RJCT</PmtInfSts>{Line("7", "<TxSts>RJCT</TxSts>")}")))), Is.EqualTo("M-1 | StructureOk | Rejected | 7 Rejected «» «» "));

    [Test]
    public void A_reason_on_an_accepted_line_is_no_rejection() =>
        Assert.That(Told(Read(Report(Group("") + Batch(Line("7", "<TxSts>ACCP</TxSts><StsRsnInf><Rsn><Cd>NARR</Cd></Rsn></StsRsnInf>"))))), Is.EqualTo("M-1 |  |  | 7 Accepted «NARR» «» "));

    [TestCase("<GrpSts>ACCP</GrpSts>", "<PmtInfSts>RJCT</PmtInfSts>", "Rejected")]
    [TestCase("<GrpSts>ACCP</GrpSts>", "<PmtInfSts>PART</PmtInfSts>", "Accepted")]
    [TestCase("<GrpSts>PART</GrpSts>", "<PmtInfSts>PART</PmtInfSts>", "Pending")]
    [TestCase("<GrpSts>RJCT</GrpSts>", "", "Rejected")]
    [TestCase("", "", "Pending")]
    public void A_line_without_a_status_has_its_batchs_else_the_files_and_never_partly(string group, string batch, string outcome) =>
        Assert.That($"{Read(Report(Group(group) + Batch(batch + Line("7", "")))).Lines.Single().Said.Outcome}", Is.EqualTo(outcome));

    [TestCase("RCVD", "Received")]
    [TestCase("ACTC", "StructureOk")]
    [TestCase("PDNG", "Pending")]
    [TestCase("ACCP", "Accepted")]
    [TestCase("ACSP", "Accepted")]
    [TestCase("ACSC", "Accepted")]
    [TestCase("ACCC", "Accepted")]
    [TestCase("ACWC", "AcceptedWithWarning")]
    [TestCase("PART", "PartlyAccepted")]
    [TestCase("RJCT", "Rejected")]
    [TestCase("CANC", "Rejected")]
    public void A_status_of_the_standard_has_its_outcome(string status, string outcome) => Assert.That($"{Read(Report(Group($"<GrpSts>{status}</GrpSts>"))).File.Said.Outcome}", Is.EqualTo(outcome));

    [Test]
    public void A_status_that_nobody_knows_is_pending_and_kept_word_for_word()
    {
        var answer = Read(Report(Group("") + Batch(Line("7", "<TxSts>XPND</TxSts><StsRsnInf><Rsn><Prtry>own 1</Prtry></Rsn></StsRsnInf><StsRsnInf><Rsn><Cd>AC01</Cd></Rsn></StsRsnInf>"))));
        Assert.That((Told(answer), AnswerFindings.Of(answer).Single().Code), Is.EqualTo(("M-1 |  |  | 7 Pending «XPND own 1 AC01» «» ", "status_unknown")));
    }

    [TestCase("<OrgnlNbOfTxs>3</OrgnlNbOfTxs><PmtInfSts>PART</PmtInfSts>", "counts_differ")]
    [TestCase("<OrgnlNbOfTxs>2</OrgnlNbOfTxs><OrgnlCtrlSum>10.01</OrgnlCtrlSum><PmtInfSts>PART</PmtInfSts>", "sums_differ")]
    [TestCase("<OrgnlNbOfTxs>2</OrgnlNbOfTxs><OrgnlCtrlSum>10.00</OrgnlCtrlSum><PmtInfSts>PART</PmtInfSts>", "")]
    public void Counts_and_sums_that_differ_by_one_are_found(string batch, string finding) =>
        Assert.That(string.Join(' ', AnswerFindings.Of(Read(Report(Group("") + Batch($"{batch}{Count("ACCP", 1, "4.00")}{Count("RJCT", 1, "6.00")}")))).Select(found => found.Code)), Is.EqualTo(finding));

    [TestCase("<GrpSts>PART</GrpSts>", "", null)]
    [TestCase("<GrpSts>PART</GrpSts>", "<NbOfTxsPerSts><DtldNbOfTxs>3</DtldNbOfTxs><DtldSts>ACCP</DtldSts></NbOfTxsPerSts><NbOfTxsPerSts><DtldNbOfTxs>1</DtldNbOfTxs><DtldSts>RJCT</DtldSts></NbOfTxsPerSts>", "Accepted")]
    [TestCase("<GrpSts>PART</GrpSts>", "<NbOfTxsPerSts><DtldNbOfTxs>2</DtldNbOfTxs><DtldSts>ACCP</DtldSts></NbOfTxsPerSts><NbOfTxsPerSts><DtldNbOfTxs>2</DtldNbOfTxs><DtldSts>RJCT</DtldSts></NbOfTxsPerSts>", null)]
    [TestCase("<GrpSts>ACCP</GrpSts>", "", "Accepted")]
    public void Partly_leaves_the_other_lines_accepted_only_where_the_counts_say_so(string group, string counts, string? rest)
    {
        var said = Said(Report(Group(group, Reference) + Batch($"<PmtInfSts>PART</PmtInfSts>{counts}{Line("2", "<TxSts>RJCT</TxSts>")}")));
        Assert.That(said.Rest?.Rest?.ToString(), Is.EqualTo(rest));
    }

    [Test]
    public void A_batch_that_bears_our_reference_is_the_answer_about_one_remittance()
    {
        var text = Report(Group("<GrpSts>PART</GrpSts>") + $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>RF18 5390 0754 7034</OrgnlPmtInfId><OrgnlNbOfTxs>4</OrgnlNbOfTxs><PmtInfSts>ACCP</PmtInfSts></OrgnlPmtInfAndSts>" + Batch("<PmtInfSts>RJCT</PmtInfSts>"));
        var said = Said(text);
        Assert.That((said.Reference, said.Rest?.Rest, said.LinesTotal), Is.EqualTo((Reference, AcknowledgementOutcome.Accepted, 4L)));
    }

    [Test]
    public void A_transfer_that_bears_our_reference_is_the_whole_remittance()
    {
        var said = Said(Report(Group("<GrpSts>ACTC</GrpSts>", Reference) + Batch($"<PmtInfSts>PART</PmtInfSts>{Line(Reference, "<TxSts>RJCT</TxSts>")}")));
        Assert.That((said.Rest?.Rest, said.Events.Count(line => line.Level == AcknowledgementLevel.Line)), Is.EqualTo((AcknowledgementOutcome.Rejected, 0)));
    }

    [TestCase("urn:iso:std:iso:20022:tech:xsd:pain.002.001.10", null)]
    [TestCase("http://www.six-interbank-clearing.com/de/pain.002.001.03.ch.02.xsd", null)]
    [TestCase("urn:example:other", "answer_not_an_answer")]
    public void A_namespace_of_any_version_is_read_and_of_another_message_is_not(string space, string? code) =>
        Assert.That(Refused($"<Document xmlns=\"{space}\"><CstmrPmtStsRpt>{Group("<GrpSts>ACCP</GrpSts>")}</CstmrPmtStsRpt></Document>"), Is.EqualTo(code));

    [TestCase("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Document><CstmrPmtStsRpt>&e;</CstmrPmtStsRpt></Document>", "answer_xml_unsafe")]
    [TestCase("<!DOCTYPE x [<!ENTITY a \"aa\"><!ENTITY b \"&a;&a;\">]><Document>&b;</Document>", "answer_xml_unsafe")]
    [TestCase("<Document><CstmrCdtTrfInitn/></Document>", "answer_not_an_answer")]
    [TestCase("<Document><CstmrPmtStsRpt><GrpHdr/></CstmrPmtStsRpt></Document>", "answer_empty")]
    [TestCase("<Document><CstmrPmtStsRpt>", "answer_unreadable")]
    public void What_is_no_report_is_refused(string text, string code) => Assert.That(Refused(text), Is.EqualTo(code));

    [TestCase("<InstdAmt Ccy=\"CRC\">1.0000000000001</InstdAmt>", "answer_figure")]
    [TestCase("<InstdAmt Ccy=\"CRC\">-1.00</InstdAmt>", "answer_figure")]
    [TestCase("<InstdAmt Ccy=\"CRC\">1,00</InstdAmt>", "answer_figure")]
    [TestCase("<InstdAmt Ccy=\"USD\">1.00</InstdAmt>", "answer_currency")]
    [TestCase("<InstdAmt Ccy=\"CRC\">1.00000</InstdAmt>", null)]
    public void An_amount_that_cannot_be_taken_over_exactly_is_refused(string amount, string? code) =>
        Assert.That(Refused(Report(Group("") + Batch(Line("1", $"<TxSts>ACCP</TxSts><OrgnlTxRef><Amt>{amount}</Amt></OrgnlTxRef>"))), Colon), Is.EqualTo(code));

    [Test]
    public void A_text_without_end_is_refused() =>
        Assert.That(Refused(Report(Group($"<GrpSts>RJCT</GrpSts><StsRsnInf><AddtlInf>{new string('x', AnswerLimits.TextMax + 1)}</AddtlInf></StsRsnInf>"))), Is.EqualTo("answer_too_large"));

    [Test]
    public void A_report_in_utf_16_is_read() =>
        Assert.That(AnswerFile.Inspect([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Report(Group("<GrpSts>ACCP</GrpSts>")))], null).Value.Single().File.Said.Outcome, Is.EqualTo(AcknowledgementOutcome.Accepted));
}
