using ContributionEngine.Testing;

namespace ContributionEngine.Faults.Tests;

/// <summary>What takes longer than a gate may: a broker that is away for a minute and a half, a fund with moods.</summary>
[Category("Long")]
internal sealed class OutageTests : FaultTest
{
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(90);

    private static readonly string Agreement = Season.Agreement(1);

    [Test]
    public async Task A_broker_that_is_stopped_for_ninety_seconds_under_load_delays_the_work_and_no_more()
    {
        await Begin(new Shape { OwnBroker = true });
        await Task.WhenAll(Stack.Worker(), Stack.Worker());
        await Stack.Broker!.Stop();
        var outage = Task.Delay(Outage);
        Stack.Place.Write("meanwhile.csv", Receipts.Csv(Stack.Season.Receipts(Agreement, Stack.Season.Files + 1)));
        await Stack.Commands.Staged("meanwhile.csv", Agreement);
        await outage;
        await Stack.Broker.Start();
        await Stack.Idle();
        var verify = await Stack.Commands.Run("verify");
        using (Assert.EnterMultipleScope())
        {
            Assert.That(await Stack.Books.Faults(), Is.Empty, Chance.Replay);
            Assert.That(await Stack.Books.Number("select count(*) from receipt"), Is.EqualTo((Stack.Season.Cooperatives * Stack.Season.Files + 1) * Stack.Season.Rows), Chance.Replay);
            Assert.That(verify.Exit, Is.Zero, $"{Chance.Replay}\n{verify}");
        }
    }

    [Test]
    public async Task A_fund_that_answers_with_other_totals_opens_a_case_and_moves_no_money()
    {
        await Begin(new Shape { Fund = new FundBehaviour { AnswerWithOtherTotal = true } });
        await Remitted();
        await Stack.Until("a case is open", async () => await Stack.Books.Number("select count(*) from work_case where reason = 'answer_with_other_totals' and state = 'open'") == 1);
        await AssertStands("delivered none");
    }

    [Test]
    public async Task A_fund_that_is_silent_for_long_is_asked_again_until_it_answers()
    {
        await Begin(new Shape { Fund = new FundBehaviour { AnswerAfterSeconds = 1_000_000 } });
        await Remitted();
        await Stack.Until("it is delivered", async () => await Stack.Books.Number("select count(*) from remittance where delivery = 'delivered'") == 1);
        await Stack.Hurry();
        await AssertStands("delivered none");
        Stack.Place.Write(Season.FundSettings, new FundBehaviour { AnswerTwice = true }.Json);
        await Stack.Until("it is answered", async () =>
        {
            await Stack.Hurry();
            return await Stack.Books.Number("select count(*) from remittance where answer = 'accepted'") == 1;
        });
        await AssertStands("delivered accepted");
    }

    private async Task Remitted()
    {
        await Task.WhenAll(Stack.Worker(), Stack.Gateway());
        await Stack.Idle();
        await Stack.Commands.Settled(Agreement);
    }

    private async Task AssertStands(string state)
    {
        var verify = await Stack.Commands.Run("verify");
        using (Assert.EnterMultipleScope())
        {
            Assert.That((await Stack.Books.Rows("select delivery, answer from remittance")).Select(row => string.Join(' ', row)), Is.EqualTo(new[] { state }), Chance.Replay);
            Assert.That(await Stack.Books.Faults(), Is.Empty, Chance.Replay);
            Assert.That(verify.Exit, Is.Zero, $"{Chance.Replay}\n{verify}");
        }
    }
}
