namespace ContributionEngine.Core.Tests;

/// <summary>What a person puts together adds up, or is refused. Amounts in cents.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ByPersonTests
{
    private static readonly DateOnly Day = new(2021, 2, 10);

    [Test]
    public void One_entry_pays_two_remittances_and_what_one_lacks_stays_open()
    {
        var money = Money(1, 7_000);
        var match = ByPerson.Of(new MatchingRules(), [new(money, Remittance(11, 5_000), 5_000), new(money, Remittance(12, 2_500), 2_000)]).Value;
        Assert.That((match.Kind, match.Difference, match.Parts[1].Short), Is.EqualTo((MatchKind.Payment, new Difference(DifferenceName.Short, 500), 500)));
        Assert.That(match.Cues, Is.EqualTo(new[] { Cue.DateInWindow }));
    }

    [Test]
    public void Several_entries_fill_one_remittance_one_after_the_other()
    {
        var remittance = Remittance(11, 5_000);
        var match = ByPerson.Of(new MatchingRules(), [new(Money(1, 3_000), remittance, 3_000), new(Money(2, 2_000), remittance, 2_000)]).Value;
        Assert.That((match.Difference.Name, match.Parts[1].Open), Is.EqualTo((DifferenceName.None, 2_000)));
        Assert.That(match.Cues, Is.EqualTo(new[] { Cue.SumExact, Cue.DateInWindow }));
    }

    [TestCase(0, "match_without_parts")]
    [TestCase(2_999, "match_not_whole")]
    [TestCase(3_001, "match_not_whole")]
    public void Money_is_placed_whole(long minor, string code) => Assert.That(ByPerson.Of(new MatchingRules(), [new(Money(1, 3_000), Remittance(11, 5_000), minor)]).Refusal?.Code, Is.EqualTo(code));

    [Test]
    public void What_was_cancelled_takes_no_payment_and_another_currency_none()
    {
        Assert.That(ByPerson.Of(new MatchingRules(), [new(Money(1, 3_000), Remittance(11, 5_000) with { IsCancelled = true }, 3_000)]).Refusal?.Code, Is.EqualTo("match_cancelled"));
        Assert.That(ByPerson.Of(new MatchingRules(), [new(Money(1, 3_000), Remittance(11, 5_000) with { Currency = "USD" }, 3_000)]).Refusal?.Code, Is.EqualTo("match_other_currency"));
    }

    [Test]
    public void Money_that_came_back_reopens_the_remittance_that_was_paid_or_ends_what_was_paid_above()
    {
        var paid = Remittance(11, 5_000) with { Paid = 5_400 };
        Assert.That(ByPerson.Of(new MatchingRules(), [new(Money(1, -400), paid, -400)]).Value.Kind, Is.EqualTo(MatchKind.Refunded));
        Assert.That(ByPerson.Of(new MatchingRules(), [new(Money(1, -5_400), paid, -5_400)]).Value.Kind, Is.EqualTo(MatchKind.Returned));
        Assert.That(ByPerson.Of(new MatchingRules(), [new(Money(1, -5_401), paid, -5_401)]).Refusal?.Code, Is.EqualTo("match_above_paid"));
    }

    [Test]
    public void Candidates_come_the_likeliest_first()
    {
        var found = ByPerson.Candidates(new MatchingRules(), Money(1, 3_000), [Remittance(11, 2_000), Remittance(12, 3_000), Remittance(13, 2_900), Remittance(14, 3_000) with { Paid = 3_000 }]);
        Assert.That(found.Select(one => (one.Remittance.Id, one.Difference)), Is.EqualTo(new[] { (12L, 0L), (13L, 100L), (11L, 1_000L) }));
    }

    private static BankMoney Money(long entry, long minor) => new() { Entry = entry, Account = 1, Currency = "CRC", Minor = minor, BookedOn = Day };

    private static OpenRemittance Remittance(long id, long payable) => new() { Id = id, Agreement = 1, Reference = $"RF{id}", Currency = "CRC", Payable = payable, From = Day.AddDays(-5), Until = Day.AddDays(2), Accounts = [1] };
}
