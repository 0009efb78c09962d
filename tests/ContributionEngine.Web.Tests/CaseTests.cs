using ContributionEngine.Testing;
using Microsoft.Playwright;

namespace ContributionEngine.Web.Tests;

/// <summary>Cases in a browser: 1,500,000.00 of nobody known is held, and three rows were left out of another file.</summary>
internal sealed class CaseTests
{
    private static readonly Lazy<Task<(Workplace Place, Dictionary<string, string> Keys)>> Once = new(Make);

    [Test]
    public async Task What_is_given_up_is_shown_in_the_books_first_and_needs_another_person()
    {
        await using var site = await Serve();
        var page = await site.Page(Prepared.Officer, Device.Desk);
        await page.GotoAsync($"{site.Url}/cases?reason=member_unknown");
        await page.IsFitForEverybody();
        await page.Keep("cases-desk");
        await page.Locator("form[action='/cases/many'] tbody td a").First.ClickAsync();
        await page.IsFitForEverybody();
        await page.Keep("case-desk");
        await page.GetByRole(AriaRole.Link, new() { Name = "See what it books Give it up" }).ClickAsync();
        var effect = await page.Locator("table:has(caption:text('In the books'))").InnerTextAsync();
        Assert.That(effect, Does.Match(@"suspense, member not known\s+CRC.1,500,000\.00").And.Match(@"written off\s+CRC.1,500,000\.00"));
        await page.IsFitForEverybody();
        await page.Keep("case-decide-desk");

        await Decide(page, "nobody claims it", "Give it up");
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Is.EqualTo("Nothing was written yet: a second person decides this."));
        var asked = page.Url;
        await page.GetByRole(AriaRole.Link, new() { Name = "See what it books Approve" }).ClickAsync();
        Assert.That(await page.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("You asked for this yourself"), "never the one who asked");
        Assert.That(await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).CountAsync(), Is.Zero);

        var reader = await site.Page(Prepared.Approver, Device.Phone, language: "es-CR");
        await reader.GotoAsync(asked.Split('?')[0]);
        Assert.That((await reader.Locator("main").InnerTextAsync()).Replace('\u00a0', ' ').Replace('\u202f', ' '), Does.Match(@"omar pide dar de baja lo que retiene RCP-\d+, CRC 1 500 000,00\. Motivo: nobody claims it"));
        Assert.That(await reader.Locator("main [lang=en]").CountAsync(), Is.Zero, "nothing that happened is told in English");

        var second = await site.Page(Prepared.Approver, Device.Phone);
        await second.GotoAsync(asked.Split('?')[0]);
        await second.GetByRole(AriaRole.Link, new() { Name = "See what it books Approve" }).ClickAsync();
        await second.IsFitForEverybody();
        await second.Keep("case-approve-phone");
        await Decide(second, "seen the letter", "Approve");
        Assert.That(await second.Locator("h1 .tag").InnerTextAsync(), Does.Contain("resolved"));
        var said = (await site.Work.Json("audit list")).ToJsonString();
        Assert.That((said.Contains("\\u0022asked_by\\u0022:\\u0022omar\\u0022,\\u0022approved_by\\u0022:\\u0022abel\\u0022", StringComparison.Ordinal) || said.Contains("\\\"asked_by\\\":\\\"omar\\\",\\\"approved_by\\\":\\\"abel\\\"", StringComparison.Ordinal)), Is.True, "both names stand in the audit");
        await site.Work.Ok("verify");
    }

    [Test]
    public async Task Many_cases_of_one_reason_are_given_away_and_decided_with_their_count_and_sum()
    {
        await using var site = await Serve();
        var page = await site.Page(Prepared.Officer, Device.Phone);
        await page.GotoAsync($"{site.Url}/cases?reason=row_left_out");
        await Choose(page, "Give the chosen ones to somebody");
        await page.IsFitForEverybody();
        await page.GetByLabel("To whom").FillAsync("abel");
        await page.GetByRole(AriaRole.Button, new() { Name = "Give these 3" }).ClickAsync();
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.StartWith("3 cases were dealt with."));

        await page.GotoAsync($"{site.Url}/cases?reason=row_left_out&owner=abel");
        await Choose(page, "Decide the chosen ones together");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("3 cases, CRC\u00a060.00 in all."));
        await page.GetByLabel("What is done").SelectOptionAsync("dismiss");
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide these 3" }).ClickAsync();
        Assert.That(await page.GetByRole(AriaRole.Alert).InnerTextAsync(), Does.Contain("Say why"));
        await page.IsFitForEverybody();
        await page.Keep("cases-many-phone");
        await page.GetByLabel("Why").FillAsync("not ours");
        await page.GetByRole(AriaRole.Button, new() { Name = "Decide these 3" }).ClickAsync();
        Assert.That((await site.Work.Export("cases")).Where("reason", "row_left_out").Of("state"), Is.EqualTo(new[] { "resolved", "resolved", "resolved" }));
        await page.GotoAsync($"{site.Url}/cases?state=resolved");
        await page.IsFitForEverybody();
    }

    [Test]
    public async Task What_waits_is_counted_and_an_auditor_only_reads()
    {
        await using var site = await Serve();
        var page = await site.Page(Prepared.Operator, Device.Desk);
        await page.GotoAsync($"{site.Url}/work");
        Assert.That(await page.Locator("a.tile[href='/cases']").InnerTextAsync(), Does.Match(@"4\s+open cases"));
        await page.IsFitForEverybody();
        await page.Keep("work-desk");
        var phone = await site.Page(Prepared.Auditor, Device.SmallPhone, language: "es-CR");
        await phone.GotoAsync($"{site.Url}/work");
        await phone.IsFitForEverybody();
        await phone.Keep("work-phone-es");
        await phone.GotoAsync($"{site.Url}/cases");
        Assert.That(await phone.Locator("input[type=checkbox]").CountAsync(), Is.Zero);
        Assert.That((await phone.GotoAsync($"{site.Url}/cases/many"))!.Status, Is.EqualTo(403));
    }

    [Test]
    public void Every_reason_and_every_action_is_told_in_words()
    {
        var reasons = Engine.CaseActions.Reasons;
        var rows = new Dictionary<string, string> { ["row_left_out"] = "row.R02", ["receipt_no_clash"] = "row.R06.clash", ["member_unknown"] = "row.R01.held" };
        Assert.That(reasons.Select(reason => rows.GetValueOrDefault(reason, $"case_said.{reason}")).Where(key => !Texts.All.Has(key)), Is.Empty, "what happened");
        var missing = reasons.SelectMany(reason => (string[])[$"case.{reason}", $"case_what.{reason}"]).Concat(reasons.SelectMany(Engine.CaseActions.Of).Distinct().SelectMany(action => (string[])[$"case_action.{action}", $"case_does.{action}"]));
        Assert.That(missing.Where(key => !Texts.All.Has(key)), Is.Empty);
    }

    internal static void Dispose()
    {
        if (Once.IsValueCreated) Once.Value.GetAwaiter().GetResult().Place.Dispose();
    }

    private static async Task Choose(IPage page, string button)
    {
        foreach (var box in await page.Locator("input[name=case]").AllAsync()) await box.CheckAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = button }).ClickAsync();
    }

    private static async Task Decide(IPage page, string why, string button)
    {
        await page.GetByLabel("Why").FillAsync(why);
        await page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/cases/CAS-*?**");
    }

    private static async Task<SitePlace> Serve()
    {
        var (place, keys) = await Once.Value;
        return await SitePlace.Serve(place.Copy(), keys);
    }

    private static async Task<(Workplace, Dictionary<string, string>)> Make()
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee(), Members.Pickers);
        place.Write("held.csv", Receipts.Csv(new Paid("R1", "Z9", "2021-01-20", "1500000.00")));
        place.Write("left.csv", Receipts.Csv(new Paid("R2", "A001", "2021-01-20", "38600.00"), new Paid("R3", "Z1", "2021-01-20", "10.00"), new Paid("R4", "Z2", "2021-01-20", "20.00"), new Paid("R5", "Z3", "2021-01-20", "30.00")));
        (await place.Run("upload submit held.csv --agreement CR-2021-014 --as-of 2021-01-31 --hold-unknown")).Exits(0, 3);
        (await place.Run("upload submit left.csv --agreement CR-2021-014 --as-of 2021-01-31 --only-ready")).Exits(0, 3);
        return (place, await Prepared.People(place));
    }
}
