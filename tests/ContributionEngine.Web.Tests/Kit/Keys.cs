using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>A person who has a keyboard and no pointer: she goes on by Tab, and sees where she is.</summary>
internal sealed class Keys(IPage page)
{
    /// <summary>Stops from one thing to another on the longest page.</summary>
    private const int StopsMax = 150;

    // Nothing that is not drawn, is drawn without a ring, or lies under something else, holds the focus.
    private const string Seen = """
        () => {
            const at = document.activeElement, drawn = getComputedStyle(at), box = at.getBoundingClientRect();
            const name = `${at.tagName} ${at.id} «${(at.innerText || at.value || '').slice(0, 40)}»`;
            if (at === document.body || !at.matches(':focus')) return 'the focus is nowhere';
            if (drawn.outlineStyle === 'none' || parseFloat(drawn.outlineWidth) < 2) return `${name} has no ring`;
            if (box.width < 4 || box.height < 4 || drawn.visibility !== 'visible' || drawn.opacity === '0') return `${name} is not drawn`;
            if (box.bottom <= 0 || box.right <= 0 || box.top >= innerHeight || box.left >= innerWidth) return `${name} is off the screen`;
            const across = (Math.max(box.left, 0) + Math.min(box.right, innerWidth)) / 2, down = (Math.max(box.top, 0) + Math.min(box.bottom, innerHeight)) / 2;
            const lines = [...at.getClientRects()].map(line => document.elementFromPoint(line.left + line.width / 2, line.top + line.height / 2)).concat(document.elementFromPoint(across, down));
            return lines.some(top => top && (at.contains(top) || top.contains(at))) ? '' : `${name} lies under something`;
        }
        """;

    // Asked at each frame.
    private const string Drawn = "() => !window.isBefore && document.readyState === 'complete' && (window.frame = (window.frame ?? 0) + 1) > 2";

    /// <summary>Where the focus is can be seen.</summary>
    public async Task See() => Assert.That(await page.EvaluateAsync<string>(Seen), Is.Empty, page.Url);

    /// <summary>Presses Tab until the thing has the focus; every stop on the way is seen.</summary>
    public async Task To(ILocator thing)
    {
        await thing.WaitForAsync();
        for (var stop = 0; stop < StopsMax; stop++)
        {
            if (await thing.EvaluateAsync<bool>("it => it === document.activeElement")) return;
            await page.Keyboard.PressAsync("Tab");
            // After its last thing the page lets go of the focus once, to the browser's own bar.
            if (!await page.EvaluateAsync<bool>("document.activeElement === document.body")) await See();
        }

        Assert.Fail($"{page.Url}: Tab does not come to {thing}");
    }

    /// <summary>Goes to a thing and presses a key there.</summary>
    public async Task Press(ILocator thing, string key)
    {
        await To(thing);
        await page.Keyboard.PressAsync(key);
    }

    /// <summary>Presses a key that brings another page, and waits for that; where the focus is then can be seen.</summary>
    public async Task Go(ILocator thing, string key = "Enter")
    {
        await To(thing);
        await Go(key);
    }

    /// <summary>The same with a key that works wherever one is.</summary>
    public async Task Go(string key)
    {
        await page.EvaluateAsync("window.isBefore = true");
        await page.Keyboard.PressAsync(key);
        await Settled();
    }

    /// <summary>Waits until the page is there and has given the focus away, which it does when it is drawn.</summary>
    public Task Settled() => page.WaitForFunctionAsync(Drawn);

    public async Task Type(ILocator field, string text)
    {
        await To(field);
        await page.Keyboard.PressAsync("ControlOrMeta+a");
        await page.Keyboard.TypeAsync(text);
    }

    /// <summary>What holds the focus: its id.</summary>
    public Task<string> At() => page.EvaluateAsync<string>("document.activeElement.id");
}
