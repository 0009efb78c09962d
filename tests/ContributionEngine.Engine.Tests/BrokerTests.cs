using System.Text;
using ContributionEngine.Engine;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;
using MassTransit;
using MassTransit.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace ContributionEngine.Engine.Tests;

/// <summary>The message map hosted on a bus: here the in-memory one, with the same endpoints that a broker has.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class BrokerTests
{
    private static readonly AgreementDraft Coffee = Agreements.Coffee();

    [Test]
    public async Task What_the_outbox_says_runs_the_use_case_of_its_queue_and_a_second_delivery_changes_nothing()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-15", "40000.00")), "2021-01-31")).Value;
        var said = (await desk.Read(work => work.Outbox.NextDue())).Single();

        await using var provider = new ServiceCollection()
            .AddMassTransitTestHarness(bus => bus.UsingInMemory((_, memory) => new BrokerEndpoints(desk.Database, MessageMap.Of(NoFund.Channels), CancellationToken.None).Map(memory, _ => { })))
            .BuildServiceProvider(true);
        var harness = provider.GetRequiredService<ITestHarness>();
        await harness.Start();
        await Send(harness, said);
        await Send(harness, said);
        await harness.InactivityTask;

        var totals = await desk.Totals(Coffee.Number);
        Assert.That((totals.Received, totals.Allocated, totals.Credit), Is.EqualTo((7860000L, 7720000L, 140000L)));
        Assert.That(await desk.Breaks(), Is.Empty);
    }

    [Test]
    public async Task A_message_that_does_not_come_from_the_outbox_is_parked_and_touches_no_money()
    {
        await using var desk = await Desk.With(Coffee, Members.Pickers);
        _ = (await desk.Submit(Coffee.Number, Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00")), "2021-01-31")).Value;
        var said = (await desk.Read(work => work.Outbox.NextDue())).Single();

        await using var provider = new ServiceCollection()
            .AddMassTransitTestHarness(bus => bus.UsingInMemory((_, memory) => new BrokerEndpoints(desk.Database, MessageMap.Of(NoFund.Channels), CancellationToken.None).Map(memory, _ => { })))
            .BuildServiceProvider(true);
        var harness = provider.GetRequiredService<ITestHarness>();
        await harness.Start();
        await Send(harness, said, withId: false);
        await harness.InactivityTask;
        var parked = (await desk.Read(work => work.Outbox.Waiting())).Single(row => row.ParkedReason is not null);
        Assert.That((parked.Queue, parked.Body), Is.EqualTo((said.Destination, said.Body)));
        Assert.That(parked.ParkedReason, Does.Contain(BrokerEndpoints.MessageId));
        Assert.That((await desk.Totals(Coffee.Number)).Received, Is.Zero);
    }

    // As the relay sends it: the plain JSON body, and the outbox id in a header.
    private static async Task Send(ITestHarness harness, OutboxRow said, bool withId = true)
    {
        var endpoint = await harness.Bus.GetSendEndpoint(new Uri($"queue:{said.Destination}"));
        await endpoint.Send(new Outgoing(), context =>
        {
            context.Serializer = new PlainBody(said.Body);
            if (withId) context.Headers.Set(BrokerEndpoints.MessageId, said.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        });
    }

    private sealed record Outgoing;

    private sealed class PlainBody(string body) : IMessageSerializer
    {
        public System.Net.Mime.ContentType ContentType { get; } = new("application/json");

        public MessageBody GetMessageBody<T>(SendContext<T> context) where T : class => new BytesMessageBody(Encoding.UTF8.GetBytes(body));
    }
}
