using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.FundGateway;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>A fund that does what its script says, and tells a sender what it did. The file has four lines: sem and ivm of Ana and of Rosa.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
public sealed class SimulatorTests : IDisposable
{
    private const string Ana = "1-1001-0001";
    private const string Rosa = "1-1003-0003";

    private readonly Workplace place = new();
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose()
    {
        http.Dispose();
        place.Dispose();
    }

    [Test]
    public async Task A_line_comes_to_what_the_script_says_of_its_person_and_component()
    {
        await using var fund = await With($$"""{"script":[{"lines":[{"national_id":"{{Rosa}}","component":"sem","code":"E17","text":"not insured"},{"component":"ivm","outcome":"accepted_with_warning","code":"W2"}]}]}""");
        await Send(fund);
        Assert.That((await Answers(fund)).Select(Lines), Is.EqualTo(new[] { "partly_accepted: 2 accepted_with_warning W2, 3 rejected E17, 4 accepted_with_warning W2" }));
    }

    [Test]
    public async Task A_script_is_about_the_file_that_it_names()
    {
        await using var fund = await With("""{"script":[{"file":2,"lines":[{"code":"SECOND"}]},{"reference":"RF98000000019551","lines":[{"code":"NAMED"}]}]}""");
        await Send(fund);
        var other = CreditorReference.Of(2);
        await Send(fund, other);
        Assert.That(((await Answers(fund)).Single()["lines"]![0].At("code"), (await Answers(fund, other)).Single()["lines"]![0].At("code")), Is.EqualTo(("NAMED", "SECOND")));
    }

    [Test]
    public async Task An_answer_in_parts_speaks_of_each_line_once()
    {
        await using var fund = await With($$"""{"reject_national_ids":["{{Rosa}}"],"script":[{"parts":2}]}""");
        await Send(fund);
        Assert.That((await Answers(fund)).Select(Lines), Is.EqualTo(new[] { "pending: 1 accepted , 2 accepted ", "pending: 3 rejected unknown_national_id, 4 rejected unknown_national_id" }));
    }

    [Test]
    public async Task A_part_is_there_when_its_time_has_come()
    {
        await using var fund = await With("""{"script":[{"parts":2,"part_every_seconds":3600}]}""");
        await Send(fund);
        Assert.That((await Answers(fund)).Select(Lines), Is.EqualTo(new[] { "pending: 1 accepted , 2 accepted " }));
    }

    [Test]
    public async Task Answers_stand_several_times_and_latest_first()
    {
        await using var fund = await With("""{"script":[{"parts":2,"copies":2,"reverse":true}]}""");
        await Send(fund);
        Assert.That((await Answers(fund)).Select(answer => answer.At("answer")), Is.EqualTo(new[] { "A-RF98000000019551-2", "A-RF98000000019551-2", "A-RF98000000019551-1", "A-RF98000000019551-1" }));
    }

    [Test]
    public async Task Totals_differ_as_the_script_says()
    {
        await using var fund = await With("""{"script":[{"total_off":-1,"lines_off":1}]}""");
        await Send(fund);
        var answer = (await Answers(fund)).Single();
        Assert.That((answer.At("amount_total"), answer.At("lines_total")), Is.EqualTo(("77199.99", "5")));
    }

    [Test]
    public async Task Lines_come_back_after_they_had_been_accepted()
    {
        await using var fund = await With($$$"""{"script":[{"late_return":{"after_seconds":0,"national_id":"{{{Ana}}}","component":"ivm","code":"AC04"}}]}""");
        await Send(fund);
        Assert.That((await Answers(fund)).Select(Lines), Is.EqualTo(new[] { "accepted: ", "partly_accepted: 2 returned AC04" }));
    }

