using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Late;

/// <summary>Interest on what is paid late: made when an agreement is brought to a day, and right to the day on which the money came.</summary>
internal sealed class LateChargeTests
{
    [Test]
    public async Task Less_than_a_whole_month_late_costs_nothing()
    {
        using var place = await LatePlace.January();
        await place.BringTo("2021-03-14");
        Assert.That(await place.Charges(), Is.Empty);
    }

    [Test]
    public async Task One_whole_month_late_costs_one_percent_of_each_principal_rounded_to_the_colon()
    {
        using var place = await LatePlace.January();
        await place.BringTo("2021-03-15");
        Assert.That(await place.Charges(), Is.EqualTo("sem 173.00 0.00 0.00, ivm 213.00 0.00 0.00"));
    }

    [Test]
    public async Task A_charge_has_the_member_the_period_and_the_due_date_of_its_principal()
    {
        using var place = await LatePlace.January();
        await place.BringTo("2021-03-15");
        Assert.That(await place.Charges("member_no", "period", "component", "payer", "due_on", "state"), Is.EqualTo("A001 2021-01 sem member 2021-02-15 unpaid, A001 2021-01 ivm member 2021-02-15 unpaid"));
    }

    [Test]
    public async Task A_higher_charge_takes_the_place_of_one_that_nobody_has_paid()
    {
        using var place = await LatePlace.January();
        await place.BringTo("2021-03-15");
        await place.BringTo("2021-05-20");
        Assert.That(await place.Charges(), Is.EqualTo("sem 520.00 0.00 0.00, ivm 638.00 0.00 0.00"), "520 and 638 for three months");
    }

    [Test]
    public async Task What_is_paid_on_time_costs_nothing_however_late_it_is_uploaded()
    {
        using var place = await LatePlace.January();
        await place.Pay("2021-05-20", ("2021-02-15", "38600.00"));
        Assert.That((await place.Standing("sem"), await place.Standing("ivm")), Is.EqualTo((0m, 0m)));
    }

    [Test]
    public async Task Part_payments_are_each_charged_to_their_day()
    {
        using var place = await LatePlace.January();
        await place.Pay("2021-04-30", ("2021-03-20", "10000.00"), ("2021-04-16", "28600.00"));
        Assert.That((await place.Standing("sem"), await place.Standing("ivm")), Is.EqualTo((246m, 426m)), "sem: 10,000 one month and 7,320 two: 100.00 and 146.40; ivm: 21,280 two: 425.60");
    }

    [Test]
    public async Task What_is_part_paid_in_time_is_charged_only_for_the_rest()
    {
        using var place = await LatePlace.January();
        await place.Pay("2021-02-10", ("2021-02-10", "38000.00"));
        await place.BringTo("2021-03-15");
        Assert.That(await place.Charges(), Is.EqualTo("ivm 6.00 0.00 0.00"), "600 of ivm are unpaid");
    }

    [Test]
    public async Task Paid_late_and_uploaded_even_later_costs_what_it_cost_on_the_day_of_payment()
    {
        using var place = await LatePlace.January();
        await place.Pay("2021-05-20", ("2021-03-20", "38986.00"));
        Assert.That(await place.Charges(), Is.EqualTo("sem 520.00 347.00 173.00, ivm 638.00 425.00 213.00"));
        Assert.That((await place.Export("receipts")).Sum("credit"), Is.Zero, "38,600 and 386 of interest");
    }

    [Test]
    public async Task What_was_paid_above_the_principal_pays_the_interest_and_the_rest_is_credit()
    {
        using var place = await LatePlace.January();
        await place.Pay("2021-03-31", ("2021-03-20", "39000.00"));
        Assert.That((await place.Charges(), (await place.Export("receipts")).Sum("credit")), Is.EqualTo(("sem 173.00 0.00 173.00, ivm 213.00 0.00 213.00", 14m)));
    }

