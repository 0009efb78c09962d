namespace ContributionEngine.Core.Tests.Settlement;

/// <summary>What collecting costs, in minor units: the percentage of what is payable, rounded once, and of a year never more than the cap.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class FeeBookTests
{
    [TestCase("1.5", "CRC", 7_720_000, 115_800, TestName = "{m}(1.5 % of 77,200.00 is 1,158.00)")]
    [TestCase("1.5", "CRC", 100, 2, TestName = "{m}(half a centimo goes up)")]
    [TestCase("1.5", "CRC", 99, 1, TestName = "{m}(less than half goes down)")]
    [TestCase("1.5", "RWF", 1_033, 15, TestName = "{m}(francs have no decimals, 15.495 is 15)")]
    [TestCase("1.5", "RWF", 77_200, 1_158, TestName = "{m}(francs have no decimals, 77,200 costs 1,158)")]
    [TestCase("1.5", "TND", 77_200_001, 1_158_000, TestName = "{m}(dinars have three decimals)")]
    [TestCase("0.0001", "CRC", 7_720_000, 8, TestName = "{m}(four decimals of a percent count)")]
    [TestCase("0", "CRC", 7_720_000, 0, TestName = "{m}(nothing)")]
    [TestCase("100", "CRC", long.MaxValue, long.MaxValue, TestName = "{m}(all of the largest amount)")]
    public void A_fee_is_the_percentage_of_what_is_payable(string percent, string currency, long payable, long charged) =>
        Assert.That(Told(new FeeBook(Fee(percent, null), Currency.Of(currency).Value), (1, payable, 2021)), Is.EqualTo(new[] { $"1: {charged} of 2021" }));

    [Test]
    public void A_cap_that_is_reached_within_a_remittance_takes_what_is_left_of_it_and_then_nothing() =>
        Assert.That(Told(Coffee("1500.00"), (1, 7_720_000, 2021), (2, 7_720_000, 2021), (3, 3_860_000, 2021)), Is.EqualTo(new[] { "1: 115800 of 2021", "2: 34200 of 2021", "3: 0 of 2021" }));

    [Test]
    public void A_line_that_comes_back_lowers_the_fee_by_its_share() =>
        Assert.That(Told(Coffee(null), (1, 7_720_000, 2021), (1, 3_860_000, 2021), (1, 0, 2021)), Is.EqualTo(new[] { "1: 115800 of 2021", "1: -57900 of 2021", "1: -57900 of 2021" }));

    // 100,000 of 115,800 were charged: what is worked out afterwards, 57,900, is below the cap.
    [Test]
    public void What_the_cap_had_left_out_is_not_given_back() =>
        Assert.That(Told(Coffee("1000.00"), (1, 7_720_000, 2021), (1, 3_860_000, 2021), (2, 7_720_000, 2021)), Is.EqualTo(new[] { "1: 100000 of 2021", "1: -42100 of 2021", "2: 42100 of 2021" }));

    // As docs/settlement.md shows it.
    [Test]
    public void A_line_that_comes_back_under_a_full_cap_leaves_room_for_the_next() =>
        Assert.That(Told(Coffee("1500.00"), (1, 7_720_000, 2021), (2, 3_860_000, 2021), (1, 5_988_000, 2021), (3, 3_860_000, 2021), (4, 7_720_000, 2022)), Is.EqualTo(new[] { "1: 115800 of 2021", "2: 34200 of 2021", "1: -2280 of 2021", "3: 2280 of 2021", "4: 115800 of 2022" }));

    // 1.5 % of 99 is 1.485, of 49 it is 0.735: both are 1, while their difference, 0.75, would be 1 too many.
    [Test]
    public void What_is_left_of_a_remittance_is_rounded_anew_and_not_its_difference() =>
        Assert.That(Told(Coffee(null), (1, 99, 2021), (1, 49, 2021)), Is.EqualTo(new[] { "1: 1 of 2021", "1: 0 of 2021" }));

    [Test]
    public void Each_calendar_year_has_the_cap_for_itself() =>
        Assert.That(Told(Coffee("1500.00"), (1, 7_720_000, 2021), (2, 7_720_000, 2021), (3, 7_720_000, 2022)), Is.EqualTo(new[] { "1: 115800 of 2021", "2: 34200 of 2021", "3: 115800 of 2022" }));

    [Test]
    public void A_line_that_comes_back_the_year_after_lowers_the_year_in_which_the_fee_was_charged() =>
        Assert.That(Told(Coffee("1500.00"), (1, 7_720_000, 2021), (2, 7_720_000, 2022), (1, 3_860_000, 2022), (3, 7_720_000, 2022)), Is.EqualTo(new[] { "1: 115800 of 2021", "2: 115800 of 2022", "1: -57900 of 2021", "3: 34200 of 2022" }));

    [Test]
    public void The_same_again_and_nothing_payable_change_nothing() =>
        Assert.That(Told(Coffee(null), (1, 0, 2021), (2, 7_720_000, 2021), (2, 7_720_000, 2021)), Is.EqualTo(new[] { "2: 115800 of 2021" }));

    // The year's fees are what their percentages come to, up to the cap, in whatever order lines come and go.
    [Test]
    public void A_year_owes_the_sum_of_its_fees_up_to_the_cap_whatever_happens()
    {
        var random = new Random(2021);
        var (book, payable, charged) = (Coffee("5000.00"), new long[9], 0L);
        for (var step = 0; step < 2_000; step++)
        {
            var remittance = random.Next(payable.Length);
            payable[remittance] = random.Next(10_000_000);
            if (book.Next(remittance, payable[remittance], 2021) is not { } part) continue;
            book.Add(part);
            charged += part.Charged;
            Assert.That(charged, Is.EqualTo(Math.Min(500_000, payable.Sum(amount => ((amount * 15) + 500) / 1_000))));
        }
    }

    [TestCase("1500", "RWF", true)]
    [TestCase("1500.5", "RWF", false)]
    [TestCase("1500.25", "CRC", true)]
    [TestCase("1500.255", "CRC", false)]
    public void A_cap_fits_a_currency_that_can_pay_it(string cap, string currency, bool fits) => Assert.That(Fee("1.5", cap).Fits(Currency.Of(currency).Value), Is.EqualTo(fits));

    private static FeeBook Coffee(string? cap) => new(Fee("1.5", cap), Currency.Of("CRC").Value);

    private static CollectionFee Fee(string percent, string? cap)
    {
        Assert.That(Ratio.TryParse(percent, 4, out var rate), Is.True);
        return new CollectionFee(rate, "fund", cap is null ? null : Ratio.TryParse(cap, 3, out var most) ? most : throw new ArgumentException(cap));
    }

    // What was booked of remittances as their payable amounts became known or changed.
    private static string[] Told(FeeBook book, params (long Remittance, long Payable, int Year)[] steps)
    {
        var told = new List<string>();
        foreach (var (remittance, payable, year) in steps)
        {
            if (book.Next(remittance, payable, year) is not { } part) continue;
            book.Add(part);
            told.Add($"{part.Remittance}: {part.Charged} of {part.Year}");
        }

        return [.. told];
    }
}
