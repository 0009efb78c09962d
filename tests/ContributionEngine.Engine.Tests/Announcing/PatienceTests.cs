using System.Net;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.FundGateway;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Engine.Tests.Announcing;

/// <summary>Receivers that are down, gone, slow to mend, or where nothing may be sent.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class PatienceTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Test]
    public async Task A_receiver_that_was_down_for_an_hour_has_each_event_once_when_it_is_back()
    {
        var (status, taken) = (503, new List<string>());
        await using var receiver = await Receiver.Open(() => status);
        var endpoint = await receiver.Listen("upload.committed");
        for (var i = 1; i <= 3; i++) await receiver.Upload($"R{i}");
        await receiver.Drain();
        await receiver.Pass(60 * Minute, 5 * Minute);
        var before = receiver.Heard.Count;
        Assert.That((await receiver.Deliveries(endpoint.Endpoint)).Select(one => one.State), Has.All.EqualTo("waiting"));
        status = 204;
        await receiver.Pass(TimeSpan.FromHours(4), 10 * Minute);
        taken.AddRange(receiver.Heard.Skip(before).Select(Receiver.Id));
        Assert.That((taken.Count, taken.Distinct().Count()), Is.EqualTo((3, 3)));
        Assert.That(receiver.Heard.Select(Receiver.Id).Distinct().ToList(), Has.Count.EqualTo(3), "An event keeps its id from attempt to attempt.");
        Assert.That((await receiver.Deliveries(endpoint.Endpoint)).Select(one => (one.State, one.LastStatus)), Has.All.EqualTo(("delivered", (long?)204)));
        Assert.That((await receiver.Endpoint(endpoint.Endpoint)).FailingSince, Is.Null);
    }

    [Test]
    public async Task An_event_that_nobody_takes_is_tried_ten_times_over_three_days_and_may_be_sent_again_by_hand()
    {
        var status = 500;
        await using var receiver = await Receiver.Open(() => status);
        var endpoint = await receiver.Listen("upload.committed");
        await receiver.Upload();
        await receiver.Drain();
        await receiver.Pass(TimeSpan.FromDays(4), TimeSpan.FromMinutes(30));
        var failed = (await receiver.Deliveries(endpoint.Endpoint)).Single();
        Assert.That((failed.State, failed.Attempts, receiver.Heard.Count), Is.EqualTo(("failed", 10L, 10)));
        status = 200;
        _ = (await receiver.Replay.Resend(Desk.Treasurer, new ResendRequest(failed.Event, null, endpoint.Endpoint), CancellationToken.None)).Value;
        await receiver.Drain();
        Assert.That((await receiver.Deliveries(endpoint.Endpoint)).Single().State, Is.EqualTo("delivered"));
    }

    [Test]
    public async Task Who_is_gone_is_disabled_with_a_case_and_hears_what_waited_once_enabled()
    {
        var status = 410;
        await using var receiver = await Receiver.Open(() => status);
        var endpoint = await receiver.Listen("upload.committed");
        await receiver.Upload();
        await receiver.Upload("R2");
        await receiver.Drain();
        var disabled = await receiver.Endpoint(endpoint.Endpoint);
        Assert.That((disabled.State, receiver.Heard.Count, await OpenCases(receiver)), Is.EqualTo(("disabled", 1, 1)));
        await receiver.Upload("R3");
        status = 204;
        _ = (await receiver.Keep.Enable(Desk.Treasurer, endpoint.Endpoint, CancellationToken.None)).Value;
        await receiver.Drain();
        Assert.That((receiver.Heard.Count, await OpenCases(receiver)), Is.EqualTo((2, 0)));
        _ = (await receiver.Replay.Resend(Desk.Treasurer, new ResendRequest(null, "2021-01-01", null), CancellationToken.None)).Value;
        await receiver.Drain();
        Assert.That((await receiver.Deliveries(endpoint.Endpoint)).Select(one => one.State), Is.EqualTo(new[] { "delivered", "delivered", "delivered" }), "What came about while it was disabled can be sent too.");
    }

    [Test]
    public async Task Who_fails_for_five_days_is_told_nothing_more()
    {
        await using var receiver = await Receiver.Open(() => 500);
        var endpoint = await receiver.Listen("upload.committed");
        for (var day = 0; day < 5; day++)
        {
            await receiver.Upload($"R{day}");
            await receiver.Drain();
            await receiver.Pass(TimeSpan.FromDays(1), TimeSpan.FromHours(1));
        }

        await receiver.Upload("R9");
        await receiver.Pass(TimeSpan.FromHours(1), 10 * Minute);
        var now = await receiver.Endpoint(endpoint.Endpoint);
        Assert.That((now.State, now.DisabledReason), Is.EqualTo(("disabled", "it has failed for 5 days")));
    }

    [Test]
    public async Task Who_moves_hears_what_waited_at_the_new_address_and_has_not_failed_there()
    {
        await using var elsewhere = await HttpFund.Start((_, context) => Task.FromResult(context.Response.StatusCode = 204));
        await using var receiver = await Receiver.Open(() => 500);
        var endpoint = await receiver.Listen("upload.committed");
        await receiver.Upload();
        await receiver.Drain();
        Assert.That((await receiver.Endpoint(endpoint.Endpoint)).FailingSince, Is.Not.Null);
        var moved = (await Change(receiver, endpoint, new EndpointChange($"{elsewhere.Url}/hooks"))).Value;
        Assert.That((moved.FailingSince, moved.EventTypes.Single(), moved.State), Is.EqualTo(((DateTimeOffset?)null, "upload.committed", "enabled")));
        await receiver.Pass(10 * Minute, Minute);
        Assert.That((elsewhere.Heard.Count, (await receiver.Deliveries(endpoint.Endpoint)).Single().State), Is.EqualTo((1, "delivered")));
        Assert.That(Receiver.Id(elsewhere.Heard[0]), Is.EqualTo(Receiver.Id(receiver.Heard[0])));
    }

    [Test]
    public async Task What_is_not_named_stays_and_what_is_named_is_held_to_the_rules_of_a_new_receiver()
    {
        await using var receiver = await Receiver.Open();
        var endpoint = await receiver.Listen("*");
        var described = (await Change(receiver, endpoint, new EndpointChange(Description: "accounting"))).Value;
        Assert.That((described.Url, described.EventTypes.Single(), described.Description), Is.EqualTo((endpoint.Url, "*", "accounting")));
        Assert.That((await Change(receiver, endpoint, new EndpointChange(EventTypes: [], Description: ""))).Value.Description, Is.Null);
        Assert.That((await Change(receiver, endpoint, new EndpointChange(EventTypes: ["nothing.such"]))).Refusal!.Code, Is.EqualTo("event_type_unknown"));
        var guarded = new KeepWebhooks(receiver.Desk.Database, mayBeLocal: false);
        Assert.That((await guarded.Change(Desk.Treasurer, endpoint.Endpoint, new EndpointChange("https://10.0.0.7/hooks"), CancellationToken.None)).Refusal!.Code, Is.EqualTo("webhook_url_refused"));
        Assert.That((await guarded.Change(Desk.Treasurer, endpoint.Endpoint, new EndpointChange(endpoint.Url, ["case.opened"]), CancellationToken.None)).Value.EventTypes, Is.EqualTo(new[] { "case.opened" }));
        var audited = (await receiver.Desk.Read(work => work.Audit.List(Storage.Audit.Administration))).Count(one => one.UseCase == "webhook-endpoint-changed");
        Assert.That(audited, Is.EqualTo(3), "what was refused is no change");
        _ = (await Change(receiver, endpoint, new EndpointChange(EventTypes: ["case.opened"]))).Value;
        Assert.That((await receiver.Desk.Read(work => work.Audit.List(Storage.Audit.Administration))).Count(one => one.UseCase == "webhook-endpoint-changed"), Is.EqualTo(audited), "what is so already is no change");
    }

    [Test]
    public async Task A_message_that_comes_twice_is_sent_once()
    {
        await using var receiver = await Receiver.Open();
        var endpoint = await receiver.Listen("upload.committed");
        await receiver.Upload();
        var said = (await receiver.Desk.Read(work => work.Outbox.Waiting())).Single(message => message.Queue == Tell.Queue);
        await receiver.Drain();
        await receiver.Desk.Database.Write(Desk.Treasurer, work => work.Say(null, JsonSerializer.Deserialize<Tell>(said.Body)!), CancellationToken.None);
        await receiver.Drain();
        Assert.That(((await receiver.Deliveries(endpoint.Endpoint)).Single().Attempts, receiver.Heard.Count), Is.EqualTo((1L, 1)));
    }

    [TestCase("169.254.169.254")]
    [TestCase("127.0.0.1")]
    [TestCase("::ffff:10.0.0.1")]
    public async Task A_name_that_leads_inside_is_not_connected_to_whatever_else_it_leads_to(string inside)
    {
        var asked = new List<string>();
        using var sender = new WebhookSender(mayBeLocal: false, resolve: (host, _) =>
        {
            asked.Add(host);
            return Task.FromResult(new[] { IPAddress.Parse("93.184.216.34"), IPAddress.Parse(inside) });
        });
        var answer = await sender.Send(new WebhookCall(new Uri("https://receiver.example/hooks"), "evt_1", "1", "v1,", "{}"), CancellationToken.None);
        Assert.That((answer.Status, answer.Said.Sentence), Is.EqualTo(((int?)null, "receiver.example leads to no public address")));
        Assert.That(asked, Is.EqualTo(new[] { "receiver.example" }));
    }

    [Test]
    public async Task A_receiver_that_points_elsewhere_is_not_followed_and_of_a_long_answer_little_is_kept()
    {
        await using var inside = await HttpFund.Start((_, _) => Task.CompletedTask);
        await using var receiver = await HttpFund.Start(async (request, context) =>
        {
            if (request.Path == "/away") context.Response.Redirect(inside.Url, permanent: false, preserveMethod: true);
            else await context.Response.WriteAsync(new string('x', WebhookSender.AnswerBytesMax + 1));
        });
        using var sender = new WebhookSender(mayBeLocal: true);
        Assert.That((await Send(sender, $"{receiver.Url}/away")).Status, Is.EqualTo(307));
        Assert.That(inside.Heard, Is.Empty);
        Assert.That(await Send(sender, $"{receiver.Url}/long"), Has.Property("Status").EqualTo(200).And.Property("Said").Property("Sentence").EqualTo("more than 16384 bytes"));
    }

    private static Task<WebhookAnswer> Send(WebhookSender sender, string url) => sender.Send(new WebhookCall(new Uri(url), "evt_1", "1", "v1,", "{}"), CancellationToken.None);

    private static Task<Outcome<KnownEndpoint>> Change(Receiver receiver, KnownEndpoint endpoint, EndpointChange to) => receiver.Keep.Change(Desk.Treasurer, endpoint.Endpoint, to, CancellationToken.None);

    private static async Task<int> OpenCases(Receiver receiver) =>
        (await receiver.Desk.Read(work => work.Cases.List(new Storage.CaseFilter(null, KeepWebhooks.DisabledCase, null)))).Count;
}
