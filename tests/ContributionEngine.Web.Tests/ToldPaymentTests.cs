using System.Net;
using System.Text.RegularExpressions;
using ContributionEngine.Engine;
using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>«I have paid»: a treasurer tells how and when, and the fund finds the money by it.</summary>
internal sealed class ToldPaymentTests
{
    [Test]
    public async Task What_a_treasurer_tells_leads_the_fund_to_the_money_and_moves_none()
    {
        await using var site = await BankPlace.Serve();
        var number = (await site.Work.Json($"remittance list --agreement {BankPlace.Agreement}")).AsArray().First(row => row.At("money") == "unpaid").At("remittance");
        var before = await Books(site);
        var page = await site.Page(Prepared.Treasurer, Device.SmallPhone);
        await page.GotoAsync($"{site.Url}/remittances/{number}");
        await page.Locator("summary", new() { HasText = "I have paid" }).ClickAsync();
        Assert.That(await page.GetByLabel("Amount in CRC").InputValueAsync(), Is.EqualTo("38,600.00"), "what is open");
        await page.GetByLabel("Slip number").FillAsync("DEP 7001");
        await page.GetByLabel("Amount in CRC").FillAsync("1,001.00");
        await page.IsFitForEverybody();
        await page.Keep("told-form-phone");
        await page.GetByRole(AriaRole.Button, new() { Name = "Tell the fund" }).ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Match(@"You told the fund on \S+ \S+ that you paid CRC.1,001\.00 on \S+ by bank, slip DEP 7001\."));
        await page.IsFitForEverybody();

        var desk = await site.Page(Prepared.Officer, Device.Desk);
        await desk.GotoAsync($"{site.Url}/remittances/{number}");
        Assert.That(await desk.Locator("main").InnerTextAsync(), Does.Contain("tere told the fund on").And.Not.Contain("I have paid"));
        await desk.GetByRole(AriaRole.Link, new() { Name = "Look for slip DEP 7001 on the bank" }).ClickAsync();
        Assert.That(await desk.Locator("#piece").InnerTextAsync(), Does.Contain("Told by the treasurer: CRC\u00a01,001.00 on"));
        Assert.That(await desk.Locator("#piece .notice .cue").AllInnerTextsAsync(), Is.EqualTo(new[] { "✓ slip", "✓ amount" }));
        await desk.IsFitForEverybody();
        await desk.Keep("told-desk");

