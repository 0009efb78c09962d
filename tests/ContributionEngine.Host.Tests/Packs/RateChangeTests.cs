using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Packs;

/// <summary>
/// A rate that changes from July: two vendors owe 500.00 and 1,000.00 a month at 5 %. Both have paid July, which is remitted;
/// V1 has also paid August, which is not.
/// </summary>
internal sealed class RateChangeTests
{
    private const string Generate = "schedule generate --agreement PH-2025-007";
    private const string Settle = "settlement run --agreement PH-2025-007 --as-of 2025-09-30";

    [Test]
    public async Task Worked_out_for_the_first_time_nothing_differs()
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Vendors(), RateChange.Vendors.Take(1));
        place.Write("members.csv", Members.Csv(RateChange.Vendors));
        await place.Ok("member import members.csv --agreement PH-2025-007");
        var generated = await place.Json(Generate);
        Assert.That((generated.At("added"), generated.At("differences_total"), generated["differences"]!.AsArray().Count), Is.EqualTo(("12", "0", 0)));
    }

    [Test]
    public async Task The_preview_lists_what_was_what_is_and_what_is_remitted()
    {
        using var place = await RateChange.Remitted("5.5");
        var preview = await place.Json($"{Generate} --dry-run");
        Assert.That(string.Join(' ', new[] { "differences_total", "differences_up", "differences_down", "pack_version" }.Select(preview.At)), Is.EqualTo("12 900.00 0.00 2025-2"));
        Assert.That(Listed(preview).Take(2).Concat(Listed(preview).Skip(6).Take(2)), Is.EqualTo(new[]
        {
            "V1 2025-07 premium member 500.00 550.00 50.00 true", "V1 2025-08 premium member 500.00 550.00 50.00 false",
            "V2 2025-07 premium member 1000.00 1100.00 100.00 true", "V2 2025-08 premium member 1000.00 1100.00 100.00 false",
        }));
    }

    [Test]
    public async Task The_preview_writes_nothing_and_is_what_is_then_written()
    {
        using var place = await RateChange.Remitted("5.5");
        var before = StoredFacts.Dump(place.Database);
        var preview = await place.Json($"{Generate} --dry-run");
        Assert.That(StoredFacts.Dump(place.Database), Is.EqualTo(before));
        var written = await place.Json(Generate);
        preview.AsObject().Remove("dry_run");
        Assert.That(written.ToJsonString(), Is.EqualTo(preview.ToJsonString()));
        Assert.That(Listed(preview).Select(line => line.Split(' ')).Select(cells => $"{cells[0]} {cells[1]} {cells[5]}"), Is.EqualTo((await Owed(place)).Where(row => string.CompareOrdinal(row.Split(' ')[1], "2025-07") >= 0)));
    }

    [Test]
    public async Task At_most_a_thousand_differences_are_listed_and_all_are_counted()
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Vendors(), Enumerable.Range(1, 167).Select(i => new Person($"V{i:D3}", $"P-{i:D3}", $"Vendor {i}", "2025-01-01") { DeclaredIncome = "10000" }));
        place.Write("new.json", PackFiles.VendorsFromJuly("2025-2", "5.5"));
        await place.Ok("pack add new.json");
        var generated = await place.Json(Generate);
        Assert.That((generated["differences"]!.AsArray().Count, generated.At("differences_total"), generated.At("differences_up")), Is.EqualTo((1_000, "1002", "50100.00")));
    }

    [Test]
    public async Task Open_periods_are_re_rated_and_earlier_ones_are_not()
    {
        using var place = await RateChange.ReRated("5.5");
        Assert.That((await Owed(place)).Where(row => row.StartsWith("V1", StringComparison.Ordinal)).Skip(4).Take(4), Is.EqualTo(new[] { "V1 2025-05 500.00", "V1 2025-06 500.00", "V1 2025-07 550.00", "V1 2025-08 550.00" }));
    }

    [Test]
    public async Task Worked_out_again_nothing_differs_and_nothing_is_written_twice()
    {
        using var place = await RateChange.ReRated("5.5");
        var before = await Owed(place);
        var again = await place.Json(Generate);
        Assert.That((again.At("differences_total"), again.At("added"), await Owed(place)), Is.EqualTo(("0", "0", before)));
    }

    [Test]
    public async Task What_is_owed_more_for_a_remitted_period_goes_by_itself_once_it_is_paid()
    {
        using var place = await RateChange.ReRated("5.5");
        await RateChange.Pay(place, new("R4", "V1", "2025-09-10", "50.00", "2025-07"), new("R5", "V1", "2025-09-10", "50.00", "2025-08"), new("R6", "V2", "2025-09-10", "1100.00", "2025-09"));
        await place.Ok(Settle);
        Assert.That((await place.Export("remittances")).Of("kind", "lines", "total"), Is.EqualTo(new[] { "regular 2 1500.00", "regular 2 1650.00", "revised 1 50.00" }));
        Assert.That((await place.Export("remittance-lines")).Of("member_no", "period", "amount", "outcome").Skip(2), Is.EqualTo(new[] { "V1 2025-08 550.00 accepted", "V2 2025-09 1100.00 accepted", "V1 2025-07 50.00 accepted" }));
    }

    [Test]
    public async Task A_difference_that_nobody_has_paid_holds_back_only_itself()
    {
        using var place = await RateChange.ReRated("5.5");
        await RateChange.Pay(place, new Paid("R6", "V2", "2025-09-10", "1100.00", "2025-09"));
        await place.Ok(Settle);
        Assert.That((await place.Export("remittances")).Of("kind", "total"), Is.EqualTo(new[] { "regular 1500.00", "regular 1100.00" }));
    }

    [Test]
    public async Task A_revised_remittance_is_linked_to_the_earlier_one_and_its_file_names_it()
    {
        using var place = await RateChange.ReRated("5.5");
        await RateChange.Pay(place, new Paid("R4", "V1", "2025-09-10", "50.00", "2025-07"));
        await place.Ok(Settle);
        var (first, revised) = ((await place.Export("remittances")).Rows[0], (await place.Export("remittances")).Rows[1]);
        await place.Ok($"remittance export {revised["remittance"]} --out revised.csv");
        var root = (await place.Json($"explain remittance {first["remittance"]}")).AsArray().Single(step => step.At("step") == "proven").At("detail").Split(' ')[1];
        Assert.That(((await place.Json($"remittance show {revised["remittance"]}")).At("supplements"), place.Read("revised.csv")), Is.EqualTo((
            first["remittance"], $"H,{revised["reference"]},PH-2025-007,FUND,COOP,2025-09-30T15:59:59Z,PHP,{first["reference"]}\nP,{first["reference"]},{root},2\nD,1,V1,P-1,2025-07,premium,principal,50.00\nT,1,50.00\n")));
    }

    [Test]
    public async Task A_sealed_remittance_is_never_edited()
    {
        using var place = await RateChange.Remitted("5.5");
        var (sealedRow, sealedLines) = (string.Join('|', (await place.Export("remittances")).Rows[0].Values), (await place.Export("remittance-lines")).Of("remittance", "line", "amount"));
        await place.Ok(Generate);
        await RateChange.Pay(place, new Paid("R4", "V1", "2025-09-10", "50.00", "2025-07"));
        await place.Ok(Settle);
        Assert.That((string.Join('|', (await place.Export("remittances")).Rows[0].Values), (await place.Export("remittance-lines")).Of("remittance", "line", "amount").Take(2)), Is.EqualTo((sealedRow, sealedLines)));
    }

    [Test]
    public async Task A_settlement_that_is_run_again_takes_nothing_twice_and_the_proof_holds()
    {
        using var place = await RateChange.ReRated("5.5");
        await RateChange.Pay(place, new Paid("R4", "V1", "2025-09-10", "50.00", "2025-07"));
        await place.Ok(Settle);
        await place.Ok(Settle);
        await place.Ok($"{Settle[..^2]}29");
        Assert.That(((await place.Export("remittances")).Rows.Count, (await place.Run("verify")).Exit), Is.EqualTo((2, 0)));
    }

    [Test]
    public async Task A_line_that_the_fund_sent_back_goes_with_its_difference_as_one_line()
    {
        using var place = await RateChange.Remitted("5.5", new FundBehaviour { RejectNationalIds = ["P-1"] });
        await place.Ok(Generate);
        await RateChange.Pay(place, new Paid("R4", "V1", "2025-09-10", "50.00", "2025-07"));
        place.Write("fund.json", new FundBehaviour().Json);
        (await place.Run(Settle)).Exits(0, 3);
        Assert.That((await place.Export("remittance-lines")).Of("member_no", "period", "amount", "outcome"), Is.EqualTo(new[] { "V1 2025-07 500.00 rejected", "V2 2025-07 1000.00 accepted", "V1 2025-07 550.00 accepted" }));
        Assert.That((await place.Export("remittances")).Of("kind"), Is.EqualTo(new[] { "regular", "regular" }));
    }

    [Test]
    public async Task A_difference_that_the_fund_sent_back_is_a_difference_again()
    {
        using var place = await RateChange.ReRated("5.5");
        await RateChange.Pay(place, new Paid("R4", "V1", "2025-09-10", "50.00", "2025-07"));
        place.Write("fund.json", new FundBehaviour { RejectNationalIds = ["P-1"] }.Json);
        (await place.Run(Settle)).Exits(3);
        place.Write("fund.json", new FundBehaviour().Json);
        await place.Ok("settlement run --agreement PH-2025-007 --as-of 2025-10-03");
        Assert.That((await place.Export("remittances")).Of("kind", "total", "state"), Is.EqualTo(new[] { "regular 1500.00 acknowledged", "revised 50.00 rejected", "revised 50.00 acknowledged" }));
        Assert.That((await place.Export("cases")).Of("reason", "amount", "state"), Is.EqualTo(new[] { "line_rejected 50.00 resolved" }));
    }

    [Test]
    public async Task A_settlement_that_is_killed_and_run_again_gives_the_lines_of_one([Range(1, 3)] int seed)
    {
        using var place = await RateChange.ReRated("5.5");
        await RateChange.Pay(place, new("R4", "V1", "2025-09-10", "50.00", "2025-07"), new("R6", "V2", "2025-09-10", "1100.00", "2025-09"));
        using (var running = Cli.Start(place.Folder, Settle)) await running.KilledAfter(TimeSpan.FromMilliseconds(250 + new Random(seed).Next(900)));
        await place.Ok(Settle);
        await place.Ok("settlement resume");
        Assert.That((await place.Export("remittances")).Of("kind", "total", "state"), Is.EqualTo(new[] { "regular 1500.00 acknowledged", "regular 1100.00 acknowledged", "revised 50.00 acknowledged" }));
        Assert.That((await place.Run("verify")).Exit, Is.Zero);
    }

    private static IEnumerable<string> Listed(JsonNode generated) => generated["differences"]!.AsArray().Select(row => string.Join(' ', row!.AsObject().Select(cell => row.At(cell.Key))));

    // What each member owes for each period after reductions, further obligations included.
    private static async Task<IReadOnlyList<string>> Owed(Workplace place) =>
    [
        .. (await place.Export("obligations")).Where("class", "principal").Rows.GroupBy(row => $"{row["member_no"]} {row["period"]}").OrderBy(rows => rows.Key, StringComparer.Ordinal)
            .Select(rows => FormattableString.Invariant($"{rows.Key} {rows.Sum(row => Table.Amount(row["amount"]) - Table.Amount(row["reduced"])):F2}")),
    ];
}
