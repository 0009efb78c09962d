using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>
/// What others owe, in a browser: the fund has accepted January of two pickers, 77,200.00, so the State owes a share for each, 42,720.00, and the fund 1.5 % for collecting, 1,158.00;
/// a third picker is accepted later, for the 342.00 that are left of the year's cap.
/// </summary>
internal sealed class ClaimPageTests
{
    [Test]
    public async Task A_share_the_others_and_the_fees_are_settled_after_their_booking_is_shown()
    {
        await using var site = await Charged();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        await page.GotoAsync($"{site.Url}/claims?agreement=CR-2021-014");
        await page.IsFitForEverybody();
        await page.Keep("claims-desk");
        Assert.That(await page.Locator(".tiles").InnerTextAsync(), Does.Match(@"CRC.64,080\.00\s+3 open claims, the State"));
        Assert.That(await page.Locator("table:has(caption:text('By calendar year'))").InnerTextAsync(), Does.Match(@"\d{4}\s+the fund\s+CRC.1,500\.00\s+CRC.0\.00\s+CRC.0\.00\s+CRC.1,500\.00"));

        await page.Locator("h2#claims + table tbody a").First.ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Match(@"1 claim of CRC.21,360\.00 ends: the State has paid\."));
        Assert.That(await Books(page), Does.Match(@"share of the State \(memorandum\)\s+CRC.21,360\.00"));
        await page.IsFitForEverybody();
        await page.Keep("claims-settle-desk");
        await Settle(page);
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#reason"), "nothing is settled without saying how");
        Assert.That(await Books(page), Does.Contain("21,360.00"), "what it books is still there");
        await page.GetByLabel("How it was paid").FillAsync("order 7 of the treasury");
        await Settle(page);
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("It is settled.").And.Match(@"CRC.42,720\.00\s+2 open claims, the State"));

        await page.GetByRole(AriaRole.Link, new() { Name = "Settle all that is open: the State" }).ClickAsync();
        await page.GetByLabel("How it was paid").FillAsync("order 8");
        await Settle(page);
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("No claim is like that."));

        await page.GetByRole(AriaRole.Link, new() { Name = "Settle every open fee" }).ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Match(@"The fees of 2 remittances, CRC.1,500\.00 in all, are paid by the fund\."));
        Assert.That(await Books(page), Does.Match(@"fees for collecting \(memorandum\)\s+CRC.1,500\.00"));
        await page.GetByLabel("How it was paid").FillAsync("transfer 11");
        await Settle(page);
        Assert.That(await page.GetByRole(AriaRole.Link, new() { Name = "Settle every open fee" }).CountAsync(), Is.Zero);
        Assert.That((await site.Work.Json("claim list --agreement CR-2021-014")).AsArray().Select(row => row.At("state")), Is.All.EqualTo("settled"));
    }

    [Test]
    public async Task Who_may_not_settle_reads_on_a_phone_and_takes_the_file()
    {
        await using var site = await Charged();
        var page = await site.Page(Prepared.Auditor, Device.SmallPhone, language: "es-CR");
        foreach (var path in new[] { "/claims", "/claims?state=", "/claims?agreement=CR-2021-014" })
        {
            await page.GotoAsync($"{site.Url}{path}");
            await page.IsFitForEverybody();
            Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("el Estado"), path);
            Assert.That(await page.Locator("a[href*='/settle']").CountAsync(), Is.Zero, path);
            var saysWhich = await page.Locator("h2#claims + table a[href='/claims?agreement=CR-2021-014']").CountAsync() > 0;
            Assert.That(saysWhich, Is.EqualTo(!path.Contains("agreement", StringComparison.Ordinal)), $"{path}: of all agreements, each claim says which it is of");
        }

        await page.Keep("claims-phone-es");
        var file = await page.RunAndWaitForDownloadAsync(() => page.Locator("a[href$='/claims.csv']").ClickAsync());
        Assert.That(file.SuggestedFilename, Is.EqualTo("CR-2021-014-claims.csv"));
        Assert.That((await page.GotoAsync($"{site.Url}/claims/settle?agreement=CR-2021-014"))!.Status, Is.EqualTo(403));
        Assert.That((await page.GotoAsync($"{site.Url}/claims?agreement=NONE"))!.Status, Is.EqualTo(404));
        Assert.That(await page.Locator(".alert a").GetAttributeAsync("href"), Is.EqualTo("#agreement"));
        await page.IsFitForEverybody();
    }

    [Test]
    public async Task Many_claims_are_walked_page_by_page_and_summed_as_a_whole()
    {
        var pickers = Enumerable.Range(1, 53).Select(i => new Person($"P{i:D3}", $"1-2001-{i:D4}", $"Picker {i}")).ToList();
        var place = new Workplace();
        await place.Begin(Agreements.Coffee(), pickers);
        place.Write("january.csv", Receipts.Csv([.. pickers.Select((one, i) => new Paid($"R{i}", one.MemberNo, "2021-01-15", "38600.00"))]));
        await place.Ok("upload submit january.csv --agreement CR-2021-014 --as-of 2021-01-31");
        await place.Ok("settlement run --agreement CR-2021-014 --as-of 2021-02-05");
        await using var site = await SitePlace.Serve(place, await Prepared.People(place));
        var page = await site.Page(Prepared.Officer, Device.Desk, javaScript: false);
        await page.GotoAsync($"{site.Url}/claims?agreement=&state=open");
        var rows = page.Locator("h2#claims + table tbody tr");
        var first = await rows.Locator("td:first-child").AllInnerTextsAsync();
        Assert.That(await page.Locator(".tiles").InnerTextAsync(), Does.Contain("53 open claims, the State"));
        await page.ClickAsync(".pager a");
        await page.IsFitForEverybody(axe: false);
        var second = await rows.Locator("td:first-child").AllInnerTextsAsync();
        Assert.That((first.Count, second.Count, first.Intersect(second).Count()), Is.EqualTo((50, 3, 0)));
        Assert.That(await page.Locator(".tiles").InnerTextAsync(), Does.Contain("53 open claims, the State"), "the sums are of all pages");
        Assert.That((await page.GotoAsync($"{site.Url}/claims?after=nowhere"))!.Status, Is.EqualTo(400));
    }

    private static Task<string> Books(IPage page) => page.Locator("table:has(caption:text('In the books'))").InnerTextAsync();

    private static Task Settle(IPage page) => page.Locator("main").GetByRole(AriaRole.Button, new() { Name = "Settle", Exact = true }).ClickAsync();

    private static async Task<SitePlace> Charged()
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee() with { CollectionFee = """{"percent":"1.5","payer":"fund","cap_per_year":"1500.00"}""" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-16", "20000.00"), new Paid("R3", "A003", "2021-01-20", "50000.00")));
        place.Write("rest.csv", Receipts.Csv(new Paid("R4", "A002", "2021-02-08", "18600.00")));
        foreach (var command in (string[])[
            "upload submit january.csv --agreement CR-2021-014 --as-of 2021-01-31", "settlement run --agreement CR-2021-014 --as-of 2021-02-05",
            "upload submit rest.csv --agreement CR-2021-014 --as-of 2021-02-08", "settlement run --agreement CR-2021-014 --as-of 2021-02-12"]) await place.Ok(command);
        return await SitePlace.Serve(place, await Prepared.People(place));
    }
}
