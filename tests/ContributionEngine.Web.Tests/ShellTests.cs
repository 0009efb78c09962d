using ContributionEngine.Testing;

namespace ContributionEngine.Web.Tests;

/// <summary>What every page has in common.</summary>
internal sealed class ShellTests
{
    [TestCase("es-CR", "Esta página no está aquí")]
    [TestCase("fr-SN", "Cette page n'est pas ici")]
    [TestCase("en-KE", "This page is not here")]
    [TestCase("pt-MZ", "Esta página não está aqui")]
    public async Task A_page_that_is_not_there_says_so_in_the_language_of_the_browser(string language, string words)
    {
        var site = await Prepared.Shared();
        var page = await site.Page(null, Device.SmallPhone, language: language);
        var answer = await page.GotoAsync($"{site.Url}/nowhere");
        Assert.That((answer!.Status, await page.Locator("h1").InnerTextAsync()), Is.EqualTo((404, words)));
        await page.IsFitForEverybody();
    }

    [Test]
    public async Task A_page_takes_nothing_from_elsewhere_and_runs_nothing_inline()
    {
        var site = await Prepared.Shared();
        using var client = site.Client(null);
        var answer = await client.GetAsync("/problem/404");
        var policy = string.Join(' ', answer.Headers.GetValues("Content-Security-Policy"));
        Assert.That(policy, Does.Contain("default-src 'none'").And.Contain("script-src 'self'").And.Contain("frame-ancestors 'none'").And.Not.Contain("unsafe"));
        Assert.That(string.Join(' ', answer.Headers.GetValues("X-Content-Type-Options")), Is.EqualTo("nosniff"));
    }

    [Test]
    public async Task Who_is_not_signed_in_is_asked_to_and_a_program_is_told_in_a_document()
    {
        var site = await Prepared.Shared();
        using var client = site.Client(null);
        var page = await client.GetAsync("/");
        Assert.That(((int)page.StatusCode, page.Headers.Location?.PathAndQuery), Is.EqualTo((302, "/sign-in?back=%2F")));
        var program = await client.GetAsync("/v1/nothing");
        Assert.That(((int)program.StatusCode, program.Content.Headers.ContentType?.MediaType), Is.EqualTo((404, "application/problem+json")));
    }
}
