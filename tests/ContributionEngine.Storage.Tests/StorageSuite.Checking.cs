using ContributionEngine.Core;
using ContributionEngine.Testing;

namespace ContributionEngine.Storage.Tests;

// What a check asks: saved maps, and how members stand.
public abstract partial class StorageSuite
{
    [Test]
    public async Task Saved_maps_are_their_organisations_own_and_the_newest_comes_first()
    {
        await using var store = await Open();
        var (own, other) = await store.Database.Write(Operator, async work => (await Add(work, Drafts.Coffee()), await Add(work, Drafts.Coffee() with { Number = "OTHER" })), CancellationToken.None);
        foreach (var (key, map) in new[] { ("a", "first"), ("b", "second"), ("a", "third") })
        {
            await store.Write(work => work.SheetMaps.Save(own.OrganisationId, key, map));
        }

        Assert.That(await store.Read(async work => (await work.SheetMaps.Of(own.OrganisationId, 10)).Select(row => row.Map).ToList()), Is.EquivalentTo(new[] { "third", "second" }));
        Assert.That(await store.Read(async work => (await work.SheetMaps.Of(own.OrganisationId, 1)).Count), Is.EqualTo(1));
        Assert.That(other.OrganisationId, Is.EqualTo(own.OrganisationId));
        var id = await store.Read(async work => (await work.SheetMaps.Of(own.OrganisationId, 1))[0].Id);
        var foreign = await store.Database.Read(new Actor("pedro", own.OrganisationId + 1), work => work.SheetMaps.Find(id), CancellationToken.None);
        Assert.That(foreign.Refusal?.Code, Is.EqualTo("map_unknown"));
    }

    [Test]
    public async Task A_map_that_is_there_already_is_no_news()
    {
        await using var store = await Open();
        var own = await store.Database.Write(Operator, work => Add(work, Drafts.Coffee()), CancellationToken.None);
        var news = new List<bool>();
        foreach (var map in new[] { "one", "one", "two" }) news.Add(await store.Database.Write(Operator, work => work.SheetMaps.Save(own.OrganisationId, "a", map), CancellationToken.None));
        Assert.That(news, Is.EqualTo(new[] { true, false, true }));
    }

    [Test]
    public async Task What_members_owe_comes_with_the_credit_that_waits()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        await Owe(store, 2_500);
        var open = await store.Read(async work => await work.Standings.Open(agreement, new DateOnly(2021, 1, 31)).ToListAsync());
        var before = await store.Read(async work => await work.Standings.Open(agreement, new DateOnly(2020, 12, 31)).ToListAsync());
        Assert.That((open.Single().Owed, open.Single().Credit, before.Count), Is.EqualTo((2_500, 1_000, 0)));
    }

    [Test]
    public async Task What_members_paid_is_summed_without_the_upload_itself()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        await Pay(store, "k2", allocated: 0, credit: 1_000);
        var (enrolment, upload) = await store.Read(async work => ((await work.Members.EnrolledIn(agreement))[0].EnrolmentId, (await work.Uploads.Of(agreement))[0].Id));
        var all = await store.Read(work => work.Standings.Paid([enrolment], 0));
        var others = await store.Read(work => work.Standings.Paid([enrolment], upload));
        Assert.That((all.Single().Receipts, all.Single().Amount, others.Single().Receipts, await store.Read(work => work.Standings.AnyReceipt(agreement))), Is.EqualTo((2, 2_000, 1, true)));
    }

    [Test]
    public async Task Members_come_one_by_one_as_recognition_needs_them()
    {
        await using var store = await Open();
        var agreement = await Pay(store, "k1", allocated: 0, credit: 1_000);
        var members = await store.Read(async work => await work.Members.EachEnrolled(agreement).ToListAsync());
        var only = members.Single();
        Assert.That((only.MemberNo, only.NationalIdFolded, only.FullName, only.EnrolledFrom, only.EnrolledTo), Is.EqualTo(("A001", "110010001", "Ana Mora", new DateOnly(2021, 1, 1), (DateOnly?)null)));
    }
}
