using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Programs that hear of events, kept in a browser: added, tried, sent to again, switched off and removed.</summary>
internal sealed class WebhookPageTests
{
    private static readonly KeyValuePair<string, string> MayBeLocal = new("CONTRIBUTION_ENGINE_WEBHOOK_ALLOW_LOCAL", "true");

    [Test]
    public async Task A_receiver_is_added_tried_sent_to_again_switched_off_and_removed()
    {
        await using var program = await HttpFund.Start((_, context) => Task.FromResult(context.Response.StatusCode = 204));
        await using var site = await Prepared.Harvest(MayBeLocal);
        var page = await site.Page(Prepared.Operator, Device.Desk, javaScript: false);
        var (address, secret) = await Add(site, page, $"{program.Url}/hooks");

        await page.GotoAsync(address);
        Assert.That(await page.ContentAsync(), Does.Not.Contain(secret), "it is shown once");
        await Press(page, "Send a test");
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.Contain("on its way"));
        await Deliveries(page, address, 1);
        await page.Keep("webhook-desk");
        Assert.That(await page.Locator("table").InnerTextAsync(), Does.Match(@"evt_\d+\s+webhook\.test").And.Contain("delivered").And.Contain("HTTP 204"));

        await page.GetByRole(AriaRole.Button, new() { Name = "Send again: evt_" }).ClickAsync();
        await page.GotoAsync(address);
        await Until(() => Task.FromResult(program.Heard.Count == 2));
        Assert.That(program.Heard[1].Body, Is.EqualTo(program.Heard[0].Body), "the same event under the same number");

        await page.Locator("td a[href^='/events/']").First.ClickAsync();
        Assert.That(await page.Locator("pre").InnerTextAsync(), Does.Contain("\"type\": \"webhook.test\""));
        await page.IsFitForEverybody(axe: false);

        await page.GotoAsync(address);
        await Press(page, "Make a new secret");
        Assert.That(await page.Locator(".notice code").InnerTextAsync(), Does.StartWith("whsec_").And.Not.EqualTo(secret));
        await Press(page, "Send nothing more");
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#reason"), "nothing is switched off without a reason");
        await page.GetByLabel("Why", new() { Exact = true }).FillAsync("moved to another house");
        await Press(page, "Send nothing more");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("moved to another house").And.Not.Contain("Send a test"));
        await Press(page, "Send to it again");
        Assert.That(await page.Locator("h1").InnerTextAsync(), Does.Contain("enabled"));
        await page.GetByLabel("Yes, remove").CheckAsync();
        await Press(page, "Remove");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("was removed.").And.Contain("No program hears of events yet."));
    }

    [Test]
    public async Task Every_page_is_fit_for_everybody_and_each_sees_her_own()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, language: "es-CR");
        await page.GotoAsync($"{site.Url}/webhooks/add");
        await page.Locator("#url").FillAsync("http://10.0.0.7/hooks");
        await page.ClickAsync("main form button");
        Assert.That(await page.TitleAsync(), Does.StartWith("Error:"));
        Assert.That(await page.Locator(".field .error").InnerTextAsync(), Does.Contain("Dé una pública que empiece con https://"));
        await page.IsFitForEverybody();
        await page.Keep("webhook-add-phone-es");
        await page.Locator("#url").FillAsync("https://receiver.example/hooks");
        await page.Locator("#event_types").FillAsync("remittances.paid");
        await page.ClickAsync("main form button");
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#event_types"));
        await page.Locator("#event_types").FillAsync("remittance.*");
        await page.ClickAsync("main form button");
        await page.IsFitForEverybody();
        await page.Locator("main a.btn").ClickAsync();
        await page.IsFitForEverybody();
        await page.Keep("webhook-phone-es");
        var address = page.Url;
        foreach (var path in new[] { "/webhooks", "/events" })
        {
            await page.GotoAsync($"{site.Url}{path}");
            await page.IsFitForEverybody();
            await page.Keep($"{path[1..]}-phone-es");
        }

        await page.Locator("#resend_since").FillAsync("ayer");
        await page.ClickAsync("main form[method=post] button");
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#resend_since"));
        await page.IsFitForEverybody();

        await EachSeesHerOwn(site, new Uri(address).PathAndQuery);
    }

    private static async Task EachSeesHerOwn(SitePlace site, string path)
    {
        using var stranger = site.Client(Prepared.Stranger);
        Assert.That((int)(await stranger.GetAsync(path)).StatusCode, Is.EqualTo(404));
        Assert.That(await stranger.GetStringAsync("/webhooks"), Does.Not.Contain("receiver.example"));
        using var auditor = site.Client(Prepared.Auditor);
        Assert.That(await auditor.GetStringAsync(path), Does.Contain("receiver.example").And.Not.Contain("handler="));
        Assert.That((int)(await auditor.GetAsync("/webhooks/add")).StatusCode, Is.EqualTo(403));
    }

    private static async Task<(string Address, string Secret)> Add(SitePlace site, IPage page, string url)
    {
        await page.GotoAsync($"{site.Url}/webhooks");
        await page.GetByRole(AriaRole.Link, new() { Name = "Add a receiver" }).ClickAsync();
        await page.GetByLabel("Address").FillAsync(url);
        await Press(page, "Add a receiver");
        var secret = await page.Locator(".notice code").InnerTextAsync();
        Assert.That(secret, Does.StartWith("whsec_"));
        return ($"{site.Url}{await page.Locator("main a.btn").GetAttributeAsync("href")}", secret);
    }

    private static Task Press(IPage page, string button) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static Task Deliveries(IPage page, string address, int count) => Until(async () =>
    {
        await page.GotoAsync($"{address}?state=delivered");
        return await page.Locator("tbody tr").CountAsync() == count;
    });

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
