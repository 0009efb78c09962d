using ContributionEngine.Core;
using CsCheck;
using static ContributionEngine.Core.AcknowledgementOutcome;

namespace ContributionEngine.Core.Tests;

/// <summary>What answers do to four lines: two of member A1, one of A2, one of A3 whose number looks like a line.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class AnswerEffectTests
{
    private const string Reference = "RF18539007547034";

    private static readonly AnswerableLine[] Sent =
    [
        new(1, "A1", "1-1001-0001", 100, LineOutcome.Sent), new(2, "A1", "1-1001-0001", 200, LineOutcome.Sent),
        new(3, "A2", "1-1002-0002", 300, LineOutcome.Sent), new(4, "0002", "1-1003-0003", 400, LineOutcome.Sent),
    ];

    [TestCase("3", "3")]
    [TestCase("003", "3")]
    [TestCase("RF18539007547034-3", "3")]
    [TestCase("A2", "3")]
    [TestCase("1.1002.0002", "3")]
    [TestCase("A1", "1,2")]
    [TestCase("0002", "")]
    [TestCase("5", "")]
    [TestCase("A9", "")]
    public void A_line_is_meant_by_its_number_or_by_its_member_and_never_by_what_may_be_either(string name, string lines)
    {
        var effect = AnswerEffect.Of(Sent, false, About(Named(name, Rejected)));
        Assert.That((string.Join(',', effect.Changes.Select(change => change.LineNo)), effect.Doubts.Count), Is.EqualTo((lines, lines == "" ? 1 : 0)));
    }

    [TestCase("sent", Accepted, "accepted")]
    [TestCase("sent", AcceptedWithWarning, "accepted")]
    [TestCase("sent", Rejected, "rejected")]
    [TestCase("sent", Returned, "returned")]
    [TestCase("sent", StructureOk, "sent")]
    [TestCase("accepted", Accepted, "accepted")]
    [TestCase("accepted", Returned, "returned")]
    [TestCase("accepted", Rejected, "Contradicts")]
    [TestCase("rejected", Accepted, "Contradicts")]
    [TestCase("rejected", Received, "rejected")]
    [TestCase("returned", Accepted, "returned")]
    [TestCase("returned", Rejected, "returned")]
    public void What_the_fund_said_first_stands_and_a_return_follows_an_acceptance(string before, AcknowledgementOutcome said, string after) =>
        Assert.That(After(before, isSettled: false, About(Line(1, said))), Is.EqualTo(after));

    [Test]
    public void A_refusal_after_settlement_is_a_return() => Assert.That(After("accepted", isSettled: true, About(Line(1, Rejected))), Is.EqualTo("returned"));

    [Test]
    public void A_word_about_the_whole_never_turns_accepted_lines_into_rejected_ones() => Assert.That(After("accepted", isSettled: true, About(File(Rejected))), Is.EqualTo("Contradicts"));

    [Test]
    public void A_line_that_was_refused_stays_so_when_the_fund_accepts_the_rest() =>
        Assert.That(Changed([Sent[0] with { Outcome = LineOutcome.Rejected }, .. Sent[1..]], About(File(Accepted))), Is.EqualTo("2 accepted, 3 accepted, 4 accepted"));

    [Test]
    public void Partly_says_nothing_of_a_line_that_is_not_listed() => Assert.That(Changed(Sent, About(File(PartlyAccepted), Line(2, Rejected))), Is.EqualTo("2 rejected"));

    [TestCase(4L, 1000L, 0)]
    [TestCase(3L, 1000L, 1)]
    [TestCase(4L, 1001L, 1)]
    [TestCase(1L, 1000L, 0)]
    [TestCase(1L, 999L, 2)]
    public void A_count_or_a_sum_that_is_not_what_was_sent_is_a_doubt_but_a_payment_order_is_one_transfer(long lines, long total, int doubts)
    {
        var effect = AnswerEffect.Of(Sent, false, About(File(Accepted)) with { LinesTotal = lines, AmountTotalMinor = total });
        Assert.That((effect.Doubts.Count, effect.Changes.Count), Is.EqualTo((doubts, doubts == 0 ? 4 : 0)));
    }

    [TestCase("3", 300L, 0)]
    [TestCase("3", 301L, 1)]
    [TestCase("A1", 300L, 0)]
    [TestCase("A1", 100L, 1)]
    public void An_amount_of_a_line_that_differs_by_one_is_a_doubt(string name, long amount, int doubts) =>
        Assert.That(AnswerEffect.Of(Sent, false, About(Named(name, Accepted) with { AmountMinor = amount })).Doubts, Has.Count.EqualTo(doubts));

    [Test]
    public void An_answer_that_says_two_things_of_a_line_does_nothing() =>
        Assert.That(AnswerEffect.Of(Sent, false, About(Line(1, Accepted), Line(2, Accepted), Line(2, Rejected))) is { Changes: [], Doubts: [{ Kind: DoubtKind.Contradicts }] }, Is.True);

    [Test]
    public void What_does_not_add_up_inside_an_answer_is_a_doubt() =>
        Assert.That(AnswerEffect.Of(Sent, false, About(File(Accepted)) with { Findings = [new Remark("sums_differ", "one cent")] }).Doubts.Single().Kind, Is.EqualTo(DoubtKind.OtherTotals));

    // Of each line the fund has one last word, perhaps "returned" after "accepted"; it says it in as many pieces, as often and in whatever order it likes.
    [Test]
    public void Answers_in_any_order_repeated_split_and_merged_come_to_the_same() => Gen.Select(Gen.Enum<LineOutcome>().Array[4], Gen.Int[0, int.MaxValue]).Sample((words, seed) =>
    {
        var random = new Random(seed);
        var pieces = words.SelectMany((word, i) => Pieces(word).Select(outcome => Line(i + 1, outcome))).Concat([File(StructureOk), File(Pending)]).ToArray();
        var repeated = pieces.Concat(random.GetItems(pieces, 3)).ToArray();
        random.Shuffle(repeated);
        var answers = repeated.GroupBy(_ => random.Next(4)).Select(group => About([.. group.GroupBy(word => (word.Level, word.Line)).Select(same => same.MaxBy(word => word.Outcome)!)]));
        var lines = Sent.ToArray();
        foreach (var answer in answers)
        {
            var effect = AnswerEffect.Of(lines, false, answer);
            Assert.That(effect.Doubts, Is.Empty);
            foreach (var change in effect.Changes) lines[change.LineNo - 1] = lines[change.LineNo - 1] with { Outcome = change.Outcome };
        }

        Assert.That(lines.Select(line => line.Outcome), Is.EqualTo(words));
    });

    private static AcknowledgementOutcome[] Pieces(LineOutcome word) => word switch
    {
        LineOutcome.Accepted => [Received, Accepted],
        LineOutcome.Rejected => [StructureOk, Rejected],
        LineOutcome.Returned => [Accepted, Returned],
        _ => [Pending],
    };

    private static string After(string before, bool isSettled, Acknowledgement answer)
    {
        var lines = Sent.Select(line => line with { Outcome = Enum.Parse<LineOutcome>(before, ignoreCase: true) }).ToArray();
        var effect = AnswerEffect.Of(lines, isSettled, answer);
        return effect.Doubts.Count > 0 ? $"{effect.Doubts[0].Kind}" : effect.Changes.FirstOrDefault() is { } change ? $"{change.Outcome}".ToLowerInvariant() : before;
    }

    private static string Changed(IReadOnlyList<AnswerableLine> lines, Acknowledgement answer) =>
        string.Join(", ", AnswerEffect.Of(lines, false, answer).Changes.Select(change => $"{change.LineNo} {$"{change.Outcome}".ToLowerInvariant()}"));

    private static Acknowledgement About(params AcknowledgementEvent[] events) => new(Reference, "hash", events, null, null);

    private static AcknowledgementEvent Line(long line, AcknowledgementOutcome outcome) => new(AcknowledgementLevel.Line, line, outcome, "", "", null);

    private static AcknowledgementEvent Named(string name, AcknowledgementOutcome outcome) => new(AcknowledgementLevel.Line, null, outcome, "", "", null) { Reference = name };

    private static AcknowledgementEvent File(AcknowledgementOutcome outcome) => new(AcknowledgementLevel.File, null, outcome, "", "", null);
}
