using System.Net;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Web.Tests;

/// <summary>What became of an attempt, to hand over or to tell a receiver, is said in the reader's language; what others have answered stays theirs.</summary>
internal sealed class AttemptWordTests
{
    private const string NoSecret = "No hay ningún secreto en env:NO_SUCH_SECRET. Escriba el lugar como env:NOMBRE o file:RUTA, y ponga allí el secreto para el proceso que habla con el fondo.";

    private static readonly KeyValuePair<string, string> MayBeLocal = new("CONTRIBUTION_ENGINE_WEBHOOK_ALLOW_LOCAL", "true");

    [Test]
    public async Task A_handover_that_failed_is_told_in_the_reader_s_language_on_its_page_and_in_its_case()
    {
        await using var site = await NotHandedOver();
        var number = (await site.Work.Export("remittances")).Rows[0]["remittance"];
        var page = await site.Page(Prepared.Officer, Device.SmallPhone, language: "es-CR");
        await page.GotoAsync($"{site.Url}/remittances/{number}");
        await page.IsFitForEverybody();
        Assert.That(await page.Locator("ol.way").InnerTextAsync(), Does.Contain("· HTTP").And.Contain(NoSecret));
        Assert.That(await page.Locator("ol.way [lang=es-CR]").CountAsync(), Is.GreaterThan(0));
        Assert.That(await page.Locator("main [lang=en]").CountAsync(), Is.Zero, "nothing that happened is told in English");

        await page.GotoAsync($"{site.Url}/cases?reason=fund_not_reached");
        await page.Locator("form[action='/cases/many'] tbody td a").First.ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain($"No se alcanzó al fondo: {NoSecret}"));
        Assert.That(await page.Locator("main [lang=en]").CountAsync(), Is.Zero);
    }

    [TestCase("es-CR", NoSecret)]
    [TestCase("pt-BR", "Não há nenhum segredo em env:NO_SUCH_SECRET. Escreva o lugar como env:NOME ou file:CAMINHO, e ponha ali o segredo para o processo que fala com o fundo.")]
    [TestCase("en", "There is no secret at env:NO_SUCH_SECRET. Write the place as env:NAME or file:PATH, and put the secret there for the process that speaks to the fund.")]
    public async Task The_API_says_what_became_of_a_handover_in_the_language_that_the_program_asks_for(string language, string words)
    {
        await using var site = await NotHandedOver();
        using var client = site.Client(Prepared.Officer);
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        var listed = await client.Get("/v1/deliveries");
        Assert.That(((string?)listed.Body!["data"]![0]!["detail"], listed.Message.Content.Headers.ContentLanguage.Single(), listed.Header("Vary")), Is.EqualTo((words, language, "Accept-Language")), $"{listed.Body}");
    }

    [Test]
    public async Task What_a_receiver_answered_stays_as_it_is_and_what_is_ours_is_said_in_the_reader_s_language()
    {
        await using var program = await HttpFund.Start((_, context) => context.Response.WriteAsync(context.Request.Path.Value!.EndsWith("long", StringComparison.Ordinal) ? new string('x', 17_000) : "ta en cola"));
        await using var site = await Prepared.Harvest(MayBeLocal);
        using var client = site.Client(Prepared.Treasurer);
        client.DefaultRequestHeaders.Add("Accept-Language", "es-CR");
        var (ours, oursAt) = await Told(client, $"{program.Url}/long", "l");
        var (theirs, theirsAt) = await Told(client, $"{program.Url}/short", "s");
        Assert.That((ours, theirs), Is.EqualTo(("más de 16384 bytes", "ta en cola")));
        Assert.That(WebUtility.HtmlDecode(await client.GetStringAsync(oursAt)), Does.Contain("lang=\"es-CR\">más de 16384 bytes<"));
        Assert.That(await client.GetStringAsync(theirsAt), Does.Contain("lang=\"\">ta en cola<"), "nobody knows its language");
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, language: "es-CR");
        await page.GotoAsync($"{site.Url}{theirsAt}");
        await page.IsFitForEverybody();
    }

    [Test]
    public void A_sentence_within_another_is_said_in_the_same_language()
    {
        Sentence refused = $"{"http_409":code}: {Handover.Told("text", $"{"closed":text}")}";
        var busy = Handover.Told("points_elsewhere", $"the fund points to «{"https://b.example":url}» ({302:status})");
        Sentence redirected = $"{Handover.Told("said", $"{busy}: {"moved":text}")}; redirects are not followed: put the right address into the agreement's channel";
        Sentence missed = $"The fund has not answered about every line in time. {(Sentence)$"Asked again, it was not reached: {Handover.Told("not_heard", $"nobody listened in time")}"}";
        string[] Said(Tongue tongue) => [tongue.Remark(Handover.Told("refused", refused)), tongue.Remark(Handover.Told("redirected", redirected)), tongue.Remark(missed.As("case_said.answer_missing", "not_reached"))];
        Assert.That(Said(Tongue.In("es")), Is.EqualTo(new[]
        {
            "http_409: closed",
            "el fondo remite a «https://b.example» (302): moved; las redirecciones no se siguen: ponga la dirección correcta en el canal del convenio",
            "El fondo no respondió a tiempo sobre todas las líneas. Al preguntar otra vez, no se lo alcanzó: nadie atendió a tiempo",
        }));
        Assert.That(Said(Tongue.In("en"))[1], Is.EqualTo($"{redirected}".Replace('«', '“').Replace('»', '”')));
    }

    [Test]
    public void An_attempt_from_before_is_told_as_it_was_kept_and_marked_as_English()
    {
        var (tongue, old) = (Tongue.In("es"), new Storage.ListedDelivery { Detail = "nobody listened in time" }.Said!);
        Assert.That((tongue.Remark(old), tongue.TagOf(old)), Is.EqualTo(("nobody listened in time", "en")));
        Assert.That(new KnownDelivery("evt_1", "webhook.test", "whe_1", "waiting", 1) { LastSaid = old }.IsInItsWords, Is.False, "nobody answered, so these are ours");
    }

    // Cut, and not handed over, because our own secret is not where the agreement says.
    private static async Task<SitePlace> NotHandedOver()
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee() with { Channel = """{"kind": "http", "format": "csv", "url": "https://fund.example/in", "auth": "api_key", "secret": "env:NO_SUCH_SECRET"}""" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00")));
        await place.Ok("upload submit january.csv --agreement CR-2021-014 --as-of 2021-01-31");
        await place.Run("settlement run --agreement CR-2021-014 --as-of 2021-02-05");
        return await SitePlace.Serve(place, await Prepared.People(place));
    }

    // What the API says of a test that was sent, and the page that shows it.
    private static async Task<(string? Detail, string Page)> Told(HttpClient client, string url, string key)
    {
        var endpoint = (string)(await client.Post("/v1/webhooks", new { url, event_types = new[] { "case.opened" } }, $"{key}1")).Body!["endpoint"]!;
        await client.Post($"/v1/webhooks/{endpoint}/test", new { }, $"{key}2");
        for (var i = 0; i < 100; i++)
        {
            var told = (await client.Get($"/v1/webhooks/{endpoint}/deliveries?state=delivered")).Body!.AsArray();
            if (told.Count > 0) return ((string?)told[0]!["last_detail"], $"/webhooks/{endpoint}");
            await Task.Delay(200);
        }

        throw new TimeoutException("The receiver was not told in 20 s.");
    }
}
