using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>The file that treasurers are given to fill in, and the one that they are given to put right.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class TemplateTests
{
    private const string On = "--agreement CR-2021-014 --as-of 2021-01-31";

    [TestCase("csv")]
    [TestCase("xlsx")]
    public async Task The_members_of_the_day_are_listed_and_nothing_is_paid_yet(string format)
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Json($"upload template {On} --format {format} --out empty.{format}")).At("members"), Is.EqualTo("3"));
        Assert.That((await place.Run($"upload check empty.{format} {On}")).Exits(7).Error, Does.Contain("error[F04]"));
    }

    [Test]
    public async Task Who_had_left_by_then_is_not_listed()
    {
        using var place = await Prepared.Harvest();
        place.Write("members.csv", Members.Csv([Members.Pickers[1] with { EnrolledTo = "2021-01-20" }]));
        await place.Ok("member import members.csv --agreement CR-2021-014");
        await place.Ok($"upload template {On} --format csv --out january.csv");
        Assert.That(Table.Parse(place.Read("january.csv").TrimStart('\uFEFF')).Of("member_no"), Is.EqualTo(new[] { "A001", "A003" }));
    }

    [Test]
    public async Task Filled_in_for_some_it_posts_these_and_asks_about_nobody_else()
    {
        using var place = await Prepared.Harvest();
        await place.Ok($"upload template {On} --format csv --out january.csv");
        place.Write("january.csv", place.Read("january.csv").Replace("A002,Luis Vega,,,,", "A002,Luis Vega,38600.00,2021-01-15,R-1,", StringComparison.Ordinal));
        var posted = await place.Json($"upload submit january.csv {On}");
        Assert.That((posted.At("rows"), posted.At("sum_ready"), posted.At("allocated")), Is.EqualTo(("1", "38600.00", "38600.00")));
    }

    [Test]
    public async Task Rows_to_fix_come_as_a_workbook_that_says_the_same_when_it_comes_back()
    {
        using var place = await Prepared.Harvest();
        place.Write("january.csv", Receipts.Csv(Prepared.January.Append(new Paid("R4", "X900", "2021-01-15", "1.00"))));
        await place.Run($"upload check january.csv {On} --errors-out fix.xlsx");
        var again = (await place.Run($"upload check fix.xlsx {On} -o json")).Exits(3).Json;
        Assert.That((again.At("rows"), again["problems"]![0].At("code"), again["problems"]![0].At("value")), Is.EqualTo(("1", "R02", "X900")));
    }
}
