using System.Reflection;
using System.Text.Json;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Schemes;

/// <summary>
/// A season of one scheme as a text that a treasurer can follow: agreement, members, files, cut-offs, the bank, and what must stand on
/// the books in between. Each step is a line; its rows follow up to an empty line. A line that begins with # is a remark.
/// </summary>
/// <remarks>
/// <c>agreement JSON</c>, <c>members</c>, <c>run COMMAND</c>, <c>upload AS-OF</c>, <c>settle AS-OF</c>, <c>bank DAY</c> pays every remittance that is unpaid,
/// <c>expect TABLE</c> compares an export's columns named in the first row with the rows below, <c>proof</c> runs verify.
/// </remarks>
internal sealed class SchemeSeason(Workplace place, string pack)
{
    private const string Number = "SEASON";
    private const string FundAccount = "FUND00SEASON01";

    private static readonly JsonSerializerOptions Names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private int files;

    public static IEnumerable<string> Packs { get; } =
    [
        .. Assembly.GetExecutingAssembly().GetManifestResourceNames().Where(name => name.StartsWith("seasons/", StringComparison.Ordinal)).Select(name => name["seasons/".Length..^".txt".Length]).Order(StringComparer.Ordinal),
    ];

    public static async Task Play(string pack)
    {
        using var place = new Workplace();
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"seasons/{pack}.txt")!;
        using var reader = new StreamReader(stream);
        var season = new SchemeSeason(place, pack);
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
            "members" => File("members", rows, name => $"member import {name} --agreement {Number}"),
            "run" => place.Ok(rest),
            "upload" => File("receipts", rows, name => $"upload submit {name} --agreement {Number} --as-of {rest}"),
            "settle" => Settle(rest),
            "bank" => Bank(rest),
            "expect" => Expect(rest, rows),
            "proof" => place.Ok("verify"),
            _ => throw new InvalidOperationException($"{pack}: «{step}» is no step."),
        });
    }

    private async Task Agreement(string json)
    {
        var told = JsonSerializer.Deserialize<Told>(json, Names)!;
        place.Write("agreement.json", new AgreementDraft
        {
            Number = Number, Pack = pack, Start = told.Start, End = told.End, TimeZone = told.TimeZone, Calendar = "pack",
            FundAccount = FundAccount, Parameters = told.Parameters ?? [], Liability = told.Liability ?? "agency",
        }.Json);
        await place.Ok("agreement import agreement.json");
    }

    private async Task File(string kind, List<string> rows, Func<string, string> command)
    {
        var name = $"{kind}-{++files}.csv";
        place.Write(name, string.Join('\n', rows) + "\n");
        await place.Ok(command(name));
    }

    private async Task Settle(string asOf) => (await place.Run($"settlement run --agreement {Number} --as-of {asOf}")).Exits(0, 3);

    private async Task Bank(string day)
    {
        var unpaid = (await place.Export("remittances")).Rows.Where(row => row["state"] != "settled").Select(row => (row["reference"], row["total"])).ToArray();
        place.Write($"bank-{++files}.xml", Statements.In(await Currency(), FundAccount, unpaid, ($"S{files}", day)));
        await place.Ok($"bank import bank-{files}.xml --account auto");
    }

    private async Task<string> Currency() => (await place.Export("remittances")).Rows[0]["currency"];

    private async Task Expect(string table, List<string> rows)
    {
        var columns = rows[0].Split(',');
        var found = (await place.Export(table)).Of(columns).Order(StringComparer.Ordinal);
        Assert.That(found, Is.EqualTo(rows.Skip(1).Select(row => string.Join(' ', row.Split(','))).Order(StringComparer.Ordinal)), $"{pack}: {table} by {rows[0]}");
    }

    private sealed record Told(string Start, string End, string TimeZone, Dictionary<string, string>? Parameters, string? Liability);
}

/// <summary>Every shipped scheme goes through the whole engine: one season each, ending with a proof.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SchemeSeasonTests
{
    [TestCaseSource(typeof(SchemeSeason), nameof(SchemeSeason.Packs))]
    public Task The_season_of_the_scheme_ends_proved(string pack) => SchemeSeason.Play(pack);

    [Test]
    public void Every_shipped_scheme_has_a_season() => Assert.That(SchemeSeason.Packs, Is.EqualTo(ContributionEngine.Core.PackLibrary.Ids));
}
