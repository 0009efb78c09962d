using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Proof;

/// <summary>What a member gets in her hand: Ana's two January lines are accepted, Rosa's two are not.</summary>
internal sealed partial class MemberProofTests
{
    private const string Ana = "statement member A001 --agreement CR-2021-014";

    [Test]
    public async Task The_program_in_the_documents_finds_a_members_lines_in_the_accepted_remittance()
    {
        using var place = await Prepared.Remitted();
        await place.Ok($"{Ana} --format json --out ana.json");
        var (exit, said) = await Check(place, "ana.json");
        var reference = (await place.Export("remittances")).Rows[0]["reference"];
        Assert.That(exit, Is.Zero, said);
        Assert.That(said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line[(line.IndexOf(' ', 3) + 1)..]), Is.EqualTo(new[]
        {
            $"{reference}|1|A001|1-1001-0001|2021-01|sem|principal|17320.00|CRC",
            $"{reference}|2|A001|1-1001-0001|2021-01|ivm|principal|21280.00|CRC",
        }));
    }

    [TestCase("line", "17320[.]00", "17320.01", TestName = "One_digit_of_the_amount")]
    [TestCase("line", "A001", "A002", TestName = "One_digit_of_the_member")]
    [TestCase("salt", "^.", null, TestName = "One_digit_of_the_salt")]
    [TestCase("path", ":.", null, TestName = "One_digit_of_the_path")]
    [TestCase("path", "right", "left", TestName = "The_side_of_a_step")]
    [TestCase("path", "right", "rihht", TestName = "One_letter_of_a_side")]
    [TestCase("root", ".$", null, TestName = "One_digit_of_the_root")]
    public async Task That_program_sees_what_was_changed(string field, string from, string? to)
    {
        using var place = await Prepared.Remitted();
        await place.Ok($"{Ana} --format json --out ana.json");
        var statement = JsonNode.Parse(place.Read("ana.json"))!;
        var proof = statement["proofs"]![0]!;
        string Changed(string text) => new Regex(from).Replace(text, found => to ?? found.Value[..^1] + (found.Value[^1] == '0' ? '1' : '0'), 1);
        var before = proof.ToJsonString();
        if (field == "path") proof["path"]![0] = Changed(proof["path"]![0]!.GetValue<string>());
        else proof[field] = Changed(proof[field]!.GetValue<string>());
        Assert.That(proof.ToJsonString(), Is.Not.EqualTo(before), "The test changed nothing.");
        place.Write("changed.json", statement.ToJsonString());
        Assert.That((await Check(place, "changed.json")).Exit, Is.EqualTo(1));
    }

    [Test]
    public async Task A_file_without_a_proof_proves_nothing()
    {
        using var place = await Prepared.Remitted();
        await place.Ok("statement member A003 --agreement CR-2021-014 --format json --out rosa.json");
        Assert.That((await Check(place, "rosa.json")).Exit, Is.EqualTo(1), "Rosa's lines were rejected.");
    }

    [Test]
    public async Task The_salt_of_a_line_stands_in_no_other_members_statement_and_in_no_export()
    {
        using var place = await Prepared.Harvest();
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-16", "38600.00")));
        await place.Ok(Prepared.Submit);
        await place.Ok(Prepared.Settle);
        await place.Ok($"{Ana} --format json --out ana.json");
        await place.Ok("statement member A002 --agreement CR-2021-014 --format json --out luis.json");
        var salts = JsonNode.Parse(place.Read("luis.json"))!["proofs"]!.AsArray().Select(proof => proof!["salt"]!.GetValue<string>()).ToList();
        var elsewhere = place.Read("ana.json") + (await place.Ok("audit list -o json")).Out + (await place.Ok("export remittance-lines")).Out + (await place.Ok("explain remittance " + (await place.Export("remittances")).Rows[0]["remittance"])).Out;
        Assert.That(salts, Has.Count.EqualTo(2));
        Assert.That(salts.Where(salt => elsewhere.Contains(salt, StringComparison.Ordinal)), Is.Empty);
    }

    [Test]
    public async Task A_statement_tells_what_was_owed_paid_sent_and_accepted()
    {
        using var place = await Prepared.Remitted();
        await place.Ok($"{Ana} --format json --out ana.json");
        var told = JsonNode.Parse(place.Read("ana.json"))!;
        Assert.That(told["periods"]![0]!.ToJsonString(), Is.EqualTo("""{"period":"2021-01","owed":"38600.00","paid":"38600.00","open":"0.00","remitted":"38600.00","accepted":"38600.00"}"""));
        Assert.That(told["receipts"]![0]!["parts"]![0]!["outcome"]!.GetValue<string>(), Is.EqualTo("accepted"));
    }

    [Test]
    public async Task The_fund_has_confirmed_a_root_only_once_it_did()
    {
        using var place = await Prepared.Remitted();
        await place.Ok($"{Ana} --format html --out before.html");
        place.Write("february.csv", Receipts.Csv(new Paid("R8", "A001", "2021-02-15", "38600.00")));
        await place.Ok("upload submit february.csv --agreement CR-2021-014 --as-of 2021-02-28");
        (await place.Run("settlement run --agreement CR-2021-014 --as-of 2021-03-05")).Exits(0, 3);
        await place.Ok($"{Ana} --format html --out after.html");
        var reference = (await place.Export("remittances")).Rows[0]["reference"];
        Assert.That(Count(place.Read("before.html"), "The fund confirmed this root on"), Is.Zero);
        Assert.That(Count(place.Read("after.html"), "The fund confirmed this root on"), Is.EqualTo(2), "January's lines; February's root has not been told yet");
        Assert.That(place.Read("after.html"), Does.Contain($"in the accepted remittance {reference}"));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_proof_that_was_forged_in_the_database_is_not_given_out()
    {
        using var place = await Prepared.Remitted();
        Assert.That(StoredFacts.Forge(place.Database, "update line_salt set salt = zeroblob(16)"), Is.Positive);
        var run = await place.Run($"{Ana} --format json --out ana.json -o json");
        Assert.That((run.Exit, run.Problem.At("code"), File.Exists(place.PathOf("ana.json"))), Is.EqualTo((9, "proof_broken", false)));
    }

    [TestCase("statement member A009 --agreement CR-2021-014 --format html --out ana.html", 5, "member_unknown")]
    [TestCase("statement member A001 --agreement CR-2021-999 --format html --out ana.html", 5, "agreement_unknown")]
    public async Task What_cannot_be_written_is_refused_by_name(string command, int exit, string code)
    {
        using var place = await Prepared.Remitted();
        var run = await place.Run($"{command} -o json");
        Assert.That((run.Exit, run.Problem.At("code")), Is.EqualTo((exit, code)));
    }

    [Test]
    public async Task A_public_address_stands_in_the_statement_with_root_and_leaf()
    {
        using var place = await Prepared.Remitted();
        place.Write("contribution-engine.json", """{"public_url":"https://proofs.coop.example/"}""");
        await place.Ok($"{Ana} --format json --out ana.json");
        var proof = JsonNode.Parse(place.Read("ana.json"))!["proofs"]![0]!;
        Assert.That(proof.At("address"), Is.EqualTo($"https://proofs.coop.example/v/{proof.At("root")}#leaf={proof.At("leaf")}"));
        place.Write("contribution-engine.json", """{"public_url":"proofs.coop.example"}""");
        Assert.That((await place.Run($"{Ana} --format json --out ana.json -o json")).Problem.At("code"), Is.EqualTo("setting_invalid"));
    }

    [Test]
    public async Task Anybody_may_look_up_a_root_and_learns_neither_names_nor_amounts()
    {
        using var place = await Prepared.Remitted();
        await place.Ok($"{Ana} --format json --out ana.json");
        var root = JsonNode.Parse(place.Read("ana.json"))!["proofs"]![0]!.At("root");
        using var serving = place.Start("serve --roles web --urls http://127.0.0.1:0");
        Assert.That(await serving.Says("http://127.0.0.1:"), Is.True, serving.Said);
        using var browser = new HttpClient { BaseAddress = new Uri(Address().Match(serving.Said).Value) };
        using var known = await browser.GetAsync(new Uri($"v/{root}", UriKind.Relative));
        var page = await known.Content.ReadAsStringAsync();
        Assert.That(known.StatusCode, Is.EqualTo(HttpStatusCode.OK), page);
        Assert.That(page, Does.Contain(root).And.Contain((await place.Export("remittances")).Rows[0]["reference"]).And.Contain("<dd>2</dd>").And.Contain("The fund has not confirmed this root yet."));
        Assert.That(page, Does.Not.Contain("Ana").And.Not.Contain("A001").And.Not.Contain("38600").And.Not.Contain("CR-2021-014").And.Not.Contain("cooperative"));
        Assert.That(known.Headers.GetValues("Content-Security-Policy").Single(), Does.StartWith("default-src 'none'; style-src 'sha256-").And.Not.Contain("unsafe"));
        foreach (var unknown in new[] { new string('0', 64), "short", root + "0", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" })
        {
            using var none = await browser.GetAsync(new Uri($"v/{unknown}", UriKind.Relative));
            Assert.That(none.StatusCode, Is.EqualTo(HttpStatusCode.NotFound), unknown);
        }
    }

    [Test]
    public async Task A_page_speaks_the_language_that_the_browser_asks_for()
    {
        using var place = await Prepared.Remitted();
        using var serving = place.Start("serve --roles web --urls http://127.0.0.1:0");
        Assert.That(await serving.Says("http://127.0.0.1:"), Is.True, serving.Said);
        using var browser = new HttpClient { BaseAddress = new Uri(Address().Match(serving.Said).Value) };
        browser.DefaultRequestHeaders.Add("Accept-Language", "qu, fr-BE;q=0.8, en;q=0.5");
        using var page = await browser.GetAsync(new Uri("v/none", UriKind.Relative));
        Assert.That(await page.Content.ReadAsStringAsync(), Does.Contain("<html lang=\"fr\">").And.Contain("Cette racine n'existe pas ici."));
    }

    private static int Count(string text, string words) => text.Split(words).Length - 1;

    // Exactly the program that docs/member-proof.md shows.
    private static async Task<(int Exit, string Said)> Check(Workplace place, string file)
    {
        var program = Program().Match(await File.ReadAllTextAsync(Path.Combine(SourceTree.Root, "docs", "member-proof.md"))).Groups[1].Value;
        Assert.That(program.Split('\n'), Has.Length.InRange(15, 26), "a page that anybody can read to its end");
        place.Write("check.py", program);
        try
        {
            using var python = Process.Start(new ProcessStartInfo("python3", ["check.py", file]) { WorkingDirectory = place.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = await python.StandardOutput.ReadToEndAsync();
            await python.WaitForExitAsync();
            return (python.ExitCode, said);
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Ignore("ignored: python3 is not here");
            throw;
        }
    }

    [GeneratedRegex("```python\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Program();

    [GeneratedRegex("http://127.0.0.1:[0-9]+")]
    private static partial Regex Address();
}
