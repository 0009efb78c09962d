using System.Diagnostics;
using System.Globalization;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Storage;
using Sylvan.Data.Csv;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// The whole use case that checks a file, members and all, against reading the same file with Sylvan to texts and parsing the
/// day and the amount of each row, and nothing else. A first round warms both sides; noise on the yardstick counts against the engine.
/// </summary>
internal static class CheckPace
{
    private const double Floor = 0.10;
    private const double MegabytesMax = 300;
    private const string Monthly = "38600.00";

    private static readonly Actor Treasurer = new("os:treasurer");

    public static async IAsyncEnumerable<Measured> Run(int rows)
    {
        using var place = new Workplace();
        var members = Math.Max(1, rows / 2);
        var cooperative = new Cooperative(members);
        await cooperative.WriteMembers(place["members.csv"]);
        await cooperative.WriteReceipts(place["receipts.csv"], rows, Monthly);
        await using var database = await SetUp(place);

        Plain(place["receipts.csv"], rows);
        var before = Plain(place["receipts.csv"], rows);
        var cold = await Check(database, place["receipts.csv"], rows);
        var engine = await Check(database, place["receipts.csv"], rows);
        var after = Plain(place["receipts.csv"], rows);
        var plain = before < after ? before : after;
        yield return new Measured(
            $"check, {rows:N0} rows against {members:N0} members against reading the rows and parsing their fields",
            $"engine {rows / engine.TotalSeconds:N0} rows/s ({engine.TotalSeconds:0.00} s; cold {cold.TotalSeconds:0.00} s), yardstick {rows / plain.TotalSeconds:N0} rows/s ({before.TotalSeconds:0.00} s before, {after.TotalSeconds:0.00} s after)",
            plain / engine, Bound.AtLeast(Floor, "of the yardstick's pace"));

        var run = await Executable.ContributionEngine.Run(place.Folder, "upload", "check", place["receipts.csv"], "--agreement", Cooperative.Number, "--as-of", Cooperative.AsOf, "--db", $"sqlite:{place["check.db"]}", "-o", "json");
        yield return new Measured($"memory, a check of {rows:N0} rows against {members:N0} members", $"{run.PeakBytes / 1e6:0} MB in {run.Took.TotalSeconds:0.0} s", run.PeakBytes / 1e6, Bound.AtMost(MegabytesMax, "MB"));
    }

    private static async Task<Database> SetUp(Workplace place)
    {
        var dialect = new Sqlite(place["check.db"]);
        _ = (await Schema.Ready(dialect, CancellationToken.None)).Value;
        var database = new Database(dialect, TimeProvider.System);
        _ = (await new ImportAgreement(database).Run(Treasurer, Cooperative.Agreement, CancellationToken.None)).Value;
        _ = (await new ImportMembers(database).Run(Treasurer, Cooperative.Number, (() => File.OpenRead(place["members.csv"]), "members.csv"), CancellationToken.None)).Value;
        return database;
    }

    private static TimeSpan Plain(string path, int rows)
    {
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        using var text = new StreamReader(path);
        using var row = CsvDataReader.Create(text, new CsvDataReaderOptions { ResultSetMode = ResultSetMode.SingleResult });
        var (read, characters, days, amount) = (0, 0L, 0L, 0m);
        while (row.Read())
        {
            read++;
            characters += row.GetString(0).Length + row.GetString(1).Length;
            days += DateOnly.ParseExact(row.GetString(2), "yyyy-MM-dd", CultureInfo.InvariantCulture).DayNumber;
            amount += decimal.Parse(row.GetString(3), CultureInfo.InvariantCulture);
        }

        var took = Stopwatch.GetElapsedTime(began);
        return read == rows && characters > rows && days > rows && amount > rows ? took : throw new InvalidOperationException($"only {read:N0} of {rows:N0} rows were read.");
    }

    private static async Task<TimeSpan> Check(Database database, string path, int rows)
    {
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        await using var source = File.OpenRead(path);
        await using var content = await FileSpool.Copy(source, SheetLimits.BytesMax, CancellationToken.None);
        var request = new UploadRequest { Agreement = Cooperative.Number, FileName = "receipts.csv", Content = content, AsOf = Cooperative.AsOf };
        var report = (await new SubmitUpload(database).Check(Treasurer, request, CancellationToken.None)).Value;
        var took = Stopwatch.GetElapsedTime(began);
        return report.Ready == rows ? took : throw new InvalidOperationException($"only {report.Ready:N0} of {rows:N0} rows were found ready.");
    }
}
