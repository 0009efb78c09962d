using System.Text.Json.Nodes;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Host.Tests.Fund;

/// <summary>A month's remittance over the real channels, through the program as it is run.</summary>
internal sealed class ChannelTests
{
    private const string Trusted = "SSL_CERT_FILE";

    [Test]
    public async Task A_fund_that_knows_us_by_our_certificate_takes_the_file_and_answers()
    {
        using var shown = Certificates.Make("fund.example");
        using var ours = Certificates.Make("coop.example");
        await using var fund = await HttpFund.Start(Taking, shown);
        using var place = new Workplace();
        place.Settings = [.. Cli.OnFile, KeyValuePair.Create(Trusted, place.Write("trusted.pem", shown.ExportCertificatePem()))];
        place.Write("ours.pem", Certificates.PemWithKey(ours));
        await Collect(place, new JsonObject { ["kind"] = "http", ["format"] = "csv", ["url"] = $"{fund.Url}/in", ["answers"] = $"{fund.Url}/answers/{{reference}}", ["auth"] = "mtls", ["certificate"] = "file:ours.pem" });
        await place.Ok(Prepared.Settle);
        Assert.That((await States(place), fund.Heard[0].Certificate), Is.EqualTo(("acknowledged 4 77200.00", "CN=coop.example")));
    }

    [Test]
    public async Task A_fund_whose_certificate_is_not_trusted_is_told_nothing_and_opens_a_case()
    {
        using var shown = Certificates.Make("fund.example");
        await using var fund = await HttpFund.Start(Taking, shown);
        using var place = new Workplace();
        await Collect(place, new JsonObject { ["kind"] = "http", ["format"] = "csv", ["url"] = $"{fund.Url}/in" });
        var run = await place.Run(Prepared.Settle);
        Assert.That((run.Exit, fund.Heard.Count, await States(place), string.Join(' ', (await place.Export("cases")).Of("reason", "amount"))), Is.EqualTo((3, 0, "sealed 4 77200.00", "fund_not_trusted 77200.00")), run.ToString());
    }

    [Test]
    public async Task A_kill_between_write_and_rename_leaves_nothing_that_the_fund_would_read_and_the_next_run_delivers_once()
    {
        await using var fund = await OwnSshd.Create();
        await using var slow = TcpProxy.To(fund.Port);
        slow.Latency(TimeSpan.FromMilliseconds(150));
        using var place = new Workplace();
        await Collect(place, Sftp(fund, slow.Port));
        using (var run = place.Start(Prepared.Settle)) Assert.That(await run.KilledWhenThereIs(Path.Combine(fund.Files, "*.part")), Is.True);
        Assert.That(Names(fund, "*.csv"), Is.Empty);
        slow.PassThrough();
        await place.Run("settlement resume");
        Assert.That((await States(place), Names(fund, "*.csv").Count, (await place.Run("verify")).Exit), Is.EqualTo(("delivered 4 77200.00", 1, 0)));
    }

    [Test]
    public async Task A_host_key_that_changed_opens_a_case_with_both_fingerprints_and_sends_nothing()
    {
        await using var fund = await OwnSshd.Create();
        using var place = new Workplace();
        await Collect(place, Sftp(fund, fund.Port));
        var agreed = fund.Fingerprint("ed25519");
        await fund.ChangeHostKeys();
        var run = await place.Run(Prepared.Settle);
        var detail = (await place.Json("case list"))[0]!["detail"]!.GetValue<string>();
        Assert.That((run.Exit, await States(place), Names(fund, "*").Count), Is.EqualTo((3, "sealed 4 77200.00", 0)), run.ToString());
        Assert.That(detail, Does.Contain(agreed).And.Contain(fund.Fingerprint("ed25519")));
    }

    private static Task Taking(Heard heard, HttpContext context)
    {
        if (heard.Method == "POST")
        {
            context.Response.StatusCode = 202;
            return Task.CompletedTask;
        }

        var reference = heard.Path.Split('/')[^1];
        return context.Response.WriteAsync($$"""{ "answer": "A-1", "reference": "{{reference}}", "level_outcomes": { "file": "accepted", "batches": [] }, "lines": [], "lines_total": 4, "amount_total": "77200.00" }""");
    }

    private static JsonObject Sftp(OwnSshd fund, int port) => new()
    {
        ["kind"] = "sftp", ["format"] = "csv", ["url"] = new UriBuilder(fund.Address) { Port = port }.Uri.ToString(), ["secret"] = $"file:{fund.UserKey}", ["host_key"] = fund.Fingerprint("ed25519"),
    };

    private static async Task Collect(Workplace place, JsonObject channel)
    {
        await place.Begin(Agreements.Coffee() with { Channel = channel.ToJsonString() }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(Prepared.January));
        await place.Ok(Prepared.Submit);
    }

    private static List<string?> Names(OwnSshd fund, string pattern) => [.. Directory.EnumerateFiles(fund.Files, pattern).Select(Path.GetFileName)];

    private static async Task<string> States(Workplace place) => string.Join(", ", (await place.Export("remittances")).Of("state", "lines", "total"));
}
