using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>«Is this yours?»: the desk asks about money without a reference, a treasurer answers, and a person places it.</summary>
internal sealed class MoneyQuestionTests
{
    private const string Payer = "DEP 7001";

    [Test]
    public async Task What_a_treasurer_says_is_hers_is_given_to_that_remittance_by_a_person()
    {
        await using var site = await BankPlace.Waiting();
        var entry = await Import(site, "38600.00");
        var desk = await site.Page(Prepared.Officer, Device.Desk);
        await Ask(desk, site, entry, keep: true);
        Assert.That(await desk.GetByRole(AriaRole.Status).InnerTextAsync(), Is.EqualTo("The treasurer is asked."));
        Assert.That(await desk.Locator("#piece .notice").InnerTextAsync(), Does.Match(@"«The cooperative» was asked on \S+ whether it is theirs\. No answer yet\."));
        Assert.That(await desk.Locator(".pick").InnerTextAsync(), Does.Contain("asked"));
        await desk.IsFitForEverybody();
        await desk.Keep("question-asked-desk");

        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone);
        await page.GotoAsync($"{site.Url}/home");
        var card = page.Locator("form.card", new() { HasText = "Is this yours?" });
        Assert.That(await card.GetByRole(AriaRole.Heading).InnerTextAsync(), Is.EqualTo("Is this yours? CRC\u00a038,600.00 on 02/10/2021"));
        Assert.That(await page.ContentAsync(), Does.Contain("ending in 4066").And.Not.Contain(Payer).And.Not.Contain(entry));
        Assert.That(await card.GetByRole(AriaRole.Radio).CountAsync(), Is.EqualTo(4), "three remittances, and no");
        await page.IsFitForEverybody();
        await page.Keep("question-phone");
        await card.GetByRole(AriaRole.Button, new() { Name = "Tell the fund" }).ClickAsync();
        Assert.That(await page.TitleAsync(), Does.StartWith("Error:"));
        Assert.That(await page.GetByText("Choose the remittance that it pays, or that it is not yours").CountAsync(), Is.EqualTo(2), "in the summary and at the choice");
        await page.GetByRole(AriaRole.Alert).GetByRole(AriaRole.Link).ClickAsync();
        Assert.That(await page.EvaluateAsync<bool>("document.activeElement.matches('form.card input[type=radio]')"), Is.True, "the summary leads to the choice");
        await page.IsFitForEverybody();
        await page.Keep("question-refused-phone");
        await card.GetByRole(AriaRole.Radio).Nth(1).CheckAsync();
        var chosen = await card.GetByRole(AriaRole.Radio).Nth(1).InputValueAsync();
        await card.GetByRole(AriaRole.Button, new() { Name = "Tell the fund" }).ClickAsync();
        Assert.That((await page.GetByRole(AriaRole.Status).InnerTextAsync(), await card.CountAsync()), Is.EqualTo(("The fund knows that it is yours. It counts as paid once the fund has placed it.", 0)));
        Assert.That(await Money(site, chosen), Is.EqualTo("unpaid"), "the answer books nothing");

        await Place(desk, site, chosen);
        Assert.That(await Money(site, chosen), Is.EqualTo("paid"));
        Assert.That((await site.Work.Json("bank questions")).AsArray(), Is.Empty);
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task What_is_not_hers_is_said_without_scripts_and_asked_again_once_it_is_withdrawn()
    {
        await using var site = await BankPlace.Serve();
        var entry = (await site.Work.Json("bank entries --state open")).AsArray().First(row => row.At("amount") == "1001.00").At("entry");
        var desk = await site.Page(Prepared.Officer, Device.Phone, javaScript: false);
        await Ask(desk, site, entry);
        await desk.IsFitForEverybody(axe: false);
        await desk.Keep("question-asked-phone");
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone, javaScript: false, language: "es-CR");
        await page.GotoAsync($"{site.Url}/home");
        Assert.That(await page.Locator("form.card h2").InnerTextAsync(), Does.StartWith("¿Es suyo? CRC\u00a01"));
        Assert.That((await page.GetByRole(AriaRole.Radio).CountAsync(), await page.GetByLabel("Otra remesa").Locator("option").CountAsync() > 5), Is.EqualTo((7, true)), "five by one press, the others in a list, and no");
        await page.GetByLabel("No, no es nuestro").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Avisar al fondo" }).ClickAsync();
        Assert.That(await page.GetByRole(AriaRole.Status).InnerTextAsync(), Is.EqualTo("El fondo sabe que no es suyo."));

        await desk.GotoAsync($"{site.Url}/bank?entry={entry}");
        Assert.That(await desk.Locator("#piece .notice").InnerTextAsync(), Does.Match(@"«The cooperative» says on \S+ that it is not theirs\."));
        await desk.GetByRole(AriaRole.Button, new() { Name = "Withdraw the question to The cooperative" }).ClickAsync();
        Assert.That((await desk.GetByRole(AriaRole.Status).InnerTextAsync(), await desk.Locator("#piece .notice").CountAsync()), Is.EqualTo(("The question is withdrawn.", 0)));

