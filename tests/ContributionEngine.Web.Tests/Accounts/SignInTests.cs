using System.Globalization;
using ContributionEngine.Testing;
using Microsoft.Playwright;
using OtpNet;

namespace ContributionEngine.Web.Tests.Accounts;

/// <summary>People come in by the pages that they see: on a phone, without scripts, and in their language.</summary>
internal sealed class SignInTests
{
    private const string Own = "coffee dries in the sun";

    [Test]
    public async Task A_new_user_comes_with_a_one_time_password_chooses_her_own_and_goes_on_where_she_wanted()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(null, Device.SmallPhone, javaScript: false);
        await SignIn(page, site, (Prepared.Auditor, await OneTime(site, Prepared.Auditor)), "/account");
        Assert.That(page.Url, Does.Contain("/sign-in/new-password"));
        await page.Keep("new-password-phone");
        await page.FillAsync("[name=password]", "short");
        await page.ClickAsync("main form button");
        Assert.That((await page.TitleAsync(), await page.Locator(".alert").InnerTextAsync()), Is.EqualTo(("Error: Choose your own password · Contributions", "There is a problem\nThe password is shorter than 10 characters. Take several words that do not belong together.")).Using<(string, string)>(SameWords));
        await page.GotoAsync($"{site.Url}/users");
        Assert.That(page.Url, Does.Contain("/sign-in/new-password"), "nothing else opens before");
        await page.GotoAsync($"{site.Url}/sign-in/new-password?back=%2Faccount");
        await page.FillAsync("[name=password]", Own);
        await page.ClickAsync("main form button");
        Assert.That((new Uri(page.Url).PathAndQuery, await page.Locator("h1").InnerTextAsync()), Is.EqualTo(("/account", "Account of aura")));
        await page.ClickAsync("footer form[action='/sign-out'] button");
        await SignIn(page, site, (Prepared.Auditor, "wrong password"), "https://elsewhere.example/");
        Assert.That(await page.Locator(".alert").InnerTextAsync(), Does.Contain("not right"));
        await page.FillAsync("[name=password]", Own);
        await page.ClickAsync("main form button");
        Assert.That(new Uri(page.Url).Authority, Is.EqualTo(new Uri(site.Url).Authority), "no address elsewhere is followed");
    }

    [Test]
    public async Task A_restart_signs_nobody_out_and_a_disabled_user_is_out_at_once()
    {
        await using var site = await Prepared.Harvest();
        var page = await In(site, Prepared.Officer);
        await site.KillAndServe();
        await page.GotoAsync($"{site.Url}/account");
        Assert.That(await page.Locator("h1").InnerTextAsync(), Is.EqualTo("Account of omar"));
        using var olga = site.Client(Prepared.Operator);
        await new Form(olga, $"/users/{Prepared.Officer}").Post("Disable", ("sure", "true"));
        await page.ReloadAsync();
        Assert.That(page.Url, Does.Contain("/sign-in"));
    }

    [Test]
    public async Task A_second_factor_is_set_up_from_its_drawing_and_asked_for_from_then_on()
    {
        await using var site = await Prepared.Harvest();
        var page = await In(site, Prepared.Treasurer);
        await page.GotoAsync($"{site.Url}/account/second-factor");
        await page.ClickAsync("main form button");
        await page.IsFitForEverybody();
        await page.Keep("second-factor-phone");
        var secret = (await page.Locator("main ol code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.FillAsync("[name=code]", Code(secret, 0));
        await page.ClickAsync("main form button");
        var codes = await page.Locator("main li code").AllInnerTextsAsync();
        Assert.That(codes, Has.Count.EqualTo(10));
        await page.Keep("recovery-codes-phone");
        await page.ClickAsync("footer form[action='/sign-out'] button");
        await SignIn(page, site, (Prepared.Treasurer, Own), "/account");
        Assert.That(new Uri(page.Url).AbsolutePath, Is.EqualTo("/sign-in/code"));
        await page.IsFitForEverybody();
        await page.FillAsync("[name=code]", "000000");
        await page.ClickAsync("main form button");
        Assert.That(await page.Locator(".field .error").InnerTextAsync(), Does.Contain("not right"));
        await page.FillAsync("[name=code]", codes[0]);
        await page.ClickAsync("main form button");
        Assert.That(await page.Locator("main").InnerTextAsync(), Does.Contain("9 recovery codes are left"));
    }

    [Test]
    public async Task Whose_role_needs_a_second_factor_sets_it_up_before_anything_else_opens()
    {
        await using var site = await Prepared.Harvest(KeyValuePair.Create("CONTRIBUTION_ENGINE_SECOND_FACTOR_FOR", "approver, operator"));
        var page = await In(site, Prepared.Approver, Device.SmallPhone);
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/account/second-factor?back=%2Faccount"));
        Assert.That(await page.Locator(".notice").InnerTextAsync(), Does.Contain("Your role needs a second factor."));
        await page.IsFitForEverybody();
        await page.Keep("second-factor-owed-phone");
        await page.GotoAsync($"{site.Url}/cases");
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/account/second-factor?back=%2Fcases"), "nothing else opens before");
        await page.ClickAsync("main form button");
        var secret = (await page.Locator("main ol code").InnerTextAsync()).Replace(" ", "", StringComparison.Ordinal);
        await page.FillAsync("[name=code]", "000000");
        await page.ClickAsync("main form button");
        Assert.That(await page.Locator(".field .error").InnerTextAsync(), Does.Contain("not right"));
        await page.FillAsync("[name=code]", Code(secret, 0));
        await page.ClickAsync("main form button");
        await page.ClickAsync("main a.btn");
        Assert.That(new Uri(page.Url).PathAndQuery, Is.EqualTo("/cases"), "and goes on where she wanted");
        var treasurer = await In(site, Prepared.Treasurer);
        Assert.That(new Uri(treasurer.Url).PathAndQuery, Is.EqualTo("/account"), "her role does not need one");
        Assert.That(await With(site, site.Keys[Prepared.Operator]), Is.EqualTo(200), "keys are a way in of their own");
    }

    [Test]
    public async Task A_form_that_makes_a_key_makes_one_however_often_it_is_sent()
    {
        await using var site = await Prepared.Harvest();
        var clients = Enumerable.Range(0, 3).Select(_ => site.Client(Prepared.Approver)).ToList();
        var sent = await Task.WhenAll(clients.Select(client => new Form(client, "/account").Send("MakeKey", ("label", "twice"), ("once", "one form"))));
        var approver = clients[0];
        var again = await new Form(approver, "/account").Send("MakeKey", ("label", "twice"), ("once", "one form"));
        Assert.That(sent.Select(one => one.Status).Append(again.Status).Order(), Is.EqualTo(new[] { 200, 409, 409, 409 }));
        Assert.That(again.Page, Does.Contain("This form was sent before").And.Not.Contain("account.key"));
        using var operators = site.Client(Prepared.Operator);
        var hers = new Form(operators, $"/users/{Prepared.Approver}");
        Assert.That(((await hers.Send("MakeKey", ("label", "hers"), ("once", "two"))).Status, (await hers.Send("MakeKey", ("label", "hers"), ("once", "two"))).Status), Is.EqualTo((200, 409)));
        var keys = (await site.Work.Json($"key list --user {Prepared.Approver} --key {site.Keys[Prepared.Operator]}")).AsArray().Select(key => key.At("label")).ToList();
        Assert.That(keys.Where(label => label is "twice" or "hers"), Is.EquivalentTo(new[] { "twice", "hers" }));
        Assert.That((await approver.GetStringAsync("/account")).Split("name=\"once\"").Length, Is.EqualTo(2), "the page's form has a key of its own");
        clients.ForEach(client => client.Dispose());
    }

    [Test]
    public async Task A_key_that_she_makes_is_shown_once_opens_the_api_and_is_gone_when_it_is_revoked()
    {
        await using var site = await Prepared.Harvest();
        var page = await In(site, Prepared.Approver);
        await page.FillAsync("[name=label]", "payroll");
        await page.ClickAsync("form[action*=MakeKey] button");
        var key = await page.Locator(".notice code").InnerTextAsync();
        await page.Keep("account-phone");
        await page.IsFitForEverybody();
        await page.GotoAsync($"{site.Url}/account");
        Assert.That(await page.ContentAsync(), Does.Not.Contain(key).And.Contain(key[..9]));
        var opened = await With(site, key);
        await page.Locator(".tasks li", new PageLocatorOptions { HasText = key[..9] }).Locator("button").ClickAsync();
        Assert.That((opened, await With(site, key)), Is.EqualTo((200, 401)));
    }

    [TestCase("es-CR")]
    [TestCase("fr-SN")]
    [TestCase("pt-BR")]
    public async Task The_way_in_is_fit_for_everybody_in_every_language(string language)
    {
        var site = await Prepared.Shared();
        var page = await site.Page(null, Device.SmallPhone, language: language);
        await page.GotoAsync($"{site.Url}/sign-in");
        await page.IsFitForEverybody();
        await page.EvaluateAsync("for (const field of document.querySelectorAll('input')) field.required = false");
        await page.ClickAsync("main form button");
        await page.IsFitForEverybody();
        await page.Keep($"sign-in-{language}");
        Assert.That(await page.Locator("html").GetAttributeAsync("lang"), Is.EqualTo(language));
    }

    internal static async Task<string> OneTime(SitePlace site, string name)
    {
        using var olga = site.Client(Prepared.Operator);
        return Form.Shown(await new Form(olga, $"/users/{name}").Post("Password"), "code");
    }

    // Signed in with a password of her own, on her account page.
    internal static async Task<IPage> In(SitePlace site, string name, Device device = Device.Phone)
    {
        var page = await site.Page(null, device);
        await SignIn(page, site, (name, await OneTime(site, name)), "/account");
        await page.FillAsync("[name=password]", Own);
        await page.ClickAsync("main form button");
        return page;
    }

    private static async Task SignIn(IPage page, SitePlace site, (string Name, string Password) who, string back)
    {
        await page.GotoAsync($"{site.Url}/sign-in?back={Uri.EscapeDataString(back)}");
        await page.FillAsync("[name=name]", who.Name);
        await page.FillAsync("[name=password]", who.Password);
        await page.ClickAsync("main form button");
    }

    private static async Task<int> With(SitePlace site, string key)
    {
        using var program = site.Client(null);
        program.DefaultRequestHeaders.Authorization = new("Bearer", key);
        return (int)(await program.GetAsync("/account")).StatusCode;
    }

    private static string Code(string secret, int later) => new Totp(Base32Encoding.ToBytes(secret)).ComputeTotp(TimeProvider.System.GetUtcNow().UtcDateTime.AddSeconds(later));

    private static bool SameWords((string, string) one, (string, string) other) => Words(one) == Words(other);

    private static string Words((string Title, string Text) said) => string.Create(CultureInfo.InvariantCulture, $"{said.Title} {string.Join(' ', said.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))}");
}
