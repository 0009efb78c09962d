namespace ContributionEngine.Files.Tests.Answers;

/// <summary>The reports of banks that stand in the shared samples, each worked out by hand.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SampleTests
{
    private const string Folder = "iso20022/pain.002";

    [TestCase("corporatejs_pain.002.001.03_2_rejected-technical-check.xml", "20110102-0000001 | Rejected | ", "0: 0, 0: 0, 0: 0")]
    [TestCase("corporatejs_pain.002.001.03_3_accepted-payment-material.xml", "20140102-0000001 | Accepted | Accepted | - Accepted «» «» 9008", "1: 9008, 0: 0, 0: 0")]
    [TestCase("corporatejs_pain.002.001.03_5_rejected-payment-material.xml", "MsgId_20140108-00004 | Rejected | Rejected | - Rejected «DT01» «Eräpäivä virheellinen.» 1308", "0: 0, 1: 1308, 0: 0")]
    [TestCase("corporatejs_pain.002.001.03_6_rejected-payment-material-2.xml", "1547478597597 | Rejected | Rejected | 1547478597597-G-1-P-1 Rejected «AM01» «Nolla-summa tilisiirrossa.» 0", "0: 0, 1: 0, 0: 0")]
    [TestCase("svapnil_nordea_pain_002_v3_payment_reject.xml", "MSGID-COM-SCE25-1707-01 |  | Rejected", "0: 0, 0: 0, 0: 0")]
    public void A_sample_says_what_it_says(string name, string told, string totals)
    {
        var answer = AnswerFile.Inspect(Reading.Sample(Folder, name), null).Value.Single();
        Assert.That((Answered.Told(answer), Answered.Totals(answer), string.Join(' ', AnswerFindings.Of(answer))), Is.EqualTo((told, totals, "")));
    }

    [Test]
    public void Pieces_of_a_text_are_joined_where_they_were_cut() =>
        Assert.That(
            AnswerFile.Inspect(Reading.Sample(Folder, "corporatejs_pain.002.001.03_2_rejected-technical-check.xml"), null).Value.Single().File.Said.Text,
            Is.EqualTo("pain.001.001.03 could not be processed, please verify structure. cvc-datatype-valid.1.2.1: '4847,37' is not a valid value for 'decimal'.cvc-type.3.1.3: The value '4847,37' of element 'CtrlSum' is not valid."));
}