        await Ask(desk, site, entry);
        await page.GotoAsync($"{site.Url}/home");
        await page.GetByLabel("Sí, para otra, elegida aquí:").CheckAsync();
        await page.GetByLabel("Otra remesa").SelectOptionAsync(new SelectOptionValue { Index = 3 });
        var named = await page.GetByLabel("Otra remesa").InputValueAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Avisar al fondo" }).ClickAsync();
        Assert.That((await site.Work.Json("bank questions")).AsArray().Select(row => row.At("remittance")), Is.EqualTo(new[] { named }));
    }

    [TestCase("es-CR", Category = "Long")]
    [TestCase("fr-SN", Category = "Long")]
    [TestCase("pt-BR", Category = "Long")]
    [TestCase("qps")]
    public async Task Question_and_answer_fit_a_small_phone_in_every_language(string language)
    {
        await using var site = await BankPlace.Waiting();
        var entry = await Import(site, "38600.00");
        var desk = await site.Page(Prepared.Officer, Device.SmallPhone, language: language);
        await Fits(desk, $"{site.Url}/bank/ask?money={entry}");
        using var officer = site.Client(Prepared.Officer);
        var asked = await officer.Post($"/v1/bank/entries/{entry}/questions", new { organisation = "COOP" }, "q1");
        Assert.That(asked.Status, Is.EqualTo(200), $"{asked.Body}");
        await Fits(await site.Page(Prepared.Treasurer, Device.SmallPhone, language: language), $"{site.Url}/home");
        foreach (var path in new[] { $"/bank?entry={entry}", $"/bank/ask?money={entry}", "/work" }) await Fits(desk, $"{site.Url}{path}");
    }

    [Test]
    public async Task Nobody_learns_of_another_organisations_money_through_the_api()
    {
        await using var site = await Prepared.Remitted();
        var entry = await Import(site, "3200.00");
        using var officer = site.Client(Prepared.Officer);
        using var own = site.Client(Prepared.Treasurer);
        using var stranger = site.Client(Prepared.Stranger);
        var asked = await officer.Post($"/v1/bank/entries/{entry}/questions", new { organisation = "COOP" }, "q1");
        var again = await officer.Post($"/v1/bank/entries/{entry}/questions", new { organisation = "COOP" }, "q1");
        var number = (string)asked.Body!["question"]!;
        Assert.That((asked.Status, (string?)asked.Body["entry"], again.Header("Idempotency-Replayed"), (string?)again.Body!["question"]), Is.EqualTo((200, entry, "true", number)), $"{asked.Body}");
        Assert.That(await Codes(
            () => officer.Post($"/v1/bank/entries/{entry}/questions", new { organisation = "COOP" }, "q2"), () => officer.Post($"/v1/bank/entries/{entry}/questions", new { organisation = "NOBODY" }, "q3"), () => officer.Post($"/v1/bank/entries/{entry}/questions", new { organisation = "COOP", part = 3 }, "q4"),
            () => own.Post($"/v1/bank/entries/{entry}/questions", new { organisation = "COOP" }, "q5")), Is.EqualTo(new[] { "409 money_asked_already", "404 organisation_unknown", "409 bank_entry_not_open", "403 http_403" }));

        var shown = (await own.Get("/v1/bank/questions")).Body!.AsArray().Single()!;
        Assert.That(((string?)shown["booked_on"], (string?)shown["amount"], (string?)shown["account_end"], shown["entry"], shown["asked_by"]), Is.EqualTo(("2021-02-10", "3200.00", "4066", (JsonNode?)null, (JsonNode?)null)));
        Assert.That(shown.ToJsonString(), Does.Not.Contain(Payer).And.Not.Contain("BNK-"));
        Assert.That((await stranger.Get("/v1/bank/questions")).Body!.AsArray(), Is.Empty);
        Assert.That(await stranger.GetStringAsync("/home"), Does.Not.Contain("Is this yours?"));
        var (ours, notOurs) = (new { remittance = (string)shown["remittances"]![0]!["remittance"]! }, new { not_ours = true });
        var answer = $"/v1/bank/questions/{number}/answer";
        Assert.That(await Codes(() => stranger.Post(answer, notOurs, "s1"), () => stranger.Post(answer, ours, "s2"), () => officer.Post(answer, notOurs, "o1"), () => own.Post(answer, new { }, "t1"), () => own.Post(answer, new { remittance = "REM-000000000001" }, "t2")), Is.EqualTo(
            new[] { "404 question_unknown", "404 question_unknown", "403 question_by_organisation", "400 question_answer_needed", "404 remittance_unknown" }));
        Assert.That(await Codes(() => own.Post($"{answer}?dry_run=true", notOurs, null), () => own.Post(answer, ours, "t3"), () => own.Post(answer, ours, "t4"), () => own.Post(answer, notOurs, "t5")), Is.EqualTo(new[] { "200 ", "200 ", "200 ", "409 question_answered" }));
        Assert.That(await Codes(() => own.Post($"/v1/bank/questions/{number}/withdraw", null, "w1"), () => officer.Post($"/v1/bank/questions/{number}/withdraw", null, "w2"), () => officer.Post($"/v1/bank/questions/{number}/withdraw", null, "w3")), Is.EqualTo(
            new[] { "403 http_403", "200 ", "404 question_unknown" }));
    }

    [Test]
    public async Task A_form_that_is_sent_by_whoever_may_not_answers_nothing()
    {
        await using var site = await Prepared.Remitted();
        using var officer = site.Client(Prepared.Officer);
        var asked = await officer.Post($"/v1/bank/entries/{await Import(site, "3200.00")}/questions", new { organisation = "COOP" }, "q1");
        foreach (var (user, status) in new[] { (Prepared.Officer, 403), (Prepared.Stranger, 404), (Prepared.Auditor, 403), (Prepared.Treasurer, 302) })
        {
            using var client = site.Client(user);
            var (sent, _) = await new Form(client, user == Prepared.Auditor ? "/account" : "/home").To("/home", "Answer", ("question", (string)asked.Body!["question"]!), ("answer", "not_ours"));
            Assert.That(sent, Is.EqualTo(status), user);
        }
    }

    // A statement of one payment whose text names no remittance; gives the number of its entry.
    private static async Task<string> Import(SitePlace site, string amount)
    {
        using var officer = site.Client(Prepared.Officer);
        var statement = Encoding.UTF8.GetString(Statements.Camt053(Agreements.Coffee().FundAccount, [(Payer, amount)], "S1", "2021-02-10"));
        var taken = await officer.Post("/v1/bank/statements", ApiClient.Form("dep.xml", statement, ("account", "auto")), "import");
        Assert.That(taken.Status, Is.EqualTo(200), $"{taken.Body}");
        return (string)(await officer.Get("/v1/bank/entries?state=open")).Body!["data"]![0]!["entry"]!;
    }

    // One after the other: what is refused depends on what came before.
    private static async Task<string[]> Codes(params IEnumerable<Func<Task<ApiAnswer>>> calls)
    {
        var codes = new List<string>();
        foreach (var call in calls)
        {
            var answer = await call();
            codes.Add($"{answer.Status} {answer.Code}");
        }

        return [.. codes];
    }

    // Asks the cooperative about an entry, from the desk on.
    private static async Task Ask(IPage desk, SitePlace site, string entry, bool keep = false)
    {
        await desk.GotoAsync($"{site.Url}/bank?entry={entry}");
        await desk.GetByRole(AriaRole.Link, new() { Name = "Ask the treasurer" }).ClickAsync();
        if (keep)
        {
            await desk.IsFitForEverybody();
            await desk.Keep("question-ask-desk");
        }

        await desk.GetByLabel("Organisation").SelectOptionAsync("COOP");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Ask", Exact = true }).ClickAsync();
    }

    private static async Task Fits(IPage page, string address)
    {
        var shown = await page.GotoAsync(address);
        Assert.That(shown!.Status, Is.EqualTo(200), address);
        await page.IsFitForEverybody();
    }

    // From the counter of what waits to the answer, and on to the books.
    private static async Task Place(IPage desk, SitePlace site, string remittance)
    {
        await desk.GotoAsync($"{site.Url}/work");
        await desk.GetByRole(AriaRole.Link, new() { NameRegex = new Regex("1\\s*answer to look at") }).ClickAsync();
        Assert.That(await desk.Locator("#piece .notice").InnerTextAsync(), Does.Match(@"«The cooperative» says on \S+ that it is theirs, for RF"));
        Assert.That(await desk.Locator(".pick").InnerTextAsync(), Does.Contain("answered"));
        await desk.IsFitForEverybody();
        await desk.Keep("question-answered-desk");
        await desk.Locator("#piece .notice").GetByRole(AriaRole.Link, new() { NameRegex = new Regex("^Give it to this one") }).ClickAsync();
        Assert.That(desk.Url, Does.EndWith($"&remittance={remittance}"));
        await desk.GetByRole(AriaRole.Button, new() { Name = "Add up" }).ClickAsync();
        await desk.GetByRole(AriaRole.Button, new() { Name = "Book it" }).ClickAsync();
        await desk.WaitForURLAsync("**/bank?done=*");
    }

    private static async Task<string> Money(SitePlace site, string remittance) =>
        (await site.Work.Json($"remittance list --agreement {BankPlace.Agreement}")).AsArray().Single(row => row.At("remittance") == remittance).At("money");
}
