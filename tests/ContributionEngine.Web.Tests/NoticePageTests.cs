using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Quotes of a fund that takes only whole amounts, in a browser: January owes 115,800.00, of which 77,200.00 is paid.</summary>
internal sealed class NoticePageTests
{
    [Test]
    public async Task A_quote_is_asked_for_entered_and_given_up()
    {
        await using var site = await Exact();
        var page = await site.Page(Prepared.Officer, Device.SmallPhone);
        await page.GotoAsync($"{site.Url}/agreements/CR-2021-014");
        await page.GetByRole(AriaRole.Link, new() { Name = "Quotes of the fund" }).ClickAsync();
        await Press(page, "Ask for a quote");
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#period"));
        await Ask(page);
        Assert.That(await page.Locator("tbody").InnerTextAsync(), Does.Match(@"(?s)January 2021.*asked for.*CRC.115,800\.00"));
        await Ask(page);
        Assert.That(await page.Locator(".alert").InnerTextAsync(), Does.Contain("A quote of this period is open already."));
        await page.IsFitForEverybody();

        await page.Locator("td a[href*='notice=']").ClickAsync();
        Assert.That(await page.GetByLabel("What it takes, in CRC").InputValueAsync(), Is.EqualTo("115,800.00"), "what was asked");
        await page.IsFitForEverybody();
        await page.Keep("notice-phone");
        await Enter(page, "ñandú", "77,200.00", "2021-02-05");
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#reference"));
        Assert.That(await page.Locator(".field.bad").InnerTextAsync(), Does.Contain("Write the reference as the fund gave it"));
        await Enter(page, "SPA-77", "77,200.00", "2021-02-05");
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#valid_until"), "a quote that is over is none");
        await page.IsFitForEverybody();
        await Enter(page, "SPA-77", "77,200.00", "");
        Assert.That(await page.Locator("tbody").InnerTextAsync(), Does.Match(@"(?s)quoted.*CRC.77,200\.00.*SPA-77"));

        await page.Locator("td a[href*='notice=']").ClickAsync();
        await Press(page, "Give it up");
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#reason"));
        await page.GetByLabel("Why").FillAsync("the fund quotes another");
        await Press(page, "Give it up");
        Assert.That(await page.Locator("tbody").InnerTextAsync(), Does.Contain("withdrawn"));
        var desk = await site.Page(Prepared.Auditor, Device.Desk);
        await desk.GotoAsync($"{site.Url}/agreements/CR-2021-014/notices");
        await desk.IsFitForEverybody();
        await desk.Keep("notices-desk");
        Assert.That(await desk.Locator("main form").CountAsync(), Is.Zero, "an auditor only reads");
    }

    [Test]
    public async Task Where_the_fund_takes_any_amount_nothing_leads_there()
    {
        var site = await Prepared.Shared();
        using var client = site.Client(Prepared.Officer);
        Assert.That(await client.GetStringAsync("/agreements/CR-2021-014"), Does.Not.Contain("/notices"));
        Assert.That(await client.GetStringAsync("/agreements/CR-2021-014/notices"), Does.Contain("takes any amount").And.Not.Contain("handler=Request"));
    }

    private static async Task Ask(IPage page)
    {
        await page.GetByLabel("Period").FillAsync("2021-01");
        await Press(page, "Ask for a quote");
    }

    private static async Task Enter(IPage page, string reference, string amount, string until)
    {
        await page.GetByLabel("Reference of the fund").FillAsync(reference);
        await page.GetByLabel("What it takes, in CRC").FillAsync(amount);
        await page.GetByLabel("Holds until").FillAsync(until);
        await Press(page, "Enter what the fund says");
    }

    private static Task Press(IPage page, string button) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task<SitePlace> Exact()
    {
        var place = new Workplace();
        place.Write("pack.json", PackFiles.ExactCoffee());
        await place.Ok("pack add pack.json");
        Directory.CreateDirectory(place.PathOf("fund"));
        await place.Begin(Agreements.Coffee() with { Channel = """{"kind": "folder", "format": "csv", "path": "fund"}""" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R3", "A003", "2021-01-20", "38600.00")));
        await place.Ok("upload submit january.csv --agreement CR-2021-014 --as-of 2021-01-31");
        return await SitePlace.Serve(place, await Prepared.People(place));
    }
}
