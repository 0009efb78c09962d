using ContributionEngine.Testing;
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

    [Test]
    public async Task What_came_back_and_what_is_owed_more_go_again_after_what_they_come_to_is_shown()
    {
        await using var site = await Returned();
        var first = (await site.Work.Export("remittances")).Rows[0]["remittance"];
        var page = await site.Page(Prepared.Officer, Device.SmallPhone);
        await Begin(site, page, first, "Send the lines that came back");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Match(@"1 line would go, CRC.17,320\.00\."));
        await page.IsFitForEverybody();
        await page.Keep("remittance-supplementary-phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the lines that came back" }).ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("This is the supplementary remittance.").And.Contain(first));

        await page.GotoAsync($"{site.Url}/remittances/{first}/act?do=supplementary");
        Assert.That(await page.Locator(".alert").InnerTextAsync(), Does.Contain("No line of it came back"), "the same money never goes twice");
        await Begin(site, page, first, "Send the differences");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Match(@"2 lines would go, CRC.55,480\.00\."));
        await page.GetByRole(AriaRole.Button, new() { Name = "Send the differences" }).ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("This is the revised remittance."));
        Assert.That((await site.Work.Export("remittances")).Of("kind", "lines", "total"), Is.EqualTo(new[] { "regular 4 77200.00", "supplementary 1 17320.00", "revised 2 55480.00" }));
    }

    private static async Task Begin(SitePlace site, IPage page, string number, string action)
    {
        await page.GotoAsync($"{site.Url}/remittances/{number}");
        await page.GetByRole(AriaRole.Link, new() { Name = action }).ClickAsync();
    }

    // Of Ana's two lines of January one comes back; then Luis has earned 700,000, which is 55,480.00 more, and has paid that too.
    private static async Task<SitePlace> Returned()
    {
        const string By = "--agreement CR-2021-014";
        var place = new Workplace();
        place.Write("fund.json", new FundBehaviour { AnswerAfterSeconds = 1_000_000_000 }.Json);
        await place.Begin(Agreements.Coffee(presumptiveIncome: null) with { FundSettings = "fund.json" }, Members.Pickers.Select(person => person with { DeclaredIncome = "400000" }));
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-16", "38600.00")));
        place.Write("more.csv", Receipts.Csv(new Paid("R3", "A002", "2021-02-08", "55480.00", "2021-01")));
        place.Write("earned.csv", Members.Csv([Members.Pickers[1] with { DeclaredIncome = "700000" }]));
        await place.Ok($"upload submit january.csv {By} --as-of 2021-01-31");
        await place.Ok($"settlement run {By} --as-of 2021-02-05");
        var reference = (await place.Export("remittances")).Rows[0]["reference"];
        place.Write("answer.csv", $"reference,level,line,outcome,code\n{reference},line,1,rejected,X1\n{reference},file,,accepted,\n");
        (await place.Run("ack import answer.csv")).Exits(3);
        foreach (var command in (string[])[$"member import earned.csv {By}", $"schedule generate {By} --as-of 2021-02-06", $"upload submit more.csv {By} --as-of 2021-02-08"]) await place.Ok(command);
        return await SitePlace.Serve(place, await Prepared.People(place));
    }
}
