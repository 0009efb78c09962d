using System.Text;
using System.Xml.Linq;

namespace ContributionEngine.Files.Tests;

/// <summary>Drawings of figures, as they stand inside a page.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ChartTests
{
    private const int BytesMax = 6 * 1024;

    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";
    private static readonly ChartText Text = new("arrears", "Atrasos por antigüedad");

    // As long as they come: ten rows, each with a name and an amount that meet.
    private static readonly string Long = new('W', 80);
    private const string Amount = "CRC 123 456 789 012,34";

    private static readonly Dictionary<string, string> Full = new()
    {
        ["bars"] = new BarChart(Text, Ten(i => new Bar(Long, $"{Amount}, 120 000 afiliados", i))) { Target = (5, "meta 95 %") }.Svg(),
        ["stacks"] = new StackedChart(Text, ["no vencido", "1–30 días", "31–60 días", "61–90 días", "91–180 días", "más de 180 días"], Ten(i => new Stack(Long, Amount, [50, 60, 70, 80, 90, i * 10]))).Svg(),
        ["sides"] = new TwoSidedChart(Text, ("de menos", "de más"), Ten(i => new TwoSided(Long, i, Amount, 10 - i, Amount))).Svg(),
        ["steps"] = new StepChart(Text, ["entregada", "confirmada", "pagada", "liquidada"], ("corte", "210 días"), [.. Ten(i => new Way(Long, "liquidada · 210 días", [i, i * 3, i * 20, i * 21])).Take(8)]).Svg(),
    };

    [TestCase("bars")]
    [TestCase("stacks")]
    [TestCase("sides")]
    [TestCase("steps")]
    public void A_drawing_is_small_says_what_it_shows_and_brings_no_style_or_script(string chart)
    {
        var root = XDocument.Parse(Full[chart]).Root!;
        Assert.That(Encoding.UTF8.GetByteCount(Full[chart]), Is.LessThanOrEqualTo(BytesMax));
        Assert.That((root.Attribute("role")!.Value, root.Attribute("aria-labelledby")!.Value, root.Element(Svg + "title")!.Value), Is.EqualTo(("img", "arrears-title arrears-desc", Text.Title)));
        Assert.That(root.Element(Svg + "desc")!.Value, Does.Contain(chart == "steps" ? "210 días" : Amount));
        Assert.That(root.DescendantsAndSelf().Where(one => one.Attribute("style") is not null || one.Name.LocalName is "script" or "style"), Is.Empty);
    }

    [Test]
    public void A_bar_is_as_long_as_its_part_of_the_longest_and_what_is_more_than_nothing_is_seen()
    {
        var chart = new BarChart(Text, [new Bar("a", "200", 200), new Bar("b", "100", 100), new Bar("c", "1", 1), new Bar("d", "0", 0)]);
        Assert.That(Paths(chart.Svg()), Is.EqualTo(new[] { "M0 19h360v10h-360zM0 55h180v10h-180zM0 91h1v10h-1z" }));
    }

    [Test]
    public void The_target_is_a_line_across_the_bars_with_its_name()
    {
        var drawn = new BarChart(Text, [new Bar("a", "50 %", 500)]) { Full = 1000, Target = (950, "meta 95 %") }.Svg();
        Assert.That((Paths(drawn), Words(drawn)), Is.EqualTo((new[] { "M0 19h180v10h-180z", "M342 16v16" }, new[] { "a", "50 %", "meta 95 %" })));
    }

    [Test]
    public void Parts_stand_beside_each_other_with_their_numbers_and_a_sliver_has_none()
    {
        var drawn = new StackedChart(Text, ["due", "late"], [new Stack("a", "360", [355, 5])]).Svg();
        Assert.That((Paths(drawn), Words(drawn)), Is.EqualTo((new[] { "M0 19h355v12h-355zM0 54h10v10h-10z", "M355 19h5v12h-5zM180 54h10v10h-10z" }, new[] { "a", "360", "1", "1 due", "2 late" })));
    }

    [Test]
    public void Short_goes_left_and_over_goes_right()
    {
        var drawn = new TwoSidedChart(Text, ("short", "over"), [new TwoSided("a", 179, "179", 0, ""), new TwoSided("b", 0, "", 90, "90")]).Svg();
        Assert.That(Paths(drawn), Is.EqualTo(new[] { "M1 39h179v10h-179zM180 20V120", "M180 89h90v10h-90z" }));
        Assert.That(XDocument.Parse(drawn).Root!.Element(Svg + "desc")!.Value, Is.EqualTo("a: short 179; b: over 90"));
    }

    [Test]
    public void A_step_that_was_not_reached_has_no_mark()
    {
        var drawn = new StepChart(Text, ["delivered", "paid"], ("cut", "12 days"), [new Way("R1", "paid", [0, 12]), new Way("R2", "delivered", [6, null])]).Svg();
        Assert.That(Paths(drawn)[..2].Select(path => path.Split('M').Length - 1), Is.EqualTo(new[] { 3, 2 }), "two ways and the legend; one way and the legend");
    }

    [Test]
    public void A_name_is_written_and_never_run()
    {
        var drawn = new BarChart(Text, [new Bar("<script>alert('x')</script>\u0001&", "\"1\"", 1)]).Svg();
        Assert.That(Words(drawn)[0], Is.EqualTo("<script>alert('x')</script>&"));
        Assert.That(drawn, Does.Not.Contain("<script"));
    }

    [Test]
    public void Nothing_to_draw_is_still_a_drawing() =>
        Assert.That(() => XDocument.Parse(new BarChart(Text, []).Svg() is var empty ? empty : ""), Throws.Nothing);

    private static List<T> Ten<T>(Func<long, T> row) => [.. Enumerable.Range(1, 10).Select(i => row(i))];

    private static string[] Paths(string svg) => [.. XDocument.Parse(svg).Descendants(Svg + "path").Select(path => path.Attribute("d")!.Value)];

    private static string[] Words(string svg) => [.. XDocument.Parse(svg).Descendants(Svg + "text").Select(text => text.Value)];
}
