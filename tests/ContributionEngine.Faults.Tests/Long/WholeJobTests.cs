using System.Security.Cryptography;
using ContributionEngine.Testing;

namespace ContributionEngine.Faults.Tests;

/// <summary>200,000 receipts of twenty cooperatives, from files to the fund's answers, while everything is killed again and again.</summary>
[Category("Long")]
internal sealed class WholeJobTests : FaultTest
{
    private const int KillsMin = 50;

    private static readonly Season Large = new(20, 2, 5_000);

    /// <summary>A delivery that was broken off is asked about after two minutes, and a message that was lost comes again after five.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromMinutes(20);

    private static readonly (string What, string[] Columns)[] Exports =
    [
        ("receipts", ["agreement", "row", "receipt_no", "member_no", "received_on", "amount", "allocated", "suspense", "credit", "refunded", "reversed", "written_off", "state"]),
        ("obligations", ["agreement", "member_no", "period", "component", "payer", "class", "due_on", "amount", "reduced", "allocated", "state"]),
        ("remittances", ["agreement", "kind", "cutoff", "state", "lines", "total", "currency"]),
        ("remittance-lines", ["member_no", "national_id", "period", "component", "class", "amount", "outcome", "code"]),
        ("journal", ["booked_on", "account", "debit", "credit", "currency"]),
    ];

    [Test]
    public async Task The_job_ends_as_if_nothing_had_happened_though_everything_is_killed_fifty_times()
    {
        await Begin(new Shape { OwnDatabase = true, OwnBroker = true, Season = Large });
        var undisturbed = await Undisturbed();
        var strikes = new Strikes(Stack, Chance);
        strikes.Supervise();
        foreach (var strike in Plan())
        {
            await Task.Delay(Chance.Within(2_000));
            strikes.Supervise();
            await strikes.Befall(strike);
            await SettleNext();
        }

        await Stack.Until("everything is posted, cut and answered", Recovery, async () =>
        {
            strikes.Supervise();
            return await SettleNext() && await Stack.Books.Waiting() == 0;
        });
        TestContext.Progress.WriteLine($"faults: {strikes.Summary}; {await Counts()}; {Chance.Replay}");
        Assert.That(strikes.Kills, Is.GreaterThanOrEqualTo(KillsMin));
        await AssertAllHeld(undisturbed.Figures);
        await AssertSameExports(undisturbed.Exports);
        Assert.That(await SealedAndNotReceived(), Is.Empty, Chance.Replay);
    }

    private IReadOnlyList<Strike> Plan() => Strikes.Shuffled(
        Chance,
        (Strike.WorkerKilled, 30), (Strike.GatewayKilled, 14), (Strike.BrokerKilled, 4), (Strike.DatabaseKilled, 4),
        (Strike.WorkerFrozen, 5), (Strike.ConnectionsCut, 5), (Strike.AnswersLost, 8));

    // One process without a broker does the same job on a copy.
    private async Task<(string Figures, IReadOnlyList<IReadOnlyList<string>> Exports)> Undisturbed()
    {
        await using var copy = await TestDatabase.CopyOf(Stack.Database!);
        using var place = new Workplace();
        place.Write(Season.FundSettings, new FundBehaviour().Json);
        var alone = Stack.Commands.WithoutBroker with { Place = place, Database = copy.Address };
        await alone.Ok("settlement resume");
        foreach (var agreement in Large.Agreements) (await alone.Run($"settlement run --agreement {agreement} --as-of {Season.CutOff}")).Exits(0);
        return (await new Books(copy.Address).Figures(), await Printed(alone));
    }

    // Begins the settlement of an agreement that is posted and has none; true when all have one. With the database away it is for the next time.
    private async Task<bool> SettleNext()
    {
        var next = await Stack.Books.Rows("""
            select a.number from agreement a
             where not exists (select 1 from settlement_run s where s.agreement_id = a.id)
               and not exists (select 1 from upload_chunk c join upload u on u.id = c.upload_id where u.agreement_id = a.id and c.posted = 0)
             order by a.number limit 1
            """);
        if (next.Count > 0) await Stack.Commands.Settled(next[0][0]);
        return await Stack.Books.Number("select count(distinct agreement_id) from settlement_run") == Large.Cooperatives;
    }

    private async Task AssertSameExports(IReadOnlyList<IReadOnlyList<string>> undisturbed)
    {
        var printed = await Printed(Stack.Commands);
        for (var i = 0; i < Exports.Length; i++)
        {
            Assert.That(printed[i].SequenceEqual(undisturbed[i]), Is.True, $"{Exports[i].What}: {string.Join('\n', printed[i].Except(undisturbed[i]).Take(5))}; {Chance.Replay}");
        }
    }

    // Without numbers and references, which may have gaps, and in the order of their content.
    private static async Task<IReadOnlyList<IReadOnlyList<string>>> Printed(Commands commands)
    {
        var printed = new List<IReadOnlyList<string>>();
        foreach (var (what, columns) in Exports) printed.Add([.. Table.Parse((await commands.Ok($"export {what}")).Out).Of(columns).Order(StringComparer.Ordinal)]);
        return printed;
    }

    // Every sealed file is at the fund once, with the bytes that were sealed.
    private async Task<IReadOnlyList<string>> SealedAndNotReceived()
    {
        var received = Directory.GetFiles(Stack.Place.PathOf("fund"), "*.csv").Select(path => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path)))).Order(StringComparer.Ordinal);
        var sealedFiles = (await Stack.Books.Rows("select sha256 from remittance")).Select(row => row[0]).Order(StringComparer.Ordinal);
        return [.. sealedFiles.Except(received), .. received.Except(sealedFiles)];
    }

    private async Task<string> Counts() => string.Join(' ', (await Stack.Books.Rows("""
        select concat((select count(*) from receipt), ' receipts'), concat((select count(*) from allocation), ' allocations,'),
               concat((select count(*) from remittance), ' remittances in'), concat((select count(*) from delivery), ' deliveries,'), concat((select count(*) from acknowledgement), ' acknowledgements')
        """))[0]);
}
