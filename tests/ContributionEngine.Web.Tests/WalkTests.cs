using System.Net;
using System.Text;
using ContributionEngine.Engine;

namespace ContributionEngine.Web.Tests;

/// <summary>Every way into the site, walked by every role, by nobody, and by the treasurer of another organisation, with the numbers of things that are really there.</summary>
internal sealed class WalkTests
{
    private static readonly (string? User, string? Role)[] Walkers =
    [
        (null, null), (Prepared.Operator, "operator"), (Prepared.Officer, "officer"), (Prepared.Approver, "approver"), (Prepared.Auditor, "auditor"), (Prepared.Treasurer, "treasurer"),
    ];

    private static readonly string[] Foreign = ["CR-2021-014", "Ana Mora", "1-1001-0001", "january.csv", "The cooperative"];

    [Test]
    public async Task Everybody_gets_where_her_role_may_go_and_nowhere_else()
    {
        await using var site = await Prepared.Remitted();
        var (ways, there) = (await Ways.All(), await Ways.Things(site));
        var wrong = new List<string>();
        foreach (var (user, role) in Walkers)
        {
            using var client = site.Client(user);
            foreach (var way in ways)
            {
                var (status, location) = await Walk(client, way, there);
                if (!Expected(way, role, status, location)) wrong.Add($"{user ?? "nobody"}: {way} ({way.Access}) gave {status} {location}");
            }
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(ways, Has.Count.GreaterThan(60), "the site maps far more than this");
    }

    [Test]
    public async Task Another_organisation_sees_nothing_of_this_one_wherever_it_looks()
    {
        await using var site = await Prepared.Remitted();
        var (ways, there) = (await Ways.All(), await Ways.Things(site));
        using var client = site.Client(Prepared.Stranger);
        var seen = new List<string>();
        foreach (var way in ways.Where(way => way.Method == "GET" && Door.May("treasurer", way.Access)))
        {
            using var answer = await client.GetAsync(way.At(there));
            var body = await answer.Content.ReadAsStringAsync();
            // What was asked for may be said back.
            var said = Foreign.Where(word => !way.At(there).Contains(word, StringComparison.Ordinal)).Concat([there["uploads"], there["remittances"], there["webhooks"]]);
            seen.AddRange(said.Where(word => body.Contains(word, StringComparison.Ordinal) && !way.At(there).Contains(word, StringComparison.Ordinal)).Select(word => $"{way} shows {word}"));
            if (answer.StatusCode == HttpStatusCode.InternalServerError) seen.Add($"{way} failed");
        }

        Assert.That(seen, Is.Empty);
    }

    private static bool Expected(Way way, string? role, int status, string? location)
    {
        if (status >= 500) return false;
        if (way.IsOpen) return true;
        var turnedAway = status is 401 or 403 || (status == 302 && location?.Contains("/sign-in?back", StringComparison.Ordinal) == true);
        return (role is not null && Door.May(role, way.Access)) != turnedAway;
    }

    private static async Task<(int Status, string? Location)> Walk(HttpClient client, Way way, IReadOnlyDictionary<string, string> there)
    {
        using var request = new HttpRequestMessage(new HttpMethod(way.Method), way.At(there));
        // Without a form's token and without a key of its own nothing is changed; who may not do it at all is turned away before.
        if (way.Method is not ("GET" or "HEAD")) request.Content = way.IsPage ? new FormUrlEncodedContent([]) : new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return ((int)answer.StatusCode, answer.Headers.Location?.OriginalString);
    }
}
