using System.Xml.Linq;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Proof;

/// <summary>The books from outside: January settled, Rosa's two lines of 38,600.00 rejected, Luis's 20,000.00 and 11,400.00 of Rosa's in custody.</summary>
internal sealed class BooksTests
{
    private const string Of = "--agreement CR-2021-014";

    [Test]
    public async Task The_trial_balance_is_equal_on_both_sides_until_a_posting_is_changed()
    {
        using var place = await Prepared.Settled();
        var before = await place.Json($"ledger trial-balance {Of}");
        Assert.That((before.At("balanced"), before.At("totals.0.debit")), Is.EqualTo(("true", before.At("totals.0.credit"))));
        StoredFacts.Forge(place.Database, "update posting set debit = debit + 1 where account = 'cash' and debit > 0");
        (await place.Run($"ledger trial-balance {Of}")).Exits(9);
    }

    [Test]
    public async Task The_chart_names_the_sub_ledger_of_every_account()
    {
        using var place = new Workplace();
        var chart = await place.Json("ledger chart");
        Assert.That((chart.At("0.account"), chart.At("0.normal"), chart.At("0.sub_ledger")), Is.EqualTo(("cash", "debit", "receipts of members less reversals, refunds, open claims and what the bank shows as paid")));
    }

    [Test]
    public async Task Four_totals_tie_out_and_one_cent_that_nothing_explains_ends_with_9()
    {
        using var place = await Prepared.Settled();
        var tied = await place.Json($"report tie-out {Of}");
        Assert.That((tied.At("tied_out"), tied.At("unexplained"), tied.At("rows.0.receipts"), tied.At("rows.0.fund"), tied.At("rows.0.bank"), tied.At("rows.0.rejected"), tied.At("rows.0.custody")), Is.EqualTo(("true", "0.00", "108600.00", "38600.00", "38600.00", "38600.00", "31400.00")));
        StoredFacts.Forge(place.Database, "update bank_match set amount = amount - 1");
        var broken = (await place.Run($"report tie-out {Of} -o json")).Exits(9);
        Assert.That((broken.Json.At("tied_out"), broken.Json.At("unexplained")), Is.EqualTo(("false", "0.03")), "of the agreement, the period and the remittance");
    }

    [Test]
    public async Task Custody_is_told_by_age_and_reason_and_drawn_with_a_text_alternative()
    {
        using var place = await Prepared.Settled();
        var aged = await place.Json($"report custody {Of} --as-of 2021-02-10");
        Assert.That((aged.At("0.total"), aged.At("0.ledger"), aged.At("0.members"), aged.At("0.bands.1.name"), aged.At("0.bands.1.amount")), Is.EqualTo(("70000.00", "70000.00", "2", "8-30", "70000.00")));
        var drawing = XDocument.Parse((await place.Run($"report custody {Of} --as-of 2021-02-10 -o svg")).Exits(0).Out).Root!;
        XNamespace svg = "http://www.w3.org/2000/svg";
        Assert.That((drawing.Attribute("role")!.Value, drawing.Element(svg + "desc")!.Value), Is.EqualTo((
            "img", "0–7 days: CRC\u00a00.00; 8–30 days: CRC\u00a070,000.00, 2 members; 31–60 days: CRC\u00a00.00; 61–90 days: CRC\u00a00.00; more than 90 days: CRC\u00a00.00")));
        Assert.That(drawing.Elements(svg + "path").Select(bars => bars.Attribute("d")!.Value), Is.EqualTo(new[] { "M0 55h360v10h-360z" }), "one of five bars has a length");
    }

    [Test]
    public async Task What_cannot_be_drawn_is_refused_and_nothing_is_run()
    {
        using var place = await Prepared.Collected();
        var refused = (await place.Run($"{Prepared.Settle} -o svg")).Exits(2);
        Assert.That(refused.Error, Does.Contain("output_not_drawn"));
        Assert.That((await place.Export("remittances")).Rows, Is.Empty);
    }

    [Test]
    public async Task A_month_is_closed_and_a_second_person_with_her_own_key_reopens_it()
    {
        using var place = await Prepared.Settled();
        var key = (await place.Json("user add olga --role operator")).At("key");
        Assert.That((await place.Json($"period close 2021-01 {Of} --as-of 2021-02-20")).At("state"), Is.EqualTo("closed"));
        var asked = (await place.Run($"period reopen 2021-01 {Of} --reason slip -o json --as-of 2021-02-20")).Exits(3).Json;
        Assert.That((asked.At("state"), asked.At("needs_approval")), Is.EqualTo(("approval_needed", "true")));
        (await place.Run($"period reopen 2021-01 {Of} --reason slip --approve --as-of 2021-02-20")).Exits(4);
        Assert.That((await place.Json($"period reopen 2021-01 {Of} --reason slip --approve --as-of 2021-02-20 --key {key}")).At("state"), Is.EqualTo("open"));
        Assert.That((await place.Json($"period list {Of}")).At("0.changed_by"), Is.EqualTo("olga"));
        await place.Ok("verify");
    }

    [Test]
    public async Task A_dry_run_of_closing_closes_nothing()
    {
        using var place = await Prepared.Settled();
        var before = StoredFacts.Dump(place.Database);
        Assert.That((await place.Json($"period close 2021-01 {Of} --as-of 2021-02-20 --dry-run")).At("state"), Is.EqualTo("closed"));
        Assert.That(StoredFacts.Dump(place.Database), Is.EqualTo(before));
    }

    [Test]
    public async Task Verify_names_every_open_item()
    {
        using var place = await Prepared.Settled();
        var proof = (await place.Run("verify -o json")).Exits(0).Out;
        Assert.That(System.Text.Json.Nodes.JsonNode.Parse(proof)!["open_items"]!.AsArray().Select(item => $"{item!["kind"]} {item["count"]} {item["amount"]}"), Is.EqualTo(new[]
        {
            "cases 2 38600.00", "custody 3 31400.00", "rejected 2 38600.00", "state_share 1 21360.00", "unpaid 25 470400.00",
        }));
    }
}
