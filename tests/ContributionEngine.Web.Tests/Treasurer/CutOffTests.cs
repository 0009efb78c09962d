using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using ContributionEngine.Testing;
using ContributionEngine.Web.Tests.Accounts;

namespace ContributionEngine.Web.Tests.Treasurer;

/// <summary>The line breaks, or stands still, when half of a file is sent: nothing of it is kept, and the whole file is taken as if it came for the first time.</summary>
internal sealed partial class CutOffTests
{
    /// <summary>Rows of a file that is too large to be held in memory while it comes.</summary>
    private const int Rows = 20_000;

    private const string Boundary = "----a-line-that-no-row-has";

    private static readonly string Text = Sheets.Header + Sheets.Good(Rows);

    [TestCase("/uploads/new")]
    [TestCase("/v1/uploads")]
    public async Task Half_of_a_file_leaves_nothing_behind(string path)
    {
        await using var site = await Prepared.Harvest();
        var temporary = new DirectoryInfo(site.Work.PathOf("tmp"));
        var (head, body) = await Request(site, path);
        var before = Held(temporary);
        using (var line = await Sent(site, head, body.AsMemory(0, body.Length / 2)))
        {
            while (Held(temporary) == before) await Task.Delay(20);
            line.LingerState = new LingerOption(true, 0);
        }

        for (var wait = 0; wait < 500 && Held(temporary) != before; wait++) await Task.Delay(20);
        Assert.That(Held(temporary), Is.EqualTo(before), "no file is left over");
        using var client = site.Client(Prepared.Treasurer);
        Assert.That((await client.Get("/v1/uploads")).Body!["data"]!.AsArray(), Is.Empty, "nothing is stored");
        Assert.That(site.Log, Does.Not.Contain("fail:"), "a broken line is no fault of the site");

        string said;
        using (var line = await Sent(site, head, body)) said = await Answer(line);
        Assert.That(said, Does.Match("^HTTP/1.1 (302|202) "));
        var upload = Number().Match(said).Value;
        while ((await client.Get($"/v1/uploads/{upload}")).Body!.At("progress.over") != "true") await Task.Delay(100);
        var kept = (await client.Get($"/v1/uploads/{upload}")).Body!;
        Assert.That((kept.At("state"), kept.At("rows"), (await client.Get("/v1/uploads")).Body!["data"]!.AsArray().Count), Is.EqualTo(("ready", $"{Rows}", 1)));
    }

    [Test]
    public async Task Whoever_is_still_there_when_the_line_was_too_slow_is_told_that_nothing_was_saved()
    {
        await using var site = await Prepared.Harvest();
        var (head, body) = await Request(site, "/uploads/new");
        using var line = await Sent(site, head, body.AsMemory(0, 500));
        Assert.That(await Answer(line), Does.StartWith("HTTP/1.1 422 ").And.Contain("<title>Error: ").And.Contain("The connection dropped. Nothing was saved. Upload the same file again."));
    }

    // Files of uploads: what the runtime keeps there for itself has a name of its own.
    private static string Held(DirectoryInfo folder) => string.Join(' ', folder.EnumerateFiles().Select(file => file.Name).Where(name => !name.StartsWith("dotnet-", StringComparison.Ordinal) && !name.StartsWith("clr-", StringComparison.Ordinal)).Order(StringComparer.Ordinal));

    // What a browser that is signed in sends for the form, or a program for the API.
    private static async Task<(string Head, byte[] Body)> Request(SitePlace site, string path)
    {
        var cookies = new CookieContainer();
        using var browser = new HttpClient(new HttpClientHandler { CookieContainer = cookies }) { BaseAddress = new Uri(site.Url) };
        var password = await SignInTests.OneTime(site, Prepared.Treasurer);
        await new Form(browser, "/sign-in").Post(null, ("name", Prepared.Treasurer), ("password", password));
        await new Form(browser, "/sign-in/new-password").Post(null, ("password", "coffee dries in the sun"));
        var token = Token().Match(await browser.GetStringAsync("/uploads/new")).Groups[1].Value;
        var body = Encoding.UTF8.GetBytes($"{Field("form")}{token}\r\n{Field("agreement")}CR-2021-014\r\n{Field("file\"; filename=\"january.csv")}{Text}\r\n--{Boundary}--\r\n");
        var who = path.StartsWith("/v1", StringComparison.Ordinal) ? $"Authorization: Bearer {site.Keys[Prepared.Treasurer]}\r\nIdempotency-Key: cut-off" : $"Cookie: {cookies.GetCookieHeader(browser.BaseAddress)}";
        return ($"POST {path} HTTP/1.1\r\nHost: {browser.BaseAddress.Authority}\r\nConnection: close\r\n{who}\r\nContent-Type: multipart/form-data; boundary={Boundary}\r\nContent-Length: {body.Length}\r\n\r\n", body);
    }

    private static string Field(string name) => $"--{Boundary}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n";

    private static async Task<Socket> Sent(SitePlace site, string head, ReadOnlyMemory<byte> body)
    {
        var line = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await line.ConnectAsync(new Uri(site.Url).Host, new Uri(site.Url).Port);
        await line.SendAsync(Encoding.ASCII.GetBytes(head));
        for (var sent = 0; sent < body.Length;) sent += await line.SendAsync(body[sent..]);
        return line;
    }

    private static async Task<string> Answer(Socket line)
    {
        await using var stream = new NetworkStream(line);
        using var reader = new StreamReader(stream);
        return WebUtility.HtmlDecode(await reader.ReadToEndAsync());
    }

    [GeneratedRegex("UPL-[0-9]+")]
    private static partial Regex Number();

    [GeneratedRegex("name=\"form\"[^>]*value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
