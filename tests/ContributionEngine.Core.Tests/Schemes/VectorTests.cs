using System.Reflection;
using System.Text.Json;
using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

/// <summary>The worked cases of each pack, read in place: every key that a case expects must be in the result with an equal value.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class VectorTests
{
    [TestCaseSource(nameof(Packs))]
    public void Every_published_case_of_the_pack_comes_out_as_expected(string pack)
    {
        if (Folder() is not { } folder) Assert.Ignore("The published cases are not here.");
        Assert.That(Wrong(File.ReadAllBytes(Path.Combine(Folder()!, $"{pack}.vectors.json"))), Is.Empty);
    }

    [TestCaseSource(nameof(Packs))]
    public void Every_case_worked_by_hand_comes_out_as_expected(string pack)
    {
        using var cases = Assembly.GetExecutingAssembly().GetManifestResourceStream($"worked/{pack}.cases.json");
        Assert.That(cases, Is.Not.Null, "Every pack has worked cases.");
        using var bytes = new MemoryStream();
        cases!.CopyTo(bytes);
        Assert.That(Wrong(bytes.ToArray()), Is.Empty);
    }

    [Test]
    public void A_wrong_case_does_not_stop_the_others()
    {
        var json = """{"format":"contribution-vectors/1","pack":"cr-convenio-2021","cases":[{"id":"a","calculate":{"period":"2021-13"}},{"id":"b","calculate":{"period":"2021-07","member":{"declared_income":"400000"}}}]}"""u8;
        using var results = new MemoryStream();
        PackCases.Evaluate(new MemoryStream(json.ToArray()), results);
        var text = System.Text.Encoding.UTF8.GetString(results.ToArray()).Replace(" ", "", StringComparison.Ordinal);
        Assert.That(text, Does.Contain("\"field\":\"period\"").And.Contain("\"member\":\"38600\""));
    }

    [TestCase("""{"period":"2021-07"}""", "invalid_input", "member.declared_income")]
    [TestCase("""{"period":"2021-07","member":{"declared_income":400000}}""", "invalid_input", "member.declared_income")]
    [TestCase("""{"period":"2021-07","member":{"declared_income":"1.234"}}""", "invalid_input", "member.declared_income")]
    [TestCase("""{"period":"2022-01","member":{"declared_income":"1"}}""", "not_in_force", "period")]
    [TestCase("""{"period":"2021-07","member":{"declared_income":"1","flags":["rich"]}}""", "invalid_input", "member.flags")]
    [TestCase("""{"period":"2021-07","member":{"declared_income":"1"},"components":["x"]}""", "invalid_input", "components")]
    [TestCase("""{"period":"2021-07","mode":"quarter","member":{"declared_income":"1"}}""", "invalid_input", "mode")]
    [TestCase("""{"period":"2021-02","agreement":{"start":"2021-03-01","presumptive_income":"1"}}""", "not_in_force", "agreement.start")]
    [TestCase("""{"period":"2021-07","agreement":{"start":"2021-03-02","presumptive_income":"1"}}""", "invalid_input", "agreement.start")]
    public void Faulty_input_names_its_field(string input, string code, string field) => Assert.That(Result(input), Is.EqualTo($$"""{"error":"{{code}}","field":"{{field}}"}"""));

    [Test]
    public void A_month_of_2022_is_worked_with_the_figures_of_a_term_that_began_in_2021() =>
        Assert.That(Result("""{"period":"2022-02","agreement":{"start":"2021-03-01","presumptive_income":"400000"}}"""), Does.Contain("\"member\":\"38600\""));

    [Test]
    public void A_waived_floor_leaves_zero_income_without_lines() =>
        Assert.That(Result("""{"period":"2021-07","member":{"declared_income":"0","flags":["partial_month"]}}"""), Is.EqualTo("""{"lines":[],"totals":{}}"""));

    [Test]
    public void An_amount_that_is_too_large_for_money_fails_its_case_only()
    {
        var json = """{"format":"contribution-vectors/1","pack":"br-plans-2026","cases":[{"id":"a","late":{"paid_on":"2026-05-01","kinds":["fine"],"principals":[{"id":"x","due":"2026-01-01","amount":"999999999999999999999999999"}]}},{"id":"b","calculate":{"period":"2026-07","member":{"plan":"low-income-5"}}}]}"""u8;
        using var results = new MemoryStream();
        PackCases.Evaluate(new MemoryStream(json.ToArray()), results);
        var text = System.Text.Encoding.UTF8.GetString(results.ToArray()).Replace(" ", "", StringComparison.Ordinal);
        Assert.That(text, Does.Contain("\"error\":\"invalid_input\"").And.Contain("\"member\":\"81.05\""));
    }

    [Test]
    public void A_cap_that_does_not_hold_on_the_due_date_is_not_in_force()
    {
        var pack = System.Text.Encoding.UTF8.GetString(PackLibrary.Content("br-plans-2026"));
        var at = pack.IndexOf("\"from\": null", pack.IndexOf("late_fine_cap", StringComparison.Ordinal), StringComparison.Ordinal);
        var own = PackReader.Read(new MemoryStream(System.Text.Encoding.UTF8.GetBytes($"{pack[..at]}\"from\": \"2026-06\"{pack[(at + 12)..]}"))).Value;
        var json = """{"format":"contribution-vectors/1","pack":"br-plans-2026","cases":[{"id":"a","late":{"paid_on":"2026-05-01","kinds":["fine"],"principals":[{"id":"x","due":"2026-01-01","amount":"1.00"}]},"expect":{"error":"not_in_force","field":"principals"}}]}"""u8;
        Assert.That(PackCases.Check(new MemoryStream(json.ToArray()), own).Value.Single().Difference, Is.Empty);
    }

    private static IEnumerable<string> Packs() => PackLibrary.Ids;

    private static string Result(string input)
    {
        var json = $$"""{"format":"contribution-vectors/1","pack":"cr-convenio-2021","cases":[{"id":"a","calculate":{{input}}}]}""";
        using var results = new MemoryStream();
        PackCases.Evaluate(new MemoryStream(System.Text.Encoding.UTF8.GetBytes(json)), results);
        using var found = JsonDocument.Parse(results.ToArray());
        return JsonSerializer.Serialize(found.RootElement.GetProperty("results")[0].GetProperty("result"));
    }

    private static List<string> Wrong(byte[] cases)
    {
        using var results = new MemoryStream();
        Assert.That(PackCases.Evaluate(new MemoryStream(cases), results).Refusal, Is.Null);
        using var expected = JsonDocument.Parse(cases);
        using var found = JsonDocument.Parse(results.ToArray());
        var answers = found.RootElement.GetProperty("results").EnumerateArray().ToList();
        Assert.That(answers, Is.Not.Empty);
        return [.. expected.RootElement.GetProperty("cases").EnumerateArray().Zip(answers).Where(pair => !Holds(pair.First, pair.Second)).Select(pair => $"{pair.First.GetProperty("id")}: {pair.Second}")];
    }

    private static bool Holds(JsonElement one, JsonElement answer) => one.GetProperty("expect").EnumerateObject()
        .All(key => answer.GetProperty("result").TryGetProperty(key.Name, out var value) && JsonElement.DeepEquals(key.Value, value));

    private static string? Folder()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            var path = Path.Combine(at.FullName, "shared", "vectors", "visible");
            if (Directory.Exists(path)) return path;
        }

        return null;
    }
}
