using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>A receiver of events is given another address, other kinds or another description.</summary>
internal sealed class WebhookChangeTests
{
    private const int NotFound = 5;
    private const int Refused = 7;

    [Test]
    public async Task What_is_named_is_changed_and_the_rest_stays()
    {
        using var place = await Prepared.Harvest();
        var endpoint = (await place.Json("webhook endpoint add --url https://receiver.example/hooks --events case.opened --description accounting")).At("endpoint");
        var tried = await place.Json($"webhook endpoint change {endpoint} --url https://other.example/hooks --dry-run");
        Assert.That((tried.At("url"), (await Listed(place)).At("url")), Is.EqualTo(("https://other.example/hooks", "https://receiver.example/hooks")));
        var changed = await place.Json($"webhook endpoint change {endpoint} --url https://other.example/hooks --events remittance.*,case.opened");
        Assert.That(changed.ToJsonString(), Is.EqualTo((await Listed(place)).ToJsonString()));
        Assert.That((changed.At("endpoint"), changed.At("url"), changed.At("description"), changed["event_types"]!.ToJsonString()), Is.EqualTo((endpoint, "https://other.example/hooks", "accounting", """["case.opened","remittance.*"]""")));
        Assert.That((await place.Json($"webhook endpoint change {endpoint} --description \"\""))["description"], Is.Null);
        var audited = (await place.Json("audit list")).AsArray().Count(row => row.At("use_case") == "webhook-endpoint-changed");
        Assert.That(audited, Is.EqualTo(2));
    }

    [TestCase("--url http://receiver.example/hooks", Refused, "webhook_url_refused")]
    [TestCase("--url https://169.254.169.254/latest", Refused, "webhook_url_refused")]
    [TestCase("--events nothing.such", Refused, "event_type_unknown")]
    public async Task The_rules_are_those_of_a_new_receiver(string asked, int exit, string code)
    {
        using var place = await Prepared.Harvest();
        var endpoint = (await place.Json("webhook endpoint add --url https://receiver.example/hooks")).At("endpoint");
        var refused = await place.Run($"webhook endpoint change {endpoint} {asked} -o json");
        Assert.That((refused.Exit, refused.Problem.At("code"), (await Listed(place)).At("url")), Is.EqualTo((exit, code, "https://receiver.example/hooks")), $"{refused}");
    }

    [Test]
    public async Task Nobody_changes_a_receiver_that_is_not_there()
    {
        using var place = await Prepared.Harvest();
        var refused = await place.Run("webhook endpoint change WHE-000000000001 --description x -o json");
        Assert.That((refused.Exit, refused.Problem.At("code")), Is.EqualTo((NotFound, "webhook_endpoint_unknown")), $"{refused}");
    }

    private static async Task<System.Text.Json.Nodes.JsonNode> Listed(Workplace place) => (await place.Json("webhook endpoint list")).AsArray().Single()!;
}
