using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Remittances in a browser: their list, the way of one, and who may do what with it.</summary>
internal sealed class RemittanceTests
{
    [Test]
    public async Task Of_a_remittance_the_way_the_four_totals_and_the_lines_are_shown()
    {
        await using var site = await BankPlace.Serve();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        await page.GotoAsync($"{site.Url}/remittances?state=paid");
        await page.IsFitForEverybody();
        await page.Keep("remittances-desk");
        Assert.That(await page.Locator("tbody tr").CountAsync(), Is.EqualTo(50));
        await page.GetByRole(AriaRole.Link, new() { Name = "Next" }).ClickAsync();
        Assert.That(await page.Locator("tbody tr").CountAsync(), Is.EqualTo(20), "70 are paid");

        await page.Locator("tbody td a").First.ClickAsync();
        await page.IsFitForEverybody();
        await page.Keep("remittance-desk");
        var totals = await page.Locator("section[aria-labelledby=totals] table").InnerTextAsync();
        Assert.That(totals, Does.Match(@"Scheduled for these lines\s+2\s+CRC.38,600\.00").And.Match(@"Receipts behind them\s+1\s+CRC.38,600\.00").And.Match(@"Seen on the bank\s+1\s+CRC.38,600\.00\s+nothing left over"));
        Assert.That(await page.Locator("ol.way").InnerTextAsync(), Does.Contain("Cut and sealed").And.Contain("delivered").And.Contain("payment · CRC\u00a038,600.00"));
        Assert.That(await page.Locator("#lines ~ table tbody tr").CountAsync(), Is.EqualTo(2));
        var file = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "File as sent" }).ClickAsync());
        Assert.That(file.SuggestedFilename, Does.EndWith(".csv"));
    }

    [Test]
    public async Task A_treasurer_reads_her_own_and_nobody_reads_anothers()
    {
        await using var site = await BankPlace.Serve();
        var number = (await site.Work.Export("remittances")).Rows[0]["remittance"];
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, language: "es-CR");
        await page.GotoAsync($"{site.Url}/remittances/{number}");
        await page.IsFitForEverybody();
        await page.Keep("remittance-phone-es");
        Assert.That(await page.Locator("a[href*='/act']").CountAsync(), Is.Zero);
        Assert.That((await page.GotoAsync($"{site.Url}/remittances/{number}/act?do=revised"))!.Status, Is.EqualTo(403));
        Assert.That((await page.GotoAsync($"{site.Url}/bank"))!.Status, Is.EqualTo(403));

        await using var other = await Prepared.Harvest();
        Assert.That((await (await other.Page(Prepared.Stranger)).GotoAsync($"{other.Url}/remittances?agreement=CR-2021-014"))!.Status, Is.EqualTo(404), "of another cooperative nothing is known");
    }
}
