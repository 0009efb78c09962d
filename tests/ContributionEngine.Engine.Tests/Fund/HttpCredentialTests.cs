using ContributionEngine.Core;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>How a fund knows who calls, and that no secret comes to light.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HttpCredentialTests
{
    private const string Secret = "s3cret-of-the-coop";

    private readonly string place = Path.Combine(Directory.CreateTempSubdirectory("contribution-").FullName, "secret");

    [OneTimeSetUp]
    public void WriteSecret() => File.WriteAllText(place, $"{Secret}\n");

    [OneTimeTearDown]
    public void DeleteSecret() => Directory.Delete(Path.GetDirectoryName(place)!, recursive: true);

    [Test]
    public async Task A_key_is_sent_and_stays_out_of_what_the_fund_says_about_it()
    {
        await using var fund = await HttpFund.Start(async (heard, context) =>
        {
            context.Response.StatusCode = 400;
            await context.Response.WriteAsync($"unknown key {heard.Headers["X-Api-Key"]}");
        });
        await using var gate = Parcels.Gate();
        Assert.That((await gate.Deliver(new Channel("http", "csv") { Url = fund.Url, Auth = ChannelAuth.ApiKey, Secret = $"file:{place}" })).Told(), Is.EqualTo("Refused: http_400: unknown key ***"));
        Assert.That(fund.Heard[0].Headers["X-Api-Key"], Is.EqualTo(Secret));
    }

    [Test]
    public async Task A_secret_that_is_not_there_sends_nothing_and_names_its_place()
    {
        await using var fund = await HttpFund.Start((_, _) => Task.CompletedTask);
        await using var gate = Parcels.Gate();
        var handover = (Handover.NotReached)await gate.Deliver(new Channel("http", "csv") { Url = fund.Url, Auth = ChannelAuth.ApiKey, Secret = "env:NO_SUCH_SECRET" });
        Assert.That((fund.Heard.Count, handover.Why.Sentence), Is.EqualTo((0, "There is no secret at env:NO_SUCH_SECRET. Write the place as env:NAME or file:PATH, and put the secret there for the process that speaks to the fund.")));
    }

    [Test]
    public async Task A_token_is_asked_for_once_and_used_until_shortly_before_its_end()
    {
        var clock = new StillClock(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
        await using var fund = await WithTokens(_ => true);
        await using var gate = Parcels.Gate(clock: clock);
        await gate.Deliver(Of(fund));
        await gate.Deliver(Of(fund));
        clock.Move(TimeSpan.FromSeconds(271));
        await gate.Deliver(Of(fund));
        Assert.That(Said(fund), Is.EqualTo(new[] { "token", "T1", "T1", "token", "T2" }));
        Assert.That(fund.Heard[0].Headers["Authorization"], Is.EqualTo("Basic Y29vcDpzM2NyZXQtb2YtdGhlLWNvb3A="));
        Assert.That(fund.Heard[0].Body, Is.EqualTo("grant_type=client_credentials"));
    }

    [Test]
    public async Task A_token_that_the_fund_does_not_know_any_more_is_renewed_once()
    {
        await using var fund = await WithTokens(token => token == "T2");
        await using var gate = Parcels.Gate();
        Assert.That(await gate.Deliver(Of(fund)), Is.EqualTo(new Handover.Delivered(null)));
        Assert.That(Said(fund), Is.EqualTo(new[] { "token", "T1", "token", "T2" }));
    }

    [Test]
    public async Task A_new_token_that_is_not_taken_either_is_not_tried_a_third_time()
    {
        await using var fund = await WithTokens(_ => false);
        await using var gate = Parcels.Gate();
        var handover = (Handover.NotReached)await gate.Deliver(Of(fund));
        Assert.That((string.Join(' ', Said(fund)), handover.Why.Sentence, handover.Wait), Is.EqualTo(("token T1 token T2", "the fund does not accept our credentials (401)", (TimeSpan?)TimeSpan.FromMinutes(15))));
    }

    [Test]
    public async Task Without_a_token_nothing_is_sent_and_no_secret_is_told()
    {
        await using var fund = await HttpFund.Start(async (heard, context) =>
        {
            context.Response.StatusCode = 401;
            await context.Response.WriteAsync($"invalid_client {Secret}");
        });
        await using var gate = Parcels.Gate();
        var handover = (Handover.NotReached)await gate.Deliver(Of(fund));
        Assert.That((fund.Heard.Count, handover.Why.Sentence), Is.EqualTo((1, $"{fund.Url}/token gave no token for client «coop»: it answered 401 invalid_client ***. Check channel.token_url, channel.client_id and the secret that channel.secret names.")));
    }

    private static IEnumerable<string> Said(HttpFund fund) => fund.Heard.Select(heard => heard.Path == "/token" ? "token" : heard.Headers["Authorization"]["Bearer ".Length..]);

    // Gives T1, T2, ... for 300 seconds each.
    private static Task<HttpFund> WithTokens(Func<string, bool> isKnown)
    {
        var given = 0;
        return HttpFund.Start(async (heard, context) =>
        {
            if (heard.Path == "/token") await context.Response.WriteAsync($$"""{"access_token":"T{{Interlocked.Increment(ref given)}}","token_type":"bearer","expires_in":300}""");
            else context.Response.StatusCode = isKnown(heard.Headers["Authorization"]["Bearer ".Length..]) ? 202 : 401;
        });
    }

    private Channel Of(HttpFund fund) => new("http", "csv") { Url = $"{fund.Url}/in", Auth = ChannelAuth.Oauth2, TokenUrl = $"{fund.Url}/token", ClientId = "coop", Secret = $"file:{place}" };
}
