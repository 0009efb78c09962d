using System.Text.RegularExpressions;
using ContributionEngine.Core;
using ContributionEngine.Engine.Tests.Correcting;
using ContributionEngine.Files;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Documents;

/// <summary>Slips of the harvest's January file: Ana paid in full, Luis short, Rosa over. By June 2022 five months are open.</summary>
[Parallelizable(ParallelScope.All)]
public sealed class SlipTests
{
    private static readonly Actor Elsewhere = new("treasurer", 1);

    [Test]
    public async Task A_slip_tells_what_a_payment_has_paid_and_what_is_left()
    {
        await using var harvest = await Harvest.Remitted();
        var slips = await Slips(harvest, new SlipsWanted { Upload = await Upload(harvest) });
        Assert.That(slips.Select(Shown), Is.EqualTo(new[]
        {
            "R1 A001 38600.00: 2021-01 sem 17320.00, 2021-01 ivm 21280.00; credit 0.00, owed 154400.00, year 38600.00",
            "R2 A002 20000.00: 2021-01 sem 17320.00, 2021-01 ivm 2680.00; credit 0.00, owed 173000.00, year 20000.00",
            "R3 A003 50000.00: 2021-01 sem 17320.00, 2021-01 ivm 21280.00, 2021-02 sem 11400.00; credit 0.00, owed 143000.00, year 50000.00",
        }));
    }

    [Test]
    public async Task A_member_gets_all_of_hers_and_one_receipt_alone()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await harvest.Post(Receipts.Csv(new Paid("R8", "A001", "2021-02-15", "38600.00")), "2021-02-28")).Value;
        Assert.That((await Slips(harvest, new SlipsWanted { Member = "A001", Agreement = Harvest.Number })).Select(slip => (slip.Number, slip.PaidInYear)), Is.EqualTo(new[] { ("R1", 7720000L), ("R8", 7720000L) }));
        Assert.That((await Slips(harvest, new SlipsWanted { Receipt = "R8", Agreement = Harvest.Number })).Select(slip => slip.Number), Is.EqualTo(new[] { "R8" }));
    }

    [Test]
    public async Task Nobody_gets_slips_of_another_organisation_and_none_without_saying_which()
    {
        await using var harvest = await Harvest.Collected();
        var (upload, receipt) = (await Upload(harvest), (await harvest.Receipt("R1")).Receipt);
        Assert.That(await Refused(harvest, Elsewhere, new SlipsWanted { Upload = upload }), Is.EqualTo("upload_unknown"));
        Assert.That(await Refused(harvest, Elsewhere, new SlipsWanted { Receipt = receipt }), Is.EqualTo("receipt_unknown"));
        Assert.That(await Refused(harvest, Elsewhere, new SlipsWanted { Member = "A001", Agreement = Harvest.Number }), Is.EqualTo("agreement_unknown"));
        Assert.That(await Refused(harvest, Desk.Treasurer, new SlipsWanted()), Is.EqualTo("slips_of_what"));
        Assert.That(await Refused(harvest, Desk.Treasurer, new SlipsWanted { Member = "A009", Agreement = Harvest.Number }), Is.EqualTo("member_unknown"));
    }

    [Test]
    public async Task What_was_taken_back_has_no_slip()
    {
        await using var harvest = await Harvest.Collected();
        _ = (await harvest.Correct(new CorrectionRequest("reverse", "R1", "twice"))).Value;
        Assert.That((await Slips(harvest, new SlipsWanted { Upload = await Upload(harvest) })).Select(slip => slip.Number), Is.EqualTo(new[] { "R2", "R3" }));
        Assert.That(await Refused(harvest, Desk.Treasurer, new SlipsWanted { Receipt = "R1", Agreement = Harvest.Number }), Is.EqualTo("receipt_taken_back"));
        Assert.That(await Refused(harvest, Desk.Treasurer, new SlipsWanted { Member = "A001", Agreement = Harvest.Number }), Is.EqualTo("no_slips"));
    }

    [Test]
    public async Task A_slip_is_valid_by_its_number_and_its_code_together()
    {
        await using var harvest = await Harvest.Collected();
        var slips = await Slips(harvest, new SlipsWanted { Upload = await Upload(harvest), PublicUrl = "https://f.example" });
        var (ana, luis) = (Parts(slips[0].Address!), Parts(slips[1].Address!));
        var known = (await Check(harvest, ana.Name, ana.Code))!;
        Assert.That((known.Receipt, known.Stands, known.Amount.ToMajor(), string.Join(' ', known.Periods), known.Initials), Is.EqualTo((slips[0].Receipt, true, "38600.00", "2021-01", "A. M.")));
        Assert.That((await Check(harvest, slips[0].Receipt, ana.Code.ToLowerInvariant()))?.Receipt, Is.EqualTo(slips[0].Receipt), "the long name and small letters will do");
        Assert.That(await Check(harvest, luis.Name, ana.Code), Is.Null, "an altered number");
        Assert.That(await Check(harvest, ana.Name, ana.Code[..^1] + (ana.Code[^1] == '0' ? '1' : '0')), Is.Null, "an altered code");
        Assert.That(await Check(harvest, ana.Name, null), Is.Null);
        Assert.That(await Check(harvest, "R999999", ana.Code), Is.Null);
        _ = (await harvest.Correct(new CorrectionRequest("reverse", "R1", "twice"))).Value;
        Assert.That((await Check(harvest, ana.Name, ana.Code))?.Stands, Is.False);
    }

    [Test]
    public async Task Two_databases_make_different_codes_for_the_same_receipt()
    {
        var codes = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            await using var harvest = await Harvest.Collected();
            codes.Add((await Slips(harvest, new SlipsWanted { Upload = await Upload(harvest), PublicUrl = "" }))[0].Address!);
        }

        Assert.That(codes, Has.Count.EqualTo(2));
    }

    private static async Task<string> Upload(Harvest harvest) => (await harvest.Receipt("R2")).Upload;

    private static async Task<List<ReceiptSlip>> Slips(Harvest harvest, SlipsWanted wanted)
    {
        var all = new List<ReceiptSlip>();
        var count = (await new PrintReceipts(harvest.Desk.Database).Run(Desk.Treasurer, wanted, async slips => all.AddRange(await slips.ToListAsync()), CancellationToken.None)).Value;
        Assert.That(count, Is.EqualTo(all.Count));
        return all;
    }

    private static async Task<string?> Refused(Harvest harvest, Actor actor, SlipsWanted wanted) => (await new PrintReceipts(harvest.Desk.Database).Run(actor, wanted, _ => Task.CompletedTask, CancellationToken.None)).Refusal?.Code;

    private static Task<PublishedReceipt?> Check(Harvest harvest, string name, string? code) => new CheckReceipt(harvest.Desk.Database).Run(name, code, CancellationToken.None);

    private static (string Name, string Code) Parts(string address)
    {
        var found = Regex.Match(address, @"^https://f\.example/v/(R\d+)\?h=([0-9A-Z]{12})$");
        Assert.That(found.Success, Is.True, address);
        return (found.Groups[1].Value, found.Groups[2].Value);
    }

    private static string Shown(ReceiptSlip slip)
    {
        string Major(long minor) => Money.ToMajor(minor, slip.Currency.Digits);
        return $"{slip.Number} {slip.MemberNo} {Major(slip.Amount)}: {string.Join(", ", slip.Parts.Select(part => $"{part.Period} {part.Component} {Major(part.Amount)}"))}; credit {Major(slip.Credit)}, owed {Major(slip.StillOwed)}, year {Major(slip.PaidInYear)}";
    }
}
