using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests.Treasurer;

/// <summary>January's sheet (R1 of Ana 38,600.00, R2 of Luis 20,000.00, R3 of Rosa 50,000.00) put right in a treasurer's browser after it was sent.</summary>
internal sealed class CorrectionTests
{
    private static readonly Paid R1 = new("R1", "A001", "2021-01-15", "38600.00");

    private static readonly Paid R2 = new("R2", "A002", "2021-01-16", "20000.00");

    private static readonly Paid R3 = new("R3", "A003", "2021-01-20", "50000.00");

    [Test]
    public async Task What_is_still_here_is_put_right_by_clicks_alone_without_scripts()
    {
        await using var site = await Prepared.Collected();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, javaScript: false);
        await Send(site, page, R1, R2 with { Amount = "25000.00" }, new Paid("R4", "A002", "2021-01-20", "1000.00"));
        Assert.That((await page.Tiles(), await page.Locator(".sum").InnerTextAsync()), Is.EqualTo(("3 1 2 0 0 0", "Sum of the ready rows\nCRC\u00a026,000.00\n2 receipts are taken back\nCRC\u00a0−70,000.00")));
        await page.IsFitForEverybody(axe: false);
        await page.Follow("See what changes");
        Assert.That(await Changes(page), Is.EqualTo(new[] { "3 R2 A002 CRC\u00a020,000.00 CRC\u00a025,000.00", "4 R4 A002 – CRC\u00a01,000.00", "no longer there R3 A003 CRC\u00a050,000.00 –" }));
        Assert.That(await page.Locator(".facts").InnerTextAsync(), Does.Contain("CRC\u00a070,000.00").And.Contain("CRC\u00a026,000.00").And.Contain("44,000.00"));
        await page.Press("Send the correction");
        Assert.That((await page.TitleAsync(), await page.Locator("[role=alert] a").InnerTextAsync()), Is.EqualTo(("Error: What the correction changes · Contributions", "Say why, in a few words")));
        await page.GetByLabel("Why?").FillAsync("Rosa paid elsewhere");
        await page.Press("Send the correction");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("Corrects the sheet UPL-"));
        var receipts = await site.Work.Export("receipts");
        Assert.That(receipts.Rows.Where(row => row["state"] == "posted").Select(row => $"{row["receipt_no"]} {row["amount"]}"), Is.EquivalentTo(new[] { "R1 38600.00", "R2 25000.00", "R4 1000.00" }));
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task What_has_gone_to_the_fund_is_decided_with_somebody_of_the_fund_and_the_next_remittance_carries_what_is_more()
    {
        await using var site = await Prepared.Remitted();
        var page = await site.Page(Prepared.Treasurer, Device.Desk);
        await Send(site, page, R1 with { Amount = "77200.00" }, R2);
        await page.Follow("See what changes");
        Assert.That(await Changes(page), Is.EqualTo(new[] { "2 R1 A001 CRC\u00a038,600.00 CRC\u00a077,200.00", "no longer there R3 A003 CRC\u00a050,000.00 –" }));
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("CRC\u00a038,600.00 of what is taken back has gone to the fund already.").And.Contain("A second person of the fund decides this."));
        await page.IsFitForEverybody();
        await page.Keep("correction-desk");
        await page.GetByLabel("Why?").FillAsync("Rosa's cheque bounced, and Ana paid two months");
        await page.Press("Ask the fund");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("The fund is asked for its agreement: CAS-"));
        await page.IsFitForEverybody();

        var desk = await site.Page(Prepared.Approver, Device.Desk);
        await desk.GotoAsync($"{site.Url}/cases?reason=approval_needed");
        await desk.Locator("main a[href^='/cases/CAS-']").First.ClickAsync();
        await desk.GetByRole(AriaRole.Link, new() { Name = "See what it books Approve" }).ClickAsync();
        await desk.GetByLabel("Why").FillAsync("seen the bank's letter");
        await desk.Press("Approve");
        await page.ReloadAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("Corrects the sheet UPL-").And.Contain("The way to the fund"));
        Assert.That((await site.Work.Json("claim list --agreement CR-2021-014")).AsArray().Where(row => row.At("debtor") == "organisation").Sum(row => decimal.Parse(row.At("amount"), System.Globalization.CultureInfo.InvariantCulture)), Is.EqualTo(38600m));
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task Less_of_what_has_gone_is_a_row_to_fix_and_the_sheet_cannot_be_sent()
    {
        await using var site = await Prepared.Remitted();
        var page = await site.Page(Prepared.Treasurer, Device.Phone, language: "es");
        await Send(site, page, R1 with { Amount = "30000.00" }, R2, R3);
        Assert.That(await page.Locator(".repair").First.InnerTextAsync(), Does.Contain("1 pago ya fue al fondo"));
        Assert.That(await page.GetByText("Ver lo que cambia").CountAsync(), Is.Zero);
        await page.Follow("Corregir aquí");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Match(@"Fila 2: RCP-\d+ del 15/01/2021, 38\.600,00, ya fue al fondo\. Solo puede aumentar\."));
        await page.IsFitForEverybody();
    }

    private static async Task Send(SitePlace site, IPage page, params Paid[] rows)
    {
        var first = (await site.Work.Export("receipts")).Rows.First(row => row["receipt_no"] == "R1")["upload"];
        await page.GotoAsync($"{site.Url}/uploads/{first}");
        await page.Locator($"a[href='/uploads/new?corrects={first}']").ClickAsync();
        await page.IsFitForEverybody(axe: false);
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "right.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(Receipts.Csv(rows)) });
        await page.Locator("form[enctype] button").ClickAsync();
        await page.Locator(".tiles").WaitForAsync();
    }

    private static async Task<string[]> Changes(IPage page) => [.. (await page.Locator("table.stack tbody tr").AllAsync()).Select(async row => string.Join(' ', (await row.Locator("td").AllInnerTextsAsync()).Where((_, column) => column != 3))).Select(task => task.Result)];
}
