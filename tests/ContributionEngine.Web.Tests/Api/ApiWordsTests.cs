using ContributionEngine.Testing;

namespace ContributionEngine.Web.Tests;

/// <summary>What an answer of the API says of rows and files: in the language that the program asks for, in the words of the portal.</summary>
internal sealed class ApiWordsTests
{
    private const string Sheet = "receipt_no,member_no,received_on,amount\nR1,A001,2021-01-15,10000.00\nR2,A002,2021-01-16,twelve\nR3,Z999,2021-01-17,9000.00\n";

    [TestCase("es-CR", "Fila 4: no hay afiliado «Z999». Revise el número o elija de la lista.")]
    [TestCase("fr", "Ligne 4 : aucun affilié « Z999 ». Vérifiez le numéro ou choisissez dans la liste.")]
    [TestCase("en", "Row 4: there is no member “Z999”. Check the number or pick from the list.")]
    public async Task What_is_wrong_with_rows_is_said_in_the_language_that_the_program_asks_for(string language, string words)
    {
        await using var site = await Prepared.Harvest();
        using var client = Speaking(site, language);
        var upload = await Received(client, Sheet);
        var rows = await client.Get($"/v1/uploads/{upload}/rows?code=R02");
        Assert.That(((string?)rows.Body!["data"]![0]!["detail"], rows.Message.Content.Headers.ContentLanguage.Single(), rows.Header("Vary")), Is.EqualTo((words, language, "Accept-Language")), $"{rows.Body}");
        var file = await client.GetAsync($"/v1/uploads/{upload}/errors");
        Assert.That((await file.Content.ReadAsStringAsync(), file.Content.Headers.ContentLanguage.Single()), Is.EqualTo((await client.GetStringAsync($"/uploads/{upload}/errors.csv"), language)), "the page's own file");
        Assert.That(await file.Content.ReadAsStringAsync(), Does.Contain(words));
        var mended = await client.Post($"/v1/uploads/{upload}/rows/4/fix", new { set = new { amount = "x" } }, "f1");
        Assert.That(mended.Body!["problems"]!.AsArray().Select(problem => (string?)problem!["detail"]), Does.Contain(words), $"{mended.Body}");
    }

    [Test]
    public async Task A_file_that_is_refused_says_why_in_the_same_language()
    {
        await using var site = await Prepared.Harvest();
        using var client = Speaking(site, "pt");
        var upload = await Received(client, "receipt_no,member_no,received_on\nR1,A001,2021-01-15\n");
        var shown = await client.Get($"/v1/uploads/{upload}");
        Assert.That(((string?)shown.Body!["refusal_code"], (string?)shown.Body["refusal"], shown.Message.Content.Headers.ContentLanguage.Single()), Is.EqualTo(("F06", "Falta a coluna «Montante». Indique qual das suas colunas é.", "pt")));
        var ready = await client.Get($"/v1/uploads/{await Received(client, "receipt_no,member_no,received_on,amount\nR1,A001,2021-01-15,10000.00\n")}");
        Assert.That((ready.Body!["refusal"], ready.Message.Content.Headers.ContentLanguage.Count), Is.EqualTo(((object?)null, 0)), "nothing is said in any language");
    }

    private static HttpClient Speaking(SitePlace site, string language)
    {
        var client = site.Client(Prepared.Treasurer);
        client.DefaultRequestHeaders.Add("Accept-Language", language);
        return client;
    }

    private static async Task<string> Received(HttpClient client, string sheet)
    {
        var received = await client.Post("/v1/uploads", ApiClient.Form("january.csv", sheet, ("agreement", Agreements.Coffee().Number)), $"u{sheet.Length}");
        var upload = (string)received.Body!["upload"]!;
        await client.GetStringAsync($"/v1/uploads/{upload}/events");
        return upload;
    }
}
