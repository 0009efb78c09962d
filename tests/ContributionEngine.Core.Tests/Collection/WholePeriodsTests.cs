namespace ContributionEngine.Core.Tests;

/// <summary>Rule 4: which paid money goes to the fund.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class WholePeriodsTests
{
    [TestCase(Shortfall.DropUnpaid, ExpectedResult = false)]
    [TestCase(Shortfall.HoldBatch, ExpectedResult = false)]
    [TestCase(Shortfall.ProRata, ExpectedResult = true)]
    public bool A_period_that_lacks_principal_waits_unless_paid_parts_go(Shortfall shortfall)
    {
        var periods = new WholePeriods(shortfall);
        periods.See(Owed(1, "ivm", ObligationClass.Principal, 1));
        return periods.Goes(Owed(1, "sem", ObligationClass.Principal, 0));
    }

    [TestCase(ObligationClass.Interest)]
    [TestCase(ObligationClass.Fee)]
    public void Charges_and_fees_never_hold_back_principal(ObligationClass unpaid)
    {
        var periods = new WholePeriods(Shortfall.DropUnpaid);
        periods.See(Owed(1, "sem", unpaid, 1));
        Assert.That(periods.Goes(Owed(1, "sem", ObligationClass.Principal, 0)));
    }

    [Test]
    public void Another_members_debt_holds_nothing_back()
    {
        var periods = new WholePeriods(Shortfall.DropUnpaid);
        periods.See(Owed(2, "sem", ObligationClass.Principal, 1));
        Assert.That(periods.Goes(Owed(1, "sem", ObligationClass.Principal, 0)));
    }

    [Test]
    public void A_fee_never_goes() => Assert.That(new WholePeriods(Shortfall.ProRata).Goes(Owed(1, "fee", ObligationClass.Fee, 0)), Is.False);

    private static OpenObligation Owed(long enrolment, string component, ObligationClass kind, long outstanding) =>
        new(1, new Period(new DateOnly(2021, 1, 1), 1), component, 1, kind, new DateOnly(2021, 1, 31)) { Enrolment = enrolment, Outstanding = outstanding };
}
