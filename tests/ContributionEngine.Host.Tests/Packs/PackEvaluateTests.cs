using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Packs;

/// <summary>An author holds a pack of her own against cases before it is shipped.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PackEvaluateTests
{
    private const string Cases =
        """
        {"format":"contribution-vectors/1","pack":"mine","cases":[
          {"id":"right","calculate":{"period":"2026-08","member":{"category":"3","beneficiaries":2}},"expect":{"totals":{"member":"10000"}}},
          {"id":"wrong","calculate":{"period":"2026-07","member":{"category":"3","beneficiaries":2}},"expect":{"totals":{"member":"9999"}}},
          {"id":"silent","calculate":{"period":"2026-07","member":{"category":"3","beneficiaries":2}}}]}
        """;

    [Test]
    public async Task Cases_for_a_pack_of_ones_own_are_checked_and_a_difference_ends_with_9()
    {
        using var place = await Own();
        var said = await place.Run("pack evaluate --cases cases.json --pack mine.json --check -o csv");
        var rows = Table.Parse(said.Out);
        Assert.That((said.Exit, rows.Header), Is.EqualTo(((int)RefusalKind.ControlFailed, "case,as_expected,difference")));
        Assert.That(rows.Of("case", "as_expected"), Is.EqualTo(new[] { "right false", "wrong false", "silent false" }));
        Assert.That(rows.Of("difference"), Is.EqualTo(new[]
        {
            "totals is not in {\"error\":\"invalid_input\",\"field\":\"period\"} where {\"member\":\"10000\"} is expected", "totals is {\"member\":\"10000\"} where {\"member\":\"9999\"} is expected", "expects nothing",
        }));
    }

    [Test]
    public async Task Cases_that_come_out_as_expected_end_with_0()
    {
        using var place = await Own();
        place.Write("cases.json", Cases.Replace("\"9999\"", "\"10000\"", StringComparison.Ordinal).Replace("2026-08", "2026-07", StringComparison.Ordinal).Replace("}}}\n", "}}}", StringComparison.Ordinal)
            .Replace(",\n  {\"id\":\"silent\",\"calculate\":{\"period\":\"2026-07\",\"member\":{\"category\":\"3\",\"beneficiaries\":2}}}", "", StringComparison.Ordinal));
        Assert.That((await place.Ok("pack evaluate --cases cases.json --pack mine.json --check")).Error, Does.Contain("2 of 2 cases come out as expected."));
    }

    [Test]
    public async Task Cases_for_another_pack_are_refused()
    {
        using var place = await Own();
        place.Write("cases.json", Cases.Replace("\"mine\"", "\"yours\"", StringComparison.Ordinal));
        Assert.That((await place.Run("pack evaluate --cases cases.json --pack mine.json")).Error, Does.Contain("«yours», not «mine»"));
    }

    private static async Task<Workplace> Own()
    {
        var place = new Workplace();
        place.Write("mine.json", (await place.Ok("pack show rw-cbhi-2026 -o json")).Out.Replace("rw-cbhi-2026", "mine", StringComparison.Ordinal));
        place.Write("cases.json", Cases);
        return place;
    }
}
