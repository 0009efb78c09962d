using ContributionEngine.Core;
using CsCheck;

namespace ContributionEngine.Core.Tests;

[Parallelizable(ParallelScope.All)]
public sealed class AllocationTests
{
    [Test]
    public void A_short_payment_leaves_the_newest_obligation_open()
    {
        var owed = Owed(("2021-01", "sem", 10000), ("2021-01", "ivm", 5000), ("2021-02", "sem", 10000));
        var parts = new List<AllocatedPart>();
        var left = Allocation.Place(17000, default, owed, parts);
        Assert.That((left, owed[0].Outstanding, owed[1].Outstanding, owed[2].Outstanding), Is.EqualTo((0, 0, 0, 8000)));
    }

    [Test]
    public void What_is_left_when_all_is_paid_is_credit()
    {
        var parts = new List<AllocatedPart>();
        Assert.That(Allocation.Place(12000, default, Owed(("2021-01", "sem", 10000)), parts), Is.EqualTo(2000));
    }

    [Test]
    public void The_period_that_a_receipt_names_comes_first_and_the_rest_goes_oldest_first()
    {
        var owed = Owed(("2021-01", "sem", 10000), ("2021-02", "sem", 10000));
        Period.TryParse("2021-02", out var named);
        Allocation.Place(15000, new Designation(named, null), owed, []);
        Assert.That((owed[0].Outstanding, owed[1].Outstanding), Is.EqualTo((5000, 0)));
    }

    [Test]
    public void Principal_comes_before_interest_of_the_same_due_date()
    {
        Period.TryParse("2021-01", out var month);
        List<OpenObligation> owed =
        [
            new(1, month, "sem", 0, ObligationClass.Interest, new DateOnly(2021, 2, 15)) { Outstanding = 100 },
            new(2, month, "sem", 0, ObligationClass.Principal, new DateOnly(2021, 2, 15)) { Outstanding = 100 },
        ];
        owed.Sort(OpenObligation.InOrderOfPayment);
        Assert.That(owed[0].Id, Is.EqualTo(2));
    }

    [TestCase("2021-02", "0 100 20")]
    [TestCase("2021-01", "0 20 100")]
    [TestCase("", "0 20 100")]
    public void An_advance_is_repaid_before_what_is_named_and_before_what_is_older(string named, string left)
    {
        var owed = Owed(("2021-01", "sem", 100), ("2021-02", "sem", 100));
        owed.Add(owed[1] with { Id = 3, Class = ObligationClass.Advance, DueOn = new DateOnly(2021, 3, 31), Outstanding = 50 });
        owed.Sort(OpenObligation.InOrderOfPayment);
        Allocation.Place(130, new Designation(Period.TryParse(named, out var month) ? month : null, null), owed, []);
        Assert.That(string.Join(' ', owed.Select(item => item.Outstanding)), Is.EqualTo(left));
    }

    [Test]
    public void No_obligation_is_ever_paid_above_what_it_owes() =>
        Gen.Select(Gen.Long[1, 100_000], Gen.Long[1, 50_000].List[0, 12]).Sample((amount, debts) =>
        {
            var owed = debts.Select((debt, i) => new OpenObligation(i, default, "c", 0, ObligationClass.Principal, default) { Outstanding = debt }).ToList();
            var parts = new List<AllocatedPart>();
            var left = Allocation.Place(amount, default, owed, parts);
            return left + parts.Sum(part => part.Minor) == amount && owed.All(item => item.Outstanding >= 0) && (left == 0 || owed.All(item => item.Outstanding == 0));
        }, seed: "0000KeXn5uR2");

    private static List<OpenObligation> Owed(params (string Period, string Component, long Minor)[] rows) => [.. rows.Select((row, i) =>
    {
        Period.TryParse(row.Period, out var month);
        return new OpenObligation(i + 1, month, row.Component, i, ObligationClass.Principal, month.Last.AddDays(15)) { Outstanding = row.Minor };
    })];
}
