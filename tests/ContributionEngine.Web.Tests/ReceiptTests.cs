using ContributionEngine.Testing;
using ContributionEngine.Web.Tests.Treasurer;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Single receipts in a browser: January's R1 of Ana (38,600.00), R2 of Luis (20,000.00) and R3 of Rosa (50,000.00), looked at and put right.</summary>
internal sealed class ReceiptTests
{
    [Test]
    public async Task An_officer_sees_what_taking_a_receipt_back_would_do_and_then_does_just_that()
    {
        await using var site = await Prepared.Remitted();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        await page.GotoAsync($"{site.Url}/members/A001");
        await page.Locator("main a[href^='/receipts/RCP-']").ClickAsync();
        Assert.That(await page.Locator("h1").InnerTextAsync(), Is.EqualTo("Receipt R1 ✓ posted"));
        Assert.That(await page.Locator(".sum").InnerTextAsync(), Does.Match(@"Paid what was owed\s+CRC.38,600\.00").And.Match(@"Taken back\s+CRC.0\.00").And.Match(@"Amount\s+CRC.38,600\.00"));
        Assert.That(await page.Locator("ol.way").InnerTextAsync(), Does.Contain("Agreement · CR-2021-014").And.Contain("of january.csv.").And.Contain("Rule: first what the receipt names, then the oldest due date").And.Match(@"Sent to the fund · LIN-\d+\s+Line 1 of REM-"));
        await page.IsFitForEverybody();
        await page.Keep("receipt-desk");

        await page.Locator("a[href$='/reverse']").ClickAsync();
        var told = await page.Locator("main").InnerTextAsync();
        Assert.That(told, Does.Contain("In the books").And.Match(@"claims for receipts taken back\s+CRC.38,600\.00").And.Contain("Some of it has gone to the fund already.").And.Match(@"the cooperative\s+CRC.17,320\.00\s+line 1 of REM-").And.Contain("the organisation owes").And.Not.Contain("second person"));
        await page.IsFitForEverybody();
        await page.Keep("receipt-reverse-desk");
        await page.Press("Take the receipt back");
        Assert.That(await page.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("Say why"));
        await page.GetByLabel("Why").FillAsync("the cheque bounced");
        await page.Press("Take the receipt back");
        Assert.That((await page.Locator(".notice").InnerTextAsync(), await page.Locator("h1 .tag").InnerTextAsync()), Is.EqualTo(("The receipt was taken back.", "✗ reversed")));
        Assert.That(await page.Locator("ol.way").InnerTextAsync(), Does.Contain("the cheque bounced").And.Contain("owed by the cooperative: open.").And.Contain("other members' money never pays it"));
        Assert.That(await page.Locator("a[href$='/reverse'], a[href$='/move']").CountAsync(), Is.Zero);
        await page.IsFitForEverybody();
        await page.GotoAsync($"{page.Url.Split('?')[0]}/reverse");
        Assert.That(await page.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("This receipt was taken back already."));
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task A_receipt_is_moved_to_whom_was_looked_at_and_to_nobody_else()
    {
        await using var site = await Prepared.Collected();
        var receipt = await Named(site, "R2");
        var page = await site.Page(Prepared.Officer, Device.SmallPhone, javaScript: false);
        await page.GotoAsync($"{site.Url}/receipts/{receipt}");
        await page.IsFitForEverybody(axe: false);
        await page.Locator("a[href$='/move']").ClickAsync();
        Assert.That(await page.GetByLabel("Number of the member").InputValueAsync(), Is.EqualTo("A002"));
        await Look(page, "Z9");
        Assert.That(await page.Locator(".field.bad .error").InnerTextAsync(), Is.EqualTo("There is no member of this number under the agreement."));
        await Look(page, "A002");
        Assert.That(await page.Locator(".field.bad .error").InnerTextAsync(), Does.StartWith("The receipt is this member's already"));
        await Look(page, "A003");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("Member A002, January 2021: paid in part, then not paid."));
        await page.IsFitForEverybody(axe: false);
        await page.Keep("receipt-move-320");

        await page.GetByLabel("Number of the member").FillAsync("A001");
        await page.GetByLabel("Why").FillAsync("the other Luis");
        await page.Press("Give it to another member");
        Assert.That(await page.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("What this would do is not what you saw."), "somebody else was typed after looking");
        await page.Press("Give it to another member");
        Assert.That((await page.Locator("h1 .tag").InnerTextAsync(), await page.Locator(".notice").InnerTextAsync()), Is.EqualTo(("– moved", $"The receipt was moved. In its place stands: {await Named(site, "R2")}")));
        Assert.That(await page.Locator("ol.way").InnerTextAsync(), Does.Contain("No longer paid").And.Contain("stands in its place: the other Luis"));
        await page.Locator(".notice a").ClickAsync();
        Assert.That((await page.Locator("h1").InnerTextAsync(), await page.Locator("dl.facts a").First.InnerTextAsync()), Is.EqualTo(("Receipt R2 ✓ posted", "A001")));
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task A_refund_only_asks_and_a_second_person_gives_the_money_back()
    {
        var (place, keys) = await Prepared.Unserved();
        place.Write("held.csv", Receipts.Csv(new Paid("H1", "Z9", "2021-01-20", "700.00")));
        (await place.Run("upload submit held.csv --agreement CR-2021-014 --as-of 2021-01-31 --hold-unknown")).Exits(0, 3);
        await using var site = await SitePlace.Serve(place, keys);
        var receipt = await Named(site, "H1");
        var page = await site.Page(Prepared.Officer, Device.Phone);
        await page.GotoAsync($"{site.Url}/receipts?state=held");
        await page.Follow("H1");
        Assert.That(await page.Locator("a[href$='/move']").CountAsync(), Is.Zero, "nobody is known to move it from");
        await page.Locator("a[href$='/refund']").ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Match(@"suspense, member not known\s+(Debit\s+)?CRC.700\.00").And.Contain("A second person decides this"));
        await page.IsFitForEverybody();
        await page.Keep("receipt-refund-phone");
        await page.GetByLabel("Why").FillAsync("paid by mistake");
        await page.Press("Ask a second person");
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Is.EqualTo("Nothing was written yet: a second person decides this."));
        Assert.That(await page.Locator("dl.facts a").First.GetAttributeAsync("href"), Is.EqualTo($"/receipts/{receipt}"));

