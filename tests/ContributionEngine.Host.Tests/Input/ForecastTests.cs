using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>What the next cut-off would take of a file that is only checked, held against what it then takes.</summary>
internal sealed class ForecastTests
{
    private const string With = "--agreement CR-2021-014 --as-of 2021-01-31";

    // A001 pays January whole, in two lines; A002 a part; A003 more than she owes.
    [Test]
    public async Task A_check_says_what_goes_and_what_waits()
    {
        using var place = await Prepared.Harvest();
        var said = await place.Json($"upload check january.csv {With}");
        Assert.That((said.At("next_cutoff"), said["forecast"]!.ToJsonString()), Is.EqualTo(("2021-02-06T00:00:00Z", """{"will_remit":{"lines":4,"total":"77200.00"},"will_wait":"31400.00"}""")));
    }

    [Test]
    public async Task It_comes_as_it_was_foreseen()
    {
        using var place = await Prepared.Harvest();
        var forecast = (await place.Json($"upload check january.csv {With}"))["forecast"]!;
        var submitted = await place.Json($"upload submit january.csv {With}");
        Assert.That((submitted["will_remit"]!.ToJsonString(), submitted.At("will_wait")), Is.EqualTo((forecast["will_remit"]!.ToJsonString(), forecast.At("will_wait"))));
        await place.Run("settlement run --agreement CR-2021-014 --as-of 2021-02-05");
        Assert.That((await place.Export("remittances")).Of("lines", "total"), Is.EqualTo(new[] { "4 77200.00" }));
    }

    [Test]
    public async Task Money_that_makes_a_period_whole_goes()
    {
        using var place = await Prepared.Collected();
        place.Write("rest.csv", Receipts.Csv(new Paid("R9", "A002", "2021-01-25", "18600.00")));
        var forecast = (await place.Json($"upload check rest.csv {With}"))["forecast"]!;
        var submitted = await place.Json($"upload submit rest.csv {With}");
        Assert.That((forecast.At("will_remit.total"), forecast.At("will_wait"), submitted.At("will_wait")), Is.EqualTo(("18600.00", "0.00", "0.00")));
    }

    [Test]
    public async Task Where_paid_parts_go_by_themselves_only_credit_waits()
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Coffee() with { Shortfall = "pro_rata" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(Prepared.January));
        var forecast = (await place.Json($"upload check january.csv {With}"))["forecast"]!;
        var submitted = await place.Json($"upload submit january.csv {With}");
        Assert.That((forecast.At("will_remit.total"), forecast.At("will_wait"), submitted.At("will_wait")), Is.EqualTo(("97200.00", "11400.00", "11400.00")));
    }

    [Test]
    public async Task Money_of_unknown_members_that_is_held_waits()
    {
        using var place = await Prepared.Harvest();
        place.Write("held.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "X-999", "2021-01-15", "12.34")));
        var forecast = (await place.Json($"upload check held.csv {With} --hold-unknown"))["forecast"]!;
        var submitted = (await place.Run($"upload submit held.csv {With} --hold-unknown -o json")).Exits(3).Json;
        Assert.That((forecast.At("will_remit.lines"), forecast.At("will_wait"), submitted.At("will_wait")), Is.EqualTo(("2", "12.34", "12.34")));
    }

    [Test]
    public async Task Of_a_file_that_is_too_long_only_the_cut_off_is_said()
    {
        using var place = await Prepared.Harvest();
        place.Write("long.csv", Receipts.Csv(Enumerable.Range(0, 50_001).Select(i => new Paid($"L{i}", "A001", "2021-01-15", "1.00"))));
        var said = await place.Json($"upload check long.csv {With}");
        Assert.That((said.At("next_cutoff"), said.At("forecast.will_remit"), said.At("forecast.note")), Is.EqualTo(("2021-02-06T00:00:00Z", "", "Only of files with at most 50000 ready rows.")));
    }

    [Test]
    public async Task A_check_says_what_is_carried_forward_because_it_is_too_little()
    {
        using var place = await Least("100000.00");
        var forecast = (await place.Json($"upload check january.csv {With}"))["forecast"]!;
        Assert.That(forecast.ToJsonString(), Is.EqualTo("""{"will_remit":{"lines":0,"total":"0.00"},"will_wait":"108600.00","note":"77200.00 CRC is less than the 100000.00 CRC that a cut needs; it is carried forward to the next cut-off."}"""));
        var submitted = await place.Json($"upload submit january.csv {With}");
        Assert.That((submitted.At("will_remit.lines"), submitted.At("will_remit.total"), submitted.At("will_wait")), Is.EqualTo(("0", "0.00", "108600.00")));
    }

    // 77,200.00 wait from January's file; the rest of Luis's January sets the 20,000.00 free that he had paid: 115,800.00.
    [TestCase("115800.00", "18600.00")]
    [TestCase("115800.01", "0.00")]
    public async Task What_waits_already_counts_towards_the_least_that_goes(string least, string goes)
    {
        using var place = await Least(least);
        await place.Ok($"upload submit january.csv {With}");
        place.Write("rest.csv", Receipts.Csv(new Paid("R9", "A002", "2021-01-25", "18600.00")));
        var forecast = (await place.Json($"upload check rest.csv {With}"))["forecast"]!;
        await place.Ok($"upload submit rest.csv {With}");
        await place.Run("settlement run --agreement CR-2021-014 --as-of 2021-02-05");
        Assert.That((forecast.At("will_remit.total"), (await place.Export("remittances")).Rows.Count), Is.EqualTo((goes, goes == "0.00" ? 0 : 1)));
    }

    // Luis lacks 18,600.00, so January's file waits whole; with it, or without him in the file, it is he who decides.
    [TestCase("18599.99", "0.00", "0.00")]
    [TestCase("18600.00", "18600.00", "115800.00")]
    public async Task Where_a_period_goes_whole_one_member_holds_back_all(string rest, string foreseen, string goes)
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Coffee() with { Shortfall = "hold_batch", HoldDays = 10 }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(Prepared.January));
        var january = (await place.Json($"upload check january.csv {With}"))["forecast"]!;
        await place.Ok($"upload submit january.csv {With}");
        place.Write("rest.csv", Receipts.Csv(new Paid("R9", "A002", "2021-01-25", rest)));
        var forecast = (await place.Json($"upload check rest.csv {With}"))["forecast"]!;
        var submitted = await place.Json($"upload submit rest.csv {With}");
        Assert.That((january.At("will_remit.total"), forecast.At("will_remit.total"), submitted.At("will_remit.total")), Is.EqualTo(("0.00", foreseen, goes)));
    }

    private static async Task<Workplace> Least(string amount)
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee() with { Terms = $"\"min_amount\": \"{amount}\"" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(Prepared.January));
        return place;
    }
}
