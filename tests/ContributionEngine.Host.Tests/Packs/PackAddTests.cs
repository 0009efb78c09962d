using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Packs;

/// <summary>Scheme packs that come as files: what is taken, what is refused, and what is said about it.</summary>
internal sealed class PackAddTests
{
    [Test]
    public async Task An_added_version_is_listed_with_where_it_comes_from()
    {
        using var place = Place();
        await place.Ok("pack add new.json");
        Assert.That((await place.Json("pack list")).AsArray().Select(row => $"{row.At("pack")} {row.At("version")} {row.At("origin")}"),
            Is.SupersetOf(new[] { "ph-group-2025 2025-1 program", "ph-group-2025 2025-2 added", "cr-convenio-2021 2021-1 program" }));
    }

    [Test]
    public async Task Without_a_version_the_newest_is_shown_and_every_other_one_by_its_version()
    {
        using var place = Place();
        await place.Ok("pack add new.json");
        string[] shown = [(await place.Json("pack show ph-group-2025")).At("version"), (await place.Json("pack show ph-group-2025 --version 2025-1")).At("version")];
        Assert.That(shown, Is.EqualTo(new[] { "2025-2", "2025-1" }));
    }

    [TestCase("pack show ph-group-2025 --version 2025-7")]
    [TestCase("pack show atlantis --version 1")]
    public async Task A_version_that_nobody_knows_ends_with_5(string command)
    {
        using var place = Place();
        Assert.That((await place.Run($"{command} -o json")).Exit, Is.EqualTo(5));
    }

    [TestCase("pack list")]
    [TestCase("pack show ph-group-2025")]
    public async Task Packs_are_shown_without_a_database_and_none_is_made(string command)
    {
        using var place = Place();
        await place.Ok(command);
        Assert.That(File.Exists(place.Database), Is.False);
    }

    [Test]
    public async Task A_pack_that_was_shown_as_JSON_is_a_pack_file()
    {
        using var place = Place();
        place.Write("shown.json", (await place.Ok("pack show ph-group-2025 -o json")).Out);
        Assert.That((await place.Run("pack validate shown.json")).Exit, Is.Zero);
    }

    [Test]
    public async Task A_faulty_pack_is_refused_with_every_fault_and_none_of_it_is_kept()
    {
        using var place = Place();
        var pack = JsonNode.Parse(place.Read("new.json"))!;
        (pack["figures"]![0]!["value"], pack["figures"]![2]!["source"]) = ("-5", "");
        place.Write("faulty.json", pack.ToJsonString());
        var refused = await place.Run("pack add faulty.json -o json");
        Assert.That((refused.Exit, refused.Problem.At("code"), string.Join(' ', refused.Problem["errors"]!.AsArray().Select(error => error.At("field")).Order())),
            Is.EqualTo((7, "pack_invalid", "figures[0].value figures[2].source")), refused.ToString());
        Assert.That((await place.Json("pack list")).ToJsonString(), Does.Not.Contain("2025-2"));
    }

    [Test]
    public async Task The_same_bytes_again_write_nothing_and_say_so()
    {
        using var place = Place();
        await place.Ok("pack add new.json");
        var before = StoredFacts.Dump(place.Database, but: "id_block");
        var again = await place.Run("pack add new.json -o json");
        Assert.That((again.Exit, again.Json.At("state"), StoredFacts.Dump(place.Database, but: "id_block") == before, again.Error.Contains("nothing was written", StringComparison.Ordinal)),
            Is.EqualTo((0, "known", true, true)), again.ToString());
    }

    [Test]
    public async Task The_very_file_of_the_program_is_known_already()
    {
        using var place = Place();
        place.Write("shipped.json", Core.PackLibrary.Content("ph-group-2025"));
        Assert.That((await place.Json("pack add shipped.json")).At("state"), Is.EqualTo("known"));
    }

    [TestCase("2025-2", TestName = "{m}(added)")]
    [TestCase("2025-1", TestName = "{m}(of the program)")]
    public async Task A_known_version_with_other_bytes_is_a_conflict(string version)
    {
        using var place = Place();
        await place.Ok("pack add new.json");
        place.Write("other.json", PackFiles.VendorsFromJuly(version, "6"));
        var refused = await place.Run("pack add other.json -o json");
        Assert.That((refused.Exit, refused.Problem.At("code")), Is.EqualTo((6, "pack_version_exists")), refused.ToString());
    }

