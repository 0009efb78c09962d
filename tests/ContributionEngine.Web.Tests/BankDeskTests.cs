using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>The reconciliation desk in a browser: what is suggested and why, and every way to match and to take back.</summary>
internal sealed class BankDeskTests
{
    [Test]
    public async Task Only_what_fits_whole_is_matched_by_itself_and_the_rest_waits_with_its_cues()
    {
        await using var site = await BankPlace.Serve();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        await page.GotoAsync($"{site.Url}/bank");
        // 70 times 38,600.00 are matched; 10 of 38,550.00, 5 of 38,625.00, 5 of 38,600.00 and 1,001.00 to 1,010.00 are left.
        Assert.That(await page.Locator("h1").InnerTextAsync(), Is.EqualTo("30 entries to reconcile, CRC\u00a0781,680.00"));
        await page.IsFitForEverybody();
        await page.Keep("bank-desk");
        Assert.That(await page.Locator(".cues").First.InnerTextAsync(), Does.Contain("reference exact").And.Contain("CRC\u00a050.00 short"));
        Assert.That(await page.Locator("table:has(caption:text('In the books'))").InnerTextAsync(), Does.Contain("remitted, not paid yet").And.Contain("38,550.00"));

        await page.GotoAsync($"{site.Url}/bank/matches?state=live");
        Assert.That(await page.Locator("table").First.InnerTextAsync(), Does.Contain("70").And.Contain("2,702,000.00"));
        await page.IsFitForEverybody();
        await page.Keep("bank-matches");
    }

    [Test]
    public async Task Accepted_split_and_joined_money_is_taken_back_and_all_is_as_before()
    {
        await using var site = await BankPlace.Serve();
        var page = await site.Page(Prepared.Officer, Device.Desk, javaScript: false);
        var before = await Books(site);

        await page.GotoAsync($"{site.Url}/bank");
        await page.GetByRole(AriaRole.Button, new() { Name = "Accept", Exact = true }).ClickAsync();
        await Undo(page, "the wrong one");
        Assert.That(await Books(site), Is.EqualTo(before), "accepted and undone");

        await Split(page, site);
        await Undo(page, "not theirs");
        Assert.That(await Books(site), Is.EqualTo(before), "split and undone");

        await Join(page, site);
        await Undo(page, "three by mistake");
        Assert.That(await Books(site), Is.EqualTo(before), "joined and undone");
        await site.Work.Ok("verify");
        var said = (await site.Work.Json("audit list")).ToJsonString();
        Assert.That((said.Contains("bank-matched", StringComparison.Ordinal), said.Contains("three by mistake", StringComparison.Ordinal)), Is.EqualTo((true, true)));
    }

