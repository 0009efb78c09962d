using System.Diagnostics;

namespace ContributionEngine.Benchmarks;

/// <summary>How many transactions a second a worker with nothing to do asks of the database, counted by the database.</summary>
internal static class IdleRole
{
    private const double PerSecondMax = 1;
    private const string Counted = "select xact_commit + xact_rollback from pg_stat_database where datname = current_database()";

    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public static async IAsyncEnumerable<Measured> Run()
    {
        await using var stack = await Stack.Create();
        using var worker = Executable.ContributionEngine.Begin("worker", "--db", stack.Db, "--bus", stack.Bus);
        try
        {
            await Task.Delay(Settling);
            var (before, began) = (await stack.Ask<long>(Counted), Stopwatch.GetTimestamp());
            await Task.Delay(Watched);
            // One of them is the counting itself.
            var (asked, took) = (await stack.Ask<long>(Counted) - before - 1, Stopwatch.GetElapsedTime(began));
            if (worker.HasExited || asked <= 0) throw new InvalidOperationException($"The worker does not look at its database: {asked} transactions.");
            yield return new Measured("idle, transactions of a worker with nothing to do", $"{asked} in {took.TotalSeconds:0} s", asked / took.TotalSeconds, Bound.AtMost(PerSecondMax, "a second"));
        }
        finally
        {
            if (!worker.HasExited) worker.Kill();
        }
    }
}
