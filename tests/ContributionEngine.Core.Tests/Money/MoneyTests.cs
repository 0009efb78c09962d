using ContributionEngine.Core;
using CsCheck;

namespace ContributionEngine.Core.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class MoneyTests
{
    private static readonly Currency Colones = Currency.Of("CRC").Value;

    [TestCase("CRC", 2)]
    [TestCase("XOF", 0)]
    [TestCase("TND", 3)]
    public void A_currency_has_the_digits_of_ISO_4217(string code, int digits) => Assert.That(Currency.Of(code).Value.Digits, Is.EqualTo(digits));

    [Test]
    public void A_currency_that_does_not_exist_is_refused() => Assert.That(Currency.Of("XYZ").Refusal!.Code, Is.EqualTo("currency_unknown"));

    [TestCase("38600.00", 3860000)]
    [TestCase("38600", 3860000)]
    [TestCase("-0.5", -50)]
    [TestCase("92233720368547758.07", long.MaxValue)]
    public void A_plain_decimal_is_read_exactly(string text, long minor) => Assert.That(Money.Parse(text, Colones).Value.Minor, Is.EqualTo(minor));

    [TestCase("1.234")]
    [TestCase("1,5")]
    [TestCase("1e3")]
    [TestCase("")]
    [TestCase(".5")]
    [TestCase("92233720368547758.08")]
    public void Anything_else_is_refused(string text) => Assert.That(Money.Parse(text, Colones).Refusal!.Code, Is.EqualTo("amount_malformed"));

    [Test]
    public void Amounts_of_two_currencies_never_meet() =>
        Assert.That(() => new Money(1, Colones) + new Money(1, Currency.Of("XOF").Value), Throws.InvalidOperationException);

    [Test]
    public void A_sum_that_leaves_64_bits_throws() => Assert.That(() => new Money(long.MaxValue, Colones) + new Money(1, Colones), Throws.TypeOf<OverflowException>());

    [Test]
    public void What_is_printed_is_read_back() => Gen.Long.Sample(minor => Money.Parse(new Money(minor, Colones).ToMajor(), Colones).Value.Minor == minor, seed: "0000KeXn5uR2");
}

[Parallelizable(ParallelScope.All)]
public sealed class RoundingTests
{
    [TestCase(RoundingMode.HalfUp, 5, 2, 3)]
    [TestCase(RoundingMode.HalfUp, -5, 2, -3)]
    [TestCase(RoundingMode.HalfEven, 5, 2, 2)]
    [TestCase(RoundingMode.HalfEven, 7, 2, 4)]
    [TestCase(RoundingMode.Down, -19, 10, -1)]
    [TestCase(RoundingMode.Up, -11, 10, -2)]
    public void Halves_go_where_the_mode_says(RoundingMode mode, int top, int bottom, long rounded) =>
        Assert.That(new Rounding(mode, 1).Apply(Ratio.Of(top, bottom)), Is.EqualTo(rounded));

    [Test]
    public void A_whole_colon_is_a_hundred_minor_units() =>
        Assert.That(new Rounding(RoundingMode.HalfUp, 100).Apply(Ratio.Of(1059350, 1)), Is.EqualTo(1059400));

    [Test]
    public void Large_fractions_round_like_small_ones() =>
        Gen.Select(Gen.Long[-1_000_000, 1_000_000], Gen.Int[1, 999]).Sample(
            (top, bottom) => Rounding.HalfUp.Apply(Ratio.Of(top, bottom)) == Rounding.HalfUp.Apply(Ratio.Of(top, bottom) * new Ratio().Huge() / new Ratio().Huge()), seed: "0000KeXn5uR2");

    [Test]
    public void Compound_interest_of_five_years_is_exact() =>
        Assert.That(Rounding.HalfUp.Apply(((Ratio.One + Ratio.Of(15, 1000)).Power(60) - 1) * 50000), Is.EqualTo(72161));
}

internal static class HugeRatio
{
    public static Ratio Huge(this Ratio _) => Ratio.Of(3, 7).Power(200);
}

[Parallelizable(ParallelScope.All)]
public sealed class SplitTests
{
    [Test]
    public void Twelve_instalments_of_3500_add_up() =>
        Assert.That(Split.Evenly(3500, 12), Is.EqualTo(new long[] { 292, 292, 292, 292, 292, 292, 292, 292, 291, 291, 291, 291 }));

    [Test]
    public void The_parts_that_lost_most_get_the_odd_units() => Assert.That(Split.ByWeights(100, [1, 2, 3]), Is.EqualTo(new long[] { 17, 33, 50 }));

    [Test]
    public void Parts_always_add_up() =>
        Gen.Select(Gen.Long, Gen.Long[0, 1_000_000].List[1, 20]).Where((_, weights) => weights.Any(weight => weight > 0))
            .Sample((total, weights) => total == long.MinValue || Split.ByWeights(total, weights).Sum() == total, seed: "0000KeXn5uR2");
}
