using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Twice;

/// <summary>Taking a file back, sending it again, and sending the corrected rows.</summary>
internal sealed class UndoTests
{
    [Test]
    public async Task An_undone_file_leaves_nothing_paid()
    {
        using var place = await Undone();
        Assert.That(((await place.Export("obligations")).Sum("allocated"), (await place.Export("receipts")).Sum("credit")), Is.EqualTo((0m, 0m)));
    }

    [Test]
    public async Task An_undone_file_leaves_its_receipts_reversed()
    {
        using var place = await Undone();
        Assert.That((await place.Export("receipts")).Of("receipt_no", "reversed", "state"), Is.EqualTo(new[] { "R1 38600.00 reversed", "R2 20000.00 reversed", "R3 50000.00 reversed" }));
    }

    [Test]
    public async Task Allocations_are_undone_by_opposite_rows()
    {
        using var place = await Undone();
        Assert.That((await place.Export("allocations")).Of("member_no", "component", "amount").Where(row => row.StartsWith("A002", StringComparison.Ordinal)),
            Is.EqualTo(new[] { "A002 sem 17320.00", "A002 sem -17320.00", "A002 ivm 2680.00", "A002 ivm -2680.00" }));
    }

    [Test]
    public async Task An_undone_file_may_be_sent_again_and_pays_what_it_paid()
    {
        using var place = await Undone();
        await place.Ok(Prepared.Submit);
        var live = (await place.Export("receipts")).Where("state", "posted");
        Assert.That((live.Rows.Count, live.Sum("allocated"), live.Sum("credit")), Is.EqualTo((3, 97_200m, 11_400m)));
    }

    [Test]
    public async Task The_proof_holds_after_undo_and_after_sending_again()
    {
        using var place = await Undone();
        await place.Ok(Prepared.Submit);
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task An_upload_is_undone_once()
    {
        using var place = await Undone();
        Assert.That((await place.Run($"upload undo {await Upload(place)} --reason again")).Exit, Is.EqualTo(6));
    }

    [Test]
    public async Task An_upload_whose_money_is_on_its_way_to_the_fund_is_not_undone()
    {
        using var place = await Prepared.Remitted();
        var before = await place.Balances();
        var refused = await place.Run($"upload undo {await Upload(place)} --reason wrong");
        Assert.That((refused.Exit, await place.Balances()), Is.EqualTo((7, before)), refused.ToString());
    }

    [Test]
    public async Task A_file_that_needs_fixes_may_be_sent_again_with_only_its_ready_rows()
    {
        using var place = await Prepared.Harvest();
        place.Write("january.csv", Receipts.Csv(Prepared.January.Append(new Paid("R4", "X900", "2021-01-15", "100.00"))));
        (await place.Run(Prepared.Submit)).Exits(7);
        var sent = await place.Run($"{Prepared.Submit} --only-ready");
        Assert.That((sent.Exit, (await place.Export("receipts")).Rows.Count), Is.EqualTo((3, 3)), sent.ToString());
    }

    [Test]
    public async Task The_corrected_errors_file_is_posted_beside_what_was_posted()
    {
        using var place = await WithErrors(new Paid("R4", "X900", "2021-01-15", "18600.00"));
        place.Write("errors.csv", place.Read("errors.csv").Replace("X900", "A002", StringComparison.Ordinal));
        var fixedUp = await place.Run("upload submit errors.csv --agreement CR-2021-014 --as-of 2021-01-31");
        Assert.That((fixedUp.Exit, (await place.Export("receipts")).Sum("amount")), Is.EqualTo((0, 127_200m)), fixedUp.ToString());
    }

    [Test]
    public async Task A_corrected_errors_file_may_use_a_receipt_number_of_the_upload_that_it_corrects()
    {
        using var place = await WithErrors(new Paid("R1", "A002", "2021-01-15", "18600.00"));
        var fixedUp = await place.Run("upload submit errors.csv --agreement CR-2021-014 --as-of 2021-01-31");
        Assert.That((fixedUp.Exit, (await place.Export("receipts")).Sum("amount")), Is.EqualTo((0, 127_200m)), fixedUp.ToString());
    }

    private static async Task<Workplace> Undone()
    {
        var place = await Prepared.Collected();
        await place.Ok($"upload undo {await Upload(place)} --reason mistaken --as-of 2021-01-31");
        return place;
    }

    // January with one more row that is left out, and the errors file that says why.
    private static async Task<Workplace> WithErrors(Paid faulty)
    {
        var place = await Prepared.Harvest();
        place.Write("january.csv", Receipts.Csv(Prepared.January.Append(faulty)));
        (await place.Run($"{Prepared.Submit} --only-ready --errors-out errors.csv")).Exits(3);
        return place;
    }

    private static async Task<string> Upload(Workplace place) => (await place.Export("receipts")).Rows[0]["upload"];
}
