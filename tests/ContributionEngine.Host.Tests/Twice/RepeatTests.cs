using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Twice;

/// <summary>What may be one payment told twice, and what are two: the rules R05 and R06.</summary>
internal sealed class RepeatTests
{
    private const string Submit = "upload submit more.csv --agreement CR-2021-014 --as-of 2021-01-31";

    [TestCase("A001", "2021-01-15", "38600.01", TestName = "{m}(another amount)")]
    [TestCase("A001", "2021-01-16", "38600.00", TestName = "{m}(another day)")]
    [TestCase("A002", "2021-01-15", "38600.00", TestName = "{m}(another member)")]
    public async Task A_posted_receipt_number_with_other_content_is_an_error(string member, string day, string amount)
    {
        using var place = await Prepared.Collected();
        place.Write("more.csv", Receipts.Csv(new Paid("R1", member, day, amount)));
        var said = await place.Run($"{Submit} -o json");
        Assert.That((said.Exit, said.Json.At("state"), said.Json.At("problems.0.code"), said.Json.At("problems.0.severity")), Is.EqualTo((7, "needs_fixes", "R06", "error")), said.ToString());
    }

    [Test]
    public async Task A_clash_of_receipt_numbers_opens_a_case_with_the_amount_of_the_row()
    {
        using var place = await Prepared.Collected();
        place.Write("more.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "40000.00")));
        var said = await place.Run($"{Submit} --only-ready");
        Assert.That((said.Exit, string.Join(' ', (await place.Export("cases")).Of("reason", "amount", "state"))), Is.EqualTo((3, "receipt_no_clash 40000.00 open")), said.ToString());
    }

    [Test]
    public async Task Equal_rows_without_a_receipt_number_are_both_posted()
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", Receipts.Csv(new Paid("", "A001", "2021-01-15", "19300.00"), new Paid("", "A001", "2021-01-15", "19300.00")));
        var said = await place.Run(Submit);
        Assert.That((said.Exit, (await place.Export("receipts")).Sum("allocated")), Is.EqualTo((0, 38_600m)), said.ToString());
    }

    [Test]
    public async Task Equal_rows_without_a_receipt_number_carry_a_warning()
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", Receipts.Csv(new Paid("", "A001", "2021-01-15", "19300.00"), new Paid("", "A001", "2021-01-15", "19300.00")));
        var report = (await place.Run($"{Submit} -o json")).Json;
        Assert.That((report.At("ready"), report.At("left_out"), report["problems"]!.AsArray().Count > 0 && report["problems"]!.AsArray().All(IsRepeatWarning)), Is.EqualTo(("2", "0", true)), report.ToJsonString());
    }

    [TestCase("2021-02", "", TestName = "{m}(another period)")]
    [TestCase("2021-01", "ivm", TestName = "{m}(another component)")]
    public async Task Lines_of_one_receipt_are_each_posted(string period, string component)
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "17320.00", "2021-01", "sem"), new Paid("R1", "A001", "2021-01-15", "21280.00", period, component)));
        var said = await place.Run(Submit);
        Assert.That((said.Exit, string.Join(", ", (await place.Export("receipts")).Of("receipt_no", "row", "amount"))), Is.EqualTo((0, "R1 2 17320.00, R1 3 21280.00")), said.ToString());
    }

    [Test]
    public async Task Lines_of_one_receipt_that_come_again_are_left_out_each()
    {
        using var place = await Prepared.Harvest();
        Paid[] lines = [new("R1", "A001", "2021-01-15", "38600.00", "2021-01"), new("R1", "A001", "2021-01-15", "38600.00", "2021-02")];
        place.Write("more.csv", Receipts.Csv(lines));
        await place.Ok(Submit);
        place.Write("more.csv", Receipts.Spanish(lines));
        Assert.That((await place.Run($"{Submit} -o json")).Json.At("left_out"), Is.EqualTo("2"));
    }

    [TestCase("A001", TestName = "{m}(the same member)")]
    [TestCase("A002", TestName = "{m}(another member)")]
    public async Task A_receipt_number_that_repeats_in_the_file_is_an_error_from_the_second_row_on(string member)
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R1", member, "2021-01-15", "38600.00")));
        var report = (await place.Run($"{Submit} -o json")).Json;
        Assert.That((report.At("errors"), report.At("problems.0.row"), report.At("problems.0.code"), report.At("problems.0.severity")), Is.EqualTo(("1", "3", "R05", "error")));
    }

    [Test]
    public async Task A_payment_without_a_receipt_number_that_comes_again_is_left_out()
    {
        using var place = await NumberlessSent();
        var again = await place.Run($"{Submit} -o json");
        Assert.That((again.Exit, again.Json.At("left_out"), again.Json.At("problems.0.code"), again.Json.At("problems.0.severity")), Is.EqualTo((3, "1", "R06", "warning")), again.ToString());
    }

    [Test]
    public async Task A_payment_that_is_accepted_as_a_further_one_is_posted()
    {
        using var place = await NumberlessSent();
        var again = await place.Run($"{Submit} --accept-repeats");
        Assert.That((again.Exit, (await place.Export("receipts")).Sum("amount")), Is.EqualTo((0, 38_600m)), again.ToString());
    }

    [Test]
    public async Task Accepting_repeats_stands_in_the_audit()
    {
        using var place = await NumberlessSent();
        await place.Ok($"{Submit} --accept-repeats");
        Assert.That((await place.Json("audit list --agreement CR-2021-014")).ToJsonString(), Does.Contain("repeat").IgnoreCase);
    }

    [Test]
    public async Task A_receipt_number_is_never_accepted_as_a_further_payment()
    {
        using var place = await Prepared.Collected();
        place.Write("more.csv", Receipts.Spanish(Prepared.January));
        await place.Run($"{Submit} --accept-repeats");
        Assert.That((await place.Export("receipts")).Rows, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task A_payment_that_names_the_member_by_national_id_is_the_same_payment()
    {
        using var place = await NumberlessSent();
        place.Write("more.csv", "national_id,received_on,amount\n1-1001-0001,2021-01-15,19300.00\n");
        Assert.That((await place.Run($"{Submit} -o json")).Json.At("problems.0.code"), Is.EqualTo("R06"));
    }

    // One payment without a number is posted; the same row waits in more.csv as another file.
    private static async Task<Workplace> NumberlessSent()
    {
        var place = await Prepared.Harvest();
        Paid[] row = [new("", "A001", "2021-01-15", "19300.00")];
        place.Write("more.csv", Receipts.Csv(row));
        await place.Ok(Submit);
        place.Write("more.csv", Receipts.Spanish(row));
        return place;
    }

    private static bool IsRepeatWarning(JsonNode? problem) => problem.At("code") == "R05" && problem.At("severity") == "warning";
}
