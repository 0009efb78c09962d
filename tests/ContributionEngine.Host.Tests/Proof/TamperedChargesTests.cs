using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Proof;

/// <summary>Figures of fees for collecting and of the fund's notices that somebody changed past the program.</summary>
internal sealed class TamperedChargesTests
{
    // 1,158.00 for 77,200.00 and 342.00 for 38,600.00, which the cap cut from 579.00; the first is paid.
    [TestCase("update collection_fee set amount = amount + 100 where part_no = 1", "fee 1 of CR-2021-014")]
    [TestCase("update collection_fee set amount = worked where part_no = 2; update posting set debit = 57900 where debit = 34200; update posting set credit = 57900 where credit = 34200", "fee 2 of CR-2021-014")]
    [TestCase("update collection_fee set basis = basis - 100 where part_no = 2", "fee 2 of CR-2021-014")]
    [TestCase("update collection_fee set rate = '1.6' where part_no = 1", "fee 1 of CR-2021-014")]
    [TestCase("update collection_fee set fee_year = fee_year - 1", "fee 1 of CR-2021-014")]
    [TestCase("delete from collection_fee where part_no = 2; delete from posting where entry_id in (select entry_id from posting where debit = 34200)", "payable 3860000")]
    [TestCase("delete from collection_fee_payment", "CR-2021-014 collection_fee")]
    [TestCase("update collection_fee_payment set fee_id = (select id from collection_fee where part_no = 2)", "payment of the fee of REM-")]
    public async Task A_figure_of_a_fee_for_collecting_that_was_changed_by_hand_is_found(string statement, string named)
    {
        using var place = await Prepared.Charged();
        await place.Finds(statement, named);
    }

    // January's 77,200.00 went under SPA-77, the third step of its notice.
    [TestCase("update notice_step set amount = amount + 1 where step = 'confirmed'", "(?s)notice NTC-.*7720001 of 2021-01 under SPA-77, while REM-")]
    [TestCase("update notice_step set fund_reference = 'SPA-78' where step = 'confirmed'", "(?s)notice NTC-.*under SPA-78, while REM-")]
    [TestCase("update notice_step set remittance_id = null where step = 'confirmed'", "(?s)notice NTC-.*while no remittance has.*goes under SPA-77, which is of no confirmed notice")]
    [TestCase("update remittance set fund_reference = null", "(?s)notice NTC-.*while REM-")]
    [TestCase("update notice set period = '2021-02'", "(?s)notice NTC-.*7720000 of 2021-02")]
    [TestCase("update notice set state = 'quoted'", "notice NTC-")]
    [TestCase("delete from notice_step where step = 'confirmed'", "(?s)notice NTC-.*confirmed after 3 steps; the last of 2 says quoted")]
    public async Task A_notice_that_was_changed_by_hand_is_found(string statement, string named)
    {
        using var place = await Prepared.Noticed();
        await place.Finds(statement, named);
    }

    [Test]
    public async Task What_collecting_costs_is_listed_with_its_year_and_shown_with_its_remittance()
    {
        using var place = await Prepared.Charged();
        var (fees, years) = (await place.Json("fee list --agreement CR-2021-014"), await place.Json("fee years --agreement CR-2021-014"));
        Assert.That((fees.At("0.fee"), fees.At("0.open"), fees.At("1.worked"), fees.At("1.fee"), fees.At("1.open")), Is.EqualTo(("1158.00", "0.00", "579.00", "342.00", "342.00")));
        Assert.That((years.At("0.base"), years.At("0.fee"), years.At("0.cap"), years.At("0.left"), years.At("0.open")), Is.EqualTo(("115800.00", "1500.00", "1500.00", "0.00", "342.00")));
        Assert.That((await place.Json($"remittance show {fees.At("1.remittance")}")).At("collection_fee"), Is.EqualTo("342.00"));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_notice_leads_from_the_funds_word_to_the_remittance_that_pays_it()
    {
        using var place = await Prepared.Noticed();
        var notice = await place.Json("notice list --agreement CR-2021-014");
        var remittance = notice.At("0.remittance");
        var shown = await place.Json($"remittance show {remittance}");
        await place.Ok($"remittance export {remittance} --out out.csv");
        Assert.That((notice.At("0.state"), shown.At("total"), shown.At("fund_reference"), place.Read("out.csv").Split('\n')[1]), Is.EqualTo(("confirmed", "77200.00", "SPA-77", "N,SPA-77")));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }
}
