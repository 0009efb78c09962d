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

    [Test]
    public async Task A_receiver_is_given_another_address_other_kinds_and_another_description()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, javaScript: false);
        var (address, _) = await Add(site, page, "https://receiver.example/hooks");
        await page.GotoAsync(address);
        Assert.That((await page.InputValueAsync("#url"), await page.InputValueAsync("#event_types")), Is.EqualTo(("https://receiver.example/hooks", "*")));
        await page.FillAsync("#url", "https://192.168.0.7/hooks");
        await page.FillAsync("#description", "accounting");
        await Press(page, "Change it");
        Assert.That((await page.Locator(".alert a").GetAttributeAsync("href"), await page.InputValueAsync("#url"), await page.InputValueAsync("#description")), Is.EqualTo(("#url", "https://192.168.0.7/hooks", "accounting")), "what was typed stays");
        Assert.That(await page.Locator("dl.facts").InnerTextAsync(), Does.Contain("https://receiver.example/hooks").And.Not.Contain("accounting"));
        await page.IsFitForEverybody(axe: false);
        await page.FillAsync("#url", "https://other.example/hooks");
        await page.FillAsync("#event_types", "remittance.*, case.opened");
        await Press(page, "Change it");
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.Contain("It is changed."));
        Assert.That(await page.Locator("dl.facts").InnerTextAsync(), Does.Contain("https://other.example/hooks").And.Contain("case.opened, remittance.*").And.Contain("accounting"));
        foreach (var field in (string[])["#event_types", "#description"]) await page.FillAsync(field, "");
        await Press(page, "Change it");
        Assert.That(await page.Locator("dl.facts").InnerTextAsync(), Does.Match(@"Kinds of events\s+\*\s").And.Not.Contain("accounting"), "no kinds are every kind, and no description is none");
    }

    [Test]
    public async Task What_somebody_else_has_changed_meanwhile_is_not_written_over_unseen()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, javaScript: false);
        var (address, _) = await Add(site, page, "https://receiver.example/hooks");
        await page.GotoAsync(address);
        using var client = site.Client(Prepared.Operator);
        _ = await client.Post($"/v1{new Uri(address).AbsolutePath}/change", new { description = "stores" }, "c1");
        await page.FillAsync("#description", "accounting");
        await Press(page, "Change it");
        Assert.That(await page.Locator(".alert").InnerTextAsync(), Does.Contain("was changed by somebody else"));
        Assert.That((await page.InputValueAsync("#description"), (string?)(await client.Get($"/v1{new Uri(address).AbsolutePath}")).Body!["description"]), Is.EqualTo(("accounting", "stores")), "what was typed stays, and what is stays");
        Assert.That(await page.Locator("dl.facts").InnerTextAsync(), Does.Contain("stores"));
        await page.IsFitForEverybody(axe: false);
        await Press(page, "Change it");
        Assert.That(await page.Locator("dl.facts").InnerTextAsync(), Does.Contain("accounting").And.Not.Contain("stores"), "now it was seen");
    }

    [Test]
    public async Task A_form_that_is_sent_twice_adds_one_receiver()
    {
        await using var site = await Prepared.Harvest();
        using var client = site.Client(Prepared.Treasurer);
        var form = new Form(client, "/webhooks/add");
        var (refused, _) = await form.Send(null, ("once", "k1"), ("url", "http://receiver.example/hooks"));
        var first = await form.Send(null, ("once", "k1"), ("url", "https://receiver.example/hooks"));
        var (status, again) = await form.Send(null, ("once", "k1"), ("url", "https://receiver.example/hooks"));
        Assert.That((refused, first.Status, status), Is.EqualTo((422, 200, 409)), "what was refused may be sent again, what was done may not");
        Assert.That(first.Page, Does.Contain("whsec_"));
        Assert.That(again, Does.Contain("Nothing was done twice.").And.Not.Contain("whsec_").And.Contain("name=\"once\" value=\"k1\""), "the same form is no new one by being shown again");
        Assert.That((await client.Get("/v1/webhooks")).Body!.AsArray(), Has.Count.EqualTo(1));
        _ = await form.Post(null, ("once", "k2"), ("url", "https://receiver.example/hooks"));
        Assert.That((await client.Get("/v1/webhooks")).Body!.AsArray(), Has.Count.EqualTo(2), "another form adds another");
    }

    [Test]
    public async Task A_program_changes_a_receiver_once_and_only_as_it_saw_it()
    {
        await using var site = await Prepared.Harvest();
        using var client = site.Client(Prepared.Treasurer);
        var made = (await client.Post("/v1/webhooks", new { url = "https://receiver.example/hooks", event_types = new[] { "case.opened" } }, null)).Body!;
        var path = $"/v1/webhooks/{made["endpoint"]}";
        var seen = (await client.Get(path)).Header("ETag");
        var changed = await client.Post($"{path}/change", new { url = "https://other.example/hooks", description = "accounting" }, $"c1 if {seen}");
        Assert.That((changed.Status, changed.Body!.ToJsonString()), Is.EqualTo((200, (await client.Get(path)).Body!.ToJsonString())));
        Assert.That(((string?)changed.Body["url"], changed.Body["event_types"]!.ToJsonString(), (string?)changed.Body["description"], (string?)changed.Body["secret"]), Is.EqualTo(("https://other.example/hooks", """["case.opened"]""", "accounting", (string?)null)));
        var again = await client.Post($"{path}/change", new { url = "https://other.example/hooks", description = "accounting" }, $"c1 if {seen}");
        Assert.That((again.Status, again.Header("Idempotency-Replayed")), Is.EqualTo((200, "true")));
        foreach (var verb in (string[])["change", "disable"])
        {
            var late = await client.Post($"{path}/{verb}", new { description = "x", reason = "x" }, $"{verb} if {seen}");
            Assert.That((late.Status, late.Code), Is.EqualTo((412, "precondition_failed")), verb);
        }

        var inside = await client.Post($"{path}/change", new { url = "https://10.0.0.7/hooks" }, "c3");
        Assert.That((inside.Status, inside.Code, (await client.Post($"{path}/change", new { }, null)).Code), Is.EqualTo((422, "webhook_url_refused", "idempotency_key_missing")));
        using var stranger = site.Client(Prepared.Stranger);
        using var auditor = site.Client(Prepared.Auditor);
        Assert.That(((await stranger.Post($"{path}/change", new { }, "c4")).Code, (await auditor.Post($"{path}/change", new { }, "c5")).Status), Is.EqualTo(("webhook_endpoint_unknown", 403)));
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
