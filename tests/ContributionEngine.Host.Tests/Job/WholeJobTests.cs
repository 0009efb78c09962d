using System.Numerics;
using System.Security.Cryptography;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Job;

/// <summary>January of a coffee harvest, from the agreement to the settled remittance: figures that a treasurer can check.</summary>
internal sealed class WholeJobTests
{
    [Test]
    public async Task An_agreement_that_is_complete_is_active_at_once()
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Json("agreement show CR-2021-014")).At("state"), Is.EqualTo("active"));
    }

    [Test]
    public async Task The_schedule_holds_five_months_of_three_components_for_three_members()
    {
        using var place = await Prepared.Harvest();
        var owed = await place.Export("obligations");
        Assert.That((owed.Rows.Count, owed.Sum("amount")), Is.EqualTo((45, 899_400m)));
    }

    [Test]
    public async Task A_month_at_400000_colones_is_17320_and_21280_and_21360_of_the_State()
    {
        using var place = await Prepared.Harvest();
        var month = (await place.Export("obligations")).Where("member_no", "A001").Where("period", "2021-01");
        Assert.That(month.Of("component", "payer", "class", "due_on", "amount", "state"), Is.EquivalentTo(new[]
        {
            "sem member principal 2021-02-15 17320.00 unpaid",
            "ivm member principal 2021-02-15 21280.00 unpaid",
            "ivm-state state principal 2021-02-15 21360.00 unpaid",
        }));
    }

    [Test]
    public async Task Months_that_the_season_also_covers_fall_due_with_its_last_one()
    {
        using var place = await Prepared.Harvest();
        var sem = (await place.Export("obligations")).Where("member_no", "A001").Where("component", "sem");
        Assert.That(sem.Of("period", "due_on"), Is.EqualTo(new[] { "2021-01 2021-02-15", "2021-02 2021-03-15", "2021-03 2021-04-15", "2021-04 2021-04-15", "2021-05 2021-04-15" }));
    }

    [Test]
    public async Task A_payment_in_full_a_short_one_and_one_above_stand_as_they_came()
    {
        using var place = await Prepared.Collected();
        Assert.That((await place.Export("receipts")).Of("row", "receipt_no", "member_no", "amount", "allocated", "suspense", "credit", "state"), Is.EqualTo(new[]
        {
            "2 R1 A001 38600.00 38600.00 0.00 0.00 posted",
            "3 R2 A002 20000.00 20000.00 0.00 0.00 posted",
            "4 R3 A003 50000.00 38600.00 0.00 11400.00 posted",
        }));
    }

    [Test]
    public async Task Money_pays_the_first_component_whole_before_the_next()
    {
        using var place = await Prepared.Collected();
        var paid = (await place.Export("allocations")).Where("member_no", "A002");
        Assert.That(paid.Of("period", "component", "amount", "allocated_on"), Is.EqualTo(new[] { "2021-01 sem 17320.00 2021-01-31", "2021-01 ivm 2680.00 2021-01-31" }));
    }

    [Test]
    public async Task Whoever_left_and_came_back_pays_her_oldest_month_first()
    {
        using var place = new Workplace();
        await place.Begin(Agreements.Coffee(), [Members.Pickers[0] with { EnrolledTo = "2021-01-31" }]);
        place.Write("back.csv", Members.Csv([Members.Pickers[0] with { EnrolledFrom = "2021-03-01" }]));
        await place.Ok("member import back.csv --agreement CR-2021-014");
        await place.Ok("schedule generate --agreement CR-2021-014 --as-of 2021-03-01");
        place.Write("march.csv", Receipts.Csv(new Paid("R1", "A001", "2021-03-15", "38600.00")));
        await place.Ok("upload submit march.csv --agreement CR-2021-014 --as-of 2021-03-31");
        Assert.That((await place.Export("allocations")).Of("period", "component", "amount"), Is.EqualTo(new[] { "2021-01 sem 17320.00", "2021-01 ivm 21280.00" }));
    }

    [Test]
    public async Task Only_members_who_paid_the_month_in_full_go_to_the_fund()
    {
        using var place = await Prepared.Remitted();
        Assert.That((await place.Export("remittance-lines")).Of("line", "member_no", "national_id", "period", "component", "class", "amount", "outcome", "code"), Is.EqualTo(new[]
        {
            "1 A001 1-1001-0001 2021-01 sem principal 17320.00 accepted ",
            "2 A001 1-1001-0001 2021-01 ivm principal 21280.00 accepted ",
            "3 A003 1-1003-0003 2021-01 sem principal 17320.00 rejected unknown_national_id",
            "4 A003 1-1003-0003 2021-01 ivm principal 21280.00 rejected unknown_national_id",
        }));
    }

    [Test]
    public async Task A_part_paid_month_waits_in_custody()
    {
        using var place = await Prepared.Remitted();
        var month = (await place.Export("obligations")).Where("member_no", "A002").Where("period", "2021-01");
        Assert.That(month.Of("component", "allocated", "state"), Is.EquivalentTo(new[] { "sem 17320.00 paid", "ivm 2680.00 part_paid", "ivm-state 0.00 unpaid" }));
    }

    [Test]
    public async Task What_was_paid_above_goes_to_the_month_that_has_opened_at_the_cutoff()
    {
        using var place = await Prepared.Remitted();
        Assert.That((await place.Export("receipts")).Where("receipt_no", "R3").Of("allocated", "credit"), Is.EqualTo(new[] { "50000.00 0.00" }));
    }

    [Test]
    public async Task Rejected_lines_open_one_case_each()
    {
        using var place = await Prepared.Remitted();
        Assert.That((await place.Export("cases")).Of("reason", "amount", "state"), Is.EqualTo(new[] { "line_rejected 17320.00 open", "line_rejected 21280.00 open" }));
    }

    [Test]
    public async Task A_remittance_is_acknowledged_before_the_bank_shows_the_money()
    {
        using var place = await Prepared.Remitted();
        Assert.That((await place.Export("remittances")).Of("kind", "state", "lines", "total", "currency"), Is.EqualTo(new[] { "regular acknowledged 4 77200.00 CRC" }));
    }

    [Test]
    public async Task An_as_of_date_cuts_at_the_end_of_that_day_in_the_time_zone_of_the_agreement()
    {
        using var place = await Prepared.Remitted();
        Assert.That((await place.Export("remittances")).Rows[0]["cutoff"], Does.Match(@"^2021-02-06T05:59:59(\.0+)?Z$"));
    }

    [Test]
    public async Task A_remittance_is_settled_once_the_bank_shows_what_was_accepted()
    {
        using var place = await Prepared.Settled();
        Assert.That((await place.Export("remittances")).Of("state", "total"), Is.EqualTo(new[] { "settled 77200.00" }));
    }

    [Test]
    public async Task A_remittance_is_part_paid_while_the_bank_shows_less()
    {
        using var place = await Prepared.Remitted();
        await place.PayFund("38599.99", "2021-02-10");
        Assert.That((await place.Json($"remittance show {(await place.Export("remittances")).Rows[0]["remittance"]}")).At("money"), Is.EqualTo("part_paid"));
    }

    [Test]
    public async Task What_the_bank_shows_above_the_payable_sum_opens_a_case_with_the_difference()
    {
        using var place = await Prepared.Remitted();
        await place.PayFund("38650.00", "2021-02-10");
        Assert.That((await place.Export("cases")).Rows.Count(row => row["amount"] == "50.00"), Is.EqualTo(1));
    }

    [Test]
    public async Task A_rejected_line_goes_out_again_with_the_next_cutoff()
    {
        using var place = await Prepared.Settled();
        place.Write("fund.json", new FundBehaviour().Json);
        await place.Ok("settlement run --agreement CR-2021-014 --as-of 2021-02-12");
        Assert.That((await place.Export("remittance-lines")).Of("line", "member_no", "component", "amount", "outcome").Skip(4), Is.EqualTo(new[] { "1 A003 sem 17320.00 accepted", "2 A003 ivm 21280.00 accepted" }));
    }

    [Test]
    public async Task The_reference_is_an_ISO_11649_creditor_reference()
    {
        using var place = await Prepared.Settled();
        var reference = (await place.Export("remittances")).Rows[0]["reference"];
        var digits = string.Concat((reference[4..] + reference[..4]).Select(letter => char.IsAsciiDigit(letter) ? $"{letter}" : $"{letter - 'A' + 10}"));
        Assert.That(BigInteger.Parse(digits, System.Globalization.CultureInfo.InvariantCulture) % 97, Is.EqualTo(BigInteger.One));
    }

    [Test]
    public async Task The_bytes_that_were_sent_have_the_SHA_256_of_the_remittance()
    {
        using var place = await Prepared.Settled();
        var remittance = (await place.Export("remittances")).Rows[0];
        await place.Ok($"remittance export {remittance["remittance"]} --format csv --out sent.csv");
        Assert.That(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(place.PathOf("sent.csv")))), Is.EqualTo(remittance["sha256"]));
    }

    [Test]
    public async Task The_proof_holds_at_the_end_of_the_job()
    {
        using var place = await Prepared.Settled();
        Assert.That((await place.Json("verify")).At("verify"), Is.EqualTo("ok"));
    }

    [Test]
    public async Task A_cutoff_that_has_run_says_nothing_due_and_ends_with_0()
    {
        using var place = await Prepared.Settled();
        var again = await place.Run(Prepared.Settle);
        Assert.That((again.Exit, again.Out.Contains("nothing due", StringComparison.Ordinal) || again.Error.Contains("nothing due", StringComparison.Ordinal)), Is.EqualTo((0, true)), again.ToString());
    }

    [Test]
    public async Task A_cutoff_that_has_run_writes_nothing()
    {
        using var place = await Prepared.Settled();
        var before = StoredFacts.Dump(place.Database, but: "id_block");
        await place.Ok(Prepared.Settle);
        Assert.That(StoredFacts.Dump(place.Database, but: "id_block"), Is.EqualTo(before));
    }

    [Test]
    public async Task A_bank_statement_that_comes_again_moves_no_money()
    {
        using var place = await Prepared.Settled();
        var before = (await place.Export("journal")).Rows.Count;
        await place.Run("bank import statement.xml --account auto");
        Assert.That((await place.Export("journal")).Rows, Has.Count.EqualTo(before));
    }

    [Test]
    public async Task Without_an_as_of_the_latest_cutoff_that_has_passed_is_taken()
    {
        using var place = await Prepared.Collected();
        var run = await place.Run("settlement run --agreement CR-2021-014 -o json");
        var zone = TimeZoneInfo.FindSystemTimeZoneById("America/Costa_Rica");
        var local = TimeZoneInfo.ConvertTime(DateTimeOffset.Parse(run.Json.At("cutoff"), System.Globalization.CultureInfo.InvariantCulture), zone);
        Assert.That((local.TimeOfDay, local < DateTimeOffset.UtcNow, local > DateTimeOffset.UtcNow.AddDays(-15)), Is.EqualTo((TimeSpan.FromHours(18), true, true)));
    }
}
