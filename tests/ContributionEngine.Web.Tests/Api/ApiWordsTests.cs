using System.Text;
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

    [TestCase("es-CR", "Fila 4: no hay afiliado «Z999». Revise el número o elija de la lista.")]
    [TestCase("pt-BR", "Linha 4: não existe o beneficiário «Z999». Verifique o número ou escolha na lista.")]
    [TestCase("en", "Row 4: there is no member “Z999”. Check the number or pick from the list.")]
    public async Task What_happened_in_a_case_is_said_in_the_same_language(string language, string words)
    {
        await using var site = await Prepared.Harvest();
        using var client = Speaking(site, language);
        var sent = await client.Post($"/v1/uploads/{await Received(client, Sheet)}/send", new { only_ready = true }, "s1");
        Assert.That((string?)sent.Body!["state"], Is.EqualTo("committed").Or.EqualTo("reconciled"), $"{sent.Body}");
        var listed = await client.Get("/v1/cases?reason=row_left_out");
        var shown = await client.Get($"/v1/cases/{listed.Body!["data"]![0]!["case"]}");
        Assert.That(((string?)listed.Body["data"]![0]!["detail"], (string?)shown.Body!["detail"], shown.Message.Content.Headers.ContentLanguage.Single(), shown.Header("Vary")), Is.EqualTo((words, words, language, "Accept-Language")));
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

    [TestCase("es-CR", "version_not_listed: camt.053.001.42 es una versión que nunca se ha probado; se leyó por los nombres de sus elementos", "transactions_differ: movimiento 1 es de 3 200,00 y sus transacciones suman 3 100,00; la diferencia es 100,00 (y 1 más)")]
    [TestCase("fr", "version_not_listed: camt.053.001.42 est une version jamais essayée ; elle a été lue d'après les noms de ses éléments", "transactions_differ: mouvement 1 est de 3 200,00 et ses opérations font 3 100,00 ; l'écart est de 100,00 (et 1 de plus)")]
    [TestCase("en", "version_not_listed: camt.053.001.42 is a version that was never tried; it was read by the names of its elements", "transactions_differ: entry 1 is 3,200.00 and its transactions come to 3,100.00; the difference is 100.00 (and 1 more)")]
    public async Task What_is_odd_about_a_statement_of_the_bank_is_said_in_the_same_language(string language, string version, string transactions)
    {
        await using var site = await Prepared.Remitted();
        using var client = Speaking(site, language, Prepared.Officer);
        var taken = await client.Post("/v1/bank/statements", ApiClient.Form("dep.xml", Odd, ("account", "auto")), "b1");
        var warnings = taken.Body![0]!["statements"]![0]!["warnings"]!.AsArray().Select(warning => ((string)warning!).Replace('\u00a0', ' ').Replace('\u202f', ' '));
        Assert.That(warnings, Is.SupersetOf(new[] { version, transactions }), $"{taken.Body}");
        Assert.That((taken.Message.Content.Headers.ContentLanguage.Single(), taken.Header("Vary")), Is.EqualTo((language, "Accept-Language")));
    }

    [TestCase("es-CR", "«ACCEPTED-ISH» (fila 2) no es un estado conocido; cuenta como pendiente", "el fondo habla de la línea «9», que no está en la remesa o no se distingue de otra")]
    [TestCase("pt-BR", "«ACCEPTED-ISH» (linha 2) não é um status conhecido; conta como pendente", "o fundo fala da linha «9», que não está na remessa ou não se distingue de outra")]
    public async Task What_is_odd_about_an_answer_of_a_fund_is_said_in_the_same_language(string language, string unknown, string line)
    {
        await using var site = await Prepared.Remitted();
        using var client = Speaking(site, language, Prepared.Officer);
        var remittance = (await client.Get("/v1/remittances")).Body!["data"]![0]!;
        var answer = $"reference,level,line,outcome,code,text,amount\n{remittance["reference"]},line,1,ACCEPTED-ISH,,,\n{remittance["reference"]},line,9,rejected,,,\n";
        var taken = await client.Post("/v1/acks", ApiClient.Form("answer.csv", answer), "a1");
        Assert.That(taken.Body!["findings"]!.AsArray().Select(finding => (string?)finding), Is.EqualTo(new[] { $"status_unknown: {unknown}", $"line_unknown: {remittance["remittance"]}: {line}" }), $"{taken.Body}");
        Assert.That(taken.Message.Content.Headers.ContentLanguage.Single(), Is.EqualTo(language));
        var unheard = await client.Post("/v1/acks", ApiClient.Form("other.csv", answer.Replace((string)remittance["reference"]!, "RF18539007547034", StringComparison.Ordinal)), "a2");
        Assert.That((string?)unheard.Body!["findings"]!.AsArray()[^1], Does.StartWith("answer_unknown: «other.csv» respon").And.Contain("«RF18539007547034»"), $"{unheard.Body}");
    }

    // Two entries whose transactions come to something else, in a version that nobody has tried.
    private static string Odd => Encoding.UTF8.GetString(Statements.Camt053(Agreements.Coffee().FundAccount, [("NOBODY", "3200.00"), ("NOBODY 2", "3200.00")], "S1", "2021-02-10"))
        .Replace("camt.053.001.08", "camt.053.001.42", StringComparison.Ordinal)
        .Replace("<TxDtls>", "<TxDtls><Amt Ccy=\"CRC\">3100.00</Amt>", StringComparison.Ordinal);

    private static HttpClient Speaking(SitePlace site, string language, string user = Prepared.Treasurer)
    {
        var client = site.Client(user);
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
