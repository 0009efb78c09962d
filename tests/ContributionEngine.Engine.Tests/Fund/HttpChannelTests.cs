using ContributionEngine.Core;
using ContributionEngine.Testing;
using Microsoft.AspNetCore.Http;

namespace ContributionEngine.Engine.Tests.Fund;

/// <summary>What a fund's HTTP interface says, and what that means for a remittance.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class HttpChannelTests
{
    [Test]
    public async Task The_file_is_posted_with_its_key_and_its_hash()
    {
        await using var fund = await Saying(202);
        await using var gate = Parcels.Gate();
        Assert.That(await gate.Deliver(Of(fund)), Is.EqualTo(new Handover.Delivered(null)));
        var heard = fund.Heard.Single();
        Assert.That((heard.ToString(), heard.Headers["Idempotency-Key"], heard.Headers["X-Content-SHA256"], heard.Body), Is.EqualTo(("POST /in", Parcels.Reference, Parcels.Sha256, Parcels.Text)));
    }

    [TestCase(200)]
    [TestCase(201)]
    [TestCase(204)]
    public async Task A_good_status_means_delivered(int status)
    {
        await using var fund = await Saying(status);
        await using var gate = Parcels.Gate();
        Assert.That(await gate.Deliver(Of(fund)), Is.EqualTo(new Handover.Delivered(null)));
    }

    [TestCase(400)]
    [TestCase(403)]
    [TestCase(422)]
    public async Task A_no_is_kept_with_its_code_and_words(int status)
    {
        await using var fund = await Saying(status, "the period is closed\u001b[2J");
        await using var gate = Parcels.Gate();
        Assert.That((await gate.Deliver(Of(fund))).Told(), Is.EqualTo($"Refused: http_{status}: the period is closed [2J"));
    }

    [TestCase(408)]
    [TestCase(409)]
    [TestCase(500)]
    [TestCase(503)]
    [TestCase(504)]
    public async Task What_may_have_arrived_is_unknown_and_sent_once(int status)
    {
        await using var fund = await Saying(status);
        await using var gate = Parcels.Gate();
        Assert.That(((await gate.Deliver(Of(fund))).GetType(), fund.Heard.Count), Is.EqualTo((typeof(Handover.Unknown), 1)));
    }

    [TestCase(503)]
    [TestCase(429)]
    public async Task A_fund_that_asks_to_be_left_alone_is_not_reached_and_its_wait_is_kept(int status)
    {
        await using var fund = await Saying(status, retryAfter: "3600");
        await using var gate = Parcels.Gate();
        var handover = (Handover.NotReached)await gate.Deliver(Of(fund));
        Assert.That((handover.Wait, fund.Heard.Count), Is.EqualTo((TimeSpan.FromHours(1), 1)));
    }

    [Test]
    public async Task A_fund_that_is_back_at_once_is_called_again()
    {
        var calls = 0;
        await using var fund = await HttpFund.Start((_, context) =>
        {
            context.Response.StatusCode = ++calls == 1 ? 503 : 202;
            context.Response.Headers.RetryAfter = "0";
            return Task.CompletedTask;
        });
        await using var gate = Parcels.Gate();
        Assert.That((await gate.Deliver(Of(fund)), calls), Is.EqualTo(((Handover)new Handover.Delivered(null), 2)));
    }

    [Test]
    public async Task A_redirect_is_named_and_not_followed()
    {
        await using var elsewhere = await Saying(202);
        await using var fund = await HttpFund.Start((_, context) =>
        {
            context.Response.Redirect($"{elsewhere.Url}/in", permanent: true);
            return Task.CompletedTask;
        });
        await using var gate = Parcels.Gate();
        var handover = (Handover.NotReached)await gate.Deliver(Of(fund));
        Assert.That((elsewhere.Heard, handover.Why.Sentence), Is.EqualTo((Array.Empty<Heard>(), $"the fund points to «{elsewhere.Url}/in» (301); redirects are not followed: put the right address into the agreement's channel")));
    }

    [Test]
    public async Task A_fund_that_takes_the_file_and_then_says_nothing_is_unknown_and_not_called_again()
    {
        await using var fund = await HttpFund.Start((_, context) => Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default));
        await using var gate = Parcels.Gate(Parcels.Hasty with { AttemptTimeout = TimeSpan.FromMilliseconds(300) });
        Assert.That(((await gate.Deliver(Of(fund))).Told(), fund.Heard.Count), Is.EqualTo(("Unknown: the fund did not answer within 0.3 seconds", 1)));
    }

    [Test]
    public async Task Nobody_there_is_not_reached()
    {
        await using var gate = Parcels.Gate();
        Assert.That(await gate.Deliver(new Channel("http", "csv") { Url = "http://127.0.0.1:9/in" }), Is.InstanceOf<Handover.NotReached>());
    }

    [TestCase(200, "{}", typeof(Handover.Delivered))]
    [TestCase(200, "we have it", typeof(Handover.Delivered))]
    [TestCase(200, """{"sha256":"00"}""", typeof(Handover.Refused))]
    [TestCase(404, "", typeof(Handover.NotFound))]
    [TestCase(500, "", typeof(Handover.Unknown))]
    [TestCase(302, "", typeof(Handover.NotReached))]
    public async Task Asked_a_fund_says_what_it_has(int status, string text, Type means)
    {
        await using var fund = await Saying(status, text);
        await using var gate = Parcels.Gate();
        Assert.That(await gate.Ask(Of(fund) with { StatusUrl = $"{fund.Url}/in/{{reference}}" }), Is.InstanceOf(means));
        Assert.That($"{fund.Heard[0]}", Is.EqualTo($"GET /in/{Parcels.Reference}"));
    }

    [TestCase(false, typeof(Handover.NobodyToAsk))]
    [TestCase(true, typeof(Handover.NotFound))]
    public async Task Without_an_address_to_ask_at_only_a_promise_to_take_repeats_once_helps(bool promised, Type means)
    {
        await using var gate = Parcels.Gate();
        Assert.That(await gate.Ask(new Channel("http", "csv") { Url = "https://fund.example/in", Idempotent = promised }), Is.InstanceOf(means));
    }

    [Test]
    public async Task A_fund_that_keeps_failing_is_left_alone_and_named()
    {
        await using var gate = Parcels.Gate(Parcels.Hasty with { CircuitFailures = 2 });
        var channel = new Channel("http", "csv") { Url = "http://127.0.0.1:9/in" };
        await gate.Deliver(channel);
        var handover = (Handover.NotReached)await gate.Deliver(channel);
        Assert.That((handover.Why.Sentence, gate.LeftAlone), Is.EqualTo(("http://127.0.0.1:9 has been failing; the circuit is open, and it is left alone for 30 seconds.", new[] { "http://127.0.0.1:9" })));
    }

    private static Channel Of(HttpFund fund) => new("http", "csv") { Url = $"{fund.Url}/in" };

    private static Task<HttpFund> Saying(int status, string text = "", string? retryAfter = null) => HttpFund.Start((_, context) =>
    {
        context.Response.StatusCode = status;
        if (retryAfter is not null) context.Response.Headers.RetryAfter = retryAfter;
        return status == 204 ? Task.CompletedTask : context.Response.WriteAsync(text);
    });
}
