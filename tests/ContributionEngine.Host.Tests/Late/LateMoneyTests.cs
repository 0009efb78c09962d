using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Late;

/// <summary>Late charges on their way: with the schedule that changes, to the fund and back, and in a scheme that compounds.</summary>
internal sealed class LateMoneyTests
{
    [Test]
    public async Task Charges_go_to_the_fund_as_lines_of_their_own()
    {
        using var place = await Remitted("39000.00");
        Assert.That((await place.Export("remittance-lines")).Of("component", "class", "amount").Order(), Is.EqualTo(new[] { "ivm interest 213.00", "ivm principal 21280.00", "sem interest 173.00", "sem principal 17320.00" }));
    }

    [Test]
    public async Task The_declaration_names_the_class_of_each_line()
    {
        using var place = await Remitted("39000.00");
        await place.Ok($"remittance export {(await place.Export("remittances")).Rows[0]["remittance"]} --out file.csv");
        Assert.That(place.Read("file.csv").Split('\n').Where(line => line.StartsWith("D,", StringComparison.Ordinal)).Select(line => string.Join(' ', line.Split(',')[5..])).Order(),
            Is.EqualTo(new[] { "ivm interest 213.00", "ivm principal 21280.00", "sem interest 173.00", "sem principal 17320.00" }));
    }

    [Test]
    public async Task A_charge_that_is_unpaid_does_not_hold_its_principal_back()
    {
        using var place = await Remitted("38600.00");
        Assert.That((await place.Export("remittance-lines")).Of("component", "class", "amount"), Is.EqualTo(new[] { "sem principal 17320.00", "ivm principal 21280.00" }));
    }

    [Test]
    public async Task A_charge_that_is_paid_later_follows_by_itself()
    {
        using var place = await Remitted("38600.00");
        await place.Pay("2021-04-12", ("2021-04-12", "386.00"));
        await place.Ok($"settlement run --agreement {LatePlace.Number} --as-of 2021-04-16");
        Assert.That((await place.Export("remittances")).Of("lines", "total"), Is.EqualTo(new[] { "2 38600.00", "2 386.00" }));
    }

