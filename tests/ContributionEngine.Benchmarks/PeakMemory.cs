namespace ContributionEngine.Benchmarks;

/// <summary>Most memory that the program holds while it posts a file: flat, however long the file is.</summary>
internal static class PeakMemory
{
    private const int Members = 10_000;
    private const int Fewer = 100_000;
    private const int Many = 1_000_000;
    private const double MegabytesMax = 300;
    private const double GrowthMax = 1.3;

    /// <summary>A hundredth of what a member owes in the year, so that the longest file pays it all.</summary>
    private const string Part = "4632.00";

    public static async IAsyncEnumerable<Measured> Run()
    {
        using var place = new Workplace();
        var cooperative = new Cooperative(Members);
        await cooperative.WriteMembers(place["members.csv"]);
        await File.WriteAllTextAsync(place["agreement.json"], Cooperative.Agreement);

        var fewer = await Submit(place, cooperative, Fewer);
        var many = await Submit(place, cooperative, Many);
        yield return new Measured($"memory, most at once for {Many:N0} rows", $"{Megabytes(many):0} MB in {many.Took.TotalSeconds:0} s", Megabytes(many), Bound.AtMost(MegabytesMax, "MB"));
        yield return new Measured(
            $"memory, {Many:N0} rows against {Fewer:N0}",
            $"{Megabytes(many):0} MB against {Megabytes(fewer):0} MB in {fewer.Took.TotalSeconds:0} s",
            Megabytes(many) / Megabytes(fewer), Bound.AtMost(GrowthMax, "times as much"));
    }

    private static async Task<RunSeen> Submit(Workplace place, Cooperative cooperative, int rows)
    {
        var engine = Executable.ContributionEngine;
        var (database, file) = ($"sqlite:{place[$"{rows}.db"]}", place[$"{rows}.csv"]);
        await cooperative.WriteReceipts(file, rows, Part);
        await engine.Run(place.Folder, "agreement", "import", place["agreement.json"], "--db", database);
        await engine.Run(place.Folder, "member", "import", place["members.csv"], "--agreement", Cooperative.Number, "--db", database);
        await engine.Run(place.Folder, "schedule", "generate", "--agreement", Cooperative.Number, "--as-of", "2021-01-01", "--db", database);
        var run = await engine.Run(place.Folder, "upload", "submit", file, "--agreement", Cooperative.Number, "--as-of", Cooperative.AsOf, "--expect-rows", $"{rows}", "--db", database, "-o", "json");
        return run.Answer.Contains("\"state\": \"reconciled\"", StringComparison.Ordinal) ? run : throw new InvalidOperationException($"not all of {rows:N0} rows were posted.");
    }

    private static double Megabytes(RunSeen run) => run.PeakBytes / 1e6;
}
