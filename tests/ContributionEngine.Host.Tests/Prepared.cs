using ContributionEngine.Testing;

[assembly: Parallelizable(ParallelScope.All)]
[assembly: LevelOfParallelism(3)]
[assembly: FixtureLifeCycle(LifeCycle.InstancePerTestCase)]

namespace ContributionEngine.Host.Tests;

/// <summary>Workplaces that many tests begin from: each is made once, by commands, and every test works on a copy of its own.</summary>
internal static class Prepared
{
    /// <summary>One payment in full, one short, one over; all of them for January.</summary>
    public static readonly Paid[] January =
    [
        new("R1", "A001", "2021-01-15", "38600.00"),
        new("R2", "A002", "2021-01-16", "20000.00"),
        new("R3", "A003", "2021-01-20", "50000.00"),
    ];

    public const string Submit = "upload submit january.csv --agreement CR-2021-014 --as-of 2021-01-31";

    public const string Settle = "settlement run --agreement CR-2021-014 --as-of 2021-02-05";

    private static readonly List<Workplace> Made = [];

    private static readonly Lazy<Task<Workplace>> HarvestOnce = new(() => Make(MakeHarvest));

    private static readonly Lazy<Task<Workplace>> CollectedOnce = new(() => Make(MakeCollected));

    private static readonly Lazy<Task<string>> BalancesOnce = new(async () =>
    {
        using var place = await Collected();
        return await place.Balances();
    });

    private static readonly Lazy<Task<Workplace>> RemittedOnce = new(() => Make(MakeRemitted));

    private static readonly Lazy<Task<Workplace>> SettledOnce = new(() => Make(MakeSettled));

    private static readonly Lazy<Task<Workplace>> AdvancedOnce = new(() => Make(MakeAdvanced));

    private static readonly Lazy<Task<Workplace>> ChargedOnce = new(() => Make(MakeCharged));

    private static readonly Lazy<Task<Workplace>> NoticedOnce = new(() => Make(MakeNoticed));

    private static readonly Lazy<Task<Workplace>> CorrectedOnce = new(() => Make(MakeCorrected));

    /// <summary>The coffee agreement with three pickers and their schedule, and January's file written but not sent.</summary>
    public static async Task<Workplace> Harvest() => (await HarvestOnce.Value).Copy();

    /// <summary>The harvest with January's file posted.</summary>
    public static async Task<Workplace> Collected() => (await CollectedOnce.Value).Copy();

    /// <summary>
    /// January settled, and then put right: Ana's payment taken back after it had gone to the fund, one of its two lines paid in by the
    /// organisation, Luis's payment moved to Rosa, and 61,400.00 of another payment of Ana's refunded, as two persons decided.
    /// </summary>
    public static async Task<Workplace> Corrected() => (await CorrectedOnce.Value).Copy();

    /// <summary>A guaranteed harvest: January cut on 2021-02-12 with 18,600.00 that the organisation paid for Luis, of which he has repaid 5,000.00.</summary>
    public static async Task<Workplace> Advanced() => (await AdvancedOnce.Value).Copy();

    /// <summary>The fund pays 1.5 % for collecting, 1,500.00 a year at most: it accepted January's 77,200.00 for 1,158.00, and Luis's 38,600.00 for the 342.00 that were left; the first is paid.</summary>
    public static async Task<Workplace> Charged() => (await ChargedOnce.Value).Copy();

    /// <summary>A fund that takes only what it has quoted: January's 77,200.00 went on 2021-02-05 under SPA-77.</summary>
    public static async Task<Workplace> Noticed() => (await NoticedOnce.Value).Copy();

    /// <summary>What stands on the books of <see cref="Collected"/>.</summary>
    public static Task<string> CollectedBalances() => BalancesOnce.Value;

    /// <summary>January cut on 2021-02-05 and answered by a fund that does not know Rosa.</summary>
    public static async Task<Workplace> Remitted() => (await RemittedOnce.Value).Copy();

    /// <summary>The same, paid by the bank on 2021-02-10.</summary>
    public static async Task<Workplace> Settled() => (await SettledOnce.Value).Copy();

    internal static void Dispose()
    {
        foreach (var place in Made) place.Dispose();
    }

    /// <summary>Keeps a workplace until every test has ended.</summary>
    public static Workplace Keep(Workplace place)
    {
        lock (Made) Made.Add(place);
        return place;
    }

    private static async Task<Workplace> Make(Func<Task<Workplace>> how) => Keep(await how());

