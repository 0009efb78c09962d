using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Crash;

/// <summary>Kill -9 at any moment, and the work done again: nothing lost, nothing twice. CONTRIBUTION_ENGINE_TEST_KILLS asks for more moments.</summary>
internal sealed class KillTests
{
    private const int Seed = 9;
    private const int UploadKills = 4;
    private const string LargeSubmit = "upload submit large.csv --agreement CR-2021-014 --as-of 2021-03-31";
    private const string Demo = "demo --dir demo -o json";

    private static readonly int Kills = int.TryParse(Environment.GetEnvironmentVariable("CONTRIBUTION_ENGINE_TEST_KILLS"), CultureInfo.InvariantCulture, out var kills) ? kills : 6;

    private static readonly string[] Stages =
    [
        "Agreement, members", "cosecha-1-enero", "cosecha-1-febrero", "cosecha-1-marzo", "cosecha-2", "Settlement run at 2021-04-30", "Settlement run at 2021-12-31", "Bank statement", "Files and proof",
    ];

    private static readonly Lazy<Task<(Workplace Place, Answer Report)>> Undisturbed = new(async () =>
    {
        var place = Prepared.Keep(new Workplace());
        return (place, (await Cli.Run(place.Folder, Demo, database: null)).Exits(0));
    });

    // What the large file comes to when nothing disturbs it, and how long that takes on this machine today.
    private static readonly Lazy<Task<(string Balances, TimeSpan Took)>> CleanUpload = new(async () =>
    {
        using var place = await Large();
        var began = Stopwatch.GetTimestamp();
        await place.Ok(LargeSubmit);
        var took = Stopwatch.GetElapsedTime(began);
        return (await place.Balances(), took);
    });

    [Test]
    public async Task An_undisturbed_demo_ends_with_everything_settled_and_proved()
    {
        var report = (await Undisturbed.Value).Report.Json;
        Assert.That((report.At("verify"), string.Join(' ', report["remittances"]!.AsArray().Select(row => row.At("state")))), Is.EqualTo(("ok", "settled settled")));
    }

    [Test]
    public async Task A_demo_reports_these_members() => Assert.That(
        (await Undisturbed.Value).Report.Json.Fields(), Is.EqualTo("agreement members obligations uploads remittances cases totals verify files"));

    [Test]
    public async Task Without_a_named_database_the_demo_is_in_its_folder() => Assert.That(File.Exists((await Undisturbed.Value).Place.PathOf("demo/demo.db")));

    [Test]
    public async Task A_demo_that_is_run_again_ends_with_the_same_figures()
    {
        using var place = (await Undisturbed.Value).Place.Copy();
        await AssertSameFigures(await Cli.Run(place.Folder, Demo, database: null));
    }

    [Test]
    public async Task A_demo_in_a_database_with_another_agreement_ends_with_6()
    {
        using var place = await Prepared.Harvest();
        Assert.That((await place.Run("demo --dir demo --db sqlite:work.db")).Exit, Is.EqualTo(6));
    }

    [TestCaseSource(nameof(Moments))]
    public async Task A_demo_that_was_killed_ends_with_the_same_figures(string stage, int milliseconds)
    {
        using var place = new Workplace();
        using (var running = Cli.Start(place.Folder, Demo))
        {
            await running.Says(stage);
            await running.KilledAfter(TimeSpan.FromMilliseconds(milliseconds));
        }

        var report = await place.Ok(Demo);
        await AssertSameFigures(report);
    }

    [Test]
    public async Task A_demo_that_was_killed_before_the_fund_had_the_file_ends_with_the_same_figures()
    {
        using var place = new Workplace();
        using (var running = Cli.Start(place.Folder, Demo)) await running.KilledWhenThereIs(place.PathOf("work.db.fund"));
        await AssertSameFigures(await place.Ok(Demo));
    }

    [Test]
    public async Task An_upload_that_is_killed_again_and_again_and_repeated_gives_the_balances_of_one([Range(1, 3)] int seed)
    {
        var (balances, took) = await CleanUpload.Value;
        using var place = await Large();
        var random = new Random(seed);
        for (var kill = 0; kill < UploadKills; kill++)
        {
            using var running = Cli.Start(place.Folder, LargeSubmit);
            await running.KilledAfter(took * (0.2 + (random.NextDouble() * 0.8)));
        }

        (await place.Run(LargeSubmit)).Exits(0, 7);
        Assert.That((await place.Balances(), (await place.Run("verify")).Exit), Is.EqualTo((balances, 0)));
    }

    [Test]
    public async Task A_fixed_upload_that_is_killed_while_it_is_sent_gives_the_balances_of_one([Range(4, 5)] int seed)
    {
        var (balances, took) = await CleanUpload.Value;
        using var place = await Large();
        place.Write("large.csv", place.Read("large.csv").Replace("R00007,A008", "R00007,X900", StringComparison.Ordinal));
        var upload = (await place.Run($"{LargeSubmit} -o json")).Exits(7).Json.At("upload");
        await place.Ok($"upload fix {upload} --row 9 --set member_no=A008 --as-of 2021-03-31");
        var random = new Random(seed);
        for (var kill = 0; kill < UploadKills; kill++)
        {
            using var running = Cli.Start(place.Folder, $"upload send {upload} --as-of 2021-03-31");
            await running.KilledAfter(took * (0.2 + (random.NextDouble() * 0.8)));
        }

        (await place.Run($"upload send {upload} --as-of 2021-03-31")).Exits(0, 6);
        Assert.That((await place.Balances(), (await place.Run("verify")).Exit), Is.EqualTo((balances, 0)));
    }

    private static async Task AssertSameFigures(Answer demo)
    {
        var differences = Figures((await Undisturbed.Value).Report).Zip(Figures(demo)).Where(pair => pair.First != pair.Second).Select(pair => $"{pair.First.Trim()} became {pair.Second.Trim()}");
        Assert.That(differences, Is.Empty, demo.Error);
    }

    private static IEnumerable<TestCaseData> Moments()
    {
        var random = new Random(Seed);
        for (var i = 0; i < Kills; i++) yield return new TestCaseData(Stages[(i * Stages.Length / Math.Min(Kills, Stages.Length) + random.Next(2)) % Stages.Length], random.Next(600));
    }

    // Counts, amounts, states, totals and cases; numbers and references may have gaps, and paths are the folder's.
    private static IReadOnlyList<string> Figures(Answer demo)
    {
        var report = demo.Json.AsObject();
        foreach (var upload in report["uploads"]!.AsArray()) upload!.AsObject().Remove("upload");
        foreach (var remittance in report["remittances"]!.AsArray())
        {
            remittance!.AsObject().Remove("remittance");
            remittance.AsObject().Remove("reference");
        }

        report.Remove("files");
        return report.ToJsonString(new JsonSerializerOptions { WriteIndented = true }).Split('\n');
    }

    // 300 pickers and 5,000 receipts: three chunks, each posted in a transaction of its own.
    private static async Task<Workplace> Large()
    {
        var place = new Workplace();
        await place.Begin(Agreements.Coffee(), Enumerable.Range(1, 300).Select(i => new Person($"A{i:D3}", $"1-{i:D4}-{i:D4}", $"Picker {i}")));
        place.Write("large.csv", Receipts.Csv(Enumerable.Range(0, 5_000).Select(i => new Paid($"R{i:D5}", $"A{1 + (i % 300):D3}", $"2021-0{1 + (i % 3)}-{1 + (i % 28):D2}", $"{5_000 + (i % 700)}.25"))));
        return place;
    }
}
