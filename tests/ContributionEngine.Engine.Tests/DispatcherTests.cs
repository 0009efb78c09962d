using ContributionEngine.Core;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests;

/// <summary>The embedded bus: retries, parking, and a message that is there twice.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class DispatcherTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task A_message_that_fails_waits_longer_each_time_and_is_parked_with_a_case()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var agreement = await desk.Agreement(Coffee.Number);
        await desk.Database.Write(Desk.Treasurer, work => work.Say(agreement.Id, new Cut(424242, "os:treasurer")), CancellationToken.None);
        var dispatcher = new DirectDispatcher(desk.Database, MessageMap.Of(NoFund.Channels));
        var tries = 0;
        for (; (await desk.Read(work => work.Outbox.Waiting()))[0].ParkedReason is null; tries++)
        {
            Assert.That((await dispatcher.Drain(Desk.Treasurer, CancellationToken.None)).Single().Parked, Is.EqualTo(tries == Retries.AttemptsMax - 1));
            desk.Clock.Move(Retries.LongestWait);
        }

        Assert.That(tries, Is.EqualTo(Retries.AttemptsMax));
        Assert.That((await desk.Read(work => work.Totals.Cases(agreement.Id))).Select(row => (row.Reason, row.Count)), Is.EqualTo(new[] { ("message_parked", 1L) }));
    }

    [Test]
    public async Task A_parked_message_is_skipped_with_a_reason_and_its_case_is_closed()
    {
        await using var desk = await Parked();
        var id = (await desk.Read(work => work.Outbox.Waiting()))[0].Id;
        Assert.That((await new ParkedMessages(desk.Database).Skip(Desk.Treasurer, id, "sent by mistake", CancellationToken.None)).Refusal, Is.Null);
        var agreement = await desk.Agreement(Coffee.Number);
        Assert.That(await desk.Read(work => work.Outbox.Waiting()), Is.Empty);
        Assert.That(await desk.Read(work => work.Totals.Cases(agreement.Id)), Is.Empty);
    }

    [Test]
    public async Task A_message_that_is_not_parked_cannot_be_skipped()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        await desk.Database.Write(Desk.Treasurer, work => work.Say(null, new MatchBank("os:treasurer")), CancellationToken.None);
        var id = (await desk.Read(work => work.Outbox.Waiting()))[0].Id;
        Assert.That((await new ParkedMessages(desk.Database).Skip(Desk.Treasurer, id, "no", CancellationToken.None)).Refusal!.Code, Is.EqualTo("message_not_parked"));
    }

    [Test]
    public async Task A_message_that_was_handled_before_does_nothing_the_second_time()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00")), "2021-01-31")).Value;
        var row = (await desk.Read(work => work.Outbox.NextDue())).Single();
        for (var i = 0; i < 2; i++)
        {
            var turn = new Turn(desk.Database, Desk.Treasurer, row.Id, work => ParkedMessages.Settle(work, row));
            await MessageMap.Of(NoFund.Channels).Single(route => route.Queue == row.Destination).Run(row.Body, turn, CancellationToken.None);
        }

        Assert.That((await desk.Totals(Coffee.Number)).Received, Is.EqualTo(3860000));
    }

    [Test]
    public async Task A_use_case_may_say_its_own_message_again_for_later()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        var said = new MatchBank("os:treasurer");
        await desk.Database.Write(Desk.Treasurer, work => work.Say(null, said), CancellationToken.None);
        var row = (await desk.Read(work => work.Outbox.NextDue())).Single();
        var turn = new Turn(desk.Database, Desk.Treasurer, row.Id, work => ParkedMessages.Settle(work, row));
        await turn.Once(work => work.Say(null, said), CancellationToken.None);
        Assert.That((await desk.Read(work => work.Outbox.NextDue())).Single().Id, Is.Not.EqualTo(row.Id));
    }

    private static async Task<Desk> Parked()
    {
        var desk = await Desk.With(Coffee, Members.Pickers);
        var agreement = await desk.Agreement(Coffee.Number);
        await desk.Database.Write(Desk.Treasurer, work => work.Say(agreement.Id, new Cut(424242, "os:treasurer")), CancellationToken.None);
        var row = (await desk.Read(work => work.Outbox.NextDue())).Single();
        await desk.Database.Write(Desk.Treasurer, work => ParkedMessages.Park(work, row, "it cannot be read"), CancellationToken.None);
        return desk;
    }
}
