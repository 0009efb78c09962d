using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Crash;

/// <summary>A dry run is the same code with a rollback at the end.</summary>
internal sealed class DryRunTests
{
    [TestCase("agreement import other.json")]
    [TestCase("member import more.csv --agreement CR-2021-014")]
    [TestCase("schedule generate --agreement CR-2021-014 --as-of 2021-03-31")]
    [TestCase("upload submit february.csv --agreement CR-2021-014 --as-of 2021-02-28")]
    [TestCase("upload submit strange.csv --agreement CR-2021-014 --as-of 2021-02-28 --only-ready")]
    [TestCase("settlement run --agreement CR-2021-014 --as-of 2021-02-12")]
    [TestCase("bank import statement.xml --account auto")]
    [TestCase("pack add pack.json")]
    public async Task A_dry_run_writes_nothing_and_says_so(string command)
    {
        using var place = await Ready();
        var before = (StoredFacts.Dump(place.Database), FundFiles(place));
        var said = (await place.Run($"{command} --dry-run -o json")).Exits(0, 3);
        Assert.That((said.Json["dry_run"]?.GetValue<bool>(), (StoredFacts.Dump(place.Database), FundFiles(place)) == before), Is.EqualTo(((bool?)true, true)), said.ToString());
    }

    [Test]
    public async Task A_dry_run_of_an_undo_writes_nothing_and_says_so()
    {
        using var place = await Prepared.Collected();
        var before = StoredFacts.Dump(place.Database);
        var said = await place.Run($"upload undo {(await place.Export("receipts")).Rows[0]["upload"]} --reason mistaken --dry-run -o json");
        Assert.That((said.Exit, said.Json["dry_run"]?.GetValue<bool>(), StoredFacts.Dump(place.Database) == before), Is.EqualTo((0, (bool?)true, true)), said.ToString());
    }

    [Test]
    public async Task A_dry_run_of_a_file_says_what_the_file_will_do()
    {
        using var place = await Prepared.Harvest();
        var planned = await place.Json($"{Prepared.Submit} --dry-run");
        planned.AsObject().Remove("dry_run");
        Assert.That(planned.ToJsonString(), Is.EqualTo((await place.Json(Prepared.Submit)).ToJsonString()));
    }

    [Test]
    public async Task A_dry_run_of_a_settlement_says_what_would_be_cut()
    {
        using var place = await Prepared.Collected();
        var planned = (await place.Run($"{Prepared.Settle} --dry-run -o json")).Json;
        Assert.That((planned.At("remittances.0.lines"), planned.At("remittances.0.total")), Is.EqualTo(("4", "77200.00")), planned.ToJsonString());
    }

    [Test]
    public async Task A_dry_run_of_a_settlement_twice_says_the_same()
    {
        using var place = await Prepared.Collected();
        var first = await place.Run($"{Prepared.Settle} --dry-run -o json");
        var second = await place.Run($"{Prepared.Settle} --dry-run -o json");
        Assert.That(second.Out, Is.EqualTo(first.Out));
    }

    private static async Task<Workplace> Ready()
    {
        var place = await Prepared.Remitted();
        place.Write("other.json", (Agreements.Coffee() with { Number = "CR-2021-015" }).Json);
        place.Write("more.csv", Members.Csv([new Person("A004", "1-1004-0004", "Eva Arce"), Members.Pickers[0] with { FullName = "Ana Mora Vega" }]));
        place.Write("february.csv", Receipts.Csv(new Paid("R5", "A001", "2021-02-15", "38600.00")));
        place.Write("strange.csv", Receipts.Csv(new Paid("R5", "A001", "2021-02-15", "38600.00"), new Paid("R6", "X900", "2021-02-15", "38600.00")));
        place.Write("pack.json", PackFiles.Coffee("2021-2", "5"));
        place.Write("statement.xml", Statements.Camt053(Agreements.Coffee().FundAccount, [((await place.Export("remittances")).Rows[0]["reference"], "38600.00")]));
        return place;
    }

    private static string FundFiles(Workplace place) =>
        string.Join(' ', Directory.EnumerateFiles(place.Folder, "*", SearchOption.AllDirectories).Where(path => path.Contains(".fund", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
}
