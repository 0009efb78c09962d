using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Late;

/// <summary>Published rates: entered once each with their source, corrected only with a reason.</summary>
internal sealed class SeriesTests
{
    private const string Set = "series set selic 2026-02";

    [Test]
    public async Task A_value_is_listed_with_its_source()
    {
        using var place = await Entered();
        await place.Ok("series set cci-return 2026-02 0.80 --source bulletin");
        Assert.That((await place.Json("series list selic")).AsArray().Select(row => $"{row.At("series")} {row.At("month")} {row.At("percent")} {row.At("source")}"), Is.EqualTo(new[] { "selic 2026-02 1.01 bulletin 14" }));
        Assert.That((await place.Json("series list")).AsArray(), Has.Count.EqualTo(2));
    }

    [Test]
    public async Task The_same_value_again_changes_nothing()
    {
        using var place = await Entered();
        await place.Ok($"{Set} 1.010 --source elsewhere");
        Assert.That((await place.Json("series list")).At("0.percent"), Is.EqualTo("1.01"));
        Assert.That(await Events(place), Is.EqualTo(new[] { "series-set" }));
    }

    [Test]
    public async Task Another_value_is_refused()
    {
        using var place = await Entered();
        var refused = await place.Run($"{Set} 1.02 --source bulletin");
        Assert.That((refused.Exit, (await place.Json("series list")).At("0.percent")), Is.EqualTo((6, "1.01")), refused.ToString());
    }

    [Test]
    public async Task A_correction_needs_a_reason_and_the_audit_keeps_both_values()
    {
        using var place = await Entered();
        Assert.That((await place.Run($"{Set} 1.02 --source bulletin --correct")).Exit, Is.EqualTo(2));
        await place.Ok($"{Set} 1.02 --source bulletin --correct --reason mistyped");
        Assert.That((await place.Json("series list")).At("0.percent"), Is.EqualTo("1.02"));
        Assert.That(await Events(place), Is.EqualTo(new[] { "series-set", "series-corrected" }));
        Assert.That((await place.Json("audit list")).AsArray()[^1].At("document"), Does.Contain("1.02").And.Contain("1.01").And.Contain("mistyped"));
    }

    [TestCase("selic 2026-02 -1", 2)]
    [TestCase("selic 2026-02 500.01", 2)]
    [TestCase("selic 2026-02 500", 0)]
    [TestCase("selic 2026-02 0", 0)]
    [TestCase("selic 2026-02 1,5", 2)]
    [TestCase("selic 2026-13 1.5", 2)]
    [TestCase("Selic 2026-02 1.5", 2)]
    public async Task A_value_is_a_percent_from_0_to_500_for_a_month(string value, int exit)
    {
        using var place = new Workplace();
        var set = await place.Run($"series set --source bulletin -- {value}");
        Assert.That(set.Exit, Is.EqualTo(exit), set.ToString());
    }

    [Test]
    public async Task A_dry_run_enters_nothing()
    {
        using var place = new Workplace();
        await place.Ok($"{Set} 1.01 --source bulletin --dry-run");
        Assert.That((await place.Json("series list")).AsArray(), Is.Empty);
    }

    private static async Task<Workplace> Entered()
    {
        var place = new Workplace();
        await place.Ok($"{Set} 1.01 --source \"bulletin 14\"");
        return place;
    }

    private static async Task<IEnumerable<string>> Events(Workplace place) =>
        (await place.Json("audit list")).AsArray().Where(link => link.At("chain") == "administration").Select(link => link.At("use_case")).ToList();
}
