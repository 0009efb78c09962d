using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Month;

/// <summary>
/// A month in which everything happens that can: the fund rejects Rosa, who is corrected and sent again; Luis earns more than he had
/// declared, and the difference goes as a revised return; the bank takes a payment back after settlement, and it is paid again; Ana's
/// payment bounces after it had gone to the fund; January and February are closed, and February is opened again by two persons.
/// </summary>
internal static class Month
{
    public const string Number = "CR-2021-014";

    private const string By = $"--agreement {Number}";

    private static readonly Lazy<Task<Workplace>> Once = new(async () => Prepared.Keep(await Make()));

    /// <summary>What is left at the end of it, in a workplace of one's own.</summary>
    public static async Task<Workplace> Ended() => (await Once.Value).Copy();

    private static async Task<Workplace> Make()
    {
        var place = new Workplace();
        place.Write("fund.json", new FundBehaviour { RejectNationalIds = ["1-1003-0003"] }.Json);
        await place.Begin(Agreements.Coffee(presumptiveIncome: null) with { FundSettings = "fund.json" }, Earning("400000"));
        place.Write("january.csv", Receipts.Csv(new Paid("R1", "A001", "2021-01-15", "38600.00"), new Paid("R2", "A002", "2021-01-16", "38600.00"), new Paid("R3", "A003", "2021-01-20", "38600.00")));
        await place.Ok($"upload submit january.csv {By} --as-of 2021-01-31");
        (await place.Run($"settlement run {By} --as-of 2021-02-05")).Exits(3);
        await Bank(place, 0, ("regular", "77200.00"), "2021-02-10");

        await SendRosaAgain(place);
        await Bank(place, 77_200, ("supplementary", "38600.00"), "2021-02-14");
        await RaiseLuis(place);
        await Bank(place, 115_800, ("revised", "55480.00"), "2021-02-22");
        await Bank(place, 171_280, ("regular", "-77200.00"), "2021-02-24");
        place.Write("returned.csv", (await place.Ok("export remittances")).Out);
        await Bank(place, 94_080, ("regular", "77200.00"), "2021-02-26");

        await place.Ok($"receipt reverse R1 {By} --reason bounced --as-of 2021-02-26");
        await place.Ok($"claim settle {Table.Parse((await place.Ok($"claim list {By} -o csv")).Out).Where("debtor", "organisation").Rows[0]["claim"]} --reason paid --as-of 2021-02-27");
        await Close(place);
        return place;
    }

    private static IEnumerable<Person> Earning(string income) => Members.Pickers.Select(person => person with { DeclaredIncome = income });

    private static async Task SendRosaAgain(Workplace place)
    {
        place.Write("fund.json", new FundBehaviour().Json);
        place.Write("rosa.csv", Members.Csv([Members.Pickers[2] with { NationalId = "1-1003-9999", DeclaredIncome = "400000" }]));
        await place.Ok($"member import rosa.csv {By}");
        await place.Ok($"remittance supplementary {(await Of(place, "regular"))["remittance"]} --as-of 2021-02-12");
    }

    // 700,000 is another class: 94,080.00 a month, which is 55,480.00 more.
    private static async Task RaiseLuis(Workplace place)
    {
        place.Write("luis.csv", Members.Csv([Members.Pickers[1] with { DeclaredIncome = "700000" }]));
        await place.Ok($"member import luis.csv {By}");
        await place.Ok($"schedule generate {By} --as-of 2021-02-15");
        place.Write("difference.csv", Receipts.Csv(new Paid("R4", "A002", "2021-02-15", "55480.00", "2021-01")));
        await place.Ok($"upload submit difference.csv {By} --as-of 2021-02-15");
        await place.Ok($"settlement run {By} --as-of 2021-02-19");
    }

    private static async Task Close(Workplace place)
    {
        await place.Ok($"period close 2021-01 {By} --as-of 2021-03-05");
        await place.Ok($"period close 2021-02 {By} --as-of 2021-03-05");
        place.Write("late.csv", Receipts.Csv(new Paid("R5", "A001", "2021-02-20", "38600.00")));
        await place.Ok($"upload submit late.csv {By} --as-of 2021-02-28");
        var asked = (await place.Run($"period reopen 2021-02 {By} --reason late -o json")).Exits(3).Json.At("case");
        (await place.Run($"case resolve {asked} --action approve --approve --reason seen")).Exits(4);
        var key = (await place.Json("user add olga --role operator")).At("key");
        await place.Ok($"case resolve {asked} --action approve --approve --reason seen --key {key}");
    }

    private static async Task Bank(Workplace place, decimal opening, (string Kind, string Amount) payment, string day)
    {
        place.Write("statement.xml", Statements.After(opening, Agreements.Coffee().FundAccount, ((await Of(place, payment.Kind))["reference"], payment.Amount), ($"ST-{day}", day)));
        await place.Ok("bank import statement.xml --account auto");
    }

    private static async Task<IReadOnlyDictionary<string, string>> Of(Workplace place, string kind) => (await place.Export("remittances")).Where("kind", kind).Rows[0];
}
