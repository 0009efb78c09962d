using ContributionEngine.Testing;

namespace ContributionEngine.Web.Tests.Accounts;

/// <summary>Operators let people in and out; nobody else finds the pages.</summary>
internal sealed class UsersTests
{
    [Test]
    public async Task An_operator_adds_a_treasurer_and_is_shown_her_one_time_password_once()
    {
        await using var site = await Prepared.Harvest();
        var page = await site.Page(Prepared.Operator, Device.Desk);
        await page.GotoAsync($"{site.Url}/users/add");
        await page.FillAsync("[name=name]", "maria.perez");
        await page.SelectOptionAsync("[name=role]", "treasurer");
        await page.ClickAsync("main form button");
        Assert.That(await page.Locator(".field .error").InnerTextAsync(), Does.Contain("belongs to an organisation"));
        await page.IsFitForEverybody();
        await page.SelectOptionAsync("[name=organisation]", Agreements.Coffee().OrganisationCode);
        await page.ClickAsync("main form button");
        var password = await page.Locator(".notice code").InnerTextAsync();
        await page.IsFitForEverybody();
        await page.Keep("user-added-desk");
        await page.GotoAsync($"{site.Url}/users/maria.perez");
        Assert.That(await page.ContentAsync(), Does.Not.Contain(password));
        await page.IsFitForEverybody();
        await page.Keep("user-desk");
        await page.GotoAsync($"{site.Url}/users");
        await page.IsFitForEverybody();
        await page.Keep("users-desk");
        Assert.That(await page.Locator("tr", new() { HasText = "maria.perez" }).InnerTextAsync(), Does.Contain("has a one-time password"));
    }

    [TestCase(Prepared.Officer)]
    [TestCase(Prepared.Auditor)]
    [TestCase(Prepared.Treasurer)]
    public async Task Nobody_but_an_operator_sees_users(string name)
    {
        var site = await Prepared.Shared();
        using var client = site.Client(name);
        foreach (var path in new[] { "/users", "/users/add", $"/users/{Prepared.Operator}" }) Assert.That((int)(await client.GetAsync(path)).StatusCode, Is.EqualTo(403), path);
    }
}
