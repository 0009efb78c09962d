using ContributionEngine.Core;
using static ContributionEngine.Files.Tests.Answers.Answered;

namespace ContributionEngine.Files.Tests.Answers;

/// <summary>Answers as CSV and as JSON.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PlainAnswerTests
{
    private const string Reference = "RF18539007547034";

    private static readonly string Partly = $"outcome,reference,level,line,code,amount,text\npartly_accepted,{Reference},file,4,,772.00,\nrejected,{Reference},line,2,X1 X2,212.80,\"unknown, \"\"id\"\"\"\n";

    [Test]
    public void A_csv_is_read_by_the_names_of_its_columns() =>
        Assert.That((Told(Read(Partly)), Totals(Read(Partly))), Is.EqualTo(($"{Reference} | PartlyAccepted |  | 2 Rejected «X1 X2» «unknown, \"id\"» 21280", "3: 55920, 1: 21280, 0: 0")));

    [Test]
    public void A_csv_of_several_remittances_is_an_answer_about_each() =>
        Assert.That(AnswerFile.Read(System.Text.Encoding.UTF8.GetBytes($"reference;level;line;outcome\n{Reference};file;;ACCP\nRF98000000019551;line;1;RJCT\n"), Colon).Value.Select(said => $"{said.Reference} {said.Events.Single().Outcome}"),
            Is.EqualTo(new[] { $"{Reference} Accepted", "RF98000000019551 Rejected" }));

    [TestCase("reference,outcome\nRF18539007547034,maybe\n", "status_unknown")]
    [TestCase("reference,level,line,outcome\nRF18539007547034,file,1,accepted\nRF18539007547034,line,1,accepted\nRF18539007547034,line,2,accepted\n", "counts_differ")]
    public void What_a_csv_says_that_cannot_be_is_a_finding(string text, string finding) => Assert.That(AnswerFindings.Of(Read(text)).Single().Code, Is.EqualTo(finding));

    [TestCase("a,b\n1,2\n", "answer_not_an_answer")]
    [TestCase("", "answer_not_an_answer")]
    [TestCase("reference,outcome\n", "answer_empty")]
    [TestCase("reference,outcome\n,accepted\n", "answer_unreadable")]
    [TestCase("reference,level,outcome\nR,page,accepted\n", "answer_unreadable")]
    [TestCase("reference,outcome,amount\nR,accepted,1.001\n", "answer_figure")]
    [TestCase("reference,outcome,text\nR,accepted,\"open\n", "answer_unreadable")]
    public void A_csv_that_is_no_answer_is_refused(string text, string code) => Assert.That(Refused(text), Is.EqualTo(code));

    [Test]
    public void The_lines_that_a_json_does_not_list_count_by_the_word_above_them() =>
        Assert.That(Totals(Read(Json("partly_accepted", "rejected", "212.80"))), Is.EqualTo("3: 55920, 1: 21280, 0: 0"));

    [TestCase("partly_accepted", "rejected", "Accepted")]
    [TestCase("partly_accepted", "pending", null)]
    [TestCase("received", "rejected", null)]
    [TestCase("accepted", "rejected", "Accepted")]
    public void A_json_lists_all_that_is_refused_and_partly_leaves_the_others_accepted(string file, string line, string? rest) =>
        Assert.That(Said(Json(file, line, "212.80")).Rest?.Rest?.ToString(), Is.EqualTo(rest));

    [TestCase("{\"reference\":", "answer_unreadable")]
    [TestCase("{\"answer\":\"A\"}", "answer_unreadable")]
    public void A_json_that_is_no_answer_is_refused(string text, string code) => Assert.That(Refused(text), Is.EqualTo(code));

    [Test]
    public void An_amount_of_a_json_that_is_none_is_refused() => Assert.That(Refused(Json("accepted", "accepted", "1.0000000000001")), Is.EqualTo("answer_figure"));

    private static string Json(string file, string outcome, string amount) =>
        AnswerJson.Write(new FundAnswer("A", Reference, new LevelOutcomes(file, [file]), [new LineAnswer(2, outcome, "X1", "", amount)], 4, "772.00"));
}