    [Test]
    public async Task A_whole_run_is_undone_at_once()
    {
        await using var site = await BankPlace.Serve();
        var page = await site.Page(Prepared.Officer);
        await page.GotoAsync($"{site.Url}/bank/matches");
        await page.GetByRole(AriaRole.Link, new() { Name = "Undo the run" }).ClickAsync();
        await page.IsFitForEverybody();
        await page.Keep("bank-undo-run-phone");
        await Undo(page, "the wrong statement", goThere: false);
        Assert.That(await page.Locator("h1").InnerTextAsync(), Does.StartWith("100 entries to reconcile"));
        Assert.That((await Remittances(site)).Count(row => row.At("paid") == "0.00"), Is.EqualTo(85));
        await site.Work.Ok("verify");

        // What a person has taken away is not certain any more: nothing can be accepted in bulk.
        await page.GotoAsync($"{site.Url}/bank/certain");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("Nothing is certain now."));
    }

    [Test]
    public async Task Statements_are_sent_once_and_what_is_certain_is_accepted_together()
    {
        await using var site = await BankPlace.Waiting();
        var page = await site.Page(Prepared.Officer, Device.Phone);
        await Send(page, site, "later.xml", "one.xml");
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.StartWith("2 statements were taken in."));
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("1 gap").And.Contain("ends with CRC\u00a077,200.00, the next from 02/12/2021 begins with CRC\u00a090,000.00"));
        await page.IsFitForEverybody();
        await page.Keep("bank-statements-phone");
        await Send(page, site, "one.xml");
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.Contain("0 statements were taken in. 1 had been taken in before"));
        await Send(page, site, "agreement.json");
        Assert.That(await page.TitleAsync(), Does.StartWith("Error:"));
        await page.IsFitForEverybody();

        await page.GotoAsync($"{site.Url}/bank/certain");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("3 matches, CRC\u00a0115,800.00 in all."));
        await page.IsFitForEverybody();
        await page.Keep("bank-certain-phone");
        var other = await site.Page(Prepared.Approver);
        await other.GotoAsync($"{site.Url}/bank/certain");
        await page.GetByRole(AriaRole.Button, new() { Name = "Book these 3" }).ClickAsync();
        await other.GetByRole(AriaRole.Button, new() { Name = "Book these 3" }).ClickAsync();
        Assert.That(await other.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("What is certain is not what you have seen"), "the second of two");
        Assert.That((await Remittances(site)).Select(row => row.At("state")), Is.EqualTo(new[] { "settled", "settled", "settled" }));

        // What is settled is corrected: the entries that stand stay, and opposite ones come beside them.
        await page.GotoAsync($"{site.Url}/bank/matches");
        Assert.That(await page.GetByRole(AriaRole.Link, new() { Name = "Undo MAT" }).CountAsync(), Is.Zero);
        await page.GetByRole(AriaRole.Link, new() { Name = "Correct MAT" }).First.ClickAsync();
        Assert.That(await page.Locator("h1").InnerTextAsync(), Does.EndWith("which is settled"));
        await page.IsFitForEverybody();
        await page.Keep("bank-correct-phone");
        var before = await Entries(site);
        await Undo(page, "of another year", goThere: false);
        Assert.That(await Entries(site), Is.EqualTo(before + 1));
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task Keys_move_and_accept_and_can_be_switched_off()
    {
        await using var site = await BankPlace.Serve();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        await page.GotoAsync($"{site.Url}/bank");
        await page.Keyboard.PressAsync("j");
        await Shows(page, "entry=BNK-");
        await page.Keyboard.PressAsync("a");
        await Shows(page, "done=MAT-");
        await page.Keyboard.PressAsync("u");
        await Shows(page, "/bank/undo");
        await page.GotoAsync($"{site.Url}/bank");
        await page.Keyboard.PressAsync("s");
        await Shows(page, "/bank/split");
        await page.Locator("input.amount").Nth(0).FillAsync("8,550.00");
        Assert.That(await page.Locator("[data-rest]").InnerTextAsync(), Is.EqualTo("30000.00"), "adds up while amounts are typed");
        await page.IsFitForEverybody();
        await page.GotoAsync($"{site.Url}/bank/join?remittance={(await Remittances(site)).First(row => row.At("money") == "unpaid").At("remittance")}");
        await page.IsFitForEverybody();
        await page.Keep("bank-join-desk");
        await page.GotoAsync($"{site.Url}/bank");
        await page.Keyboard.PressAsync("?");
        await page.GetByLabel("Use these keys").UncheckAsync();
        await page.Keyboard.PressAsync("j");
        Assert.That(page.Url, Is.EqualTo($"{site.Url}/bank"));
    }

    private static async Task Shows(IPage page, string part)
    {
        await Assertions.Expect(page).ToHaveURLAsync(new Regex(Regex.Escape(part)));
        await page.WaitForLoadStateAsync();
    }

    private static async Task Send(IPage page, SitePlace site, params string[] names)
    {
        await page.GotoAsync($"{site.Url}/bank/statements");
        await page.Locator("input[type=file]").SetInputFilesAsync(names.Select(site.Work.PathOf));
        await page.GetByRole(AriaRole.Button, new() { Name = "Take in the statements" }).ClickAsync();
        await page.WaitForLoadStateAsync();
    }

    private static async Task<int> Entries(SitePlace site) => (await site.Work.Json($"ledger show cash --agreement {BankPlace.Agreement}")).AsArray().Count;

    private static async Task Split(IPage page, SitePlace site)
    {
        // 38,600.00 that was paid once more goes to two remittances of 38,600.00 each: 38,600.00 stays open on them.
        await page.GotoAsync($"{site.Url}/bank");
        await page.Locator(".pick", new() { HasText = "38,600.00" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Split or choose" }).ClickAsync();
        await page.Locator("input.amount").Nth(1).FillAsync("20,000.00");
        await page.Locator("input.amount").Nth(2).FillAsync("18,500.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add up" }).ClickAsync();
        Assert.That(await page.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("100.00 CRC of the bank's money is not placed"));
        await page.Locator("input.amount").Nth(2).FillAsync("18,600.00");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add up" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book it" }).ClickAsync();
        Assert.That(await page.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("38600.00 CRC"), "a difference carries its reason");
        await page.Keep("bank-split");
        await page.GetByLabel("Yes, the rest stays open").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book it" }).ClickAsync();
    }

    private static async Task Join(IPage page, SitePlace site)
    {
        await page.GotoAsync($"{site.Url}/bank/join?remittance={(await Remittances(site)).First(row => row.At("money") == "unpaid").At("remittance")}");
        foreach (var box in (await page.Locator("input[type=checkbox][name=money]").AllAsync()).TakeLast(3)) await box.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add up" }).ClickAsync();
        await page.GetByLabel("Yes, the rest stays open").CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Book it" }).ClickAsync();
    }

    private static async Task Undo(IPage page, string why, bool goThere = true)
    {
        if (goThere) await page.GetByRole(AriaRole.Link, new() { Name = "Undo", Exact = true }).ClickAsync();
        await page.GetByLabel("Why").FillAsync(why);
        await page.Locator("button.danger").ClickAsync();
        await page.WaitForURLAsync("**/bank?**");
    }

    // Balances of the ledger, and what the bank shows of each remittance.
    private static async Task<string> Books(SitePlace site) => string.Join('\n',
        (await site.Work.Json($"ledger trial-balance --agreement {BankPlace.Agreement}"))["accounts"]!.AsArray().Select(row => $"{row.At("account")} {row.At("balance")}")
            .Concat((await Remittances(site)).Select(row => $"{row.At("remittance")} {row.At("money")} {row.At("paid")}")));

    private static async Task<IEnumerable<JsonNode?>> Remittances(SitePlace site) => (await site.Work.Json($"remittance list --agreement {BankPlace.Agreement}")).AsArray();
}
