using ContributionEngine.Web.Tests.Accounts;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Collecting where there is no signal: nothing is lost, and nothing comes twice.</summary>
internal sealed class NotebookTests
{
    [Test]
    public async Task Twenty_notes_without_signal_over_two_restarts_are_twenty_rows_once_it_is_back()
    {
        await using var site = await Prepared.Harvest();
        var page = await Opened(site);
        await page.Context.SetOfflineAsync(true);
        for (var i = 0; i < 20; i++)
        {
            if (i is 7 or 14) await page.ReloadAsync();
            await Note(page, $"A00{1 + (i % 3)}", $"{1000 + i}");
        }

        Assert.That(await page.Locator("#kept .tag.warn").CountAsync(), Is.EqualTo(20));
        await page.IsFitForEverybody();
        await page.Keep("notebook-offline");
        await page.Context.SetOfflineAsync(false);
        await Assertions.Expect(page.Locator("#kept .tag.good")).ToHaveCountAsync(20);

        await page.GotoAsync($"{site.Url}/notebook");
        await Assertions.Expect(page.Locator("main tbody tr")).ToHaveCountAsync(20);
        await page.Keep("notebook-sent");
    }

    [Test]
    public async Task What_is_sent_again_changes_nothing()
    {
        await using var site = await Prepared.Harvest();
        var page = await Opened(site);
        await Note(page, "A001", "38600.00");
        await Assertions.Expect(page.Locator("#kept .tag.good")).ToHaveCountAsync(1);
        await page.EvaluateAsync("localStorage.setItem('ce.notes', JSON.stringify(JSON.parse(localStorage.getItem('ce.notes')).map(note => ({ ...note, sent: false }))))");
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("#kept .tag.good")).ToHaveCountAsync(1);
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("main tbody tr")).ToHaveCountAsync(1);
    }

    [Test]
    public async Task Notes_become_a_draft_sheet_that_is_not_sent_and_without_a_script_too()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, javaScript: false);
        await page.GotoAsync($"{site.Url}/notebook");
        await Note(page, "A001", "38600.00");
        await page.IsFitForEverybody(axe: false);
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a sheet of them" }).ClickAsync();
        Assert.That(page.Url, Does.Contain("/uploads/UPL-"));
        Assert.That((await site.Work.Export("receipts")).Rows, Is.Empty, "a draft posts nothing");
    }

    private static async Task<IPage> Opened(SitePlace site)
    {
        // By a session, which a service worker has too.
        var page = await SignInTests.In(site, Prepared.Treasurer);
        await page.GotoAsync($"{site.Url}/notebook");
        await Assertions.Expect(page.Locator("#ready")).ToBeVisibleAsync();
        return page;
    }

    private static async Task Note(IPage page, string member, string amount)
    {
        await page.GetByLabel("Member number").FillAsync(member);
        await page.GetByLabel("Amount").FillAsync(amount);
        await page.GetByRole(AriaRole.Button, new() { Name = "Note", Exact = true }).ClickAsync();
    }
}
