using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Packs;

/// <summary>A rate that falls after money was remitted: the difference is the fund's to give back, and nobody else's money pays it.</summary>
internal sealed class LowerRateTests
{
    private const string Generate = "schedule generate --agreement PH-2025-007";

    [Test]
    public async Task A_remitted_period_keeps_its_amount_and_a_case_says_the_difference()
    {
        using var place = await RateChange.ReRated("4.5");
        Assert.That((await place.Export("cases")).Of("reason", "amount", "state"), Is.EqualTo(new[] { "reduced_after_remittance 50.00 open", "reduced_after_remittance 100.00 open" }));
        Assert.That((await place.Export("obligations")).Where("period", "2025-07").Of("member_no", "amount", "reduced"), Is.EqualTo(new[] { "V1 500.00 0.00", "V2 1000.00 0.00" }));
    }

    [Test]
    public async Task Money_that_is_not_remitted_goes_back_to_the_credit_of_whoever_paid_it()
    {
        using var place = await RateChange.Remitted("4.5");
        await place.Ok($"{Generate} --as-of 2025-08-31");
        Assert.That((await place.Export("obligations")).Where("period", "2025-08").Of("member_no", "amount", "reduced", "allocated"), Is.EqualTo(new[] { "V2 900.00 0.00 0.00", "V1 500.00 50.00 450.00" }).Or.EqualTo(new[] { "V1 500.00 50.00 450.00", "V2 900.00 0.00 0.00" }));
        Assert.That((await place.Export("receipts")).Where("receipt_no", "R3").Of("allocated", "credit"), Is.EqualTo(new[] { "500.00 0.00" }), "January, her oldest open month, takes what August gives back");
    }

    [Test]
    public async Task The_preview_says_what_falls_and_that_it_is_remitted()
    {
        using var place = await RateChange.Remitted("4.5");
        var preview = await place.Json($"{Generate} --dry-run");
        string[] paths = ["differences_up", "differences_down", "differences.0.before", "differences.0.now", "differences.0.difference", "differences.0.remitted"];
        Assert.That(string.Join(' ', paths.Select(preview.At)), Is.EqualTo("0.00 -900.00 500.00 450.00 -50.00 true"));
    }

    [Test]
    public async Task Worked_out_again_the_cases_are_the_same()
    {
        using var place = await RateChange.ReRated("4.5");
        var before = (await place.Export("cases")).Of("case", "amount", "state");
        await place.Ok(Generate);
        Assert.That((await place.Export("cases")).Of("case", "amount", "state"), Is.EqualTo(before));
    }

    [Test]
    public async Task No_money_of_another_member_pays_it_and_the_proof_holds()
    {
        using var place = await RateChange.ReRated("4.5");
        await RateChange.Pay(place, new Paid("R6", "V2", "2025-09-10", "900.00", "2025-09"));
        await place.Ok("settlement run --agreement PH-2025-007 --as-of 2025-09-30");
        Assert.That((await place.Export("remittance-lines")).Of("member_no", "period", "amount"), Is.SupersetOf(new[] { "V1 2025-07 500.00", "V2 2025-07 1000.00", "V2 2025-09 900.00" }));
        Assert.That(((await place.Export("remittance-lines")).Rows.All(row => Table.Amount(row["amount"]) > 0), (await place.Run("verify")).Exit), Is.EqualTo((true, 0)));
    }

    [TestCase("4", "reduced_after_remittance 100.00 open, reduced_after_remittance 200.00 open")]
    [TestCase("4.8", "reduced_after_remittance 20.00 open, reduced_after_remittance 40.00 open")]
    [TestCase("5", "reduced_after_remittance 50.00 resolved, reduced_after_remittance 100.00 resolved")]
    [TestCase("5.5", "reduced_after_remittance 50.00 resolved, reduced_after_remittance 100.00 resolved")]
    public async Task A_case_follows_a_rate_that_changes_again(string percent, string cases)
    {
        using var place = await RateChange.ReRated("4.5");
        place.Write("third.json", PackFiles.VendorsFromJuly("2025-3", percent));
        await place.Ok("pack add third.json");
        await place.Ok(Generate);
        Assert.That((string.Join(", ", (await place.Export("cases")).Of("reason", "amount", "state")), (await place.Run("verify")).Exit), Is.EqualTo((cases, 0)));
    }

    [Test]
    public async Task A_case_about_another_period_than_those_worked_out_is_left_alone()
    {
        using var place = await RateChange.ReRated("4.5");
        await place.Ok($"{Generate} --from 2025-10");
        Assert.That((await place.Export("cases")).Of("state"), Is.EqualTo(new[] { "open", "open" }));
    }
}
