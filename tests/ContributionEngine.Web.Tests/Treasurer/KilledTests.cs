using ContributionEngine.Testing;

namespace ContributionEngine.Web.Tests.Treasurer;

/// <summary>The site is killed while it checks a large sheet, and another is started: the sheet is checked to its end, and nothing of it was posted on the way.</summary>
[Category("Long")]
internal sealed class KilledTests
{
    /// <summary>Rows of which the check takes some time.</summary>
    private const int Rows = 20_000;

    [Test]
    public async Task A_check_that_was_killed_is_taken_up_again_and_the_sheet_can_be_sent()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer);
        await page.Upload(site, Sheets.Header + Sheets.Good(Rows));
        await page.WaitForURLAsync("**/uploads/UPL-*");
        var number = new Uri(page.Url).Segments[2];
        var reached = await Midway(site, number);
        await site.KillAndServe();

        StoredFacts.EndLeases(site.Work.Database);
        await page.GotoAsync($"{site.Url}/uploads/{number}");
        Assert.That(await page.Locator("#bar").CountAsync() + await page.Locator(".tiles").CountAsync(), Is.EqualTo(1), "on its way or checked, and never sent");
        await page.Found();
        Assert.That((reached, await page.Tiles()), Is.EqualTo((true, "20,000 20,000 0 0 0")));
        Assert.That((await site.Work.Export("receipts")).Rows, Is.Empty, "nothing is posted that was not sent");
        await page.Follow("Go on to send");
        await page.Send();
        await page.Posted();
        Assert.That((await site.Work.Export("receipts")).Rows, Has.Count.EqualTo(Rows));
    }

    // Waits until the check has begun; false where it was over before that was seen.
    private static async Task<bool> Midway(SitePlace site, string number)
    {
        using var client = site.Client(Prepared.Treasurer);
        while (true)
        {
            var state = (await client.Get($"/v1/uploads/{number}")).Body!.At("state");
            if (state != "received") return state == "checking";
            await Task.Delay(10);
        }
    }
}
