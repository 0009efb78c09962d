using ContributionEngine.Core;
using static ContributionEngine.Core.Tests.Bench;

namespace ContributionEngine.Core.Tests;

/// <summary>What each pass takes, and what it leaves. Remittance 1 has the reference RF74000000000001.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class MatchingTests
{
    private const string First = "RF74000000000001";

    [TestCase(First)]
    [TestCase("rf74 0000 0000 0001")]
    [TestCase("PAGO CUOTA RF74 0000 0000 0001 FEBRERO 2021")]
    [TestCase("/ROC/RF74000000000001//URI/")]
    public void A_reference_is_found_however_it_is_written(string text)
    {
        var match = Match([Money(10, 3_860_000, text)], Remittance(1, 3_860_000), Remittance(2, 3_860_000)).Only();
        Assert.That((Told(match), match.Pass, match.Score, match.IsAccepted), Is.EqualTo(("[10 to 1 3860000]", MatchPass.ReferenceExact, 90, true)));
        Assert.That(match.Cues, Is.EqualTo(new[] { Cue.ReferenceExact, Cue.AmountExact, Cue.DateInWindow }));
    }

    [Test]
    public void A_reference_that_runs_on_is_another()
    {
        Assert.That(Match([Money(10, 500, "RF7400000000000199")], Remittance(1, 700)).Proposals, Is.Empty);
    }

    [Test]
    public void What_is_short_stays_open_and_what_is_over_is_named_as_an_amount_of_its_own()
    {
        Assert.That(Match([Money(10, 3_000_000, First)], Remittance(1, 3_860_000)).Only().Difference, Is.EqualTo(new Difference(DifferenceName.Short, 860_000)));
        Assert.That(Match([Money(10, 3_860_001, First)], Remittance(1, 3_860_000)).Only().Difference, Is.EqualTo(new Difference(DifferenceName.Over, 1)));
    }

    [Test]
    public void Several_entries_with_one_reference_fill_the_remittance_one_after_the_other()
    {
        var result = Match([Money(12, 60, First), Money(11, 30, First), Money(10, 20, First)], Remittance(1, 100));
        Assert.That(result.Told(), Is.EqualTo("[10 to 1 20] [11 to 1 30] [12 to 1 60]"));
        Assert.That(result.Proposals.Select(match => match.Difference), Is.EqualTo(new[] { new Difference(DifferenceName.Short, 80), new(DifferenceName.Short, 50), new(DifferenceName.Over, 10) }));
    }

    [Test]
    public void A_second_payment_of_what_is_paid_is_over_as_a_whole()
    {
        Assert.That(Match([Money(10, 100, First)], Remittance(1, 100) with { Paid = 100 }).Only().Difference, Is.EqualTo(new Difference(DifferenceName.Over, 100)));
    }

    [Test]
    public void One_entry_with_the_references_of_several_pays_them_when_it_is_their_sum()
    {
        var references = $"{CreditorReference.Of(1)} / {CreditorReference.Of(2)}";
        Assert.That(Match([Money(10, 300, references)], Remittance(1, 100), Remittance(2, 200)).Told(), Is.EqualTo("[10 to 1 100, 10 to 2 200]"));
        Assert.That(Match([Money(10, 299, references)], Remittance(1, 100), Remittance(2, 200)).Undecided.Single().Doubt, Is.EqualTo(Doubt.SeveralReferences));
    }

    [Test]
    public void A_payment_of_what_was_cancelled_is_for_a_person()
    {
        var result = Match([Money(10, 100, First)], Remittance(1, 100) with { IsCancelled = true });
        Assert.That((result.Proposals.Count, result.Undecided.Single().Doubt), Is.EqualTo((0, Doubt.Cancelled)));
    }

    [TestCase("RF74000000000007", TestName = "Repaired_another_digit")]
    [TestCase("RF74000000000010", TestName = "Repaired_two_digits_changed_over")]
    [TestCase("RF7400000000001", TestName = "Repaired_a_digit_too_few")]
    [TestCase("RF7400000000000 01", TestName = "Repaired_a_digit_too_many")]
    [TestCase("RF74OOOOOOOOOOOI", TestName = "Repaired_letters_that_look_like_digits")]
    [TestCase("RE74000000000001", TestName = "Repaired_a_letter_of_the_mark")]
    public void A_slip_of_the_pen_is_repaired_where_only_one_reference_is_near(string text)
    {
        var match = Match([Money(10, 100, text)], Remittance(1, 100), Remittance(800, 100)).Only();
        Assert.That((Told(match), match.Pass, match.Score, match.IsAccepted), Is.EqualTo(("[10 to 1 100]", MatchPass.ReferenceRepaired, 75, true)));
    }

    [Test]
    public void A_repaired_reference_with_another_amount_waits_for_a_person()
    {
        var match = Match([Money(10, 90, "RF74000000000007")], Remittance(1, 100)).Only();
        Assert.That((match.Score, match.IsAccepted, match.Seen), Is.EqualTo((55, false, "RF74000000000007")));
    }

    [Test]
    public void A_text_whose_own_check_digits_hold_is_nobody_elses_slip()
    {
        var near = Remittance(1, 100) with { Reference = CreditorReference.Of(2) + "0" };
        Assert.That(Match([Money(10, 90, CreditorReference.Of(2))], near).Proposals, Is.Empty);
    }

    [Test]
    public void A_slip_that_is_near_to_two_is_for_a_person()
    {
        var (one, other) = (Remittance(1, 100) with { Reference = "RF74000000000101" }, Remittance(2, 100) with { Reference = "RF74000000000201" });
        var result = Match([Money(10, 100, "RF74000000000301")], one, other);
        Assert.That((result.Proposals.Count, result.Undecided.Single().Doubt, result.Undecided.Single().Candidates.Select(item => item.Id)), Is.EqualTo((0, Doubt.SeveralRepairs, new long[] { 1, 2 })));
    }

    [Test]
    public void Amount_and_date_match_what_is_unique_both_ways_and_wait_for_a_person()
    {
        var match = Match([Money(10, 100)], Remittance(1, 100), Remittance(2, 200)).Only();
        Assert.That((Told(match), match.Pass, match.Score, match.IsAccepted), Is.EqualTo(("[10 to 1 100]", MatchPass.AmountAndDate, 30, false)));
    }

    [Test]
    public void An_agreement_may_take_them_without_a_person()
    {
        Assert.That(Match([Money(10, 100)], Remittance(1, 100) with { AutoAccept = 30 }).Only().IsAccepted, Is.True);
        Assert.That(Match([Money(10, 100)], Remittance(1, 100) with { AutoAccept = 31 }).Only().IsAccepted, Is.False);
    }

    [Test]
    public void Outside_the_window_or_on_another_account_or_in_another_currency_an_amount_says_nothing()
    {
        BankMoney[] money = [Money(10, 100) with { BookedOn = new DateOnly(2021, 2, 4) }, Money(11, 100) with { BookedOn = new DateOnly(2021, 2, 13) }, Money(12, 100) with { Account = 8 }, Money(13, 100) with { Currency = "USD" }];
        var result = Match(money, Remittance(1, 100));
        Assert.That((result.Proposals.Count, result.Undecided.Count), Is.EqualTo((0, 0)));
    }

    [Test]
    public void Two_remittances_or_two_entries_of_one_amount_are_for_a_person()
    {
        var twoRemittances = Match([Money(10, 100)], Remittance(1, 100), Remittance(2, 100));
        var twoEntries = Match([Money(10, 100), Money(11, 100)], Remittance(1, 100));
        Assert.That((twoRemittances.Proposals.Count, twoRemittances.Undecided.Single().Candidates.Count), Is.EqualTo((0, 2)));
        Assert.That((twoEntries.Proposals.Count, twoEntries.Undecided.Select(item => item.Doubt)), Is.EqualTo((0, new[] { Doubt.SeveralCandidates, Doubt.SeveralCandidates })));
    }

    [Test]
    public void A_name_decides_between_two_of_one_amount()
    {
        var other = Remittance(2, 100) with { Names = ["Asociación de Vendedores"] };
        var match = Match([Money(10, 100) with { Counterparty = "COOPETARRAZU RL" }], Remittance(1, 100), other).Only();
        Assert.That((Told(match), match.Pass, match.Cues), Is.EqualTo(("[10 to 1 100]", MatchPass.NameAndAmount, new[] { Cue.AmountExact, Cue.DateInWindow, Cue.NameSame })));
        Assert.That((match.RunnerUp!.Remittance.Id, match.RunnerUp.Score), Is.EqualTo((2, 30)));
    }

    [Test]
    public void One_entry_that_is_the_only_sum_of_several_is_proposed_for_them()
    {
        var match = Match([Money(10, 300)], Remittance(1, 100), Remittance(2, 200), Remittance(3, 150)).Only();
        Assert.That((Told(match), match.Pass, match.Score), Is.EqualTo(("[10 to 1 100, 10 to 2 200]", MatchPass.Sum, 25)));
    }

    [Test]
    public void An_entry_that_is_a_sum_in_two_ways_is_for_a_person()
    {
        var result = Match([Money(10, 300)], Remittance(1, 100), Remittance(2, 200), Remittance(3, 150), Remittance(4, 150));
        Assert.That((result.Proposals.Count, result.Undecided.Single().Doubt, result.Undecided.Single().Candidates.Count), Is.EqualTo((0, Doubt.SeveralSums, 4)));
    }

    [Test]
    public void Two_entries_that_want_the_same_sum_both_wait()
    {
        Assert.That(Match([Money(10, 300), Money(11, 300)], Remittance(1, 100), Remittance(2, 200)).Undecided.Select(item => item.Doubt), Is.EqualTo(new[] { Doubt.SeveralSums, Doubt.SeveralSums }));
    }

    [Test]
    public void Several_entries_that_add_up_to_one_remittance_are_proposed_for_it()
    {
        var match = Match([Money(10, 100), Money(11, 250), Money(12, 90)], Remittance(1, 350)).Only();
        Assert.That((Told(match), match.Difference), Is.EqualTo(("[10 to 1 100, 11 to 1 250]", default(Difference))));
    }

    [Test]
    public void Among_too_many_candidates_a_sum_proves_nothing()
    {
        var many = Enumerable.Range(1, Rules.SumCandidatesMax + 1).Select(i => Remittance(i, 1L << i)).ToList();
        Assert.That(Match([Money(10, 6)], many).Proposals, Is.Empty);
        Assert.That(Match([Money(10, 6)], [.. many.SkipLast(1)]).Told(), Is.EqualTo("[10 to 1 2, 10 to 2 4]"));
    }

    [Test]
    public void Money_that_comes_back_with_the_reference_is_a_returned_payment()
    {
        var match = Match([Money(10, -100, First) with { IsReversal = true }], Remittance(1, 100) with { Paid = 100 }).Only();
        Assert.That((Told(match), match.Kind, match.Score), Is.EqualTo(("[10 to 1 -100]", MatchKind.Returned, 90)));
    }

    [Test]
    public void What_the_fund_had_above_what_is_payable_comes_back_as_a_refund()
    {
        Assert.That(Match([Money(10, -30, First)], Remittance(1, 70) with { Paid = 100 }).Only().Kind, Is.EqualTo(MatchKind.Refunded));
        Assert.That(Match([Money(10, -30, First) with { IsReversal = true }], Remittance(1, 70) with { Paid = 100 }).Only().Kind, Is.EqualTo(MatchKind.Returned), "the bank says so");
    }

    [Test]
    public void More_than_was_paid_cannot_come_back()
    {
        Assert.That(Match([Money(10, -101, First)], Remittance(1, 100) with { Paid = 100 }).Undecided.Single().Doubt, Is.EqualTo(Doubt.ReturnAbovePaid));
    }

    [Test]
    public void Money_that_comes_back_without_a_reference_is_never_guessed()
    {
        Assert.That(Match([Money(10, -100)], Remittance(1, 100) with { Paid = 100 }).Proposals, Is.Empty);
    }

    [Test]
    public void Transactions_of_a_batch_are_matched_one_by_one_and_what_runs_against_it_is_the_banks_fee()
    {
        var parts = BankMoney.Split(Money(10, 280), [Money(10, 100, CreditorReference.Of(1)) with { Part = 1 }, Money(10, 200, CreditorReference.Of(2)) with { Part = 2 }, Money(10, -20) with { Part = 3 }]);
        var result = Match(parts, Remittance(1, 100), Remittance(2, 200));
        Assert.That(result.Told(), Is.EqualTo("[10.1 to 1 100] [10.2 to 2 200]"));
        Assert.That(result.Proposals.Select(match => match.Difference), Is.EqualTo(new[] { default, new Difference(DifferenceName.Fee, 20) }));
    }

    [Test]
    public void A_batch_that_is_not_the_sum_of_its_transactions_is_one()
    {
        var parts = BankMoney.Split(Money(10, 301), [Money(10, 100, First) with { Part = 1 }, Money(10, 200) with { Part = 2 }]);
        Assert.That((parts.Single().Part, parts.Single().Texts), Is.EqualTo((0L, new[] { First })));
    }

    [TestCase("Coopetarrazú R.L.", Cue.NameSame)]
    [TestCase("r.l. COOPETARRAZU", Cue.NameSame)]
    [TestCase("COOPETARRAZU SUCURSAL SAN MARCOS", Cue.NameNear)]
    [TestCase("CAJA COSTARRICENSE DE SEGU", Cue.NameNear, TestName = "A_name_that_the_bank_cut_off_is_near")]
    [TestCase("Coope", Cue.NameNear)]
    [TestCase("Ana Mora", null)]
    [TestCase("R.L.", null)]
    public void Names_are_compared_by_their_words(string counterparty, Cue? cue)
    {
        Assert.That(PartyNames.Compare(counterparty, Remittance(1, 1).Names), Is.EqualTo(cue));
    }
}
