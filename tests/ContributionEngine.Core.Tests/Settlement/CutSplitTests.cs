namespace ContributionEngine.Core.Tests.Settlement;

/// <summary>A cut that is above what the fund takes at once becomes several remittances, and a member's period stays together.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class CutSplitTests
{
    // Each word is a line: member, period, minor units.
    [TestCase("A 1 10, A 1 20, B 1 30", 9, 999, "3:60", TestName = "{m}(what fits stays one)")]
    [TestCase("A 1 10, A 1 20, B 1 30, B 1 40", 3, 999, "2:30 2:70", TestName = "{m}(a member's period is not split by lines)")]
    [TestCase("A 1 10, A 1 20, B 1 30, C 1 40", 9, 60, "3:60 1:40", TestName = "{m}(the limit itself is inside)")]
    [TestCase("A 1 10, A 1 20, A 2 30, A 2 40", 3, 999, "2:30 2:70", TestName = "{m}(two periods of a member may part)")]
    [TestCase("A 1 10, B 1 20, B 1 30, B 1 40, C 1 50", 2, 999, "1:10 2:50 2:90", TestName = "{m}(a period above the limit is split, and others may join its rest)")]
    [TestCase("A 1 10, B 1 99, C 1 20", 9, 50, "1:10 1:99 1:20", TestName = "{m}(a line above the limit stands alone)")]
    [TestCase("", 1, 1, "", TestName = "{m}(nothing)")]
    public void Lines_are_split_in_their_order(string lines, int linesMax, long amountMax, string parts)
    {
        var split = new CutSplit(new CutLimits(linesMax, amountMax, 0));
        foreach (var line in lines.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(text => text.Split(' '))) split.Add(line[0], line[1], long.Parse(line[2], System.Globalization.CultureInfo.InvariantCulture));
        Assert.That(string.Join(' ', split.Parts().Select(part => $"{part.Lines}:{part.Amount}")), Is.EqualTo(parts));
    }

    [Test]
    public void Nothing_is_lost_and_no_limit_is_passed_whatever_comes()
    {
        var random = new Random(2021);
        for (var round = 0; round < 500; round++)
        {
            var limits = new CutLimits(random.Next(1, 6), random.Next(10, 200), 0);
            var lines = Enumerable.Range(0, random.Next(0, 30)).SelectMany(member => Enumerable.Range(0, random.Next(1, 4)).Select(_ => (Member: $"{member}", Amount: (long)random.Next(1, 60)))).ToList();
            var split = new CutSplit(limits);
            foreach (var (member, amount) in lines) split.Add(member, "2021-01", amount);
            var parts = split.Parts();
            Assert.That((parts.Sum(part => part.Lines), parts.Sum(part => part.Amount)), Is.EqualTo((lines.Count, lines.Sum(line => line.Amount))));
            Assert.That(parts.Where(part => !limits.Allow(part.Lines, part.Amount) && part.Lines > 1), Is.Empty);
        }
    }

    [TestCase(4_999, false, true)]
    [TestCase(5_000, false, false)]
    [TestCase(4_999, true, false)]
    [TestCase(0, false, false)]
    public void Too_little_waits_unless_no_cut_off_of_the_term_follows(long total, bool isLast, bool waits) =>
        Assert.That(new CutLimits(1, 1, 5_000).Carries(total, isLast), Is.EqualTo(waits));

    [Test]
    public void Limits_in_major_units_keep_to_the_safe_side_of_the_currency()
    {
        var plan = new SettlementPlan("", "", "") { MaxAmount = Ratio.Of(1005, 10), MinAmount = Ratio.Of(1005, 10) };
        Assert.That(CutLimits.Of(plan, Currency.Of("XOF").Value), Is.EqualTo(new CutLimits(long.MaxValue, 100, 101)));
    }
}
