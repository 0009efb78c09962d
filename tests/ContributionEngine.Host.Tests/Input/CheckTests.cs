using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>What a check says of a whole file: how it compares with what is owed, what to repair, and whom an unknown number may mean.</summary>
internal sealed class CheckTests
{
    private const string Check = "upload check rows.csv --agreement CR-2021-014 --as-of 2021-01-31";

    // Three pickers owe 38,600.00 each for January.
    [Test]
    public async Task A_file_is_held_against_what_is_owed()
    {
        using var place = await Sent(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-16", "20000.00"), new Paid("R3", "A002", "2021-01-17", "0.50"));
        Assert.That((await place.Json(Check))["schedule"]!.ToJsonString(), Is.EqualTo("""{"members":3,"in_file":2,"expected":"115800.00","short":"57199.50"}"""));
    }

    [Test]
    public async Task What_is_paid_above_is_nobody_elses()
    {
        using var place = await Sent(new Paid("R1", "A001", "2021-01-15", "99999.00"));
        Assert.That((await place.Json(Check)).At("schedule.short"), Is.EqualTo("77200.00"));
    }

    [Test]
    public async Task Credit_that_waits_pays_what_has_opened()
    {
        using var place = await Prepared.Collected();
        place.Write("rows.csv", Receipts.Csv(new Paid("R9", "A002", "2021-02-10", "10000.00")));
        var schedule = (await place.Json("upload check rows.csv --agreement CR-2021-014 --as-of 2021-02-15"))["schedule"]!;
        // A002 owes 18,600.00 of January; all owe February; Rosa has 11,400.00 of credit.
        Assert.That((schedule.At("members"), schedule.At("in_file"), schedule.At("expected"), schedule.At("short")), Is.EqualTo(("3", "1", "123000.00", "113000.00")));
    }

    [Test]
    public async Task A_person_reads_it_in_a_sentence()
    {
        using var place = await Sent(new Paid("R1", "A001", "2021-01-15", "38600.00"));
        Assert.That((await place.Run(Check)).Error, Does.Contain("1 of 3 members, 77200.00 short of 115800.00."));
    }

    [Test]
    public async Task Problems_are_grouped_by_what_puts_them_right()
    {
        using var place = await Sent([.. Enumerable.Range(1, 7).Select(i => new Paid($"R{i}", $"X-90{i}", "2021-01-15", "100.00")), new Paid("R8", "A001", "2021-01-15", "abc"), new Paid("R9", "A001", "2021-01-15", "")]);
        var groups = (await place.Run($"{Check} -o json")).Exits(3).Json["groups"]!.AsArray();
        Assert.That(groups.Select(group => $"{group.At("code")} {group.At("severity")} {group.At("rows")} {group.At("amount")} {group.At("first_rows")}"), Is.EqualTo(new[] { "R02 error 7 700.00 [2,3,4,5,6]", "R07 error 2 0.00 [9,10]" }));
        Assert.That(groups.Select(group => group.At("repair")), Has.All.Not.Empty);
    }

    [Test]
    public async Task A_person_sees_the_first_rows_of_each_group()
    {
        using var place = await Sent([.. Enumerable.Range(1, 7).Select(i => new Paid($"R{i}", $"X-90{i}", "2021-01-15", "100.00"))]);
        var said = (await place.Run(Check)).Error;
        Assert.That(said, Does.Contain("R02 error: 7 rows, 700.00.").And.Contain("Row 6:").And.Contain("... and 2 more").And.Not.Contain("Row 7:"));
    }

    [Test]
    public async Task Two_who_look_alike_are_both_named_and_none_is_chosen()
    {
        using var place = await Sent(new Paid("R1", "A-004", "2021-01-15", "100.00"));
        var said = (await place.Run($"{Check} -o json")).Exits(3).Json;
        Assert.That(said["problems"]![0]!["suggestions"]!.AsArray().Select(member => $"{member.At("member_no")} {member.At("full_name")}: {member.At("reason")}"), Is.EqualTo(new[]
        {
            "A001 Ana Mora: one digit different", "A002 Luis Vega: one digit different", "A003 Rosa Solano: one digit different",
        }));
        Assert.That(said.At("ready"), Is.EqualTo("0"));
    }

    [Test]
    public async Task Without_anybody_alike_nothing_is_suggested()
    {
        using var place = await Sent(new Paid("R1", "PPP", "2021-01-15", "100.00"));
        Assert.That((await place.Run($"{Check} -o json")).Json["problems"]![0].Fields(), Is.EqualTo("row code severity field value detail"));
    }

    [Test]
    public async Task A_person_reads_whom_the_number_may_mean()
    {
        using var place = await Sent(new Paid("R1", "A-003", "2021-01-15", "100.00"));
        Assert.That((await place.Run(Check)).Error, Does.Contain("help: A003 Rosa Solano (same number but for separators, leading letters or zeros)"));
    }

    private static async Task<Workplace> Sent(params Paid[] rows)
    {
        var place = await Prepared.Harvest();
        place.Write("rows.csv", Receipts.Csv(rows));
        return place;
    }
}
