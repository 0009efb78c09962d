using ContributionEngine.Testing;
using ContributionEngine.Web.Tests.Accounts;
using ContributionEngine.Web.Tests.Treasurer;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>
/// The coffee cooperative's people at work by pages alone, from the treasurer's file to her receipts, on the servers of a large fund: PostgreSQL and RabbitMQ.
/// What is cut is January's money, which came by a command as of then: what is sent today waits for a cut-off that is still to come.
/// </summary>
[Category("Long")]
internal sealed class WholeJobTests
{
    private const string Faulty = Sheets.Header + "R11,A001,2021-02-15,38600.00\nR12,A002,2021-02-16,20000.00\nR13,A003,2021-02-20,fifty\n";

    [Test]
    public async Task On_PostgreSQL_and_RabbitMQ_people_collect_remit_and_settle_in_the_browser()
    {
        PostgreSqlServer.Needed();
        RabbitMqServer.Needed();
        await using var database = await TestDatabase.Create();
        await using var broker = await TestVirtualHost.Create();
        await using var site = await Served(database, broker);
        var treasurer = await SignInTests.In(site, Prepared.Treasurer);
        var upload = await Collect(treasurer, site);

        var officer = await SignInTests.In(site, Prepared.Officer);
        await Cut(officer, site);
        await treasurer.GotoAsync($"{site.Url}/remittances");
        await treasurer.Locator("tbody td a").First.ClickAsync();
        await Shows(treasurer, "h1", "acknowledged");
        using var client = site.Client(Prepared.Operator);
        var cut = (await client.Get("/v1/remittances")).Body!["data"]!.AsArray().Single()!;
        site.Work.Write("statement.xml", Statements.Camt053(Agreements.Coffee().FundAccount, [(cut.At("reference"), cut.At("total"))], day: "2021-02-10"));
        await Match(officer, site);

        await Shows(treasurer, "h1", "settled");
        Assert.That(await treasurer.Locator("section[aria-labelledby=totals] table").InnerTextAsync(), Does.Match(@"Seen on the bank\s+1\s+CRC.[\d,.]+\s+nothing left over"));
        await treasurer.GotoAsync($"{site.Url}/uploads/{upload}/receipts");
        var slips = await treasurer.RunAndWaitForDownloadAsync(() => treasurer.Follow("Print all 3"));
        Assert.That(await File.ReadAllTextAsync(await slips.PathAsync()), Does.StartWith("%PDF-"));
        await site.Work.Ok("verify");
    }

    private static async Task<SitePlace> Served(TestDatabase database, TestVirtualHost broker)
    {
        var place = new Workplace { Settings = [new("CONTRIBUTION_ENGINE_DB", $"postgresql:{database.Address}")] };
        await place.Ok("db migrate");
        var keys = new Dictionary<string, string> { [Prepared.Operator] = (await place.Json($"user add {Prepared.Operator} --role operator")).At("key") };
        place.Settings = [.. place.Settings, new("CONTRIBUTION_ENGINE_KEY", keys[Prepared.Operator])];
        var draft = Agreements.Coffee().Node();
        // Nothing is matched by itself: people do it here.
        draft["bank"]!["auto_accept"] = 100;
        place.Write("agreement.json", draft.ToJsonString());
        place.Write("members.csv", Members.Csv(Members.Pickers));
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A003", "2021-01-20", "38600.00")));
        foreach (var command in (string[])[
            "agreement import agreement.json", "member import members.csv --agreement CR-2021-014", "schedule generate --agreement CR-2021-014 --as-of 2021-01-01",
            "upload submit january.csv --agreement CR-2021-014 --as-of 2021-01-31", $"user add {Prepared.Officer} --role officer", $"user add {Prepared.Treasurer} --role treasurer --organisation COOP"]) await place.Ok(command);
        place.Settings = [.. place.Settings, new("CONTRIBUTION_ENGINE_BUS", broker.Address)];
        return await SitePlace.Serve(place, keys);
    }

    private static async Task<string> Collect(IPage page, SitePlace site)
    {
        var upload = await page.Checked(site, Faulty);
        await page.Follow("Fix here R07");
        await page.GetByLabel("Amount").FillAsync("50000.00");
        await page.Press("Save and next");
        await page.Found();
        Assert.That(await page.Title(), Is.EqualTo("All 3 rows are ready: CRC\u00a0108,600.00"));
        await page.Follow("Go on to send");
        await page.Send();
        await page.Posted();
        return upload;
    }

    private static async Task Cut(IPage page, SitePlace site)
    {
        await page.GotoAsync($"{site.Url}/runs?agreement=CR-2021-014");
        await page.Press("Run now");
        await Shows(page, "tbody", "completed");
        Assert.That(await page.Locator("tbody tr td").Nth(4).InnerTextAsync(), Is.EqualTo("1"), "one remittance");
    }

    private static async Task Match(IPage page, SitePlace site)
    {
        await page.GotoAsync($"{site.Url}/bank/statements");
        await page.Locator("input[type=file]").SetInputFilesAsync(site.Work.PathOf("statement.xml"));
        await page.Press("Take in the statements");
        await page.Locator(".notice").WaitForAsync();
        await page.GotoAsync($"{site.Url}/bank");
        Assert.That(await page.Title(), Does.StartWith("1 entry to reconcile"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept", Exact = true }).ClickAsync();
        await page.GetByText("Done: MAT-").WaitForAsync();
        Assert.That(await page.Title(), Is.EqualTo("Nothing to reconcile"));
    }

    // Another process does it: the page is asked for again until it says so.
    private static async Task Shows(IPage page, string element, string word)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!(await page.Locator(element).First.InnerTextAsync()).Contains(word, StringComparison.Ordinal))
        {
            if (TimeProvider.System.GetElapsedTime(began) > Cli.Patience) Assert.Fail($"{page.Url} does not say «{word}»");
            await Task.Delay(200);
            await page.ReloadAsync();
        }
    }
}