    [Test]
    public async Task Credit_meets_a_charge_in_the_command_that_makes_it()
    {
        using var place = await LatePlace.January();
        await place.Pay("2021-02-10", ("2021-02-10", "17320.00"));
        place.Write("sem.csv", Receipts.Csv(new Paid("R9", "A001", "2021-03-10", "100.00", "", "sem")));
        await place.Ok($"upload submit sem.csv --agreement {LatePlace.Number} --as-of 2021-03-10");
        await place.BringTo("2021-03-15");
        Assert.That(await place.Charges(), Is.EqualTo("ivm 212.00 0.00 0.00"), "100 of ivm came before the first month was over: 21,180 at 1 % are 211.80");
    }

    [Test]
    public async Task An_undone_upload_leaves_what_it_had_paid_late_again()
    {
        using var place = await Undone();
        Assert.That((await place.Standing("sem"), await place.Standing("ivm"), (await place.Export("obligations")).Sum("allocated")), Is.EqualTo((520m, 638m, 0m)));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task An_undone_upload_that_is_sent_again_costs_what_it_cost()
    {
        using var place = await Undone();
        await place.Pay("2021-05-20", ("2021-03-20", "38986.00"));
        Assert.That((await place.Standing("sem"), await place.Standing("ivm"), (await place.Export("receipts")).Sum("credit")), Is.EqualTo((173m, 213m, 0m)));
    }

    [Test]
    public async Task Twice_to_the_same_day_is_the_same()
    {
        using var place = await LatePlace.January();
        await place.BringTo("2021-05-20");
        var (before, journal) = (await place.Balances(), (await place.Export("journal")).Rows.Count);
        await place.BringTo("2021-05-20");
        Assert.That((await place.Balances(), (await place.Export("journal")).Rows.Count), Is.EqualTo((before, journal)));
    }

    [Test]
    public async Task An_earlier_day_takes_nothing_back()
    {
        using var place = await LatePlace.January();
        await place.BringTo("2021-05-20");
        var before = await place.Balances();
        await place.BringTo("2021-03-31");
        Assert.That(await place.Balances(), Is.EqualTo(before));
    }

    [Test]
    public async Task A_unit_of_work_leaves_one_event_in_the_audit_whatever_it_charged()
    {
        using var place = await LatePlace.January();
        await place.BringTo("2021-03-15");
        var events = (await place.Json($"audit list --agreement {LatePlace.Number}")).AsArray().Where(link => link.At("use_case") == "late-charged").Select(link => link.At("document"));
        Assert.That(events, Is.EqualTo(new[] { """{"made":2,"made_total":38600,"lowered":0,"lowered_total":0}""" }));
    }

    [TestCase("sem of 2021-01, due 2021-02-15: 17320.00 CRC")]
    [TestCase("17320")]
    [TestCase("1 %")]
    [TestCase("parameter late_interest_percent_per_month")]
    [TestCase("whole months late")]
    [TestCase("173.2 rounded half_up to 1")]
    public async Task A_charge_is_explained_with_its_principal_and_its_arithmetic(string named)
    {
        using var place = await LatePlace.January();
        await place.BringTo("2021-03-15");
        var charge = (await place.Export("obligations")).Where("class", "interest").Rows[0]["obligation"];
        Assert.That((await place.Json($"explain obligation {charge}")).AsArray().Select(step => $"{step.At("step")} {step.At("subject")} {step.At("detail")} {step.At("rule")}"), Has.Some.Contain(named));
    }

    [Test]
    public async Task An_agreement_that_sets_no_interest_charges_none()
    {
        using var place = await Prepared.Harvest();
        await place.BringTo("2021-12-31");
        Assert.That((await place.Export("obligations")).Of("class").Distinct(), Is.EqualTo(new[] { "principal" }));
    }

    private static async Task<Workplace> Undone()
    {
        var place = await LatePlace.January();
        await place.Pay("2021-05-20", ("2021-03-20", "38986.00"));
        await place.Ok($"upload undo {(await place.Export("receipts")).Rows[0]["upload"]} --reason mistaken --as-of 2021-05-20");
        return place;
    }
}