        var second = await site.Page(Prepared.Approver, Device.Desk);
        await second.GotoAsync(page.Url.Split('?')[0]);
        await second.GetByRole(AriaRole.Link, new() { Name = "See what it books Approve" }).ClickAsync();
        await second.GetByLabel("Why").FillAsync("seen the slip");
        await second.Press("Approve");
        await second.Locator("dl.facts a").First.ClickAsync();
        Assert.That(await second.Locator(".sum").InnerTextAsync(), Does.Match(@"Held\s+CRC.0\.00").And.Match(@"Given back\s+CRC.700\.00"));
        Assert.That(await second.Locator("ol.way").InnerTextAsync(), Does.Contain("CRC\u00a0700.00 of money that was held on"));
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task A_treasurer_reads_her_own_in_her_language_and_changes_nothing()
    {
        await using var site = await Prepared.Remitted();
        var receipt = await Named(site, "R1");
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, language: "es-CR");
        await page.GotoAsync($"{site.Url}/receipts/{receipt}");
        await page.IsFitForEverybody();
        await page.Keep("receipt-phone-es");
        Assert.That(await page.Locator("ol.way").InnerTextAsync(), Does.Contain("Regla: primero lo que el recibo nombra").And.Contain("de enero 2021, vence el 15/02/2021.").And.Match("SHA-256 del archivo: [0-9a-f]{64}").And.Not.Contain("{").And.Not.Contain("rule"));
        Assert.That(await page.Locator("ol.way li").First.InnerTextAsync(), Is.EqualTo("Convenio · CR-2021-014\nEl recibo es de este convenio."), "that it belongs there needs no rule");
        Assert.That(await page.Locator("a[href$='/reverse'], a[href$='/move'], a[href$='/refund']").CountAsync(), Is.Zero);
        foreach (var correction in new[] { "reverse", "move", "refund" }) Assert.That((await page.GotoAsync($"{site.Url}/receipts/{receipt}/{correction}"))!.Status, Is.EqualTo(403), correction);
        using var stranger = site.Client(Prepared.Stranger);
        Assert.That((int)(await stranger.GetAsync($"/receipts/{receipt}")).StatusCode, Is.EqualTo(404));
        Assert.That(await (await stranger.GetAsync("/receipts?receipt_no=R1")).Content.ReadAsStringAsync(), Does.Not.Contain(receipt));
    }

    [Test]
    public async Task Receipts_are_found_by_number_member_and_state()
    {
        await using var site = await Prepared.Collected();
        var page = await site.Page(Prepared.Auditor, Device.Desk);
        await page.GotoAsync($"{site.Url}/work");
        await page.GetByRole(AriaRole.Navigation).GetByRole(AriaRole.Link, new() { Name = "Receipts" }).ClickAsync();
        Assert.That(await Rows(page), Is.EqualTo("R3 R2 R1"));
        await page.IsFitForEverybody();
        await page.Keep("receipts-desk");
        await page.GetByLabel("Receipt number").FillAsync("R2");
        await page.Press("Show");
        Assert.That(await Rows(page), Is.EqualTo("R2"));
        await page.GotoAsync($"{site.Url}/receipts?member=A003&state=posted");
        Assert.That(await Rows(page), Is.EqualTo("R3"));
        await page.GotoAsync($"{site.Url}/receipts?state=ended");
        Assert.That(await Rows(page), Is.Empty);
        Assert.That((await page.GotoAsync($"{site.Url}/receipts?agreement=none"))!.Status, Is.EqualTo(404));
        Assert.That(await page.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("There is no such agreement."));
    }

    /// <summary>The receipt of a number that stands now, by its own.</summary>
    private static async Task<string> Named(SitePlace site, string number) => (await site.Work.Export("receipts")).Rows.Last(row => row["receipt_no"] == number && row["state"] == "posted")["receipt"];

    private static async Task Look(IPage page, string member)
    {
        await page.GetByLabel("Number of the member").FillAsync(member);
        await page.Press("See what it books");
    }

    private static async Task<string> Rows(IPage page) => string.Join(' ', await page.Locator("tbody th a").AllInnerTextsAsync());
}
