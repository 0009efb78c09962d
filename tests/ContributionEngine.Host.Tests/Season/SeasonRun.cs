using System.Globalization;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Season;

/// <summary>One season sent through the command line, with the same files worked by hand beside it.</summary>
internal sealed class SeasonRun : IDisposable
{
    private const int Seed = 20_210_314;

    private readonly Workplace place = new();

    private SeasonRun(ByHand byHand) => Expected = byHand;

    public ByHand Expected { get; }

    public int ReceiptsSent { get; private set; }

    /// <summary>The harvest of 2021 in Costa Rica: 400 pickers, two zones, two windows, six files, two cut-offs, and a fund that knows not everybody.</summary>
    /// <param name="presumptive">Income agreed for all; null: what each declares.</param>
    /// <param name="scheduledAsOf">Day as of which the schedule is made; null: today.</param>
    /// <param name="interest">Percent per whole month late.</param>
    public static async Task<SeasonRun> CostaRica(string? presumptive, string? scheduledAsOf, int interest = 0)
    {
        SeasonDraft[] windows =
        [
            new("primera norte", "norte", "2021-01", "2021-03", "2021-04", "2021-05"), new("primera sur", "sur", "2021-02", "2021-04", "2021-05"), new("segunda", null, "2021-11", "2021-12"),
        ];
        var sample = new SeasonSample(Seed);
        var people = sample.Pickers(400);
        var raises = sample.Raises(people, "2021-03-01");
        var rules = Rules.CostaRica2021(presumptive is null ? null : Rules.Number(presumptive), windows, interest);
        var run = new SeasonRun(new ByHand(rules, [.. people, .. raises]));
        var agreement = Agreements.Coffee(presumptive) with { Seasons = windows, FundSettings = "fund.json" };
        if (interest > 0) agreement = agreement with { Parameters = new Dictionary<string, string>(agreement.Parameters) { ["late_interest_percent_per_month"] = $"{interest}" } };
        var strangers = people.Where((_, i) => i % 40 == 3).ToList();
        run.place.Write("fund.json", new FundBehaviour { RejectNationalIds = [.. strangers.Select(person => person.NationalId)] }.Json);
        await run.Enrol(agreement, (people, raises), scheduledAsOf);
        await run.Harvest(Harvest(sample, rules, people), strangers.Select(person => person.MemberNo).ToHashSet());
        return run;
    }

    /// <summary>A year of street vendors in the Philippines: 80 people, monthly files, two cut-offs.</summary>
    public static async Task<SeasonRun> Philippines()
    {
        var sample = new SeasonSample(Seed);
        var people = sample.Vendors(80);
        var rules = Rules.Philippines2025();
        var run = new SeasonRun(new ByHand(rules, people));
        await run.Enrol(Agreements.Vendors(), (people, []), "2025-01-01");
        for (var month = 1; month <= 9; month++)
        {
            if (month is 5 or 9) await run.Settle($"2025-{month:D2}-05", new HashSet<string>());
            var period = $"2025-{month:D2}";
            await run.Send(new SentFile($"file-{month}.csv", $"{period}-28", sample.Month(people, (period, 28), person => Owed(rules, person, period)), IsSpanish: month % 2 == 0));
        }

        return run;
    }

    public async Task<IEnumerable<string>> Obligations() =>
        (await place.Export("obligations")).Where("class", "principal").Of("member_no", "period", "component", "payer", "due_on", "amount", "allocated", "state");

    /// <summary>What stands of the charges on each principal, and what of that is paid.</summary>
    public async Task<IEnumerable<string>> Interest() =>
        from row in (await place.Export("obligations")).Where("class", "interest").Rows
        group row by string.Join(' ', row["member_no"], row["period"], row["component"], row["payer"], row["due_on"]) into of
        let net = of.Sum(row => Table.Amount(row["amount"]) - Table.Amount(row["reduced"]))
        where net > 0
        select FormattableString.Invariant($"{of.Key} {net:0.00} {of.Sum(row => Table.Amount(row["allocated"])):0.00}");

