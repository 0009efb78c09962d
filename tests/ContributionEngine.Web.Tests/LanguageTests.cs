using System.Text.RegularExpressions;
using ContributionEngine.Engine;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Every word that the site itself says comes from its texts: in the language of tests each of these is marked, and what is left is data.</summary>
internal sealed partial class LanguageTests
{
    /// <summary>Data, and words that stand as they are in every language: names, codes, what a user typed, and names of languages.</summary>
    private static readonly Regex Data = DataWords();

    /// <summary>The page for whoever writes programs is the API's own document, in English.</summary>
    private const string Programs = "/docs";

    // The text of each element by itself, without what is said to be in another language or is code.
    private const string Words = """
        () => {
          const found = [];
          const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
          while (walk.nextNode()) {
            const at = walk.currentNode.parentElement;
            if (!at.closest('code, script, style, [lang]:not(html), option[data-data], textarea') && walk.currentNode.data.trim()) found.push(walk.currentNode.data.trim());
          }
          for (const one of document.querySelectorAll('[aria-label], [placeholder], [data-t]')) for (const name of ['aria-label', 'placeholder', 'data-t']) if (one.getAttribute(name) && !one.closest('[lang]:not(html)')) found.push(one.getAttribute(name));
          return [document.title, ...found];
        }
        """;

    [TestCase(Prepared.Treasurer)]
    [TestCase(Prepared.Operator)]
    public async Task No_page_says_a_word_that_is_not_from_its_texts(string user)
    {
        var site = await Prepared.Shared();
        var page = await site.Page(user, Device.Desk, language: "qps");
        var role = user == Prepared.Treasurer ? Door.Treasurer : Door.Operator;
        var left = new List<string>();
        foreach (var way in (await Ways.All()).Where(way => way is { Method: "GET", IsPage: true } && way.Address.RawText != Programs && way.Address.Parameters.Count == 0 && Door.May(role, way.Access)))
        {
            var answer = await page.GotoAsync($"{site.Url}/{way.Address.RawText!.TrimStart('/')}");
            if (answer?.Headers.GetValueOrDefault("content-type", "").StartsWith("text/html", StringComparison.Ordinal) != true) continue;
            left.AddRange((await page.EvaluateAsync<string[]>(Words)).Select(text => (text, rest: Data.Replace(Unmarked(text), ""))).Where(one => Letters().IsMatch(one.rest)).Select(one => $"{way.Address.RawText}: {one.text}"));
        }

        Assert.That(left.Distinct(), Is.Empty, string.Join('\n', left.Distinct()));
    }

    [TestCase("es-CR", "es-CR")]
    [TestCase("fr-SN", "fr-SN")]
    [TestCase("pt-BR", "pt-BR")]
    [TestCase("en-KE", "en-KE")]
    public async Task A_page_says_in_which_language_it_is(string asked, string said)
    {
        var site = await Prepared.Shared();
        var page = await site.Page(null, language: asked);
        await page.GotoAsync($"{site.Url}/problem/404");
        Assert.That(await page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo(said));
    }

    // A text may stand inside another.
    private static string Unmarked(string text)
    {
        while (Marked().IsMatch(text)) text = Marked().Replace(text, "");
        return text;
    }

    [GeneratedRegex(@"\[[^\[\]]*~+\]")]
    private static partial Regex Marked();

    [GeneratedRegex(@"\p{L}{3,}")]
    private static partial Regex Letters();

    [GeneratedRegex(@"[\w.-]*\d[\w.:/-]*|\b[A-Z]{2,}\b|Ana Mora|Luis \w+|Rosa \w+|The cooperative|Another one|scheduler|The fund|cosecha|csv|simulator|\b(tere|tomas|olga|omar|abel|aura)\b|[a-z]{2}-[a-z-]+|UTC|presumptive_income|payment_day|january|unknown|agreement|member|os:\w+")]
    private static partial Regex DataWords();
}
