namespace ContributionEngine.Core.Tests.Ledger;

/// <summary>Four totals and the open items between them.</summary>
public sealed class TieOutTests
{
    [Test]
    public void Open_items_explain_what_differs()
    {
        var row = Row(TieOutLevel.Period, (TieOutItem.Schedule, 115_800), (TieOutItem.Unpaid, 18_600), (TieOutItem.Receipts, 97_200), (TieOutItem.Custody, 20_000), (TieOutItem.Unanswered, 38_600), (TieOutItem.Fund, 38_600), (TieOutItem.NotOnTheBank, 38_600));
        Assert.That(row.Unexplained, Is.Zero);
    }

    [TestCase(TieOutItem.Schedule)]
    [TestCase(TieOutItem.Receipts)]
    [TestCase(TieOutItem.Fund)]
    [TestCase(TieOutItem.Bank)]
    public void One_cent_that_no_item_explains_is_left_over(TieOutItem total)
    {
        var row = Row(TieOutLevel.Period, (TieOutItem.Schedule, 100), (TieOutItem.Receipts, 100), (TieOutItem.Fund, 100), (TieOutItem.Bank, 100));
        var wrong = row with { Items = new Dictionary<TieOutItem, long>(row.Items) { [total] = 101 } };
        Assert.That(wrong.Unexplained, Is.EqualTo(total is TieOutItem.Schedule or TieOutItem.Bank ? 1 : 2), "A total in the middle is in two steps.");
    }

    [Test]
    public void Two_mistakes_never_cancel() =>
        Assert.That(Row(TieOutLevel.Period, (TieOutItem.Schedule, 100), (TieOutItem.Receipts, 90), (TieOutItem.Fund, 100), (TieOutItem.Bank, 100)).Unexplained, Is.EqualTo(20));

    [Test]
    public void What_came_back_of_a_remittance_stands_before_its_receipts()
    {
        (TieOutItem, long)[] items = [(TieOutItem.Schedule, 77_200), (TieOutItem.Rejected, 21_280), (TieOutItem.Receipts, 55_920), (TieOutItem.Fund, 55_920), (TieOutItem.Bank, 55_920)];
        Assert.That((Row(TieOutLevel.Remittance, items).Unexplained, Row(TieOutLevel.Period, items).Unexplained), Is.EqualTo((0L, 42_560L)));
    }

    [Test]
    public void A_row_says_what_has_changed_since_another()
    {
        var before = Row(TieOutLevel.Period, (TieOutItem.Schedule, 100), (TieOutItem.Unpaid, 100));
        var now = Row(TieOutLevel.Period, (TieOutItem.Schedule, 100), (TieOutItem.Unpaid, 40), (TieOutItem.Receipts, 60));
        Assert.That(now.Since(before), Is.EquivalentTo(new[] { (TieOutItem.Unpaid, 100L, 40L), (TieOutItem.Receipts, 0L, 60L) }));
    }

    private static TieOutRow Row(TieOutLevel level, params (TieOutItem Item, long Amount)[] items) => new(level, "2021-01", items.ToDictionary(item => item.Item, item => item.Amount));
}