    private static async Task<Workplace> MakeAdvanced()
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee() with { Liability = "guarantee", Shortfall = "advance_and_recover" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(January));
        place.Write("repaid.csv", Receipts.Csv(new Paid("R5", "A002", "2021-02-20", "5000.00")));
        await place.Ok(Submit);
        await place.Ok("settlement run --agreement CR-2021-014 --as-of 2021-02-12");
        await place.Ok("upload submit repaid.csv --agreement CR-2021-014 --as-of 2021-02-20");
        return place;
    }

    private static async Task<Workplace> MakeCharged()
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee() with { CollectionFee = """{"percent":"1.5","payer":"fund","cap_per_year":"1500.00"}""" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(January));
        place.Write("rest.csv", Receipts.Csv(new Paid("R4", "A002", "2021-02-08", "18600.00")));
        await place.Ok(Submit);
        await place.Ok(Settle);
        await place.Ok("fee settle --agreement CR-2021-014 --reason paid --as-of 2021-02-05");
        await place.Ok("upload submit rest.csv --agreement CR-2021-014 --as-of 2021-02-08");
        await place.Ok("settlement run --agreement CR-2021-014 --as-of 2021-02-12");
        return place;
    }

    private static async Task<Workplace> MakeNoticed()
    {
        var place = new Workplace();
        place.Write("pack.json", PackFiles.ExactCoffee());
        await place.Ok("pack add pack.json");
        Directory.CreateDirectory(place.PathOf("fund"));
        await place.Begin(Agreements.Coffee() with { Channel = """{"kind": "folder", "format": "csv", "path": "fund"}""" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(January));
        await place.Ok(Submit);
        var notice = (await place.Json("notice request --agreement CR-2021-014 --period 2021-01 --as-of 2021-01-31")).At("notice");
        await place.Ok($"notice quote {notice} --reference SPA-77 --amount 77200.00 --valid-until 2021-02-05 --as-of 2021-01-31");
        await place.Ok(Settle);
        return place;
    }

    private static async Task<Workplace> MakeHarvest()
    {
        var place = new Workplace();
        place.Write("fund.json", new FundBehaviour { RejectNationalIds = ["1-1003-0003"] }.Json);
        await place.Begin(Agreements.Coffee() with { FundSettings = "fund.json" }, Members.Pickers);
        place.Write("january.csv", Receipts.Csv(January));
        return place;
    }

    private static async Task<Workplace> MakeCollected()
    {
        var place = await Harvest();
        await place.Ok(Submit);
        return place;
    }

    private static async Task<Workplace> MakeRemitted()
    {
        var place = await Collected();
        (await place.Run(Settle)).Exits(3);
        return place;
    }

    private static async Task<Workplace> MakeSettled()
    {
        var place = await Remitted();
        await place.PayFund("38600.00", "2021-02-10");
        return place;
    }

    private static async Task<Workplace> MakeCorrected()
    {
        var place = await Settled();
        const string by = "--agreement CR-2021-014 --reason mistaken --as-of 2021-02-12";
        await place.Ok($"receipt reverse R1 {by}");
        await place.Ok($"claim settle {(await place.Json("claim list")).At("1.claim")} --reason paid --as-of 2021-02-12");
        await place.Ok($"receipt move R2 --to-member A003 {by}");
        place.Write("more.csv", Receipts.Csv(new Paid("R9", "A001", "2021-02-11", "100000.00")));
        await place.Ok("upload submit more.csv --agreement CR-2021-014 --as-of 2021-02-12");
        var asked = (await place.Run($"receipt refund R9 {by} -o json")).Exits(3).Json.At("case");
        var key = (await place.Json("user add olga --role operator")).At("key");
        await place.Ok($"case resolve {asked} --action approve --reason seen --approve --as-of 2021-02-12 --key {key}");
        return place;
    }
}

/// <summary>Lets go of the prepared workplaces when every test has ended.</summary>
[SetUpFixture]
internal sealed class AfterAll
{
    [OneTimeTearDown]
    public void Dispose() => Prepared.Dispose();
}

/// <summary>Steps that stories share.</summary>
internal static class Steps
{
    /// <summary>The bank shows one payment with the reference of the only remittance.</summary>
    public static async Task PayFund(this Workplace place, string amount, string day)
    {
        var reference = (await place.Export("remittances")).Rows[0]["reference"];
        place.Write("statement.xml", Statements.Camt053(Agreements.Coffee().FundAccount, [(reference, amount)], day: day));
        await place.Ok("bank import statement.xml --account auto");
    }

    /// <summary>What stands on the books: every table that money or people show up in, without ids that may have gaps.</summary>
    public static async Task<string> Balances(this Workplace place)
    {
        var receipts = await place.Export("receipts");
        var obligations = await place.Export("obligations");
        var lines = await place.Export("remittance-lines");
        return string.Join('\n', Sorted(receipts.Of("receipt_no", "row", "member_no", "received_on", "amount", "allocated", "suspense", "credit", "reversed", "state"))
            .Concat(Sorted(obligations.Of("member_no", "period", "component", "due_on", "amount", "reduced", "allocated", "state")))
            .Concat(lines.Of("line", "member_no", "period", "component", "amount", "outcome")));
    }

    private static IEnumerable<string> Sorted(IReadOnlyList<string> rows) => rows.Order(StringComparer.Ordinal);
}