    public async Task<IEnumerable<string>> Receipts() => (await place.Export("receipts")).Of("receipt_no", "member_no", "amount", "allocated", "credit", "suspense");

    public async Task<IEnumerable<string>> Lines()
    {
        var numbers = (await place.Export("remittances")).Rows.Select((row, i) => (Name: row["remittance"], No: i + 1)).ToDictionary(item => item.Name, item => item.No);
        return (await place.Export("remittance-lines")).Rows.Select(row => $"{numbers[row["remittance"]]} {row["line"]} {row["member_no"]} {row["period"]} {row["component"]} {row["class"]} {row["amount"]} {row["outcome"]}");
    }

    public Task<Answer> Verify() => place.Run("verify");

    public void Dispose() => place.Dispose();

    private static List<SentFile> Harvest(SeasonSample sample, Rules rules, IReadOnlyList<Person> people)
    {
        List<Paid> Month(string month, int lastDay, int share = 95) => sample.Month(people, (month, lastDay), person => Owed(rules, person, month), share);
        return
        [
            new("enero.csv", "2021-01-31", Month("2021-01", 31)),
            new("febrero.csv", "2021-02-28", Month("2021-02", 28), IsSpanish: true),
            new("marzo.csv", "2021-03-31", Month("2021-03", 31)),
            new("olvidados.csv", "2021-03-20", Month("2021-03", 20, share: 30), IsSpanish: true),
            new("junio.csv", "2021-06-30", [.. Month("2021-06", 30), .. Month("2021-05", 31, share: 60)], HoldUnknown: true),
            new("segunda.csv", "2021-12-31", [.. Month("2021-11", 30), .. Month("2021-12", 31)]),
        ];
    }

    private static IReadOnlyList<(string Component, decimal Amount)> Owed(Rules rules, Person person, string period) =>
        [.. rules.Amounts(person, Rules.Day($"{period}-01")).Where(part => part.Collected && part.Minor > 0).Select(part => (part.Component, part.Minor / 100m))];

    private async Task Harvest(List<SentFile> files, IReadOnlySet<string> strangers)
    {
        foreach (var file in files)
        {
            if (file.Name == "marzo.csv") await Settle("2021-03-05", strangers);
            if (file.Name == "segunda.csv") await Settle("2021-07-02", strangers);
            await Send(file);
        }
    }

    private string Number { get; set; } = "";

    private async Task Enrol(AgreementDraft agreement, (IReadOnlyList<Person> People, IReadOnlyList<Person> Raises) members, string? scheduledAsOf)
    {
        Number = agreement.Number;
        place.Write("agreement.json", agreement.Json);
        place.Write("members.csv", Members.Csv(members.People));
        place.Write("raises.csv", Members.Csv(members.Raises));
        await place.Ok("agreement import agreement.json");
        await place.Ok($"member import members.csv --agreement {Number}");
        if (members.Raises.Count > 0) await place.Ok($"member import raises.csv --agreement {Number}");
        await place.Ok($"schedule generate --agreement {Number}{(scheduledAsOf is null ? "" : $" --as-of {scheduledAsOf}")}");
    }

    private async Task Send(SentFile file)
    {
        place.Write(file.Name, file.IsSpanish ? Testing.Receipts.Spanish(file.Rows) : Testing.Receipts.Csv(file.Rows));
        (await place.Run($"upload submit {file.Name} --agreement {Number} --as-of {file.AsOf} --only-ready{(file.HoldUnknown ? " --hold-unknown" : "")}")).Exits(0, 3);
        Expected.Post(Day(file.AsOf), file.Rows, file.HoldUnknown);
        ReceiptsSent += file.Rows.Count;
    }

    private async Task Settle(string asOf, IReadOnlySet<string> strangers)
    {
        (await place.Run($"settlement run --agreement {Number} --as-of {asOf}")).Exits(0, 3);
        Expected.Settle(Day(asOf), strangers);
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
