using ContributionEngine.Testing;

namespace ContributionEngine.Web.Tests;

/// <summary>
/// Eighty-five remittances of 38,600.00 to a fund that has said nothing yet, and a statement of one hundred entries of which the agreement lets only whole matches go by themselves:
/// 70 exact, 10 short of 50.00, 5 with 25.00 over, 5 paid once more, and 10 of which the bank says nothing.
/// </summary>
internal static class BankPlace
{
    public const string Agreement = "CR-2021-014";

    private const int Exact = 70;
    private const int Short = 10;
    private const int Over = 5;
    private const int Twice = 5;
    private const int Unknown = 10;

    private static readonly Lazy<Task<(Workplace Place, Dictionary<string, string> Keys)>> Once = new(Make);
    private static readonly Lazy<Task<(Workplace Place, Dictionary<string, string> Keys)>> WaitingOnce = new(MakeWaiting);

    /// <summary>The same for every test, each with a copy of its own.</summary>
    public static async Task<SitePlace> Serve()
    {
        var (place, keys) = await Once.Value;
        return await SitePlace.Serve(place.Copy(), keys);
    }

    /// <summary>Three remittances that the fund has accepted, of an agreement that lets nothing go by itself; <c>one.xml</c> and <c>later.xml</c>, between which a day is missing, pay them and are not taken in.</summary>
    public static async Task<SitePlace> Waiting()
    {
        var (place, keys) = await WaitingOnce.Value;
        return await SitePlace.Serve(place.Copy(), keys);
    }

    public static void Dispose()
    {
        foreach (var made in new[] { Once, WaitingOnce }.Where(made => made.IsValueCreated)) made.Value.GetAwaiter().GetResult().Place.Dispose();
    }

    private static async Task<(Workplace, Dictionary<string, string>)> MakeWaiting()
    {
        var place = new Workplace();
        var references = await Remitted(place, 3, 100);
        place.Write("one.xml", Statements.Camt053(Agreements.Coffee().FundAccount, references.Take(2).Select(one => (one, "38600.00")), "S1", "2021-02-10"));
        place.Write("later.xml", Statements.After(90_000, Agreements.Coffee().FundAccount, (references[2], "38600.00"), ("S3", "2021-02-12")));
        return (place, await Prepared.People(place));
    }

    private static async Task<(Workplace, Dictionary<string, string>)> Make()
    {
        var place = new Workplace();
        place.Write("fund.json", new FundBehaviour { AnswerAfterSeconds = 1_000_000_000 }.Json);
        var references = await Remitted(place, Exact + Short + Over, 85, "fund.json");
        place.Write("statement.xml", Statements.Camt053(Agreements.Coffee().FundAccount, Bookings(references), "S1", "2021-02-10"));
        await place.Ok("bank import statement.xml --account auto");
        return (place, await Prepared.People(place));
    }

    // One remittance of 38,600.00 for each member; gives their references.
    private static async Task<List<string>> Remitted(Workplace place, int members, int autoAccept, string? fund = null)
    {
        var draft = (Agreements.Coffee() with { Terms = "\"max_lines\": 2", FundSettings = fund }).Node();
        draft["bank"]!["auto_accept"] = autoAccept;
        place.Write("agreement.json", draft.ToJsonString());
        var numbers = Enumerable.Range(1, members).Select(i => $"M{i:D3}").ToList();
        place.Write("members.csv", Members.Csv(numbers.Select((no, i) => new Person(no, $"1-{i + 1:D4}-0001", $"Person {no}"))));
        place.Write("january.csv", Receipts.Csv(numbers.Select(no => new Paid($"R-{no}", no, "2021-01-20", "38600.00"))));
        foreach (var command in (string[])[
            "agreement import agreement.json", $"member import members.csv --agreement {Agreement}", $"schedule generate --agreement {Agreement} --as-of 2021-01-01",
            $"upload submit january.csv --agreement {Agreement} --as-of 2021-01-31", $"settlement run --agreement {Agreement} --as-of 2021-02-05"]) await place.Ok(command);
        return [.. (await place.Export("remittances")).Rows.Select(row => row["reference"])];
    }

    private static IEnumerable<(string, string)> Bookings(List<string> references) =>
        references.Take(Exact).Select(one => (one, "38600.00"))
            .Concat(references.Skip(Exact).Take(Short).Select(one => (one, "38550.00")))
            .Concat(references.Skip(Exact + Short).Select(one => (one, "38625.00")))
            .Concat(references.Take(Twice).Select(one => (one, "38600.00")))
            .Concat(Enumerable.Range(1, Unknown).Select(i => ($"DEP {7000 + i}", $"{1000 + i}.00")));
}
