using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using ContributionEngine.Testing;

namespace ContributionEngine.Web.Tests;

/// <summary>Every no of the API's own: each code that docs/api.md names is answered, as a problem document with a trace that the log knows.</summary>
internal sealed partial class ApiProblemTests
{
    /// <summary>Milliseconds: a log is written beside the answer.</summary>
    private const int Patience = 10_000;

    private const int Pause = 50;

    /// <summary>Bytes of a request that is no file, where the site says nothing else.</summary>
    private const int BodyBytesMax = 30_000_000;

    [Test]
    public async Task Every_error_code_that_is_documented_is_answered_with_a_trace_that_the_log_knows()
    {
        var site = await Prepared.Shared();
        using var officer = Asking(site);
        using var nobody = site.Client(null);
        using var auditor = site.Client(Prepared.Auditor);
        var asked = new Dictionary<string, (int Status, Func<Task<ApiAnswer>> Ask)>
        {
            ["http_401"] = (401, () => nobody.Get("/v1/me")),
            ["http_403"] = (403, () => auditor.Post("/v1/matches/run", new { }, "p1")),
            ["http_404"] = (404, () => officer.Get("/v1/nowhere")),
            ["http_405"] = (405, () => officer.Post("/v1/me", new { }, "p2")),
            ["http_413"] = (413, () => officer.Post("/v1/matches/run", TooLarge(), "p9")),
            ["http_415"] = (415, () => officer.Post("/v1/matches/run", new ByteArrayContent([1]) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } }, "p3")),
            ["request_malformed"] = (400, () => officer.Post("/v1/matches/run", "{", "p4")),
            ["idempotency_key_missing"] = (400, () => officer.Post("/v1/matches/run", new { }, null)),
            ["idempotency_key_malformed"] = (400, () => officer.Post("/v1/matches/run", new { }, new string('k', 300))),
            ["form_needed"] = (400, () => officer.Post("/v1/acks", new { }, "p5")),
            ["file_missing"] = (400, () => officer.Post("/v1/acks", new MultipartFormDataContent { { new StringContent("x"), "fund" } }, "p6")),
            ["field_missing"] = (400, () => officer.Post("/v1/bank/statements", ApiClient.Form("a.csv", "x"), "p7")),
            ["limit_out_of_range"] = (400, () => officer.Get("/v1/receipts?limit=201")),
            ["cursor_malformed"] = (400, () => officer.Get("/v1/receipts?after=x")),
            ["format_not_there"] = (400, () => officer.Get("/v1/statements/members/A001?agreement=CR-2021-014&format=doc")),
            ["agreement_unknown"] = (404, () => officer.Get("/v1/agreements/none")),
            ["precondition_failed"] = (412, () => officer.Post("/v1/agreements/CR-2021-014/amend", new { changes = new { }, reason = "x" }, "p8 if \"0\"")),
        };
        foreach (var (code, (status, ask)) in asked)
        {
            var answer = await ask();
            var trace = (string?)answer.Body?["trace_id"];
            Assert.That((answer.Code, answer.Status, answer.Message.Content.Headers.ContentType?.MediaType), Is.EqualTo((code, status, "application/problem+json")), $"{code}: {answer.Body}");
            Assert.That(trace, Is.Not.Empty, code);
            Assert.That(() => site.Log, Does.Contain($"trace {trace}").After(Patience, Pause), code);
        }

        // Those that take two requests, a faster one or a broken database are answered in tests of their own.
        Assert.That(Documented().Except(asked.Keys).Order(), Is.EqualTo(new[] { "http_500", "idempotency_key_reused", "rate_limited", "request_in_flight" }));
    }

    [TestCase(null, "en", "There is no such agreement. Choose one from the list.")]
    [TestCase("de, *", "en", "There is no such agreement. Choose one from the list.")]
    [TestCase("es-CR", "es-CR", "No hay tal convenio. Elija uno de la lista.")]
    [TestCase("en;q=0.2, fr-SN;q=0.9, es;q=0", "fr-SN", "Cette convention n'existe pas. Choisissez-en une dans la liste.")]
    public async Task A_no_is_said_in_the_language_that_the_program_asks_for(string? asked, string said, string words)
    {
        var site = await Prepared.Shared();
        using var client = site.Client(Prepared.Officer);
        if (asked is not null) client.DefaultRequestHeaders.Add("Accept-Language", asked);
        client.DefaultRequestHeaders.Add("Cookie", "ce_language=pt");
        var no = await client.Get("/v1/agreements/none");
        Assert.That((no.Code, (string?)no.Body!["detail"], no.Message.Content.Headers.ContentLanguage.Single(), no.Header("Vary")), Is.EqualTo(("agreement_unknown", words, said, "Accept-Language")));
    }

    [TestCase("pt", "O que enviou é demasiado grande. Envie-o em partes.")]
    [TestCase("pt-BR", "O que você enviou é grande demais. Envie em partes.")]
    public async Task Brazil_has_words_of_its_own(string asked, string words)
    {
        var site = await Prepared.Shared();
        using var client = Asking(site);
        client.DefaultRequestHeaders.Add("Accept-Language", asked);
        var no = await client.Post("/v1/matches/run", TooLarge(), "p10");
        Assert.That((no.Code, (string?)no.Body!["title"], no.Message.Content.Headers.ContentLanguage.Single()), Is.EqualTo(("http_413", words, asked)));
    }

    [Test]
    public async Task What_is_wrong_in_a_field_is_said_in_the_same_language_and_what_has_no_words_is_said_to_be_English()
    {
        var site = await Prepared.Shared();
        using var client = site.Client(Prepared.Officer);
        client.DefaultRequestHeaders.Add("Accept-Language", "es");
        var limit = await client.Get("/v1/receipts?limit=201");
        Assert.That(((string?)limit.Body!["errors"]![0]!["detail"], (string?)limit.Body["errors"]![0]!["code"]), Is.EqualTo(("«201» filas no son una página. Pida de 1 a 200.", "limit_out_of_range")));
        var report = await client.Get("/v1/reports/none");
        Assert.That((report.Code, report.Message.Content.Headers.ContentLanguage.Single()), Is.EqualTo(("report_unknown", "en")));
    }

    [Test]
    public async Task Who_asks_too_often_is_told_when_to_come_again()
    {
        var work = new Workplace { Settings = [.. Cli.OnFile, KeyValuePair.Create("CONTRIBUTION_ENGINE_API_REQUESTS", "3")] };
        var key = (await work.Json("user add olga --role operator")).At("key");
        await using var site = await SitePlace.Serve(work, new Dictionary<string, string> { ["olga"] = key });
        using var client = site.Client("olga");
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => client.Get("/v1/me")));
        var refused = answers.First(answer => answer.Status == 429);
        Assert.That((refused.Code, refused.Header("Retry-After"), refused.Message.Content.Headers.ContentType?.MediaType, (string?)refused.Body!["trace_id"] is { Length: > 0 }), Is.EqualTo(("rate_limited", "1", "application/problem+json", true)));
        Assert.That(answers.Count(answer => answer.Status == 200), Is.InRange(3, 6));
    }

    [Test]
    public async Task A_failure_is_a_problem_that_tells_no_secret_and_keeps_the_headers_that_make_answers_safe()
    {
        await using var site = await Prepared.Harvest(KeyValuePair.Create("CONTRIBUTION_ENGINE_PUBLIC_URL", "https://engine.example"));
        StoredFacts.Attempt(site.Work.Database, "alter table webhook_endpoint rename to taken_away");
        using var client = site.Client(Prepared.Operator);
        client.DefaultRequestHeaders.Add("Accept-Language", "fr");
        var failed = await client.Get("/v1/webhooks");
        Assert.That((failed.Status, failed.Code, failed.Message.Content.Headers.ContentType?.MediaType, failed.Message.Content.Headers.ContentLanguage.Single()), Is.EqualTo((500, "http_500", "application/problem+json", "fr")), $"{failed.Body}");
        Assert.That(() => site.Log, Does.Contain($"trace {(string?)failed.Body!["trace_id"]}").After(Patience, Pause));
        Assert.That($"{failed.Body}", Does.Not.Contain("webhook_endpoint"));
        string[] safe = ["X-Content-Type-Options", "Content-Security-Policy", "Strict-Transport-Security"];
        var fine = await client.Get("/v1/me");
        Assert.That(safe.Select(failed.Header), Is.EqualTo(safe.Select(fine.Header)).And.All.Not.Null);
        Assert.That(new[] { failed, fine }.Select(answer => answer.Header("Cache-Control")), Has.All.Contain("no-store"));
    }

    // Says how large its requests are, and hears whether they are taken, before it sends them.
    private static HttpClient Asking(SitePlace site)
    {
        var client = site.Client(Prepared.Officer);
        client.DefaultRequestHeaders.ExpectContinue = true;
        return client;
    }

    private static ByteArrayContent TooLarge() => new(new byte[BodyBytesMax + 1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };

    private static IEnumerable<string> Documented() => from Match row in Row().Matches(File.ReadAllText(Path.Combine(SourceTree.Root, "docs/api.md"))) select row.Groups[1].Value;

    [GeneratedRegex(@"^\| `([a-z0-9_]+)` \| \d{3} \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
