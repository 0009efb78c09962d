using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Proof;

/// <summary>What is printed of the harvest: the figures are proved where they are made.</summary>
internal sealed class PaperTests
{
    [Test]
    public async Task Papers_are_written_to_the_file_that_is_named()
    {
        using var place = await Prepared.Remitted();
        Assert.That((await place.Ok("receipt print --member A001 --agreement CR-2021-014 --format pdf --out slips.pdf -o json")).Json.At("slips"), Is.EqualTo("1"));
        Assert.That(place.Read("slips.pdf"), Does.StartWith("%PDF-1.7"));
        await place.Ok("statement organisation --agreement CR-2021-014 --format csv --out account.csv");
        Assert.That(place.Read("account.csv"), Does.Contain("\nperiod,2021-01,"));
        Assert.That((await place.Ok("receipt sms --member A001 --agreement CR-2021-014 -o csv")).Out, Does.StartWith("receipt,member_no,phone,language,letters,text\nRCP-"));
    }

    [Test]
    public async Task A_settlement_report_adds_up_and_names_the_hashes_of_what_it_was_made_from()
    {
        using var place = await Prepared.Remitted();
        var run = (await place.Json("settlement list --agreement CR-2021-014"))[0].At("run");
        var said = await place.Json($"settlement report {run} --format json --out report.json");
        var report = System.Text.Json.Nodes.JsonNode.Parse(place.Read("report.json"));
        Assert.That((said.At("difference"), said.At("inputs_sha256"), report.At("control_totals.allocated")), Is.EqualTo(("0.00", report.At("inputs_sha256"), report.At("control_totals.in_lines"))));
        var inputs = report!["inputs"]!.AsArray();
        Assert.That(inputs.Select(input => input.At("sha256")), Is.SupersetOf((await place.Json("upload list --agreement CR-2021-014")).AsArray().Where(row => inputs.Any(input => input.At("number") == row.At("upload"))).Select(row => row.At("file_sha256"))));
        var recomputed = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(inputs.Select(input => $"{input.At("kind")} {input.At("number")} {input.At("sha256")}\n")))));
        Assert.That(report.At("inputs_sha256"), Is.EqualTo(recomputed), "as docs/documents.md says");
        await place.Ok($"settlement report {run} --format csv --out report.csv");
        Assert.That(place.Read("report.csv"), Does.StartWith("record,name,kind,").And.Contain($"\ninputs,,,,,,{inputs.Count},").And.Contain(recomputed));
        await place.Ok($"settlement report {run} --format pdf --language es --out report.pdf");
        Assert.That(place.Read("report.pdf"), Does.StartWith("%PDF-1.7"));
        (await place.Run("settlement report RUN-000000000001 --format pdf --out none.pdf")).Exits(5);
    }

    [Test]
    public async Task An_audit_extract_can_be_recomputed_from_its_lines_and_shows_a_row_that_was_edited_by_hand()
    {
        using var place = await Prepared.Remitted();
        var said = await place.Json("audit export --format jsonl --out audit.jsonl");
        var events = place.Read("audit.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => System.Text.Json.Nodes.JsonNode.Parse(line)!).ToList();
        Assert.That((said.At("audit"), said.At("events")), Is.EqualTo(("ok", $"{events.Count}")));
        var hashes = new Dictionary<string, string>();
        foreach (var one in events)
        {
            Assert.That(one.At("previous_hash"), Is.EqualTo(hashes.GetValueOrDefault(one.At("chain"), "")), $"{one}");
            hashes[one.At("chain")] = one.At("hash");
            Assert.That(Recomputed(one), Is.EqualTo(one.At("hash")), "as docs/documents.md says");
        }

        var cover = await place.Json("audit export --format json --agreement CR-2021-014 --out cover.json");
        Assert.That(System.Text.Json.Nodes.JsonNode.Parse(place.Read("cover.json"))!["chains"]![0].At("last_hash"), Is.EqualTo(hashes["CR-2021-014"]));
        Assert.That((await place.Json("audit export --format csv --to 2000-01-01 --out none.csv")).At("events"), Is.EqualTo("0"));
        Assert.That(place.Read("none.csv"), Is.EqualTo("chain,seq,at,actor,use_case,subject,document,previous_hash,hash\n"));

        StoredFacts.Forge(place.Database, "update audit_event set actor = 'nobody' where chain = 'CR-2021-014' and seq = 2");
        var broken = (await place.Run("audit export --format json --agreement CR-2021-014 --from 2999-01-01 --out broken.json -o json")).Exits(9);
        Assert.That((broken.Json.At("audit"), System.Text.Json.Nodes.JsonNode.Parse(place.Read("broken.json"))!["chains"]![0]!["broken"]!.ToJsonString(), cover.At("audit")), Is.EqualTo(("failed", "[2]", "ok")), "also outside the days that are asked for");
    }

    private static string Recomputed(System.Text.Json.Nodes.JsonNode one) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(
        new[] { "previous_hash", "chain", "seq", "at", "actor", "use_case", "subject", "document" }.Select(field => one.At(field)).Select(text => $"{text.Length}:{text}")))));

    [TestCase("receipt print --member A001 --agreement CR-2021-014 --format pdf --thermal 58 --out slips.pdf", 2, "roll_is_html")]
    [TestCase("statement fund NOPE --format pdf --out fund.pdf", 5, "fund_unknown")]
    public async Task What_cannot_be_printed_leaves_no_file(string command, int exit, string code)
    {
        using var place = await Prepared.Remitted();
        var run = await place.Run($"{command} -o json");
        Assert.That((run.Exit, run.Problem.At("code"), Directory.GetFiles(place.PathOf(""), "*.pdf").Length), Is.EqualTo((exit, code, 0)));
    }
}