    [Test]
    public async Task Lines_that_the_fund_rejects_are_back_in_custody_and_go_again()
    {
        using var place = await LatePlace.January();
        place.Write("fund.json", new FundBehaviour { RejectNationalIds = ["1-1001-0001"] }.Json);
        await place.Pay("2021-03-31", ("2021-03-20", "39000.00"));
        (await place.Run($"settlement run --agreement {LatePlace.Number} --as-of 2021-04-09")).Exits(3);
        Assert.That((await place.Export("cases")).Of("reason", "amount").Order(), Is.EqualTo(new[] { "line_rejected 173.00", "line_rejected 17320.00", "line_rejected 21280.00", "line_rejected 213.00" }));
        place.Write("fund.json", new FundBehaviour().Json);
        await place.Ok($"settlement run --agreement {LatePlace.Number} --as-of 2021-04-16");
        Assert.That((await place.Export("remittances")).Of("lines", "total"), Is.EqualTo(new[] { "4 38986.00", "4 38986.00" }));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task The_proof_holds_from_the_charge_to_the_bank()
    {
        using var place = await Remitted("39000.00");
        await place.PayFund("38986.00", "2021-04-12");
        Assert.That(((await place.Export("remittances")).Rows[0]["state"], (await place.Run("verify")).Exit), Is.EqualTo(("settled", 0)));
    }

    [Test]
    public async Task A_charge_that_is_remitted_is_not_lowered_but_leaves_a_case()
    {
        using var place = await Declared("400000");
        place.Write("fund.json", """{ "reject_amounts_above": "1000.00" }""");
        await place.Pay("2021-03-31", ("2021-03-20", "38986.00"));
        (await place.Run($"settlement run --agreement {LatePlace.Number} --as-of 2021-04-09")).Exits(3);
        await Lower(place, "300000", "2021-04-10");
        Assert.That(await place.Charges(), Is.EqualTo("sem 173.00 0.00 173.00, ivm 213.00 0.00 213.00"), "principal came back and was lowered; its interest is with the fund");
        Assert.That((await place.Export("cases")).Where("reason", "reduced_after_remittance").Of("amount"), Is.EqualTo(new[] { "43.00", "53.00" }));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_principal_that_is_replaced_takes_its_charges_with_it()
    {
        using var place = await Declared("400000");
        await place.BringTo("2021-03-31");
        await Lower(place, "300000", "2021-03-31");
        Assert.That(await place.Charges("component", "amount", "reduced", "state"), Is.EqualTo("sem 173.00 173.00 cancelled, ivm 213.00 213.00 cancelled, sem 130.00 0.00 unpaid, ivm 160.00 0.00 unpaid"), "of 12,990 and 15,960");
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_principal_that_is_lowered_after_it_was_paid_lowers_its_charges_and_frees_the_money()
    {
        using var place = await Declared("400000");
        await place.Pay("2021-03-31", ("2021-03-20", "38986.00"));
        await Lower(place, "300000", "2021-03-31");
        Assert.That((await place.Charges(), (await place.Export("receipts")).Sum("credit")), Is.EqualTo(("sem 173.00 43.00 130.00, ivm 213.00 53.00 160.00", 9_746m)), "9,650 of principal and 96 of interest");
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_principal_that_was_paid_before_its_upload_was_undone_is_reduced_and_not_removed()
    {
        using var place = await Declared("400000");
        await place.Pay("2021-03-31", ("2021-03-20", "38986.00"));
        await place.Ok($"upload undo {(await place.Export("receipts")).Rows[0]["upload"]} --reason mistaken --as-of 2021-03-31");
        await Lower(place, "300000", "2021-03-31");
        Assert.That((await place.Export("obligations")).Where("payer", "member").Of("component", "class", "amount", "reduced"),
            Is.EqualTo(new[] { "sem principal 17320.00 4330.00", "ivm principal 21280.00 5320.00", "sem interest 173.00 43.00", "ivm interest 213.00 53.00" }));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_month_that_is_no_longer_owed_bears_no_charge()
    {
        using var place = new Workplace();
        await place.Begin(LatePlace.Coffee("400000") with { Seasons = [new SeasonDraft("enero", "valle", "2021-01", "2021-01")] }, [Members.Pickers[0] with { Zone = "valle" }]);
        await place.BringTo("2021-03-31");
        place.Write("members.csv", Members.Csv([Members.Pickers[0] with { Zone = "costa" }]));
        await place.Ok($"member import members.csv --agreement {LatePlace.Number}");
        await place.BringTo("2021-03-31");
        Assert.That((await place.Export("obligations")).Where("class", "principal").Rows, Is.Empty);
        Assert.That((await place.Standing("sem"), await place.Standing("ivm")), Is.EqualTo((0m, 0m)));
    }

    [Test]
    public async Task Interest_compounds_by_the_whole_month_where_the_scheme_says_so()
    {
        using var place = await Vendors();
        await place.Ok("schedule generate --agreement PH-2025-007 --as-of 2025-04-30");
        Assert.That(await place.Charges("period", "due_on", "amount"), Is.EqualTo("2025-01 2025-01-31 22.84, 2025-02 2025-02-28 15.11, 2025-03 2025-03-31 7.50"), "500.00 at 1.5 % for three, two and one months");
    }

    [Test]
    public async Task Compound_interest_stops_on_the_day_of_payment()
    {
        using var place = await Vendors();
        place.Write("paid.csv", Receipts.Csv(new Paid("V1", "V0001", "2025-03-31", "500.00")));
        await place.Ok("upload submit paid.csv --agreement PH-2025-007 --as-of 2025-04-30");
        Assert.That((await place.Charges("period", "amount", "reduced"), (await place.Run("verify")).Exit), Is.EqualTo(("2025-01 22.84 7.73, 2025-02 15.11 0.00, 2025-03 7.50 0.00", 0)), "15.11 for two months");
    }

    private static async Task<Workplace> Remitted(string amount)
    {
        var place = await LatePlace.January();
        await place.Pay("2021-03-31", ("2021-03-20", amount));
        await place.Ok($"settlement run --agreement {LatePlace.Number} --as-of 2021-04-09");
        return place;
    }

    private static async Task<Workplace> Declared(string income)
    {
        var place = new Workplace();
        place.Write("fund.json", new FundBehaviour().Json);
        await place.Begin(LatePlace.Coffee(null), [Members.Pickers[0] with { DeclaredIncome = income }]);
        return place;
    }

    private static async Task<Workplace> Vendors()
    {
        var place = new Workplace();
        await place.Begin(Agreements.Vendors(), [new Person("V0001", "01-100000001-1", "Vendor One", "2025-01-01") { DeclaredIncome = "10000" }]);
        return place;
    }

    private static async Task Lower(Workplace place, string income, string asOf)
    {
        place.Write("members.csv", Members.Csv([Members.Pickers[0] with { DeclaredIncome = income }]));
        await place.Ok($"member import members.csv --agreement {LatePlace.Number}");
        await place.BringTo(asOf);
    }
}
