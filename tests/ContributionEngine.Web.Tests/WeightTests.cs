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

    private static readonly string[] Addresses = ["/sign-in", "/home", "/uploads", "/uploads/new", "/members", "/members/A001", "/remittances", "/reports", "/notebook", "/account"];

    [TestCaseSource(nameof(Addresses))]
    public async Task A_treasurers_page_is_light_and_its_own(string address)
    {
        var site = await Prepared.Shared();
        var page = await site.Page(address == "/sign-in" ? null : Prepared.Treasurer);
        var wire = await page.Context.NewCDPSessionAsync(page);
        var (bytes, foreign, scripts) = (0L, new List<string>(), new List<IResponse>());
        wire.Event("Network.loadingFinished").OnEvent += (_, told) => bytes += (long)told!.Value.GetProperty("encodedDataLength").GetDouble();
        await wire.SendAsync("Network.enable");
        page.Request += (_, asked) => { if (!asked.Url.StartsWith(site.Url, StringComparison.Ordinal) && !asked.Url.StartsWith("data:", StringComparison.Ordinal)) foreign.Add(asked.Url); };
        page.Response += (_, answer) => { if (answer.Request.ResourceType == "script") scripts.Add(answer); };

        var first = await page.GotoAsync(site.Url + address, new PageGotoOptions { WaitUntil = WaitUntilState.NetworkIdle });

        Assert.That(first!.Status, Is.EqualTo(200), address);
        Assert.That(bytes, Is.InRange(500, PageBytesMax), address);
        Assert.That(foreign, Is.Empty);
        foreach (var script in scripts) Assert.That((await script.BodyAsync()).Length, Is.LessThanOrEqualTo(ScriptBytesMax), script.Url);
        Assert.That(await page.ContentAsync(), Does.Not.Contain("blazor").IgnoreCase);
    }

    [Test]
    public async Task At_the_edge_of_the_signal_the_first_page_is_usable_in_three_seconds()
    {
        var site = await Prepared.Shared();
        await (await site.Page(Prepared.Treasurer)).GotoAsync($"{site.Url}/home");
        var page = await site.Page(Prepared.Treasurer);
        var wire = await page.Context.NewCDPSessionAsync(page);
        await wire.SendAsync("Network.enable");
        await wire.SendAsync("Network.emulateNetworkConditions", new() { ["offline"] = false, ["latency"] = SlowLatencyMs, ["downloadThroughput"] = SlowBytesPerSecond, ["uploadThroughput"] = SlowBytesPerSecond });
        await page.GotoAsync($"{site.Url}/home", new PageGotoOptions { WaitUntil = WaitUntilState.Load });
        var took = await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].domContentLoadedEventEnd");
        Assert.That(took, Is.InRange(SlowLatencyMs, UsableWithinMs));
    }
}
