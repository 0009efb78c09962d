using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ContributionEngine.Testing;

namespace ContributionEngine.Web.Tests.Documents;

/// <summary>What is printed of January's sheet, which was sent, posted and cut: three receipts, 108,600.00 colones.</summary>
internal sealed partial class DocumentTests
{
    [Test]
    public async Task A_treasurer_prints_the_receipts_of_her_sheet()
    {
        var (site, upload, _) = await Served();
        await using (site)
        {
            var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, language: "es-CR");
            await page.GotoAsync($"{site.Url}/uploads/{upload}/receipts");
            Assert.That(await page.Locator("h1").InnerTextAsync(), Is.EqualTo("3 recibos, CRC\u00a0108\u00a0600,00"));
            await page.IsFitForEverybody();
            await page.Keep("receipts");
            using var client = site.Client(Prepared.Treasurer);
            foreach (var link in await page.Locator("main a[href*='slip'], main a[href*='messages']").EvaluateAllAsync<string[]>("links => links.map(link => link.getAttribute('href'))"))
            {
                Assert.That((await client.GetAsync(link)).StatusCode, Is.EqualTo(HttpStatusCode.OK), link);
            }

            var pdf = await client.GetAsync($"/uploads/{upload}/slips.pdf");
            Assert.That((pdf.Content.Headers.ContentType?.MediaType, pdf.Content.Headers.ContentDisposition?.FileName, Encoding.ASCII.GetString(await pdf.Content.ReadAsByteArrayAsync())[..8]), Is.EqualTo(("application/pdf", $"{upload}.pdf", "%PDF-1.7")));
            Assert.That((await client.GetAsync($"/uploads/{upload}/slips.html?roll=70")).StatusCode, Is.EqualTo(HttpStatusCode.NotFound));
        }
    }

    [Test]
    public async Task Anybody_can_check_a_slip_and_an_altered_number_is_not_valid()
    {
        var (site, upload, _) = await Served();
        await using (site)
        {
            using var client = site.Client(Prepared.Treasurer);
            var told = (await client.GetStringAsync($"/uploads/{upload}/messages.csv")).Split('\n', StringSplitOptions.RemoveEmptyEntries)[1..].Select(line => Address().Match(line).Groups[1].Value).ToList();
            var page = await site.Page(null, Device.SmallPhone, language: "fr-SN");
            var answer = await page.GotoAsync($"{site.Url}{told[0]}");
            Assert.That((answer!.Status, await page.Locator("h1").InnerTextAsync()), Is.EqualTo((200, "Ce reçu est valable")));
            Assert.That(await page.Locator("dl").InnerTextAsync(), Does.Contain("38\u202f600,00 CRC").And.Contain("janv. 2021").And.Contain("A. M."));
            await page.IsFitForEverybody();
            await page.Keep("slip-valid");
            answer = await page.GotoAsync($"{site.Url}{told[0].Split('?')[0]}?{told[1].Split('?')[1]}");
            Assert.That((answer!.Status, await page.Locator("h1").InnerTextAsync(), await page.Locator("dl").CountAsync()), Is.EqualTo((404, "Ce reçu n'est pas valable", 0)));
        }
    }

    [Test]
    public async Task Nobody_else_gets_the_papers_of_an_organisation()
    {
        var (site, upload, remittance) = await Served();
        await using (site)
        {
            using var client = site.Client(Prepared.Stranger);
            using var hers = site.Client(Prepared.Treasurer);
            foreach (var path in new[]
            {
                $"/uploads/{upload}/receipts", $"/uploads/{upload}/slips.pdf", $"/uploads/{upload}/messages.csv", "/members/A001/slips.pdf?agreement=CR-2021-014", "/members/A001/statement.pdf?agreement=CR-2021-014",
                "/agreements/CR-2021-014/statement.csv", $"/remittances/{remittance}/slip.html", $"/remittances/{remittance}/advice.csv",
            })
            {
                Assert.That(((await hers.GetAsync(path)).StatusCode, (await client.GetAsync(path)).StatusCode), Is.EqualTo((HttpStatusCode.OK, HttpStatusCode.NotFound)), path);
            }

            Assert.That((await hers.GetAsync("/funds/FUND/statement.pdf")).StatusCode, Is.Not.EqualTo(HttpStatusCode.OK), "a fund's account is for the fund's people");
        }
    }

    [Test]
    public async Task A_document_is_shown_as_it_is_printed_in_the_language_of_who_asks()
    {
        var (site, upload, remittance) = await Served();
        await using (site)
        {
            var page = await site.Page(Prepared.Auditor, Device.Desk, language: "es-CR");
            foreach (var (path, title) in new[] { ($"/remittances/{remittance}/slip.html", "Boleta de pago"), ($"/remittances/{remittance}/advice.html", "Detalle de la remesa"), ("/agreements/CR-2021-014/statement.html", "Estado de cuenta de la organización"), ("/funds/FUND/statement.html", "Estado de cuenta para el fondo") })
            {
                await page.GotoAsync($"{site.Url}{path}");
                Assert.That(await page.Locator("h1").InnerTextAsync(), Is.EqualTo(title));
                Assert.That(await page.EvaluateAsync<string>("getComputedStyle(document.body).maxWidth"), Is.EqualTo("960px"), "its own style is taken");
                await page.IsFitForEverybody();
                await page.Keep($"paper-{path.Split('/')[^1].Split('.')[0]}-{path.Split('/')[1]}");
            }

            await page.GotoAsync($"{site.Url}/uploads/{upload}/slips.html");
            Assert.That(await page.Locator(".slip").CountAsync(), Is.EqualTo(3));
            await page.Keep("paper-slips");
        }
    }

    [TestCase("/v1/statements/organisations/CR-2021-014", "")]
    [TestCase("/v1/statements/funds/FUND", "")]
    [TestCase("/v1/statements/members/A001", "&agreement=CR-2021-014")]
    public async Task Programs_get_every_statement_in_every_form_and_only_their_own(string path, string more)
    {
        var (site, _, _) = await Served();
        await using (site)
        {
            using var client = site.Client(Prepared.Auditor);
            client.DefaultRequestHeaders.Add("Accept-Language", "es");
            foreach (var (format, type, begins) in new[] { ("pdf", "application/pdf", "%PDF-1.7"), ("html", "text/html", "<!doctype html>"), ("csv", "text/csv", ""), ("json", "application/json", "{") })
            {
                var answer = await client.GetAsync($"{path}?format={format}{more}");
                Assert.That((answer.Content.Headers.ContentType?.MediaType, (await answer.Content.ReadAsStringAsync()).StartsWith(begins, StringComparison.OrdinalIgnoreCase)), Is.EqualTo((type, true)), format);
                if (format == "html") Assert.That((await answer.Content.ReadAsStringAsync(), answer.Content.Headers.ContentLanguage.Single()), Is.EqualTo((await client.GetStringAsync(path.Contains("members", StringComparison.Ordinal) ? "/members/A001/statement.html?agreement=CR-2021-014" : $"{path["/v1/statements".Length..].Replace("organisations", "agreements", StringComparison.Ordinal)}/statement.html"), "es")));
            }

            Assert.That((await client.Get($"{path}?format=doc{more}")).Code, Is.EqualTo("format_not_there"));
            using var stranger = site.Client(Prepared.Stranger);
            Assert.That((await stranger.Get($"{path}?format=json{more}")).Code, Is.EqualTo("agreement_unknown").Or.EqualTo("http_403"));
        }
    }

    [Test]
    public async Task A_statement_for_programs_has_the_figures_of_the_paper()
    {
        var (site, _, remittance) = await Served();
        await using (site)
        {
            using var client = site.Client(Prepared.Auditor);
            var own = (await client.Get("/v1/statements/organisations/CR-2021-014")).Body;
            Assert.That($"{own.At("currency")} {own.At("total.paid")} {own!["periods"]![0].At("period")} {own["movements"]![0].At("in")}", Is.EqualTo("CRC 108600.00 2021-01 108600.00"), $"{own}");
            var fund = (await client.Get("/v1/statements/funds/FUND")).Body!["remittances"]![0];
            Assert.That((fund.At("remittance"), fund.At("remitted"), fund.At("paid")), Is.EqualTo((remittance, "77200.00", "0.00")), $"{fund}");
        }
    }

    [Test]
    public async Task The_report_of_a_run_is_on_its_page_and_the_same_for_programs_and_not_for_strangers()
    {
        var (site, upload, remittance) = await Served();
        await using (site)
        {
            var run = (await site.Work.Json("settlement list --agreement CR-2021-014"))[0].At("run");
            var page = await site.Page(Prepared.Officer, Device.Desk, language: "es-CR");
            await page.GotoAsync($"{site.Url}/runs?agreement=CR-2021-014");
            await page.IsFitForEverybody();
            Assert.That(await page.Locator($"a[href^='/runs/{run}/report.']").AllInnerTextsAsync(), Is.EqualTo(new[] { "PDF", "HTML", "CSV", "JSON" }));
            await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = $"Informe de liquidación de {run} en HTML" }).ClickAsync();
            Assert.That(await page.Locator("main, body").First.InnerTextAsync(), Does.Contain("Informe de liquidación").And.Contain("Totales de control").And.Contain(upload).And.Contain(remittance).And.Contain("terminada"));
            await page.IsFitForEverybody();
            await page.Keep("paper-settlement-report");
            // Hashes are wider than a phone.
            await page.SetViewportSizeAsync(320, 640);
            await page.IsFitForEverybody();
            using var client = site.Client(Prepared.Auditor);
            var report = (await client.Get($"/v1/settlement-runs/{run}/report")).Body;
            Assert.That((report.At("control_totals.allocated"), report.At("control_totals.in_remittances"), report.At("control_totals.difference"), report!["remittances"]![0].At("remittance"), report["inputs"]!.AsArray()[^1].At("number")), Is.EqualTo(("77200.00", "77200.00", "0.00", remittance, upload)), $"{report}");
            using var stranger = site.Client(Prepared.Stranger);
            Assert.That(((await stranger.Get($"/v1/settlement-runs/{run}/report")).Code, (await stranger.GetAsync($"/runs/{run}/report.pdf")).StatusCode), Is.EqualTo(("run_unknown", HttpStatusCode.NotFound)));
        }
    }

    [Test]
    public async Task An_auditor_takes_an_extract_and_its_cover_of_the_days_that_she_looks_at()
    {
        var (site, _, _) = await Served();
        await using (site)
        {
            var page = await site.Page(Prepared.Auditor, Device.Desk, language: "fr");
            await page.GotoAsync($"{site.Url}/audit?agreement=CR-2021-014&from=2020-01-01");
            await page.IsFitForEverybody();
            await page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Page de garde à imprimer du navigateur" }).ClickAsync();
            Assert.That(await page.Locator("body").InnerTextAsync(), Does.Contain("Extrait du journal d'audit").And.Contain("CR-2021-014").And.Contain("Chaque chaîne est entière"));
            await page.IsFitForEverybody();
            await page.Keep("paper-audit-cover");
            // Hashes are wider than a phone.
            await page.SetViewportSizeAsync(320, 640);
            await page.IsFitForEverybody();
            using var client = site.Client(Prepared.Auditor);
            var events = await client.GetByteArrayAsync("/v1/audit-events/extract?format=jsonl&agreement=CR-2021-014");
            var cover = (await client.Get("/v1/audit-events/extract?agreement=CR-2021-014")).Body;
            Assert.That((cover.At("verified"), cover.At("sha256"), cover.At("events")), Is.EqualTo(("ok", Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(events)), $"{events.Count(one => one == '\n')}")));
            Assert.That((await client.GetByteArrayAsync("/audit/extract.jsonl?agreement=CR-2021-014")).AsSpan().SequenceEqual(events), Is.True);
            Assert.That((await client.Get("/v1/audit-events/extract?format=doc")).Code, Is.EqualTo("format_not_there"));
            Assert.That((await client.Get("/v1/audit-events/extract?agreement=none")).Code, Is.EqualTo("agreement_unknown"));
            using var treasurer = site.Client(Prepared.Treasurer);
            Assert.That((await treasurer.Get("/v1/audit-events/extract")).Status, Is.EqualTo(403));
        }
    }

    [Test]
    public async Task Programs_get_every_report()
    {
        var site = await Prepared.Shared();
        using var client = site.Client(Prepared.Auditor);
        foreach (var name in Engine.Reports.Names)
        {
            var answer = await client.Get($"/v1/reports/{name}");
            Assert.That((answer.Status, answer.Body!["columns"]?.AsArray().Count > 0), Is.EqualTo((200, true)), $"{name} {answer.Body}");
        }

        Assert.That(Engine.Reports.Names, Does.Contain("match-quality").And.Contain("late-sheets"));
    }

    private static async Task<(SitePlace Site, string Upload, string Remittance)> Served()
    {
        var (place, keys) = await Prepared.Bare();
        place.Write("contribution-engine.json", """{"public_url":"https://f.example"}""");
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-16", "20000.00"), new Paid("R3", "A003", "2021-01-20", "50000.00")));
        await place.Ok("upload submit january.csv --agreement CR-2021-014 --as-of 2021-01-31");
        await place.Ok("settlement run --agreement CR-2021-014 --as-of 2021-02-05");
        var (upload, remittance) = ((await place.Json("upload list --agreement CR-2021-014"))[0].At("upload"), (await place.Json("remittance list --agreement CR-2021-014"))[0].At("remittance"));
        return (await SitePlace.Serve(place, keys), upload, remittance);
    }

    [GeneratedRegex(@"f\.example(/v/R\d+\?h=\w+)")]
    private static partial Regex Address();
}
