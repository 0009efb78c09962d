using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Reports in a browser: a January of which one cooperative has collected 97,200.00 of 115,800.00 and remitted 77,200.00.</summary>
internal sealed class ReportPageTests
{
    private const string AsOf = "2021-02-16";

    private static readonly Lazy<Task<SitePlace>> Served = new(Serve);

    [OneTimeTearDown]
    public static async Task End()
    {
        if (Served.IsValueCreated) await (await Served.Value).DisposeAsync();
    }

    [TestCase("es-CR", Device.Phone, "Cobro por temporada")]
    [TestCase("fr-SN", Device.SmallPhone, "Taux de collecte par saison")]
    [TestCase("pt-BR", Device.Desk, "Taxa de cobrança por época")]
    public async Task Every_report_is_on_one_page_that_everybody_can_read(string language, Device device, string first)
    {
        var site = await Served.Value;
        var page = await site.Page(Prepared.Treasurer, device, javaScript: device != Device.SmallPhone, language: language);
        await page.GotoAsync($"{site.Url}/reports?as_of={AsOf}");
        Assert.That((await page.Locator("section h2").First.InnerTextAsync(), await page.Locator("figure svg[role=img]").CountAsync()), Is.EqualTo((first, 6)), "nothing is drawn of no cases");
        foreach (var summary in await page.Locator("summary").AllAsync()) await summary.ClickAsync();
        await page.Keep($"reports-{language}-{device}");
        if (device != Device.SmallPhone) await page.IsFitForEverybody();
    }

    [Test]
    public async Task A_report_of_its_own_says_in_words_what_its_table_and_its_file_say()
    {
        var site = await Served.Value;
        var page = await site.Page(Prepared.Officer, Device.Desk, language: "en-KE");
        await page.GotoAsync($"{site.Url}/reports/collection-rate?agreement=CR-2021-014&as_of={AsOf}&target=80");
        Assert.That(await page.Locator("section > p").First.InnerTextAsync(), Is.EqualTo("In cosecha 2021, 83.9 % of what was due is paid: CRC\u00a097,200.00 of CRC\u00a0115,800.00. That reaches the target of 80 %."));
        var cells = await page.Locator("section td").AllInnerTextsAsync();
        Assert.That(cells, Is.EqualTo(new[] { "CR-2021-014", "The cooperative", "cosecha 2021", "01/01/2021", "31/05/2021", "CRC", "115,800.00", "97,200.00", "83.9 %" }));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download as CSV" }).ClickAsync());
        Assert.That(await File.ReadAllTextAsync(await download.PathAsync()), Is.EqualTo("agreement,organisation,season,from,to,currency,due,paid,percent\nCR-2021-014,The cooperative,cosecha 2021,2021-01-01,2021-05-31,CRC,115800.00,97200.00,83.9\n"));
        await page.Keep("report-collection-rate");
        await page.IsFitForEverybody();
    }

    [TestCase("/reports?as_of=tomorrow", 400, "This is not a day. Write for example 2026-10-31.")]
    [TestCase("/reports/ageing?as_of=9999-01-01", 400, "This day has not come yet. Write today or an earlier one.")]
    [TestCase("/reports/cases?agreement=CR-2021-099", 404, "There is no such agreement. Choose one from the list.")]
    [TestCase("/reports/collection-rate?target=101", 400, "The target is a whole percent from 1 to 100, for example 95.")]
    public async Task What_cannot_be_shown_is_said_above_the_form_and_beside_its_field(string address, int status, string words)
    {
        var site = await Prepared.Shared();
        var page = await site.Page(Prepared.Treasurer, language: "en-KE");
        var answer = await page.GotoAsync(site.Url + address);
        Assert.That((answer!.Status, await page.Locator("[role=alert] li").InnerTextAsync(), await page.Locator(".field .error").InnerTextAsync()), Is.EqualTo((status, words, words)));
        await page.IsFitForEverybody();
    }

    [Test]
    public async Task A_long_report_is_walked_page_by_page_and_its_finding_and_its_file_are_of_all_of_it()
    {
        await using var site = await SheetsOfNineAgreementsAreLate();
        var page = await site.Page(Prepared.Officer, Device.Desk, javaScript: false);
        await page.GotoAsync($"{site.Url}/reports/late-sheets?as_of=2022-02-28");
        var rows = page.Locator("section tbody tr");
        var first = await rows.AllInnerTextsAsync();
        var finding = await page.Locator("section > p").First.InnerTextAsync();
        Assert.That(finding, Does.StartWith("108 sheets are not sent"));
        Assert.That(await page.Locator("section .hint").InnerTextAsync(), Is.EqualTo("Rows 1 to 100 of 108. The CSV has all of them."));
        await page.ClickAsync(".pager a");
        await page.IsFitForEverybody(axe: false);
        var second = await rows.AllInnerTextsAsync();
        Assert.That((first.Count, second.Count, first.Concat(second).Distinct().Count(), await page.Locator("section .hint").InnerTextAsync()), Is.EqualTo((100, 8, 108, "Rows 101 to 108 of 108. The CSV has all of them.")));
        Assert.That((await page.Locator("section > p").First.InnerTextAsync(), await page.Locator(".pager a").CountAsync()), Is.EqualTo((finding, 1)), "it goes back to the first, and no further");
        using var client = site.Client(Prepared.Officer);
        Assert.That((await client.GetStringAsync("/reports/late-sheets?as_of=2022-02-28&handler=csv")).TrimEnd('\n').Split('\n'), Has.Length.EqualTo(109));
        Assert.That(await client.GetStringAsync("/reports?as_of=2022-02-28"), Does.Contain("Rows 1 to 100 of 108.").And.Not.Contain("after=100"), "the other pages are on the page of their own");
        Assert.That(((int)(await client.GetAsync("/reports/late-sheets?after=x")).StatusCode, (int)(await client.GetAsync("/reports/late-sheets?after=-1")).StatusCode), Is.EqualTo((400, 400)));
    }

    [Test]
    public async Task Another_cooperative_sees_none_of_the_figures()
    {
        var site = await Served.Value;
        using var client = site.Client(Prepared.Stranger);
        foreach (var name in Engine.Reports.Names)
        {
            Assert.That(await client.GetStringAsync($"/reports/{name}?handler=csv&as_of={AsOf}"), Does.Not.Contain("CR-2021-014").And.Not.Contain("97200.00").And.Not.Contain("77200.00"), name);
            Assert.That((int)(await client.GetAsync($"/reports/{name}?handler=csv&agreement=CR-2021-014")).StatusCode, Is.EqualTo(404), name);
        }

        Assert.That((int)(await client.GetAsync("/reports/profit")).StatusCode, Is.EqualTo(404));
    }

    private static async Task<SitePlace> SheetsOfNineAgreementsAreLate()
    {
        var place = new Workplace();
        foreach (var number in Enumerable.Range(1, 9)) await place.Begin(Agreements.Coffee() with { Number = $"CR-2021-{number:D3}", Seasons = [] }, [Members.Pickers[0]]);
        return await SitePlace.Serve(place, await Prepared.People(place));
    }

    private static async Task<SitePlace> Serve()
    {
        var (place, keys) = await Prepared.Unserved();
        await place.Ok("settlement run --agreement CR-2021-014 --as-of 2021-02-05");
        return await SitePlace.Serve(place, keys);
    }
}