    [TestCase("2025-8", 7)]
    [TestCase("2024-12", 7)]
    [TestCase("2025-09", 7)]
    [TestCase("2025", 7)]
    [TestCase("2025-10", 0)]
    [TestCase("2025-9-1", 0)]
    [TestCase("2025-9b", 0)]
    [TestCase("2025-x", 0)]
    [TestCase("2025.10", 0)]
    [TestCase("2025--10", 7)]
    [TestCase("", 7)]
    public async Task A_version_must_be_above_2025_9(string version, int exit)
    {
        using var place = Place();
        place.Write("new.json", PackFiles.VendorsFromJuly("2025-9", "5.5"));
        await place.Ok("pack add new.json");
        place.Write("next.json", PackFiles.VendorsFromJuly(version, "6"));
        var said = await place.Run("pack add next.json");
        Assert.That(said.Exit, Is.EqualTo(exit), said.ToString());
    }

    [Test]
    public async Task A_version_in_another_currency_is_refused()
    {
        using var place = Place();
        var pack = JsonNode.Parse(place.Read("new.json"))!;
        pack["currency"] = "USD";
        place.Write("dollars.json", pack.ToJsonString());
        var refused = await place.Run("pack add dollars.json -o json");
        Assert.That((refused.Exit, refused.Problem.At("code")), Is.EqualTo((7, "pack_currency_changed")), refused.ToString());
    }

    [Test]
    public async Task Adding_a_pack_stands_in_the_chain_of_the_administration()
    {
        using var place = Place();
        await place.Ok("pack add new.json");
        var added = (await place.Json("audit list")).AsArray().Single(row => row.At("use_case") == "pack-added");
        Assert.That((added.At("chain"), added.At("subject"), (await place.Run("audit verify")).Exit), Is.EqualTo(("administration", "ph-group-2025 2025-2", 0)));
    }

    [Test]
    public async Task A_kept_file_that_was_changed_by_hand_is_found()
    {
        using var place = Place();
        await place.Ok("pack add new.json");
        StoredFacts.Forge(place.Database, "update scheme_pack set content = cast(replace(cast(content as text), '5.5', '5.6') as blob)");
        var proof = await place.Run("verify -o json");
        Assert.That((proof.Exit, proof.Out.Contains("ph-group-2025 2025-2", StringComparison.Ordinal)), Is.EqualTo((9, true)), proof.ToString());
    }

    [Test]
    public async Task The_database_itself_lets_nobody_change_a_kept_version()
    {
        using var place = Place();
        await place.Ok("pack add new.json");
        Assert.That(() => StoredFacts.Attempt(place.Database, "update scheme_pack set version = '2025-3'"), Throws.Exception.With.Message.Contains("is a fact"));
    }

    [Test]
    public async Task Cases_are_worked_out_with_a_pack_file_that_is_not_shipped()
    {
        using var place = Place();
        place.Write("cases.json", """{"format":"contribution-vectors/1","pack":"ph-group-2025","cases":[{"id":"a","calculate":{"period":"2025-07","member":{"declared_income":"10000"}}}]}""");
        string[] totals = [(await place.Json("pack evaluate --cases cases.json")).At("results.0.result.totals.member"), (await place.Json("pack evaluate --cases cases.json --pack new.json")).At("results.0.result.totals.member")];
        Assert.That((totals, File.Exists(place.Database)), Is.EqualTo((new[] { "500.00", "550.00" }, false)));
    }

    [Test]
    public async Task Cases_of_another_pack_than_the_named_file_are_refused()
    {
        using var place = Place();
        place.Write("cases.json", """{"format":"contribution-vectors/1","pack":"cr-convenio-2021","cases":[]}""");
        Assert.That((await place.Run("pack evaluate --cases cases.json --pack new.json")).Exit, Is.EqualTo(2));
    }

    private static Workplace Place()
    {
        var place = new Workplace();
        place.Write("new.json", PackFiles.VendorsFromJuly("2025-2", "5.5"));
        return place;
    }
}
