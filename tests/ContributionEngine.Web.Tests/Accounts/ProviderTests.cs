using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests.Accounts;

/// <summary>An OpenID Connect provider says who somebody is; who may come in stands here.</summary>
internal sealed class ProviderTests
{
    [Test]
    public async Task Whom_an_operator_has_entered_comes_in_by_the_provider_and_nobody_else_does()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Prepared.Harvest(provider.Settings);
        provider.Who = "omar@example.org";
        var page = await site.Page(null);
        await page.GotoAsync($"{site.Url}/sign-in?back=%2Faccount");
        await page.Keep("sign-in-provider-phone");
        await page.ClickAsync("main a.btn");
        Assert.That(await page.Locator(".alert").InnerTextAsync(), Does.Contain("Nobody here goes by the name"));
        await Enter(site, Prepared.Officer, "omar@example.org");
        await page.GotoAsync($"{site.Url}/sign-in?back=%2Faccount");
        await page.ClickAsync("main a.btn");
        Assert.That((new Uri(page.Url).PathAndQuery, await page.Locator("h1").InnerTextAsync()), Is.EqualTo(("/account", "Account of omar")));
        await page.ClickAsync("footer form[action='/sign-out'] button");
        provider.IsVerified = false;
        await page.ClickAsync("main a.btn");
        Assert.That(await page.Locator(".alert").InnerTextAsync(), Does.Contain("Nobody here goes by the name"), "an address that is not verified may be anybody's");
    }

    [TestCase(true)]
    [TestCase(false)]
    public async Task Whoever_came_by_the_provider_leaves_by_it_too(bool javaScript)
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Prepared.Harvest(provider.Settings);
        provider.Who = "omar@example.org";
        await Enter(site, Prepared.Officer, "omar@example.org");
        var page = await site.Page(null, Device.SmallPhone, javaScript);
        await page.GotoAsync($"{site.Url}/sign-in?back=%2Faccount");
        await page.ClickAsync("main a.btn");
        await page.ClickAsync("footer form[action='/sign-out'] button");
        // By way of the provider: which of the redirects the browser tells of is its own affair.
        await Assertions.Expect(page).ToHaveURLAsync(new Regex($"^{Regex.Escape(site.Url)}/sign-in"));
        Assert.That(provider.Left, Is.EqualTo(new[] { "omar@example.org" }));
        await page.GotoAsync($"{site.Url}/account");
        Assert.That(page.Url, Does.Contain("/sign-in?back"));
    }

    [Test]
    public async Task A_provider_that_is_away_keeps_nobody_signed_in()
    {
        var provider = await TestProvider.Start();
        await using var site = await Prepared.Harvest(provider.Settings);
        provider.Who = "omar@example.org";
        await Enter(site, Prepared.Officer, "omar@example.org");
        var page = await site.Page(null);
        await page.GotoAsync($"{site.Url}/sign-in?back=%2Faccount");
        await page.ClickAsync("main a.btn");
        await provider.DisposeAsync();
        await site.KillAndServe();
        await page.GotoAsync($"{site.Url}/account");
        await page.ClickAsync("footer form[action='/sign-out'] button");
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/sign-in"));
        await page.GotoAsync($"{site.Url}/account");
        Assert.That(page.Url, Does.Contain("/sign-in?back"));
    }

    [Test]
    public async Task A_program_comes_with_a_token_that_is_meant_for_this_engine()
    {
        await using var provider = await TestProvider.Start();
        await using var site = await Prepared.Harvest(provider.Settings);
        provider.Who = "omar@example.org";
        var before = await With(site, await provider.Token());
        await Enter(site, Prepared.Officer, "omar@example.org");
        var ours = await With(site, await provider.Token());
        provider.Audience = "another engine";
        Assert.That((before, ours, await With(site, await provider.Token()), await With(site, "no token"), await With(site, site.Keys[Prepared.Officer])), Is.EqualTo((401, 200, 401, 401, 200)));
    }

    private static async Task Enter(SitePlace site, string name, string external)
    {
        using var olga = site.Client(Prepared.Operator);
        await new Form(olga, $"/users/{name}").Post("ExternalName", ("external_name", external));
    }

    private static async Task<int> With(SitePlace site, string token)
    {
        using var program = site.Client(null);
        program.DefaultRequestHeaders.Authorization = new("Bearer", token);
        return (int)(await program.GetAsync("/account")).StatusCode;
    }
}
