using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Input;

/// <summary>What an organisation has once said of its sheets is not asked again.</summary>
internal sealed class SavedMapTests
{
    private const string January = "num;Soc;dia;pagado\nR1;A001;2021-01-15;38600,00\n";
    private const string Moved = "pagado;dia;Soc;num\n38600,00;2021-02-15;A002;R2\n";
    private const string With = "--agreement CR-2021-014 --as-of 2021-02-28";

    [Test]
    public async Task The_map_is_asked_the_first_time_and_not_the_second()
    {
        using var place = await Sent();
        Assert.That((await place.Run($"upload submit first.csv {With}")).Error, Does.Contain("F06"));
        await place.Ok($"upload submit first.csv {With} --map map.json");
        var second = await place.Run($"upload submit moved.csv {With} -o json");
        Assert.That((second.Exit, second.Json.At("allocated"), string.Join(' ', second.Json["understood"]!["columns"]!.AsArray().Select(column => $"{column.At("field")}={column.At("header")}/{column.At("reason")}").Order(StringComparer.Ordinal))), Is.EqualTo(
            (0, "38600.00", "amount=pagado/saved map member_no=Soc/saved map receipt_no=num/saved map received_on=dia/saved map")), second.ToString());
    }

    [Test]
    public async Task A_person_is_told_that_a_saved_map_was_used()
    {
        using var place = await Sent();
        await place.Ok($"upload submit first.csv {With} --map map.json");
        Assert.That((await place.Ok($"upload check moved.csv {With}")).Error, Does.Contain("«pagado» as amount (saved map)"));
    }

    [TestCase("upload check first.csv", TestName = "{m}(a check)")]
    [TestCase("upload submit first.csv --dry-run", TestName = "{m}(a dry run)")]
    public async Task What_writes_nothing_saves_no_map(string command)
    {
        using var place = await Sent();
        await place.Ok($"{command} {With} --map map.json");
        Assert.That((await place.Json("upload maps --agreement CR-2021-014")).AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_duplicated_header_forces_a_choice()
    {
        using var place = await Sent();
        await place.Ok($"upload submit first.csv {With} --map map.json");
        place.Write("twice.csv", "num;Soc;dia;pagado;pagado\nR3;A003;2021-01-15;1,00;2,00\n");
        Assert.That((await place.Run($"upload check twice.csv {With} -o json")).Problem.At("code"), Is.EqualTo("F06"));
    }

    [Test]
    public async Task The_map_is_audited_once_and_another_submit_makes_it_no_second_one()
    {
        using var place = await Sent();
        await place.Ok($"upload submit first.csv {With} --map map.json");
        await place.Ok($"upload submit moved.csv {With} --map map.json");
        Assert.That((await place.Json("audit list --agreement CR-2021-014")).AsArray().Count(row => row.At("use_case") == "sheet-map-saved"), Is.EqualTo(1));
        Assert.That((await place.Json("upload maps --organisation COOP")).AsArray(), Has.Count.EqualTo(1));
    }

    [Test]
    public async Task Another_organisation_never_sees_it()
    {
        using var place = await Sent();
        await place.Ok($"upload submit first.csv {With} --map map.json");
        var other = (Agreements.Coffee() with { Number = "CR-2021-015" }).Node();
        other["organisation"]!["code"] = "OTHER";
        place.Write("other.json", other.ToJsonString());
        await place.Ok("agreement import other.json");
        await place.Ok("member import members.csv --agreement CR-2021-015");
        Assert.That((await place.Run("upload check moved.csv --agreement CR-2021-015 --as-of 2021-02-28 -o json")).Problem.At("code"), Is.EqualTo("F06"));
        Assert.That((await place.Json("upload maps --agreement CR-2021-015")).AsArray(), Is.Empty);
    }

    [Test]
    public async Task A_map_that_is_forgotten_is_asked_for_again()
    {
        using var place = await Sent();
        await place.Ok($"upload submit first.csv {With} --map map.json");
        await place.Ok($"upload forget-map {(await place.Json("upload maps --organisation COOP")).At("0.map")}");
        Assert.That((await place.Run($"upload check moved.csv {With} -o json")).Problem.At("code"), Is.EqualTo("F06"));
        Assert.That((await place.Json("audit list")).ToJsonString(), Does.Contain("sheet-map-forgotten"));
    }

    [Test]
    public async Task A_map_that_is_not_there_cannot_be_forgotten()
    {
        using var place = await Prepared.Harvest();
        var said = await place.Run("upload forget-map 77 -o json");
        Assert.That((said.Exit, said.Problem.At("code")), Is.EqualTo((5, "map_unknown")));
    }

    [Test]
    public async Task An_upload_is_rechecked_as_it_was_read_then()
    {
        using var place = await Sent();
        await place.Ok($"upload submit first.csv {With} --map map.json");
        place.Write("moved.csv", $"{Moved}100,00;2021-02-16;B001;R3\n");
        var upload = (await place.Run($"upload submit moved.csv {With} --only-ready -o json")).Exits(3).Json.At("upload");
        await place.Ok($"upload forget-map {(await place.Json("upload maps --organisation COOP")).At("0.map")}");
        place.Write("late.csv", Members.Csv([new Person("B001", "1-2001-0001", "Eva Rojas")]));
        await place.Ok("member import late.csv --agreement CR-2021-014");
        Assert.That((await place.Ok($"upload recheck {upload} -o json")).Json.At("ready"), Is.EqualTo("2"));
    }

    private static async Task<Workplace> Sent()
    {
        var place = await Prepared.Harvest();
        place.Write("first.csv", January);
        place.Write("moved.csv", Moved);
        place.Write("map.json", """{"columns":{"member_no":"Soc","amount":"pagado","received_on":"dia","receipt_no":"num"}}""");
        return place;
    }
}
