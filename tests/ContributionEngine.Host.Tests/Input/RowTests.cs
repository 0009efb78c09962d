using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>Cells that cannot be taken: the code, the row, the field and the value of each, and no money written.</summary>
internal sealed class RowTests
{
    private const string Good = "R1,A001,2021-01-15,38600.00,,,";

    [TestCase("R2,A002,2021-01-15,abc,,,", "R07 amount abc")]
    [TestCase("R2,A002,2021-01-15,-5,,,", "R07 amount -5")]
    [TestCase("R2,A002,2021-01-15,(5.00),,,", "R07 amount (5.00)")]
    [TestCase("R2,A002,2021-01-15,,,,", "R07 amount ")]
    [TestCase("R2,A002,2021-01-15,0,,,", "R08 amount 0")]
    [TestCase("R2,A002,2021-01-15,12.3456,,,", "R09 amount 12.3456")]
    [TestCase("R2,A002,2021-02-31,100.00,,,", "R14 received_on 2021-02-31")]
    [TestCase("R2,A002,2021-03-01,100.00,,,", "R14 received_on 2021-03-01")]
    [TestCase("R2,A002,soon,100.00,,,", "R14 received_on soon")]
    [TestCase("R2,A002,2021-01-15,100.00,2020-12,,", "R15 period 2020-12")]
    [TestCase("R2,A002,2021-01-15,100.00,2022-01,,", "R15 period 2022-01")]
    [TestCase("R2,A002,2021-01-15,100.00,harvest,,", "R11 period harvest")]
    [TestCase("R2,A002,2021-01-15,100.00,,,USD", "R16 currency USD")]
    [TestCase("R2,,2021-01-15,100.00,,,", "R01 member_no ")]
    [TestCase("R2,X900,2021-01-15,100.00,,,", "R02 member_no X900")]
    [TestCase("R2,1.23E+08,2021-01-15,100.00,,,", "R13 member_no 1.23E+08")]
    public async Task A_cell_that_cannot_be_taken_is_named(string row, string problem)
    {
        using var place = await Sent(row);
        var said = (await place.Run("upload check rows.csv --agreement CR-2021-014 --as-of 2021-02-28 -o json")).Json;
        Assert.That(string.Join(", ", said["problems"]!.AsArray().Select(item => $"{item.At("row")} {item.At("severity")} {item.At("code")} {item.At("field")} {item.At("value")}")), Is.EqualTo($"3 error {problem}"));
    }

    [Test]
    public async Task A_file_with_a_faulty_row_ends_with_7_and_writes_no_money()
    {
        using var place = await Sent("R2,A002,2021-01-15,abc,,,");
        var said = await place.Run("upload submit rows.csv --agreement CR-2021-014 --as-of 2021-02-28 -o json");
        Assert.That((said.Exit, said.Json.At("state"), (await place.Export("receipts")).Rows.Count, (await place.Export("journal")).Where("account", "cash").Rows.Count), Is.EqualTo((7, "needs_fixes", 0, 0)), said.ToString());
    }

    [Test]
    public async Task A_file_that_needs_fixes_is_kept()
    {
        using var place = await Sent("R2,A002,2021-01-15,abc,,,");
        var said = (await place.Run("upload submit rows.csv --agreement CR-2021-014 --as-of 2021-02-28 -o json")).Json;
        Assert.That((await place.Json($"upload show {said.At("upload")}")).At("state"), Is.EqualTo("needs_fixes"));
    }

    [Test]
    public async Task The_ready_rows_are_posted_when_only_they_are_asked_for()
    {
        using var place = await Sent("R2,A002,2021-01-15,abc,,,");
        var said = await place.Run("upload submit rows.csv --agreement CR-2021-014 --as-of 2021-02-28 --only-ready");
        Assert.That((said.Exit, string.Join(' ', (await place.Export("receipts")).Of("receipt_no"))), Is.EqualTo((3, "R1")), said.ToString());
    }

    [Test]
    public async Task A_check_stores_nothing_and_ends_with_3_when_a_row_would_be_left_out()
    {
        using var place = await Sent("R2,A002,2021-01-15,abc,,,");
        var before = StoredFacts.Dump(place.Database);
        var said = await place.Run("upload check rows.csv --agreement CR-2021-014 --as-of 2021-02-28");
        Assert.That((said.Exit, StoredFacts.Dump(place.Database) == before), Is.EqualTo((3, true)), said.ToString());
    }

    [Test]
    public async Task Money_of_an_unknown_member_that_is_left_out_opens_a_case_with_its_amount()
    {
        using var place = await Sent("R2,X900,2021-01-15,123.45,,,");
        await place.Run("upload submit rows.csv --agreement CR-2021-014 --as-of 2021-02-28 --only-ready");
        Assert.That((await place.Export("cases")).Of("reason", "amount", "state"), Is.EqualTo(new[] { "row_left_out 123.45 open" }));
    }

    [Test]
    public async Task Money_of_an_unknown_member_is_held_in_suspense_when_that_is_asked_for()
    {
        using var place = await Sent("R2,X900,2021-01-15,123.45,,,");
        await place.Run("upload submit rows.csv --agreement CR-2021-014 --as-of 2021-02-28 --hold-unknown");
        Assert.That((await place.Export("receipts")).Where("receipt_no", "R2").Of("amount", "suspense", "member_no"), Is.EqualTo(new[] { "123.45 123.45 " }));
    }

    [Test]
    public async Task More_than_24_months_after_the_term_is_too_late()
    {
        using var place = await Sent("R2,A002,2024-01-01,100.00,,,");
        var said = (await place.Run("upload check rows.csv --agreement CR-2021-014 --as-of 2024-02-01 -o json")).Json;
        Assert.That((said.At("errors"), said.At("problems.0.code"), said.At("problems.0.field")), Is.EqualTo(("1", "R15", "received_on")));
    }

    [TestCase("2020-12-31", TestName = "{m}(before she joined)")]
    [TestCase("2021-02-20", TestName = "{m}(after she left)")]
    public async Task Money_outside_the_enrolment_is_ready_with_a_warning(string day)
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Coffee(), [new Person("A001", "1-1", "Ana Mora", "2021-01-01", "2021-02-10")]);
        place.Write("rows.csv", Receipts.Csv(new Paid("R1", "A001", day, "100.00")));
        var said = await place.Run("upload check rows.csv --agreement CR-2021-014 --as-of 2021-02-28 -o json");
        Assert.That((said.Exit, said.Json.At("ready"), said.Json.At("problems.0.code"), said.Json.At("problems.0.severity")), Is.EqualTo((0, "1", "R12", "warning")), said.ToString());
    }

    [Test]
    public async Task The_credit_of_a_leaver_opens_a_refund_case()
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Coffee(), [new Person("A001", "1-1", "Ana Mora", "2021-01-01", "2021-01-31")]);
        place.Write("rows.csv", Receipts.Csv(new Paid("R1", "A001", "2021-02-10", "40000.00")));
        await place.Run("upload submit rows.csv --agreement CR-2021-014 --as-of 2021-02-28");
        Assert.That(string.Join(' ', (await place.Export("cases")).Of("reason", "amount")), Does.Contain("refund").And.Contains("1400.00"));
    }

    private static async Task<Workplace> Sent(string row)
    {
        var place = await Prepared.Harvest();
        place.Write("rows.csv", $"receipt_no,member_no,received_on,amount,period,component,currency\n{Good}\n{row}\n");
        return place;
    }
}
