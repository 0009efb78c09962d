using ContributionEngine.Core;

namespace ContributionEngine.Core.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class RemittanceTests
{
    private static readonly RemittanceState Sealed = new(DeliveryState.Sealed, AnswerState.None, MoneyState.Unpaid, 1000, 0, 0);

    [Test]
    public void The_example_of_ISO_11649_has_its_check_digits() => Assert.That(CreditorReference.Of("539007547034"), Is.EqualTo("RF18539007547034"));

    [TestCase("RF18539007547034", true)]
    [TestCase("rf18 5390 0754 7034", true)]
    [TestCase("RF18539007547043", false)]
    [TestCase("RF", false)]
    public void A_reference_is_valid_only_with_its_check_digits(string text, bool valid) => Assert.That(CreditorReference.IsValid(text), Is.EqualTo(valid));

    [Test]
    public void A_remittance_is_settled_when_what_is_payable_was_paid()
    {
        var state = (Sealed with { Delivery = DeliveryState.Delivered }).Answered(300).Paid(700);
        Assert.That((state.Answer, state.Payable, state.Money, state.Shown), Is.EqualTo((AnswerState.PartlyAccepted, 700L, MoneyState.Paid, "settled")));
    }

    [Test]
    public void Money_above_what_is_payable_is_due_from_the_fund()
    {
        var state = Sealed.Paid(1000).Answered(300);
        Assert.That((state.Money, state.Surplus), Is.EqualTo((MoneyState.OverPaid, 300L)));
    }

    [TestCase(300, "settled", 700)]
    [TestCase(400, "returned", 600)]
    [TestCase(1000, "returned", 0)]
    public void What_the_bank_gives_back_ends_a_surplus_and_more_opens_the_payment_again(long back, string shown, long paid)
    {
        var state = (Sealed with { Delivery = DeliveryState.Delivered }).Paid(1000).Answered(300).Returned(back);
        Assert.That((state.Shown, state.PaidSum), Is.EqualTo((shown, paid)));
    }

    [Test]
    public void A_payment_that_came_back_may_be_made_again() =>
        Assert.That((Sealed with { Delivery = DeliveryState.Delivered }).Answered(0).Paid(1000).Returned(1000).Paid(1000).Shown, Is.EqualTo("settled"));

    [Test]
    public void A_fund_that_contradicts_itself_settles_nothing_until_it_is_cleared() =>
        Assert.That((Sealed with { Delivery = DeliveryState.Delivered }).Answered(0).InDoubt().Paid(1000).Shown, Is.EqualTo("paid"));

    [Test]
    public void A_remittance_that_was_delivered_cannot_be_cancelled() => Assert.That((Sealed with { Delivery = DeliveryState.Delivered }).MayCancel, Is.False);

    [Test]
    public void An_entry_out_of_balance_cannot_be_made() =>
        Assert.That(() => JournalEntry.Of(LedgerEvent.Collected, (Account.Cash, 100), (Account.Custody, -99)), Throws.InvalidOperationException);
}
