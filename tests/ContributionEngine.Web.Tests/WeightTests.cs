using ContributionEngine.Testing;
using ContributionEngine.Web.Tests.Treasurer;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Pages are light enough for a phone at the edge of the signal, and take nothing from anybody else.</summary>
internal sealed class WeightTests
{
    /// <summary>Bytes on the wire of a treasurer's page that a browser has never seen.</summary>
    private const long PageBytesMax = 40_000;

    /// <summary>Bytes of one script, as it is written.</summary>
    private const int ScriptBytesMax = 5_000;

    /// <summary>50 kbit/s.</summary>
    private const double SlowBytesPerSecond = 6_250;

    private const double SlowLatencyMs = 400;

    private const double UsableWithinMs = 3_000;

    private const double ResultWithinMs = 4_000;

    /// <summary>Page loads of the happy path on a phone, from the start page to the receipts.</summary>
    private const int LoadsMax = 8;

    /// <summary>Bytes on the wire of the same, all pages and what belongs to them.</summary>
    private const long PathBytesMax = 60_000;

    private static readonly string[] Addresses = ["/sign-in", "/home", "/uploads", "/uploads/new", "/members", "/members/A001", "/remittances", "/reports", "/notebook", "/account"];

    [TestCaseSource(nameof(Addresses))]
    public async Task A_treasurers_page_is_light_and_its_own(string address)
    {
        var site = await Prepared.Shared();
        var page = await site.Page(address == "/sign-in" ? null : Prepared.Treasurer);
        var wire = await Wire(page);
        var (bytes, foreign, scripts) = (Counted(wire), new List<string>(), new List<IResponse>());
        page.Request += (_, asked) => { if (!asked.Url.StartsWith(site.Url, StringComparison.Ordinal) && !asked.Url.StartsWith("data:", StringComparison.Ordinal)) foreign.Add(asked.Url); };
        page.Response += (_, answer) => { if (answer.Request.ResourceType == "script") scripts.Add(answer); };

        var first = await page.GotoAsync(site.Url + address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.That(first!.Status, Is.EqualTo(200), address);
        Assert.That(bytes(), Is.InRange(500, PageBytesMax), address);
        Assert.That(foreign, Is.Empty);
        foreach (var script in scripts) Assert.That((await script.BodyAsync()).Length, Is.LessThanOrEqualTo(ScriptBytesMax), script.Url);
        Assert.That(await page.ContentAsync(), Does.Not.Contain("blazor").IgnoreCase);
    }

    [Test]
    public async Task At_the_edge_of_the_signal_the_first_page_is_usable_in_three_seconds_and_a_result_in_four()
    {
        await using var site = await Prepared.Harvest();
        var number = await site.Received(Sheets.Header + Sheets.Good(1974) + string.Concat(Enumerable.Range(1, 26).Select(i => i <= 19 ? $"F{i},A001,2021-01-15,x{i}\n" : $"F{i},Z9{i},2021-01-15,2.00\n")));
        Assert.That(await Usable(site, "/home"), Is.InRange(SlowLatencyMs, UsableWithinMs));
        Assert.That(await Usable(site, $"/uploads/{number}"), Is.InRange(SlowLatencyMs, ResultWithinMs));
        Assert.That(await Usable(site, $"/uploads/{number}/fix?code=R07"), Is.InRange(SlowLatencyMs, ResultWithinMs));
    }

    [Test]
    public async Task From_last_months_list_to_the_receipts_it_takes_eight_page_loads_and_sixty_thousand_bytes()
    {
        await using var site = await Prepared.Remitted();
        var page = await site.Page(Prepared.Treasurer);
        var (bytes, loads) = (Counted(await Wire(page)), 0);
        page.Response += (_, answer) => loads += answer.Request.IsNavigationRequest && answer.Status is < 300 or >= 400 ? 1 : 0;

        await page.GotoAsync($"{site.Url}/home");
        await page.Follow("Start a sheet");
        await page.Follow("Use last month's list");
        await page.GetByLabel("Day on which they paid").FillAsync("2021-02-10");
        foreach (var member in new[] { "Ana Mora", "Luis Vega", "Rosa Solano" }) await page.GetByLabel(member).FillAsync("1,000.00");
        await page.Press("Check the list");
        await page.Send();
        await page.WaitForURLAsync("**/uploads/UPL-*");
        var sent = new Uri(page.Url).AbsolutePath;
        using var client = site.Client(Prepared.Treasurer);
        while ((await client.Get($"/v1{sent}")).Body!.At("state") != "reconciled") await Task.Delay(100);
        await page.Follow("See the remittances");
        await page.Locator("tbody td a").First.ClickAsync();
        await page.GetByText("I have paid").WaitForAsync();
        await page.GotoAsync($"{site.Url}{sent}/receipts");
        await page.GetByText("PDF, 4 to a page").WaitForAsync();

        TestContext.Out.WriteLine($"{loads} page loads, {bytes()} bytes");
        Assert.That(loads, Is.LessThanOrEqualTo(LoadsMax));
        Assert.That(bytes(), Is.InRange(10_000, PathBytesMax));
    }

    // Milliseconds until a browser that has never seen the site can use a page of it.
    private static async Task<double> Usable(SitePlace site, string address)
    {
        var url = $"{site.Url}{address}";
        await (await site.Page(Prepared.Treasurer)).GotoAsync(url);
        var page = await site.Page(Prepared.Treasurer);
        var wire = await Wire(page);
        await wire.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = SlowLatencyMs, ["downloadThroughput"] = SlowBytesPerSecond, ["uploadThroughput"] = SlowBytesPerSecond });
        await page.GotoAsync(url, new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        var took = await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
        TestContext.Out.WriteLine($"{address}: {took:N0} ms");
        return took;
    }

    private static async Task<ICDPSession> Wire(IPage page)
    {
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        return wire;
    }

    private static Func<long> Counted(ICDPSession wire)
    {
        var bytes = 0L;
        wire.Event("Network.loadingFinished").OnEvent += (_, told) => bytes += (long)told!.Value.GetProperty("encodedDataLength").GetDouble();
        return () => bytes;
    }
}