        await page.GetByRole(AriaRole.Button, new() { Name = "Take back" }).ClickAsync();
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("What you told is taken back.").And.Not.Contain("slip DEP 7001"));
        Assert.That(await Books(site), Is.EqualTo(before));
    }

    [Test]
    public async Task What_cannot_be_is_refused_with_what_to_do_and_what_was_typed_stays()
    {
        await using var site = await Prepared.Remitted();
        using var client = site.Client(Prepared.Treasurer);
        var form = await OfTheFirst(site, client);
        foreach (var (field, value, said) in new[]
        {
            ("paid_on", "2999-01-01", "That day is still to come."), ("paid_on", "", "Choose the day on which you paid"), ("channel", "pigeon", "Choose how you paid from the list"),
            ("slip", " - ", "Write the number that stands on the slip"), ("slip", new string('7', TellPayment.SlipMax + 1), "at most 40 characters"), ("amount", "12,00.0", "This is not an amount."), ("amount", "0", "above zero"),
        })
        {
            var (status, page) = await form.Send("Tell", Typed((field, value)));
            Assert.That((status, Count(page, Regex.Escape(said)), page.Contains("value=\"T-1\"", StringComparison.Ordinal) || field == "slip"), Is.EqualTo((422, 2, true)), $"{field} {value}: in the summary and at the field");
        }

        Assert.That(await Noted(site), Is.Zero);
    }

    [Test]
    public async Task The_same_form_pressed_twice_keeps_one_and_nobody_tells_for_another()
    {
        await using var site = await Prepared.Remitted();
        using var client = site.Client(Prepared.Treasurer);
        var form = await OfTheFirst(site, client);
        var statuses = new List<int>();
        foreach (var typed in new[] { Typed(), Typed(), Typed(("amount", "2.00")), Typed(("channel", "mobile_money")) }) statuses.Add((await form.Send("Tell", typed)).Status);
        for (var slip = 3; slip <= TellPayment.ToldMax + 1; slip++) statuses.Add((await form.Send("Tell", Typed(("slip", $"T-{slip}")))).Status);
        Assert.That(statuses, Is.EqualTo((int[])[302, 302, 409, 302, .. Enumerable.Repeat(302, TellPayment.ToldMax - 2), 409]));
        Assert.That(await Noted(site), Is.EqualTo(TellPayment.ToldMax));

        foreach (var (user, status) in new[] { (Prepared.Officer, 403), (Prepared.Stranger, 404), (Prepared.Auditor, 403) })
        {
            using var other = site.Client(user);
            Assert.That((await (await OfTheFirst(site, other)).Send("Tell", Typed(("slip", "X-1")))).Status, Is.EqualTo(status).Or.EqualTo(400), user);
        }

        Assert.That(await Noted(site), Is.EqualTo(TellPayment.ToldMax));
    }

    [Test]
    public async Task Programs_and_commands_tell_the_same_and_take_it_back()
    {
        var (place, keys) = await Prepared.Unserved();
        await place.Ok("settlement run --agreement CR-2021-014 --as-of 2021-02-05");
        var number = (await place.Export("remittances")).Rows[0]["remittance"];
        var typed = $"remittance tell {number} --on 2021-02-10 --way cash_desk --slip T-2 --amount 5.00";
        var said = await place.Json($"{typed} --key {keys[Prepared.Treasurer]}");
        Assert.That(said.Fields(), Is.EqualTo("told paid_on way slip amount currency told_by told_at"));
        Assert.That(((await place.Json($"{typed} --key {keys[Prepared.Treasurer]}")).At("told"), (await place.Run($"{typed} --key {keys[Prepared.Officer]} -o json")).Exits(4).Problem.At("code")), Is.EqualTo((said.At("told"), "told_by_organisation")), "told twice, kept once");
        (await place.Run($"{typed} --key {keys[Prepared.Auditor]}")).Exits(4);
        Assert.That((await place.Json($"remittance told {number}")).AsArray().Select(row => $"{row.At("way")} {row.At("slip")} {row.At("amount")}"), Is.EqualTo(new[] { "cash_desk T-2 5.00" }));
        Assert.That((await place.Json($"remittance take-back {number} --told {said.At("told")} --key {keys[Prepared.Treasurer]}")).At("slip"), Is.EqualTo("T-2"));
        (await place.Run($"remittance take-back {number} --told {said.At("told")} --key {keys[Prepared.Treasurer]}")).Exits(5);

        await using var site = await SitePlace.Serve(place, keys);
        using var client = site.Client(Prepared.Treasurer);
        var (path, paid) = ($"/v1/remittances/{number}/told-payments", new { paid_on = "2021-02-09", channel = "bank", slip = "T-1", amount = "1001.00" });
        Assert.That((await client.Get(path)).Body!["data"]!.AsArray(), Is.Empty, "what was taken back is gone here too");
        var told = await client.Post(path, paid, "t1");
        Assert.That(($"{told.Body!["channel"]} {told.Body["slip"]} {told.Body["amount"]} {told.Body["currency"]} {told.Body["told_by"]}", told.Status), Is.EqualTo(("bank T-1 1001.00 CRC tere", 200)), $"{told.Body}");
        Assert.That((await client.Post(path, paid, "t2")).Body.At("told"), Is.EqualTo(told.Body.At("told")), "told twice, kept once");
        Assert.That((await client.Post($"{path}?dry_run=true", new { paid_on = "2021-02-09", channel = "bank", slip = "T-9", amount = "1" }, null)).Status, Is.EqualTo(200));
        Assert.That((await client.Get(path)).Body!["data"]!.AsArray().Select(row => row.At("slip")), Is.EqualTo(new[] { "T-1" }));
        Assert.That((await client.Post($"{path}/{told.Body["told"]}/take-back", null, "t3")).Body.At("slip"), Is.EqualTo("T-1"));
        Assert.That((await client.Post($"{path}/{told.Body["told"]}/take-back", null, "t4")).Code, Is.EqualTo("told_unknown"));
    }

    [TestCase(Prepared.Officer, "bank 1.00", 403, "told_by_organisation")]
    [TestCase(Prepared.Auditor, "bank 1.00", 403, "http_403")]
    [TestCase(Prepared.Stranger, "bank 1.00", 404, "remittance_unknown")]
    [TestCase(Prepared.Treasurer, "pigeon 1.00", 422, "told_channel_unknown")]
    [TestCase(Prepared.Treasurer, "bank 1,00", 422, "amount_malformed")]
    [TestCase(Prepared.Treasurer, "bank 0", 422, "told_amount_none")]
    public async Task Programs_are_refused_as_people_are(string user, string typed, int status, string code)
    {
        await using var site = await Prepared.Remitted();
        using var client = site.Client(user);
        client.DefaultRequestHeaders.Add("Accept-Language", "es");
        var number = (await site.Work.Export("remittances")).Rows[0]["remittance"];
        var no = await client.Post($"/v1/remittances/{number}/told-payments", new { paid_on = "2021-02-09", channel = typed.Split(' ')[0], slip = "T-1", amount = typed.Split(' ')[1] }, "t1");
        Assert.That((no.Status, no.Code, no.Message.Content.Headers.ContentLanguage.Single()), Is.EqualTo((status, code, "es")), $"{no.Body}");
        Assert.That((await client.Get($"/v1/remittances/{number}/told-payments")).Status, Is.EqualTo(user == Prepared.Stranger ? 404 : 200));
        Assert.That(await Noted(site), Is.Zero);
    }

    private static async Task<Form> OfTheFirst(SitePlace site, HttpClient client) => new(client, $"/remittances/{(await site.Work.Export("remittances")).Rows[0]["remittance"]}");

    // A form that is right save for these fields.
    private static (string, string)[] Typed(params (string Field, string Value)[] other) =>
        [.. new[] { ("paid_on", "2021-02-09"), ("channel", "bank"), ("slip", "T-1"), ("amount", "1.00") }.Select(field => other.FirstOrDefault(one => one.Field == field.Item1) is { Field: not null } changed ? changed : field)];

    private static int Count(string page, string pattern) => Regex.Count(WebUtility.HtmlDecode(page), pattern);

    private static async Task<int> Noted(SitePlace site) => Count((await site.Work.Json("audit list")).ToJsonString(), "\"payment-told\"");

    private static async Task<string> Books(SitePlace site) => (await site.Work.Json($"ledger trial-balance --agreement {BankPlace.Agreement}")).ToJsonString();
}
