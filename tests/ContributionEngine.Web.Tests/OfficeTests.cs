using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>What the fund's people keep beside the daily work: agreements, rules, runs, months, the audit, and what stopped.</summary>
internal sealed class OfficeTests
{
    [TestCase("/agreements", "CR-2021-014")]
    [TestCase("/agreements/CR-2021-014", "cosecha 2021")]
    [TestCase("/packs", "cr-convenio-2021")]
    [TestCase("/packs/cr-convenio-2021", "Figures")]
    [TestCase("/runs?agreement=CR-2021-014", "What the next cut-off of CR-2021-014 would take")]
    [TestCase("/periods?agreement=CR-2021-014", "Booking periods")]
    [TestCase("/audit?agreement=CR-2021-014", "agreement-imported")]
    [TestCase("/audit?verify=true", "Every chain is whole")]
    [TestCase("/messages", "Nothing is parked")]
    [TestCase("/answers", "Answers of funds")]
    public async Task A_page_says_what_it_is_about_and_shuts_nobody_out(string address, string words)
    {
        var site = await Prepared.Shared();
        foreach (var device in new[] { Device.SmallPhone, Device.Desk })
        {
            var page = await site.Page(Prepared.Operator, device);
            var answer = await page.GotoAsync(site.Url + address);
            Assert.That(answer!.Status, Is.EqualTo(200));
            Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain(words));
            await page.IsFitForEverybody();
            await page.Keep($"office{address.Replace('/', '-').Split('?')[0]}-{device}");
        }
    }

    [Test]
    public async Task A_month_is_closed_by_one_and_reopened_by_two()
    {
        await using var site = await Prepared.Collected();
        var page = await site.Page(Prepared.Officer, Device.Desk, javaScript: false);
        await page.GotoAsync($"{site.Url}/periods?agreement=CR-2021-014");
        await page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true }).First.ClickAsync();
        Assert.That(await page.Locator("tbody tr").First.InnerTextAsync(), Does.Contain("closed"));
        await page.GetByLabel("Why").First.FillAsync("a receipt came late");
        await page.GetByRole(AriaRole.Button, new() { Name = "Reopen" }).First.ClickAsync();
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.Contain("A second person decides"));
        Assert.That(await page.Locator("tbody tr").First.InnerTextAsync(), Does.Contain("closed"), "nothing is reopened by the one who asks");
        await page.IsFitForEverybody(axe: false);
    }

    [Test]
    public async Task A_run_cuts_what_is_due_and_stands_in_the_list_with_its_sum()
    {
        await using var site = await Prepared.Collected();
        var page = await site.Page(Prepared.Officer, Device.Phone, javaScript: false);
        await page.GotoAsync($"{site.Url}/runs?agreement=CR-2021-014");
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now" }).ClickAsync();
        await Until(async () =>
        {
            await page.GotoAsync($"{site.Url}/runs?agreement=CR-2021-014");
            return await page.Locator("tr", new() { HasText = "RUN-" }).Filter(new() { HasText = "completed" }).CountAsync() > 0;
        });
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("77,200.00"));
    }

    [Test]
    public async Task A_pack_that_is_faulty_is_named_and_nothing_is_added()
    {
        var site = await Prepared.Shared();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        await page.GotoAsync($"{site.Url}/packs");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "pack.json", MimeType = "application/json", Buffer = "{\"id\": 7}"u8.ToArray() });
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a pack" }).ClickAsync();
        Assert.That((await page.TitleAsync())[..6], Is.EqualTo("Error:"));
        Assert.That(await page.Locator(".alert a").First.GetAttributeAsync("href"), Is.EqualTo("#id"));
        await page.IsFitForEverybody();
    }

    [Test]
    public async Task An_agreement_is_taken_in_and_shown_and_a_faulty_one_says_where()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Officer, Device.SmallPhone);
        var faulty = (Agreements.Coffee() with { Number = "CR-2022-001", Cron = "on Fridays" }).Json;
        await TakeIn(site, page, faulty);
        Assert.That((await page.TitleAsync())[..6], Is.EqualTo("Error:"));
        Assert.That(await page.Locator(".alert a").InnerTextAsync(), Does.Contain("settlement.cron").And.Contain("on Fridays"));
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#file"));
        Assert.That(await page.Locator(".field .error").InnerTextAsync(), Does.Contain("settlement.cron"), "the same words at the field");
        await page.IsFitForEverybody();
        await page.Keep("agreement-refused-phone");
        await TakeIn(site, page, faulty.Replace("on Fridays", "0 18 * * FRI", StringComparison.Ordinal));
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.Contain("taken in and active"));
        Assert.That(await page.Locator("h1").InnerTextAsync(), Does.Contain("CR-2022-001").And.Contain("active"));
        await page.IsFitForEverybody();
        using var auditor = site.Client(Prepared.Auditor);
        Assert.That(await auditor.GetStringAsync("/agreements"), Does.Contain("CR-2022-001").And.Not.Contain("type=\"file\""));
    }

    private static async Task TakeIn(SitePlace site, IPage page, string json)
    {
        await page.GotoAsync($"{site.Url}/agreements");
        await page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = "agreement.json", MimeType = "application/json", Buffer = System.Text.Encoding.UTF8.GetBytes(json) });
        await page.GetByRole(AriaRole.Button, new() { Name = "Take in an agreement" }).ClickAsync();
    }

    private static async Task Until(Func<Task<bool>> isSo)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await isSo()) return;
            await Task.Delay(200);
        }

        Assert.Fail("It did not come to be so in 20 s.");
    }
}
