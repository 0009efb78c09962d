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

    private static async Task<Form> OfTheFirst(SitePlace site, HttpClient client) => new(client, $"/remittances/{(await site.Work.Export("remittances")).Rows[0]["remittance"]}");

    // A form that is right save for these fields.
    private static (string, string)[] Typed(params (string Field, string Value)[] other) =>
        [.. new[] { ("paid_on", "2021-02-09"), ("channel", "bank"), ("slip", "T-1"), ("amount", "1.00") }.Select(field => other.FirstOrDefault(one => one.Field == field.Item1) is { Field: not null } changed ? changed : field)];

    private static int Count(string page, string pattern) => Regex.Count(WebUtility.HtmlDecode(page), pattern);

    private static async Task<int> Noted(SitePlace site) => Count((await site.Work.Json("audit list")).ToJsonString(), "\"payment-told\"");

    private static async Task<string> Books(SitePlace site) => (await site.Work.Json($"ledger trial-balance --agreement {BankPlace.Agreement}")).ToJsonString();
}
