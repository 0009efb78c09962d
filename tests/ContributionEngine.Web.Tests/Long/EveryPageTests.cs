using ContributionEngine.Core;
using ContributionEngine.Engine;

namespace ContributionEngine.Web.Tests.Long;

/// <summary>Every page of the site in every language, on the smallest phone.</summary>
[Category("Long")]
internal sealed class EveryPageTests
{
    [TestCase("en-US")]
    [TestCase("es-CR")]
    [TestCase("fr-SN")]
    [TestCase("pt-PT")]
    [TestCase("pt-BR")]
    [TestCase("qps")]
    public async Task No_page_shuts_anybody_out(string language)
    {
        await using var site = await Prepared.Remitted();
        var (ways, there) = (await Ways.All(), await Ways.Things(site));
        var looked = 0;
        using var all = Assert.EnterMultipleScope();
        foreach (var (user, role) in new[] { (Prepared.Treasurer, "treasurer"), (Prepared.Operator, "operator") })
        {
            var page = await site.Page(user, Device.SmallPhone, language: language);
            using var client = site.Client(user);
            foreach (var way in ways.Where(way => way is { Method: "GET", IsPage: true } && (way.IsOpen || Door.May(role, way.Access))))
            {
                var address = $"{site.Url}{way.At(there)}";
                using var answer = await client.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);
                if (answer.Content.Headers.ContentType?.MediaType != "text/html") continue;
                await page.GotoAsync(address);
                await page.IsFitForEverybody();
                looked++;
            }
        }

        Assert.That(looked, Is.GreaterThan(60), "the site has far more pages than this");
    }
}
