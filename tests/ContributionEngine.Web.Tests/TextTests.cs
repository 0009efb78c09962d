using System.Text.RegularExpressions;

namespace ContributionEngine.Web.Tests;

/// <summary>Texts stand in every language, with the same places for what is put in.</summary>
internal sealed partial class TextTests
{
    private static readonly Texts All = Texts.All;

    [Test]
    public void Every_text_is_there_in_every_language()
    {
        var missing = from key in All.Keys from language in Texts.Languages where !All.HasOwn(key, language) select $"{key} {language}";
        Assert.That(missing, Is.Empty);
    }

    [Test]
    public void A_text_names_the_same_places_in_every_language()
    {
        var different = from key in All.Keys
                        let first = Places(All.Raw(key, Texts.Languages[0]))
                        from language in Texts.Languages
                        where !Places(All.Raw(key, language)).SetEquals(first)
                        select $"{key} {language}";
        Assert.That(different, Is.Empty);
    }

    [Test]
    public void A_place_with_a_name_stands_in_the_English_text_too()
    {
        var unknown = from key in All.Keys
                      let first = Named().Matches(All.Raw(key, Texts.Languages[0])).Select(found => found.Value).ToHashSet()
                      from language in (string[])[.. Texts.Languages, "pt-BR"]
                      from place in Named().Matches(All.Raw(key, language)).Select(found => found.Value)
                      where !first.Contains(place)
                      select $"{key} {language} {place}";
        Assert.That(unknown, Is.Empty);
    }

    private static HashSet<string> Places(string text) => [.. Place().Matches(text).Select(found => found.Value)];

    [GeneratedRegex(@"\{\d+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"\{[a-z_][a-z_0-9]*\}")]
    private static partial Regex Named();
}