    [Test]
    public async Task A_closed_fund_says_until_when_and_notes_who_does_not_wait()
    {
        await using var fund = await With($$"""{"maintenance":[{"from":"2020-01-01T00:00:00Z","to":"{{TimeProvider.System.GetUtcNow().AddMinutes(10):O}}"}]}""");
        var closed = await Send(fund);
        Assert.That((closed.StatusCode, closed.Headers.RetryAfter!.Delta > TimeSpan.FromMinutes(9)), Is.EqualTo((HttpStatusCode.ServiceUnavailable, true)));
        await Send(fund);
        Assert.That(await Wrong(fund), Is.EqualTo(new[] { "waits_when_closed RF98000000019551" }));
    }

    [Test]
    public async Task Other_bytes_under_a_reference_are_told_by_their_hash()
    {
        await using var fund = await With("""{"script":[{"other_bytes":true}]}""");
        Assert.That((await Send(fund)).StatusCode, Is.EqualTo(HttpStatusCode.Conflict));
        await using var gate = Parcels.Gate();
        Assert.That((await gate.Ask(new Channel("simulator", "csv") { Url = fund.Url })).Told(), Is.EqualTo($"Refused: reference_used: The fund has other bytes under {Parcels.Reference}: SHA-256 {new string('0', 64)}; ours have {Parcels.Sha256}."));
    }

    [Test]
    public async Task A_sender_that_asks_after_a_silence_conforms_and_one_that_sends_again_does_not()
    {
        await using var fund = await With("""{"script":[{"hang_after_accepting":true}]}""");
        await Unanswered(fund);
        await http.GetAsync($"{fund.Url}/remittances/{Parcels.Reference}");
        await Answers(fund);
        Assert.That(await Wrong(fund), Is.Empty);
        var other = CreditorReference.Of(2);
        await Unanswered(fund, other);
        await Send(fund, other);
        await Answers(fund, other);
        Assert.That(await Wrong(fund), Is.EqualTo(new[] { $"unknown_is_asked {other}" }));
    }

    [Test]
    public async Task A_sender_is_told_what_it_did_wrong()
    {
        await using var fund = await With("{}");
        await Send(fund, how: new Spoilt(Sha256: new string('0', 64)));
        await Send(fund);
        await Send(fund, how: new Spoilt(AnaPays: 1732001));
        await http.GetAsync($"{fund.Url}/remittances/RF00");
        Assert.That(await Wrong(fund), Is.EqualTo(new[] { "hash_right RF98000000019551", "same_bytes RF98000000019551", "asks_known_keys RF00", "answers_fetched RF98000000019551" }));
    }

    [Test]
    public async Task After_a_restart_it_remembers_what_it_took_what_it_said_and_what_was_done()
    {
        string before, report;
        await using (var fund = await With("""{"script":[{"file":1,"lines":[{"code":"FIRST"}]}]}"""))
        {
            await Send(fund);
            before = await http.GetStringAsync($"{fund.Url}/remittances/{Parcels.Reference}/answers");
            report = await http.GetStringAsync($"{fund.Url}/conformance");
        }

        await File.AppendAllTextAsync(place.PathOf("memory/notes.jsonl"), "{\"At\":\"20");
        await using var again = await With("{}");
        Assert.That(await http.GetStringAsync($"{again.Url}/conformance"), Is.EqualTo(report));
        Assert.That(((await Send(again)).StatusCode, await http.GetStringAsync($"{again.Url}/remittances/{Parcels.Reference}/answers")), Is.EqualTo((HttpStatusCode.OK, before)));
    }

