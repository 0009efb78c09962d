using ContributionEngine.Core;

namespace ContributionEngine.Storage.Tests;

// What collecting a remittance costs: parts and payments are facts, and the fee is their sum.
public abstract partial class StorageSuite
{
    [Test]
    public async Task A_fee_is_the_sum_of_its_parts_less_what_was_paid()
    {
        await using var store = await Open();
        var agreement = await Charged(store, new FeePart(1, Proven, 600, 9, 9, 2021), new FeePart(2, Proven, 400, -3, -2, 2021));
        await Pay(store, agreement);
        await Add(store, agreement, new FeePart(3, Proven, 800, 6, 5, 2021));
        var fee = (await store.Read(work => work.CollectionFees.Of(agreement.Id))).Single();
        var parts = await store.Read(work => work.CollectionFees.Parts(agreement.Id));
        Assert.That((fee.Remittance, fee.FeeYear, fee.Basis, fee.Rate, fee.Worked, fee.Amount, fee.Paid, fee.Open), Is.EqualTo(("REM-900", 2021, 800L, "1.5", 12L, 12L, 7L, 5L)));
        Assert.That(parts.Select(part => part.Part), Is.EqualTo(new[] { new FeePart(1, Proven, 600, 9, 9, 2021), new FeePart(2, Proven, 400, -3, -2, 2021), new FeePart(3, Proven, 800, 6, 5, 2021) }));
        Assert.That(await store.Read(work => work.CollectionFees.Of(agreement.Id + 1)), Is.Empty);
    }

    [Test]
    public async Task What_was_open_up_to_a_part_is_paid_once()
    {
        await using var store = await Open();
        var agreement = await Charged(store, new FeePart(1, Proven, 600, 9, 9, 2021));
        var open = await store.Read(work => work.CollectionFees.Of(agreement.Id));
        await Pay(store, agreement);
        Assert.That(async () => await store.Write(work => work.CollectionFees.Pay(agreement.Id, open, new DateOnly(2021, 3, 1))), Throws.InstanceOf<System.Data.Common.DbException>());
    }

    [Test]
    public async Task What_is_open_of_a_fee_is_an_open_item_until_it_is_paid()
    {
        await using var store = await Open();
        var agreement = await Charged(store, new FeePart(1, Proven, 600, 9, 9, 2021));
        var open = await Items(store, agreement);
        await Pay(store, agreement);
        Assert.That((open, await Items(store, agreement)), Is.EqualTo(("1: 9", "")));
    }

    [Test]
    public async Task A_part_of_an_agreement_without_a_fee_is_found()
    {
        await using var store = await Open();
        var agreement = await Charged(store, new FeePart(1, Proven, 600, 9, 9, 2021));
        var breaks = await store.Read(work => work.Proofs.Run());
        Assert.That(breaks.Where(row => row.Subject == $"fee 1 of {agreement.Number}, {Numbers.Remittance(Proven)}").Select(row => row.Detail), Is.EqualTo(new[] { "the agreement has no fee" }));
    }

    private static async Task<StoredAgreement> Charged(EmptyStore store, params FeePart[] parts)
    {
        var agreement = await Remit(store);
        foreach (var part in parts) await Add(store, agreement, part);
        return agreement;
    }

    private static Task Add(EmptyStore store, StoredAgreement agreement, FeePart part) => store.Write(work => work.CollectionFees.Add(
        agreement with { Agreement = agreement.Agreement with { CollectionFee = new CollectionFee(Ratio.Of(15, 10), "fund", null) } }, part, new DateOnly(2021, 2, 8)));

    private static Task Pay(EmptyStore store, StoredAgreement agreement) => store.Write(async work => await work.CollectionFees.Pay(agreement.Id, await work.CollectionFees.Of(agreement.Id), new DateOnly(2021, 3, 1)));

    private static async Task<string> Items(EmptyStore store, StoredAgreement agreement) => string.Join(", ",
        (await store.Read(work => work.OpenItems.Of(new DateOnly(2021, 3, 1), agreement.Id))).Where(item => item.Kind == "collection_fee").Select(item => $"{item.Count}: {item.Amount}"));
}
