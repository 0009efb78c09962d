using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>How a test looks at a page: by machine for what shuts people out, and by picture for whoever reviews.</summary>
internal static class Looking
{
    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
        // What holds need not be told for each element.
        ResultTypes = [ResultType.Violations],
    };

    /// <summary>No rule of WCAG 2.2 AA is broken on the page as it stands, and nothing is wider than the screen.</summary>
    /// <param name="axe">False where the page runs no script: the rules are held by one.</param>
    public static async Task IsFitForEverybody(this IPage page, bool axe = true)
    {
        // Text is there before the style is, and without it everything is wider.
        while (await page.EvaluateAsync<bool>("document.readyState !== 'complete'")) await Task.Yield();
        if (axe) await Holds(page);
        Assert.That(await page.EvaluateAsync<string[]>(TooWide), Is.Empty, $"{page.Url} scrolls sideways");
    }

    // Nothing, or what stands out to the right with nothing in it that does.
    private const string TooWide = """
        () => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            const out = element => element.getBoundingClientRect().right > width;
            const found = [...document.body.querySelectorAll('*')].filter(element => out(element) && ![...element.children].some(out));
            return [`${document.documentElement.scrollWidth - width} too wide`, ...found.map(element => element.outerHTML.slice(0, 200))];
        }
        """;

    private static async Task Holds(IPage page)
    {
        var found = await page.RunAxe(Rules);
        Assert.That(found.Violations.Select(broken => $"{broken.Id}: {broken.Help} at {string.Join(" | ", broken.Nodes.Select(node => node.Html))}"), Is.Empty, page.Url);
    }

    /// <summary>Keeps a picture of the whole page with the results of the run: <c>screens/NAME.png</c>.</summary>
    public static async Task Keep(this IPage page, string name)
    {
        var path = Path.Combine(TestContext.CurrentContext.WorkDirectory, "screens", $"{name}.png");
        await page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        TestContext.AddTestAttachment(path);
    }
}
