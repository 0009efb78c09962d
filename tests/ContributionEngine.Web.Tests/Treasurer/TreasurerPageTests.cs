using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests.Treasurer;

/// <summary>What every page of a treasurer keeps to: whose it is, its languages, its weight, and what it refuses.</summary>
internal sealed partial class TreasurerPageTests
{
    [Test]
    public async Task Members_are_found_by_what_they_owe_and_each_shows_her_months()
    {
        var site = await Prepared.Shared();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone);
        await page.GotoAsync($"{site.Url}/members?text=mora&standing=owing");
        await page.IsFitForEverybody();
        await page.Keep("treasurer-members-320");
        await page.Follow("Ana Mora");
        Assert.That((await page.Title(), await page.Locator(".num.total").InnerTextAsync(), await page.Locator("table tbody tr").CountAsync()), Is.EqualTo(("Ana Mora", "CRC\u00a0193,000.00", 10)));
        await page.IsFitForEverybody();
        await page.Keep("treasurer-member-320");
    }

    [TestCase("es-CR", Category = "Long")]
    [TestCase("fr-SN", Category = "Long")]
    [TestCase("pt-BR", Category = "Long")]
    [TestCase("qps")]
    public async Task Every_page_of_a_sheet_is_in_the_reader_s_language(string language)
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, language: language);
        var number = await site.Received(Sheets.Header + "R1,A009,2021-01-15,10.00\nR2,A001,2021-01-15,abc\nR3,A001,2021-01-15,1.00\n");
        foreach (var place in new[] { "/home", "/uploads", "/uploads/new", "/uploads/list?agreement=CR-2021-014", $"/uploads/{number}", $"/uploads/{number}/columns?all=true", $"/uploads/{number}/fix?code=R02", $"/uploads/{number}/send", "/members", "/members/A001" })
        {
            await page.GotoAsync($"{site.Url}{place}");
            // The rules are held in one language here, and in all of them by night.
            await page.IsFitForEverybody(axe: language == "qps");
            var plain = await page.Locator("main").InnerTextAsync();
            if (language == "qps") Assert.That(plain.Split('\n').Where(line => Plain().IsMatch(line)), Is.Empty, place);
            else Assert.That(plain, Does.Not.Contain(" rows").And.Not.Contain("Upload").And.Not.Contain("Start a sheet"), place);
        }
    }

    [Test]
    public async Task A_file_that_is_too_large_is_refused_before_it_is_read()
    {
        var site = await Prepared.Shared();
        using var line = new TcpClient();
        await line.ConnectAsync(new Uri(site.Url).Host, new Uri(site.Url).Port);
        await using var stream = line.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /uploads/new HTTP/1.1\r\nHost: here\r\nAuthorization: Bearer {site.Keys[Prepared.Treasurer]}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: {400L << 20}\r\n\r\n"));
        using var reader = new StreamReader(stream);
        Assert.That(await reader.ReadLineAsync(), Is.EqualTo("HTTP/1.1 422 Unprocessable Entity"));
    }

    [Test]
    public async Task A_treasurers_page_is_light_and_comes_from_here_alone()
    {
        var site = await Prepared.Shared();
        foreach (var place in new[] { "/home", "/uploads/new", "/uploads", "/members" })
        {
            var page = await site.Page(Prepared.Treasurer);
            var session = await page.Context.NewCDPSessionAsync(page);
            await session.SendAsync("Network.enable");
            var (bytes, elsewhere) = (0.0, new List<string>());
            session.Event("Network.loadingFinished").OnEvent += (_, told) => bytes += told!.Value.GetProperty("encodedDataLength").GetDouble();
            page.Request += (_, request) =>
            {
                if (!request.Url.StartsWith(site.Url, StringComparison.Ordinal)) elsewhere.Add(request.Url);
            };
            await page.GotoAsync($"{site.Url}{place}", new() { WaitUntil = WaitUntilState.NetworkIdle });
            Assert.That((bytes < 40_960, elsewhere.Count), Is.EqualTo((true, 0)), $"{place}: {bytes}");
        }
    }

    [Test]
    public async Task A_sheet_of_another_cooperative_is_not_there()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Treasurer);
        var number = await page.Checked(site, Sheets.Header + Sheets.Good(1));
        using var stranger = site.Client(Prepared.Stranger);
        string[] places = [$"/uploads/{number}", $"/uploads/{number}/send", $"/uploads/{number}/fix", $"/uploads/{number}/columns", $"/uploads/{number}/file", $"/uploads/{number}/errors.csv", $"/uploads/list?agreement={Agreements.Coffee().Number}"];
        foreach (var place in places) Assert.That((int)(await stranger.GetAsync(place)).StatusCode, Is.EqualTo(404), place);
    }

    // Words that are not between the brackets of the stretched language, and no name, number or code.
    [GeneratedRegex(@"^[^\[\]]*\b[a-z]{4,}\b [a-z]{2,}[^\[\]]*$")]
    private static partial Regex Plain();
}
