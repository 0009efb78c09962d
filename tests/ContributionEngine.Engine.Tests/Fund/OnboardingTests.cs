using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.FundGateway;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>What a fund reads about the simulator and about channels is what the program reads.</summary>
[Parallelizable(ParallelScope.All)]
public sealed partial class OnboardingTests
{
    private static readonly IReadOnlyList<string> Settings = Blocks("docs/fund-onboarding.md");

    [TestCaseSource(nameof(Settings))]
    public void An_example_is_a_settings_file(string example)
    {
        using var place = new Workplace();
        Assert.That(SimulatorSettings.Of(place.Write("fund.json", example)), Is.Not.EqualTo(new SimulatorSettings()));
    }

    [TestCase(typeof(SimulatorSettings))]
    [TestCase(typeof(ClosedWindow))]
    [TestCase(typeof(FileScript))]
    [TestCase(typeof(LineScript))]
    [TestCase(typeof(ReturnScript))]
    public void Every_setting_stands_in_an_example(Type settings)
    {
        var names = settings.GetProperties(BindingFlags.Public | BindingFlags.Instance).Select(property => JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name));
        Assert.That(names.Where(name => !Settings.Any(example => example.Contains($"\"{name}\"", StringComparison.Ordinal))), Is.Empty);
    }

    [TestCase("""{ "surprise": 1 }""")]
    [TestCase("""{ "script": [ { "lines": [ { "outcome": "maybe" } ] } ] }""")]
    [TestCase("""{ "callback_url": "http://127.0.0.1:1/" }""")]
    public void A_setting_that_is_not_known_or_not_complete_is_refused(string text)
    {
        using var place = new Workplace();
        Assert.That(() => SimulatorSettings.Of(place.Write("fund.json", text)), Throws.InstanceOf<JsonException>());
    }

    [TestCaseSource(nameof(Channels))]
    public void An_example_of_a_channel_is_one(string example) =>
        Assert.That(AgreementFile.Read((Agreements.Coffee() with { Channel = example }).Json).Refusal?.Detail, Is.Null);

    private static IReadOnlyList<string> Channels() => Blocks("docs/channels.md");

    private static IReadOnlyList<string> Blocks(string document) => [.. Json().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, document))).Select(match => match.Groups[1].Value)];

    [GeneratedRegex("```json\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Json();
}
