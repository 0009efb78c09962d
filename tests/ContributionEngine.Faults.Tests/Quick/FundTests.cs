using ContributionEngine.Testing;

namespace ContributionEngine.Faults.Tests;

/// <summary>The fund takes a file and its word is lost: it is asked, and never sent the file twice.</summary>
[Category("Quick")]
internal sealed class FundTests : FaultTest
{
    private const int Copies = 16;
    private const string Deliveries = "select r.delivery, r.answer, count(d.attempt)::text from remittance r left join delivery d on d.remittance_id = r.id group by r.id, r.delivery, r.answer";

    private static readonly string Agreement = Season.Agreement(1);

    private string FundMemory => Stack.Place.PathOf("fund");

    [Test]
    public async Task A_gateway_that_is_killed_after_the_fund_took_the_file_asks_and_sends_nothing_again()
    {
        await Begin(new Shape { Fund = new FundBehaviour { TimeOutAfterAccepting = 1 } });
        var gateway = await Cut();
        await Stack.Until("the fund has the file", () => Task.FromResult(Received.Count == 1));
        await Stack.Kill(gateway);
        await AttemptIsOld();
        await Stack.Gateway();
        await AssertDeliveredOnce();
    }

    [Test]
    public async Task A_fund_that_takes_the_file_and_says_nothing_is_asked()
    {
        await Begin(new Shape { Fund = new FundBehaviour { TimeOutAfterAccepting = 1 } });
        await Cut();
        await AssertDeliveredOnce();
    }

    [Test]
    public async Task A_gateway_that_is_killed_at_any_moment_delivers_once()
    {
        await Begin();
        var gateway = await Cut();
        await Task.Delay(Chance.Within(1_500));
        await Stack.Kill(gateway);
        await AttemptIsOld();
        await Stack.Gateway();
        // It may have died before the fund had anything: then the fund says so, and a second attempt is right.
        await AssertDeliveredOnce(attemptsMax: 2);
    }

    [Test]
    public async Task A_fund_that_answers_twice_settles_once()
    {
        await Begin(new Shape { Fund = new FundBehaviour { AnswerTwice = true } });
        await Cut();
        await AssertDeliveredOnce();
    }

    [Test]
    public async Task A_message_that_reaches_two_gateways_at_once_and_again_delivers_once()
    {
        await Begin();
        await Sealed();
        var said = (await Stack.Books.Rows($"select id::text, body from outbox where destination = '{Queues.Deliver}'")).Select(row => ((string?)row[0], row[1])).Single();
        await Stack.Queues.Put(Queues.Deliver, Enumerable.Repeat(said, Copies));
        await Task.WhenAll(Stack.Gateway(), Stack.Gateway());
        await AssertDeliveredOnce();
    }

    private IReadOnlyList<string> Received => Directory.Exists(FundMemory) ? Directory.GetFiles(FundMemory, "*.csv") : [];

    // Posts everything, cuts one agreement's remittance, and has a gateway at work.
    private async Task<RoleProcess> Cut()
    {
        await Sealed();
        return await Stack.Gateway();
    }

    private async Task Sealed()
    {
        await Stack.Worker();
        await Stack.Idle();
        await Stack.Commands.Settled(Agreement);
        await Stack.Until("it is cut", async () => await Stack.Books.Number("select count(*) from remittance") > 0);
    }

    // As two minutes would make it: nobody is handing it over any more.
    private Task AttemptIsOld() => Stack.Books.Do("update delivery set started_at = started_at - interval '3 minutes'");

    private async Task AssertDeliveredOnce(int attemptsMax = 1)
    {
        await Stack.Until("the fund's answer is in", async () =>
        {
            await Stack.Hurry();
            return (await Stack.Books.Rows(Deliveries)).All(row => row[1] == "accepted") && await Stack.Books.Waiting() == 0;
        });
        var verify = await Stack.Commands.Run("verify");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Stack.Books.Rows(Deliveries)).Select(row => string.Join(' ', row)), Is.SubsetOf(Enumerable.Range(1, attemptsMax).Select(attempts => $"delivered accepted {attempts}")), Chance.Replay);
            Assert.That(Received, Has.Count.EqualTo(1), Chance.Replay);
            Assert.That(await Stack.Books.Faults(), Is.Empty, Chance.Replay);
            Assert.That(verify.Exit, Is.Zero, $"{Chance.Replay}\n{verify}");
        }
    }
}