    [Test]
    public async Task An_answer_is_called_back_signed_until_it_is_taken()
    {
        var calls = 0;
        await using var sender = await HttpFund.Start((_, context) =>
        {
            context.Response.StatusCode = Interlocked.Increment(ref calls) == 1 ? 500 : 204;
            return Task.CompletedTask;
        });
        place.Write("shared", "between us");
        await using var fund = await With($$"""{"callback_url":"{{sender.Url}}/answers","callback_secret":"file:{{place.PathOf("shared")}}"}""");
        await Send(fund);
        while (sender.Heard.Count < 2) await Task.Delay(50);
        var heard = sender.Heard[1];
        Assert.That(
            (heard.ToString(), heard.Headers["X-Signature-SHA256"], heard.Body),
            Is.EqualTo(("POST /answers", Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes("between us"), Encoding.UTF8.GetBytes(heard.Body))), sender.Heard[0].Body)));
        await Task.Delay(TimeSpan.FromSeconds(2.5));
        Assert.That(sender.Heard, Has.Count.EqualTo(2));
    }

    private static string Lines(JsonNode answer) =>
        $"{answer.At("level_outcomes.file")}: {string.Join(", ", answer["lines"]!.AsArray().Select(line => $"{line!.At("line")} {line!.At("outcome")} {line!.At("code")}"))}";

    private Task<FundSimulator> With(string settings) => FundSimulator.Start(new SimulatorOptions(place.PathOf("memory"), place.Write("fund.json", settings), "http://127.0.0.1:0"), CancellationToken.None);

    private async Task<IReadOnlyList<string>> Wrong(FundSimulator fund)
    {
        var report = (await http.GetFromJsonAsync<JsonNode>($"{fund.Url}/conformance"))!;
        var wrong = report["checks"]!.AsArray().SelectMany(check => check!["wrong"]!.AsArray().Select(reference => $"{check["check"]} {reference}")).ToList();
        Assert.That(report["conforms"]!.GetValue<bool>(), Is.EqualTo(wrong.Count == 0));
        return wrong;
    }

    private async Task<IReadOnlyList<JsonNode>> Answers(FundSimulator fund, string reference = Parcels.Reference)
    {
        await using var gate = Parcels.Gate();
        var channel = new Channel("simulator", "csv") { Url = fund.Url };
        var picked = await gate.Of(channel).Answers(Parcels.To(channel) with { Reference = reference }, CancellationToken.None);
        return [.. picked.Select(answer => JsonNode.Parse(answer.Content)!)];
    }

    private async Task Unanswered(FundSimulator fund, string reference = Parcels.Reference)
    {
        using var hasty = new HttpClient { Timeout = TimeSpan.FromSeconds(1) };
        Assert.That(async () => await Send(fund, reference, by: hasty), Throws.InstanceOf<TaskCanceledException>());
        while (!(await http.GetStringAsync($"{fund.Url}/conformance")).Contains(reference, StringComparison.Ordinal) && !File.Exists(place.PathOf($"memory/{reference}.csv"))) await Task.Delay(20);
    }

    private async Task<HttpResponseMessage> Send(FundSimulator fund, string reference = Parcels.Reference, Spoilt? how = null, HttpClient? by = null)
    {
        using var written = new MemoryStream();
        var lines = new[]
        {
            new DeclarationLine(1, "A001", Ana, "2021-01", "sem", "principal", how?.AnaPays ?? 1732000), new DeclarationLine(2, "A001", Ana, "2021-01", "ivm", "principal", 2128000),
            new DeclarationLine(3, "A003", Rosa, "2021-01", "sem", "principal", 1732000), new DeclarationLine(4, "A003", Rosa, "2021-01", "ivm", "principal", 2128000),
        };
        var header = new DeclarationHeader(reference, "CR-2021-014", "CCSS", "COOP", new DateTimeOffset(2021, 2, 5, 18, 0, 0, TimeSpan.Zero), Currency.Of("CRC").Value);
        var declared = (await DeclarationFormats.Csv.Write(written, header, lines.ToAsyncEnumerable(), CancellationToken.None)).Value;
        using var message = new HttpRequestMessage(HttpMethod.Post, $"{fund.Url}/remittances") { Content = new ByteArrayContent(written.ToArray()) };
        message.Headers.Add("Idempotency-Key", reference);
        message.Headers.Add("X-Content-SHA256", how?.Sha256 ?? declared.Sha256);
        return await (by ?? http).SendAsync(message);
    }

    private sealed record Spoilt(string? Sha256 = null, long? AnaPays = null);
}
