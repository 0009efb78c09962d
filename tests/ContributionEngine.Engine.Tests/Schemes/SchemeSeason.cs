using System.Reflection;
using System.Text.Json;
using ContributionEngine.Core;
using ContributionEngine.Files;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Engine.Tests.Schemes;

/// <summary>
/// A season of one scheme as a text that a treasurer can follow: agreement, members, files, cut-offs, the bank, and what must stand on
/// the books in between. Each step is a line; its rows follow up to an empty line. A line that begins with # is a remark.
/// </summary>
/// <remarks>
/// <c>agreement JSON</c>, <c>members</c>, <c>schedule AS-OF</c>, <c>series NAME MONTH PERCENT SOURCE</c>, <c>upload AS-OF</c>, <c>settle AS-OF</c>, <c>bank DAY</c> pays every
/// remittance that is unpaid, <c>expect TABLE</c> compares an export's columns named in the first row with the rows below, <c>proof</c> holds the nine truths.
/// </remarks>
internal sealed class SchemeSeason(Desk desk, string pack)
{
    private const string Number = "SEASON";
    private const string FundAccount = "FUND00SEASON01";

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    // After the last season, since no day that has not come can be settled.
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    private readonly IReadOnlyList<Route> map = MessageMap.Of(new FundChannels(_ => Outcome<IFundChannel>.Of(new ScriptedFund { Answer = [new(AcknowledgementLevel.File, null, AcknowledgementOutcome.Accepted, "", "", null)] })));

    public static IEnumerable<string> Packs { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith("seasons/", StringComparison.Ordinal)).Select(name => name["seasons/".Length..^".txt".Length]).Order(StringComparer.Ordinal),
    ];

    public static async Task Play(string pack)
    {
        await using var desk = await Desk.Open();
        desk.Clock.Move(Now - desk.Clock.GetUtcNow());
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"seasons/{pack}.txt")!;
        using var reader = new StreamReader(stream);
        var season = new SchemeSeason(desk, pack);
        foreach (var block in (await reader.ReadToEndAsync()).Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            var lines = block.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToList();
            if (lines.Count > 0) await season.Step(lines[0], lines[1..]);
        }
    }

    private async Task Step(string step, List<string> rows)
    {
        var (word, rest) = step.Split(' ', 2) is [var first, var second] ? (first, second) : (step, "");
        await (word switch
        {
            "agreement" => Agreement(rest),
            "members" => Enrol(rows),
            "schedule" => Done(new GenerateSchedule(desk.Database).Run(Desk.Treasurer, new ScheduleRequest(Number, null, null, rest), CancellationToken.None)),
            "series" => Series(rest.Split(' ', 4)),
            "upload" => Done(desk.Submit(Number, Csv(rows), rest)),
            "settle" => Done(new RunSettlement(desk.Database).Begin(Desk.Treasurer, new SettlementRequest(Number, rest), CancellationToken.None)),
            "bank" => Bank(rest),
            "expect" => Expect(rest, rows),
            "proof" => Proof(),
            _ => throw new InvalidOperationException($"{pack}: «{step}» is no step."),
        });
    }

    private async Task Agreement(string json)
    {
        var told = JsonSerializer.Deserialize<Told>(json, Names)!;
        var draft = new AgreementDraft
        {
            Number = Number, Pack = pack, Start = told.Start, End = told.End, TimeZone = told.TimeZone, Calendar = "pack",
            FundAccount = FundAccount, Parameters = told.Parameters ?? [], Liability = told.Liability ?? "agency",
        };
        await Done(new ImportAgreement(desk.Database).Run(Desk.Treasurer, draft.Json, CancellationToken.None));
    }

    private async Task Enrol(List<string> rows)
    {
        await desk.Enrol(Number, Csv(rows));
        await Drain();
    }

    private Task Series(string[] told) => Done(new SetSeries(desk.Database).Run(Desk.Treasurer, new SeriesRequest(told[0], told[1], told[2], told[3], null), CancellationToken.None));

    private async Task Bank(string day)
    {
        var remittances = (await Export("remittances")).Rows;
        var unpaid = remittances.Where(row => row["state"] != "settled").Select(row => (row["reference"], row["total"])).ToArray();
        var statement = Statements.In(remittances[0]["currency"], FundAccount, unpaid, ($"S{day}", day));
        Assert.That((await desk.Statement(statement)).Problem, Is.Null);
        await Drain();
    }

    private async Task Expect(string table, List<string> rows)
    {
        var columns = rows[0].Split(',');
        var found = (await Export(table)).Of(columns).Order(StringComparer.Ordinal);
        Assert.That(found, Is.EqualTo(rows.Skip(1).Select(row => string.Join(' ', row.Split(','))).Order(StringComparer.Ordinal)), $"{pack}: {table} by {rows[0]}");
    }

    private async Task Proof() => Assert.That(await desk.Breaks(), Is.Empty);

    private Task<Table> Export(string name) => desk.Read(async work =>
    {
        var export = work.Exports.Table(name, Number).Value;
        var rows = new List<IReadOnlyDictionary<string, string>>();
        await foreach (var row in export.Rows) rows.Add(export.Columns.Zip(row).ToDictionary(cell => cell.First, cell => cell.Second ?? ""));
        return new Table(export.Columns, rows);
    });

    private async Task Done<T>(Task<Outcome<T>> step)
    {
        _ = (await step).Value;
        await Drain();
    }

    private async Task Drain() => Assert.That(await new DirectDispatcher(desk.Database, map).Drain(Desk.Treasurer, CancellationToken.None), Is.Empty);

    private static string Csv(List<string> rows) => string.Join('\n', rows) + "\n";

    private sealed record Told(string Start, string End, string TimeZone, Dictionary<string, string>? Parameters, string? Liability);
}

/// <summary>Every shipped scheme goes through the whole engine: one season each, ending with a proof.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SchemeSeasonTests
{
    [TestCaseSource(typeof(SchemeSeason), nameof(SchemeSeason.Packs))]
    public Task The_season_of_the_scheme_ends_proved(string pack) => SchemeSeason.Play(pack);

    [Test]
    public void Every_shipped_scheme_has_a_season() => Assert.That(SchemeSeason.Packs, Is.EqualTo(PackLibrary.Ids));
}
