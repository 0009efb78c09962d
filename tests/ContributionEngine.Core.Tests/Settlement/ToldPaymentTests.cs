using static ContributionEngine.Core.Tests.Bench;

namespace ContributionEngine.Core.Tests;

/// <summary>What of a told payment bank money shows: 500.00 under slip DEP 7001, for the remittance with the reference RF74000000000001.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class ToldPaymentTests
{
    [TestCase("DEP 7001", 50_000, "Slip Amount")]
    [TestCase("deposito dep-7001 enero", 1, "Slip")]
    [TestCase("/DEP7001/", 1, "Slip")]
    [TestCase("DEP 70011", 50_000, "Amount")]
    [TestCase("XDEP 7001", 1, "")]
    [TestCase("DEP 7002", 1, "")]
    [TestCase("RF74 0000 0000 0001", 50_000, "Amount Reference")]
    [TestCase("DEP 7001", -50_000, "")]
    public void A_slip_is_found_however_the_bank_writes_it_and_money_that_comes_back_is_none(string text, long minor, string cues) =>
        Assert.That(string.Join(' ', Told("DEP 7001").CuesOn(Money(10, minor, text))), Is.EqualTo(cues));

    [Test]
    public void Money_of_another_currency_is_other_money_and_signs_alone_are_no_slip()
    {
        Assert.That(Told("DEP 7001").CuesOn(Money(10, 50_000, "DEP 7001") with { Currency = "USD" }), Is.Empty);
        Assert.That(Told(".*").CuesOn(Money(10, 1, "anything")), Is.Empty);
    }

    private static ToldPayment Told(string slip) => new("RF74000000000001", "CRC", 50_000, slip);
}
