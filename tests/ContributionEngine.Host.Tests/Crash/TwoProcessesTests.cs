using System.Diagnostics;
using ContributionEngine.Testing;

namespace ContributionEngine.Host.Tests.Crash;

/// <summary>One process writes a SQLite file; a second writer waits its ten seconds; anybody may read.</summary>
internal sealed class TwoProcessesTests
{
    private const string Demo = "demo --dir demo -o json --db sqlite:work.db";

    [Test]
    public async Task A_second_writer_waits_and_then_ends_with_6_naming_the_holder()
    {
        using var place = new Workplace();
        using var holder = await Frozen(place);
        place.Write("agreement.json", Agreements.Coffee().Json);
        var began = Stopwatch.GetTimestamp();
        var second = await place.Run("agreement import agreement.json");
        var waited = Stopwatch.GetElapsedTime(began);
        Assert.That((second.Exit, second.Error.Contains($"{holder.Pid}", StringComparison.Ordinal), waited.TotalSeconds is > 9 and < 20), Is.EqualTo((6, true, true)), $"{second} after {waited}, held by {holder.Pid}");
    }

    [Test]
    public async Task A_reader_does_not_wait_for_the_writer()
    {
        using var place = new Workplace();
        using var holder = await Frozen(place);
        Assert.That((await place.Json("agreement list")).At("0.agreement"), Is.EqualTo("CR-2021-DEMO"));
    }

    [Test]
    public async Task A_writer_that_was_killed_holds_nothing_up()
    {
        using var place = new Workplace();
        using (var holder = await Frozen(place)) await holder.KilledAfter(TimeSpan.Zero);
        place.Write("agreement.json", Agreements.Coffee().Json);
        Assert.That((await place.Run("agreement import agreement.json")).Exit, Is.Zero);
    }

    [Test]
    public async Task Two_writers_at_once_both_come_through()
    {
        using var place = await Prepared.Harvest();
        place.Write("more.csv", Receipts.Csv(new Paid("R4", "A001", "2021-01-30", "38600.00")));
        var both = await Task.WhenAll(place.Run(Prepared.Submit), place.Run("upload submit more.csv --agreement CR-2021-014 --as-of 2021-01-31"));
        Assert.That((both[0].Exit, both[1].Exit, (await place.Export("receipts")).Sum("amount")), Is.EqualTo((0, 0, 147_200m)), $"{both[0]}\n{both[1]}");
    }

    // A process that has become the writer and then stands still.
    private static async Task<RunningCommand> Frozen(Workplace place)
    {
        var holder = Cli.Start(place.Folder, Demo);
        await holder.Says("cosecha-1-enero");
        await holder.Freeze();
        return holder;
    }
}
