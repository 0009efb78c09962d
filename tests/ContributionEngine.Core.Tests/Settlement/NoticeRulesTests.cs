namespace ContributionEngine.Core.Tests.Settlement;

/// <summary>A fund that takes only what it has quoted: 77,200.00 until 5 February 2021.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class NoticeRulesTests
{
    private static readonly NoticeQuote Quote = new(7_720_000, new DateOnly(2021, 2, 5));

    [TestCase(7_720_000, "2021-02-05", NoticeVerdict.Goes)]
    [TestCase(7_719_999, "2021-02-05", NoticeVerdict.Differs)]
    [TestCase(7_720_001, "2021-02-05", NoticeVerdict.Differs)]
    [TestCase(7_720_000, "2021-02-06", NoticeVerdict.Needed)]
    public void A_period_goes_when_exactly_the_quoted_amount_is_ready_while_the_quote_holds(long ready, string cutoff, NoticeVerdict verdict) =>
        Assert.That(NoticeRules.Of(Quote, ready, DateOnly.Parse(cutoff, System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(verdict));

    [Test]
    public void A_quote_without_an_end_holds_on_any_day() => Assert.That((Quote with { ValidUntil = null }).HoldsOn(DateOnly.MaxValue), Is.True);

    [Test]
    public void Without_a_quote_one_is_needed() => Assert.That(NoticeRules.Of(null, 7_720_000, DateOnly.MinValue), Is.EqualTo(NoticeVerdict.Needed));

    [TestCase("SPA-77/2021 (A)", true)]
    [TestCase("1234567890123456789012345678901234A", true, TestName = "{m}(35 letters)")]
    [TestCase("1234567890123456789012345678901234AB", false, TestName = "{m}(36 letters)")]
    [TestCase("", false)]
    [TestCase("=77", false)]
    [TestCase("-77", false)]
    [TestCase("77 ", false)]
    [TestCase("7;7", false)]
    [TestCase("SPÁ", false)]
    public void A_reference_is_one_that_every_format_takes_as_it_is(string text, bool isOne) => Assert.That(NoticeRules.IsReference(text), Is.EqualTo(isOne));
}
