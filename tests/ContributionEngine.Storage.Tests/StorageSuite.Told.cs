using System.Data.Common;
using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

// What treasurers tell of payments.
public abstract partial class StorageSuite
{
    [Test]
    public async Task A_told_payment_stands_until_it_is_taken_back_and_its_own_organisation_alone_sees_it()
    {
        await using var store = await Open();
        var agreement = await Remit(store);
        await Tell(store, 71, "7001");
        await Tell(store, 72, "7002");
        var row = (await store.Read(work => work.ToldPayments.Of("REM-900")))[0];
        Assert.That((row.Id, row.Remittance, row.Reference, row.Currency, row.PaidOn, row.Channel, row.Slip, row.Amount, row.ToldBy), Is.EqualTo((71L, "REM-900", "RF-900", "CRC", new DateOnly(2021, 2, 9), "bank", "7001", 4L, "maria")));
        Assert.That((await Told(store, new Actor("maria", agreement.OrganisationId)), await Told(store, new Actor("pedro", agreement.OrganisationId + 1))), Is.EqualTo(("71 72; 71 72", "; ")));

        Assert.That((await TakeBack(store, 71), await TakeBack(store, 71), await TakeBack(store, 73)), Is.EqualTo((true, false, false)));
        await Tell(store, 74, "7001");
        Assert.That(await Told(store, Operator), Is.EqualTo("72 74; 72 74"));
    }

    [Test]
    public async Task What_is_told_is_awaited_while_money_of_the_remittance_is_open()
    {
        await using var store = await Open();
        await Remit(store);
        await Tell(store, 71, "7001");
        var seen = new List<string>();
        foreach (var state in new[] { "paid = 5", "paid = 6", "paid = 5, rejected = 1", "paid = 0, rejected = 0, delivery = 'cancelled'" })
        {
            await Do(store, $"update remittance set {state} where id = {Proven}");
            seen.Add(await Told(store, Operator));
        }

        Assert.That(seen, Is.EqualTo(new[] { "71; 71", "71; ", "71; ", "71; " }));
    }

    [Test]
    public async Task The_database_refuses_the_same_slip_told_twice_and_an_amount_of_nothing()
    {
        await using var store = await Open();
        await Remit(store);
        await Tell(store, 71, "7001");
        Assert.That(() => Tell(store, 72, "7001"), Throws.InstanceOf<DbException>());
        Assert.That(() => Tell(store, 73, "7003", 0), Throws.InstanceOf<DbException>());
    }

    private static Task Tell(EmptyStore store, long id, string slip, long amount = 4) => store.Write(work => work.ToldPayments.Add(
        Proven, new StoredToldPayment { Id = id, PaidOn = new DateOnly(2021, 2, 9), Channel = "bank", Slip = slip, Amount = amount, ToldBy = "maria", ToldAt = work.Now }));

    private static Task<bool> TakeBack(EmptyStore store, long id) => store.Write(work => work.ToldPayments.TakeBack(Proven, id));

    // Of the remittance; and those that are awaited.
    private static Task<string> Told(EmptyStore store, Actor actor) => store.Database.Read(actor, async work =>
        $"{string.Join(' ', (await work.ToldPayments.Of("REM-900")).Select(row => row.Id))}; {string.Join(' ', (await work.ToldPayments.Awaited()).Select(row => row.Id))}", CancellationToken.None);
}
