using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>R10: an amount many times what the member herself has paid so far.</summary>
internal sealed class UnusualAmountTests
{
    private const string Check = "upload check more.csv --agreement CR-2021-014 --as-of 2021-03-31 -o json";

    [Test]
    public async Task Five_times_the_average_is_asked_about()
    {
        using var place = await AnaHasPaid("4000.00", "6000.00");
        place.Write("more.csv", Receipts.Csv(new Paid("R9", "A001", "2021-03-01", "25000.00")));
        var said = await place.Run(Check);
        Assert.That((said.Exit, said.Json.At("ready"), said.Json.At("warnings"), said.Json["problems"]!.AsArray().Count), Is.EqualTo((0, "1", "1", 1)), said.ToString());
        Assert.That(said.Json["problems"]![0]!.ToJsonString(), Is.EqualTo(
            """{"row":2,"code":"R10","severity":"warning","field":"amount","value":"25000.00","detail":"Row 2: 25000.00 is 5 times what Ana Mora usually pays. Confirm."}"""));
    }

    [TestCase("24999.99", "A001", TestName = "{m}(a cent less)")]
    [TestCase("90000.00", "A002", TestName = "{m}(a member who has paid nothing so far)")]
    [TestCase("90000.00", "A003", TestName = "{m}(a member who has paid once)")]
    public async Task Others_are_not(string amount, string member)
    {
        using var place = await AnaHasPaid("4000.00", "6000.00");
        place.Write("more.csv", Receipts.Csv(new Paid("R9", member, "2021-03-01", amount)));
        Assert.That((await place.Run(Check)).Json.At("warnings"), Is.EqualTo("0"));
    }

    [Test]
    public async Task The_other_rows_of_the_file_do_not_count()
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", Receipts.Csv(new Paid("R1", "A001", "2021-03-01", "10.00"), new Paid("R2", "A001", "2021-03-02", "10.00"), new Paid("R3", "A001", "2021-03-03", "5000.00")));
        Assert.That((await place.Run(Check)).Json.At("warnings"), Is.EqualTo("0"));
    }

    [Test]
    public async Task What_was_taken_back_does_not_count()
    {
        using var place = await AnaHasPaid("4000.00", "6000.00");
        var upload = (await place.Json("upload list --agreement CR-2021-014")).At("0.upload");
        await place.Ok($"upload undo {upload} --reason wrong");
        place.Write("more.csv", Receipts.Csv(new Paid("R9", "A001", "2021-03-01", "25000.00")));
        Assert.That((await place.Run(Check)).Json.At("warnings"), Is.EqualTo("0"));
    }

    [Test]
    public async Task It_is_posted_all_the_same()
    {
        using var place = await AnaHasPaid("4000.00", "6000.00");
        place.Write("more.csv", Receipts.Csv(new Paid("R9", "A001", "2021-03-01", "25000.00")));
        var said = await place.Run("upload submit more.csv --agreement CR-2021-014 --as-of 2021-03-31 -o json");
        Assert.That((said.Exit, said.Json.At("allocated"), said.Json.At("problems.0.code")), Is.EqualTo((0, "25000.00", "R10")), said.ToString());
    }

    // Ana has paid twice, Rosa once, and Luis never.
    private static async Task<Workplace> AnaHasPaid(string first, string second)
    {
        var place = await Prepared.Harvest();
        place.Write("before.csv", Receipts.Csv(new Paid("B1", "A001", "2021-01-15", first), new Paid("B2", "A001", "2021-01-16", second), new Paid("B3", "A003", "2021-01-17", "10.00")));
        await place.Ok("upload submit before.csv --agreement CR-2021-014 --as-of 2021-01-31");
        return place;
    }
}
