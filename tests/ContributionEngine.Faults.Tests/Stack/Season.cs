using ContributionEngine.Testing;

namespace ContributionEngine.Faults.Tests;

/// <summary>Cooperatives with members, and the files that their treasurers send.</summary>
/// <param name="Cooperatives">Each has an agreement of its own.</param>
/// <param name="Files">Files for each agreement.</param>
/// <param name="Rows">Receipts in each file.</param>
internal sealed record Season(int Cooperatives, int Files, int Rows)
{
    public const string AsOf = "2021-03-31";

    /// <summary>The Monday after the first cut-off that takes everything.</summary>
    public const string CutOff = "2021-04-05";

    /// <summary>File of the simulator's settings, in the folder of the stack.</summary>
    public const string FundSettings = "fund.json";

    private const int People = 60;

    /// <summary>Three agreements with two files each, of which one needs two chunks: long enough to be struck midway.</summary>
    public static Season Short { get; } = new(3, 2, 2_400);

    public IReadOnlyList<string> Agreements => [.. Enumerable.Range(1, Cooperatives).Select(Agreement)];

    public static string Agreement(int cooperative) => $"CR-2021-{cooperative:D3}";

    public static string FileOf(string agreement, int file) => $"{agreement}-{file}.csv";

    /// <summary>A file's receipts; each has its own number and amount.</summary>
    public IReadOnlyList<Paid> Receipts(string agreement, int file) =>
    [
        .. Enumerable.Range(0, Rows).Select(i => new Paid($"{agreement}-{file}-{i:D5}", Member(agreement, i % People), $"2021-0{1 + (i % 3)}-{1 + (i % 28):D2}", $"{500 + (i % 700)}.{10 + (i % 89)}")),
    ];

    /// <summary>Brings schema, operator, agreements, members, schedules and files into the database; nothing is posted.</summary>
    /// <returns>The operator's key.</returns>
    public async Task<string> Bring(Commands commands)
    {
        commands.Place.Write(FundSettings, new FundBehaviour().Json);
        await commands.Ok("db migrate");
        commands = commands with { Key = (await commands.Ok("user add operator --role operator -o json")).Json.At("key") };
        // Files come last, for a command without a broker would begin to post them.
        await TwoByTwo(agreement => Enrol(commands, agreement));
        await TwoByTwo(agreement => Send(commands, agreement));
        return commands.Key;
    }

    private static string Member(string agreement, int person) => $"{agreement[^3..]}-{person:D3}";

    private Task TwoByTwo(Func<string, Task> step) =>
        Parallel.ForEachAsync(Agreements, new ParallelOptions { MaxDegreeOfParallelism = 2 }, async (agreement, _) => await step(agreement));

    private static async Task Enrol(Commands commands, string agreement)
    {
        var draft = (Testing.Agreements.Coffee() with { Number = agreement, FundSettings = FundSettings }).Node();
        draft["organisation"]!["code"] = agreement;
        commands.Place.Write($"{agreement}.json", draft.ToJsonString());
        commands.Place.Write($"{agreement}-members.csv", Testing.Members.Csv(Enumerable.Range(0, People).Select(i => new Person(Member(agreement, i), $"1-{agreement[^3..]}-{i:D4}", $"Picker {i}"))));
        await commands.Ok($"agreement import {agreement}.json");
        await commands.Ok($"member import {agreement}-members.csv --agreement {agreement}");
        await commands.Ok($"schedule generate --agreement {agreement} --as-of 2021-01-01");
    }

    private async Task Send(Commands commands, string agreement)
    {
        for (var file = 1; file <= Files; file++)
        {
            commands.Place.Write(FileOf(agreement, file), Testing.Receipts.Csv(Receipts(agreement, file)));
            await commands.Staged(FileOf(agreement, file), agreement);
        }
    }
}
