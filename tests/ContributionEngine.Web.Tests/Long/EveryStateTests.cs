using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests.Long;

/// <summary>Every page that links lead to, with what must be confirmed, and every form sent with nothing in it, on the smallest phone.</summary>
[Category("Long")]
internal sealed partial class EveryStateTests
{
    /// <summary>Kinds of pages that one person comes to: far more than there are.</summary>
    private const int KindsMax = 200;

    [TestCase("en-US", ColorScheme.Dark)]
    [TestCase("es-CR", ColorScheme.Light)]
    [TestCase("fr-SN", ColorScheme.Dark)]
    [TestCase("pt-PT", ColorScheme.Light)]
    [TestCase("pt-BR", ColorScheme.Dark)]
    [TestCase("qps", ColorScheme.Light)]
    public async Task No_state_shuts_anybody_out(string language, ColorScheme colours)
    {
        var looked = 0;
        using var all = Assert.EnterMultipleScope();
        await using (var remitted = await Prepared.Remitted())
        {
            looked += await Walk(remitted, (Prepared.Treasurer, "/home"), language, colours);
            looked += await Walk(remitted, (Prepared.Operator, "/work"), language, colours);
        }

        await using var bank = await BankPlace.Serve();
        looked += await Walk(bank, (Prepared.Officer, "/bank"), language, colours);
        await using var bare = await Prepared.Harvest();
        looked += await Walk(bare, (Prepared.Treasurer, "/home"), language, colours);
        Assert.That(looked, Is.GreaterThan(60), "there are far more states than this");
    }

    // How many states were looked at.
    private static async Task<int> Walk(SitePlace site, (string User, string From) who, string language, ColorScheme colours)
    {
        var page = await site.Page(who.User, Device.SmallPhone, language: language);
        await page.EmulateMediaAsync(new() { ColorScheme = colours });
        using var client = site.Client(who.User);
        var (kinds, ahead, looked) = (new HashSet<string> { Kind(who.From) }, new Queue<string>([who.From]), 0);
        while (ahead.TryDequeue(out var address) && kinds.Count < KindsMax)
        {
            using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
            if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
            await page.GotoAsync(site.Url + address);
            await page.IsFitForEverybody();
            foreach (var link in await page.EvaluateAsync<string[]>("[...document.querySelectorAll('a[href]')].filter(a => a.origin === location.origin).map(a => a.pathname + a.search)"))
            {
                if (kinds.Add(Kind(link))) ahead.Enqueue(link);
            }

            looked += 1 + await SendEmpty(page, site.Url + address);
        }

        TestContext.Out.WriteLine($"{who.User}: {kinds.Count} kinds of addresses, {looked} states");
        return looked;
    }

    private static async Task<int> SendEmpty(IPage page, string url)
    {
        // The notebook's form is kept by a script, and a key that is revoked is the one that reads this.
        const string Forms = "[...document.querySelectorAll('main form[method=post]:not(#note)')].filter(form => !form.action.includes('RevokeKey'))";
        var forms = await page.EvaluateAsync<int>($"{Forms}.length");
        for (var i = 0; i < forms; i++)
        {
            await page.GotoAsync(url);
            // What was sent before may have taken a form away.
            if (await page.EvaluateAsync<int>($"{Forms}.length") <= i) return i;
            await page.EvaluateAsync($$"""
                () => {
                    const form = {{Forms}}[{{i}}];
                    for (const field of form.elements) if (field.type !== 'hidden' && 'value' in field && field.tagName === 'INPUT') [field.value, field.checked] = [field.type === 'radio' || field.type === 'checkbox' ? field.value : '', false];
                    [form.noValidate, window.isBefore] = [true, true];
                    form.requestSubmit(form.querySelector('button'));
                }
                """);
            await new Keys(page).Settled();
            await page.IsFitForEverybody();
        }

        return forms;
    }

    // Addresses that differ in names of things only are of one kind.
    private static string Kind(string address) => Named().Replace(address, "n");

    [GeneratedRegex(@"[A-Z]{2,}-[\d-]+|[A-Z]{0,2}\d[\w-]*|(?<=(after|entry|money|text|slip|member|agreement)=)[^&]*")]
    private static partial Regex Named();
}
