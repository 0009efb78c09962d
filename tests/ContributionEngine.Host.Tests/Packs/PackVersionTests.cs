using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Packs;

/// <summary>Which version of a pack an agreement is rated by: the newest, or the one that its figures are pinned to.</summary>
internal sealed class PackVersionTests
{
    private const string Generate = "schedule generate --agreement CR-2021-014";

    [Test]
    public async Task Adding_a_version_says_which_agreements_it_re_rates_and_which_keep_theirs()
    {
        using var place = await Prepared.Harvest();
        await place.Begin(Agreements.Vendors(), RateChange.Vendors);
        place.Write("vendors.json", PackFiles.VendorsFromJuly("2025-2", "5.5"));
        place.Write("coffee.json", PackFiles.Coffee("2021-2", "5"));
        string[] said = [(await place.Json("pack add vendors.json"))["agreements"]![0]!.ToJsonString(), (await place.Json("pack add coffee.json"))["agreements"]![0]!.ToJsonString()];
        Assert.That(said, Is.EqualTo(new[]
        {
            """{"agreement":"PH-2025-007","version":"2025-2","pinned":false,"re_rated":true}""",
            """{"agreement":"CR-2021-014","version":"2021-1","pinned":true,"re_rated":false}""",
        }));
    }

    [Test]
    public async Task An_agreement_with_pinned_figures_is_left_alone_by_a_new_version()
    {
        using var place = await Prepared.Harvest();
        var before = await place.Balances();
        await AddCoffee(place);
        var generated = await place.Json(Generate);
        Assert.That((generated.At("differences_total"), generated.At("pack_version"), await place.Balances()), Is.EqualTo(("0", "2021-1", before)));
    }

    [Test]
    public async Task An_agreement_that_is_taken_in_later_is_pinned_to_the_new_version()
    {
        using var place = await Prepared.Harvest();
        await AddCoffee(place);
        await place.Begin(Agreements.Coffee() with { Number = "CR-2021-015" }, Members.Pickers);
        var sem = (await place.Export("obligations --agreement CR-2021-015")).Where("component", "sem").Of("amount").Distinct();
        Assert.That((string.Join(' ', sem), (await place.Json("agreement show CR-2021-015")).At("terms.0.pinned_pack_version")), Is.EqualTo(("20000.00", "2021-2")));
    }

    [Test]
    public async Task A_program_with_other_figures_under_the_pinned_version_does_not_change_the_agreement()
    {
        using var place = await Prepared.Harvest();
        var (hex, sha256) = (Convert.ToHexString(Other), Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Other)));
        Assert.That(StoredFacts.Forge(place.Database, $"update scheme_pack set content = x'{hex}', sha256 = '{sha256}' where pack = 'cr-convenio-2021'"), Is.EqualTo(1));
        var generated = await place.Json(Generate);
        Assert.That((generated.At("differences.0.component"), generated.At("differences.0.before"), generated.At("differences.0.now")), Is.EqualTo(("sem", "17320.00", "20000.00")));
    }

    [Test]
    public async Task Figures_that_nobody_pins_are_not_kept_with_the_agreement()
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Vendors(), RateChange.Vendors);
        Assert.That((await place.Json("agreement show PH-2025-007"))["terms"]![0]!["pinned_pack_version"], Is.Null);
    }

    [Test]
    public async Task A_pack_that_no_program_ships_rates_an_agreement()
    {
        using var place = new Workplace();
        place.Write("pack.json", PackFiles.WastePickers().ToJsonString());
        await place.Ok("pack add pack.json");
        await place.Begin(Agreements.Vendors() with { Number = "WP-1", Pack = "waste-pickers-2025", Calendar = "pack" }, [new("W1", "W-1", "Wilma Uno", "2025-01-01") { DeclaredIncome = "10000" }]);
        place.Write("paid.csv", Receipts.Csv(new Paid("R1", "W1", "2025-01-20", "300.00", "2025-01", "premium")));
        await place.Ok("upload submit paid.csv --agreement WP-1 --as-of 2025-01-31");
        await place.Ok("settlement run --agreement WP-1 --as-of 2025-01-31");
        await place.Ok("agreement calendar WP-1");
        Assert.That(((await place.Export("obligations")).Of("amount").Distinct(), (await place.Export("remittance-lines")).Of("period", "amount")), Is.EqualTo((new[] { "300.00" }, new[] { "2025-01 300.00" })));
    }

    [Test]
    public async Task A_pack_that_is_not_known_is_refused_and_the_added_ones_are_named()
    {
        using var place = new Workplace();
        place.Write("pack.json", PackFiles.WastePickers().ToJsonString());
        await place.Ok("pack add pack.json");
        place.Write("agreement.json", (Agreements.Vendors() with { Pack = "waste-pickers-2026" }).Json);
        var refused = await place.Run("agreement import agreement.json -o json");
        Assert.That((refused.Exit, refused.Problem.At("code"), refused.Problem.At("detail").Contains("waste-pickers-2025", StringComparison.Ordinal)), Is.EqualTo((7, "pack_unknown", true)), refused.ToString());
    }

    [Test]
    public async Task A_version_that_asks_for_a_parameter_which_the_agreement_has_not_is_refused_by_name()
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Vendors(), RateChange.Vendors);
        var pack = PackFiles.Shipped("ph-group-2025");
        (pack["version"], pack["parameters"]![0]!["required"]) = ("2025-2", true);
        place.Write("asking.json", pack.ToJsonString());
        await place.Ok("pack add asking.json");
        var refused = await place.Run("schedule generate --agreement PH-2025-007 -o json");
        Assert.That((refused.Exit, refused.Problem.At("code"), refused.Problem.At("errors.0.field")), Is.EqualTo((7, "missing_parameter", "parameters.mode")), refused.ToString());
    }

    private static byte[] Other => System.Text.Encoding.UTF8.GetBytes(PackFiles.Coffee("2021-1", "5"));

    private static async Task AddCoffee(Workplace place)
    {
        place.Write("coffee.json", PackFiles.Coffee("2021-2", "5"));
        await place.Ok("pack add coffee.json");
    }
}
