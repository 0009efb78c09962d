using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

// Events for other programs, and how far each has heard of them.
public abstract partial class StorageSuite
{
    [Test]
    public async Task An_event_is_kept_with_a_delivery_and_a_message_for_each_receiver_that_may_hear_of_it()
    {
        await using var store = await Open();
        var agreement = await store.Write(work => Add(work, Drafts.Coffee()));
        var (fund, own, deaf) = (await Receiver(store, null, "case.*"), await Receiver(store, agreement.OrganisationId, "*"), await Receiver(store, null, "period.closed"));
        await store.Write(async work =>
        {
            work.WebhookEvents.Note(new Announcement("case.resolved", "CAS-1", agreement.Id));
            work.WebhookEvents.Note(new Announcement("case.resolved", "CAS-2", Agreement: agreement.Number));
            work.WebhookEvents.Note(new Announcement("case.resolved", "CAS-3"));
            await work.WebhookEndpoints.Disable(deaf.Id, "never mind");
        });
        var deliveries = await store.Read(work => work.WebhookDeliveries.List(new DeliveryFilter(null, null, null, null, 10)));
        Assert.That(deliveries.Select(row => row.Endpoint), Is.EquivalentTo(new[] { fund.Number, fund.Number, own.Number }));
        Assert.That((await store.Read(work => work.Outbox.Waiting())).Select(row => row.Queue), Is.EqualTo(Enumerable.Repeat("send-webhook", 3)));
        var seen = await store.Database.Read(new Actor("maria", agreement.OrganisationId), work => work.WebhookEvents.List(new EventFilter("case.resolved", DateTimeOffset.UnixEpoch, null, 10)), CancellationToken.None);
        Assert.That(seen.Select(row => row.Data), Is.EqualTo(new[] { $$"""{"agreement":"{{agreement.Number}}","ids":["CAS-1","CAS-2"],"object":"case"}""" }));
        Assert.That(await store.Read(work => work.WebhookEvents.List(new EventFilter(null, null, seen[0].Number, 10))), Has.Count.EqualTo(seen[0].Id > deliveries.Min(row => row.EventId) ? 1 : 0));
    }

    [Test]
    public async Task A_delivery_is_noted_resumed_and_put_in_the_queue_anew()
    {
        await using var store = await Open();
        var endpoint = await Receiver(store, null, "*");
        var made = await store.Write(async work =>
        {
            var made = await work.WebhookEvents.Try(endpoint);
            await work.WebhookDeliveries.Add([(made.Id, endpoint.Id)]);
            return made;
        });
        var first = await Delivery(store);
        await store.Write(work => work.WebhookDeliveries.Save(first with { Attempts = 1, LastStatus = 503, LastDetail = "more than 9 bytes", LastDetailCode = "webhook_said.too_long", LastParticulars = Particulars.Of(null, ("bytes", "9")).Text(), LastAttemptAt = work.Now, NextAttemptAt = work.Now + Minute }));
        Assert.That(await store.Write(work => work.WebhookDeliveries.Resume(endpoint.Id)), Is.EqualTo(1));
        await store.Write(async work =>
        {
            var before = (await work.WebhookDeliveries.Get(first.Id))!;
            await work.WebhookDeliveries.Save(before with { State = "delivered", DeliveredAt = work.Now, NextAttemptAt = null });
            await work.WebhookDeliveries.Again([(made.Id, endpoint.Id)]);
        });
        var last = await Delivery(store);
        Assert.That((last.State, last.Attempts, last.Version, last.LastStatus), Is.EqualTo(("waiting", 0L, 5L, (long?)503)));
        Assert.That((last.LastSaid!.Sentence, last.LastSaid.Code, last.LastSaid.Particulars!.Text()), Is.EqualTo(("more than 9 bytes", "webhook_said.too_long", """{"Values":{"bytes":"9"}}""")));
        Assert.That((await store.Read(work => work.Outbox.Waiting())).Count, Is.EqualTo(4));
    }

    [Test]
    public async Task A_secret_counts_for_a_while_after_another_was_made_and_goes_with_its_receiver()
    {
        await using var store = await Open();
        var (endpoint, first) = await store.Write(work => work.WebhookEndpoints.Add(new StoredEndpoint { Url = "https://receiver.example/", EventTypes = "*" }));
        var second = await store.Write(work => work.WebhookEndpoints.Rotate(endpoint.Id, work.Now + Minute));
        Assert.That(await store.Read(work => work.WebhookEndpoints.Secrets(endpoint.Id)), Is.EqualTo(new[] { second, first }));
        var third = await store.Write(work => work.WebhookEndpoints.Rotate(endpoint.Id, work.Now - Minute));
        Assert.That(await store.Read(work => work.WebhookEndpoints.Secrets(endpoint.Id)), Is.EqualTo(new[] { third, first }));
        await store.Write(work => work.WebhookEndpoints.Note(endpoint.Id, failed: true));
        Assert.That((await store.Read(work => work.WebhookEndpoints.Get(endpoint.Id)))!.FailingSince, Is.Not.Null);
        await store.Write(work => work.WebhookEndpoints.Remove(endpoint.Id));
        Assert.That(await store.Read(work => work.WebhookEndpoints.Secrets(endpoint.Id)), Is.Empty);
        Assert.That((await store.Read(work => work.WebhookEndpoints.Find(endpoint.Number))).Refusal!.Code, Is.EqualTo("webhook_endpoint_unknown"));
    }

    private static async Task<StoredEndpoint> Receiver(EmptyStore store, long? organisation, string types) =>
        (await store.Write(work => work.WebhookEndpoints.Add(new StoredEndpoint { OrganisationId = organisation, Url = "https://receiver.example/", EventTypes = types }))).Endpoint;

    private static async Task<StoredDelivery> Delivery(EmptyStore store) => (await store.Read(work => work.WebhookDeliveries.List(new DeliveryFilter(null, null, "waiting", null, 2)))).Single();
}
