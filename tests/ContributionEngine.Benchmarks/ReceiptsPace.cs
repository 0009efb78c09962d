using System.Diagnostics;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Files;
using ContributionEngine.Messaging;
using ContributionEngine.Storage;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// From a treasurer's file to allocated receipts, through the use cases that the command runs, against the plainest insert of
/// the same receipt rows. A first round warms both sides and gives the rows; noise on the yardstick counts against the engine.
/// </summary>
internal static class ReceiptsPace
{
    private const double Floor = 0.15;
    private const int Months = 12;
    private const string Monthly = "38600.00";

    private static readonly Actor Treasurer = new("os:treasurer");

    public static async IAsyncEnumerable<Measured> Run(int rows)
    {
        using var place = new Workplace();
        var cooperative = new Cooperative(Math.Max(1, rows / Months));
        await cooperative.WriteMembers(place["members.csv"]);
        await cooperative.WriteReceipts(place["receipts.csv"], rows, Monthly);

        var first = await Collect(place, "first.db", rows);
        var yardstick = InsertYardstick.Of(place["first.db"], "receipt");
        yardstick.Time(place["plain-0.db"]);
        var before = yardstick.Time(place["plain-1.db"]);
        var second = await Collect(place, "second.db", rows);
        var after = yardstick.Time(place["plain-2.db"]);

        var plain = before < after ? before : after;
        var ratio = plain / second;
        yield return new Measured(
            $"receipts, {rows:N0} rows from the file to allocated receipts against inserting the rows once",
            $"engine {rows / second.TotalSeconds:N0} rows/s ({second.TotalSeconds:0.0} s; cold {first.TotalSeconds:0.0} s), yardstick {rows / plain.TotalSeconds:N0} rows/s ({before.TotalSeconds:0.00} s before, {after.TotalSeconds:0.00} s after)",
            ratio, Bound.AtLeast(Floor, "of the yardstick's pace"));
    }

    private static async Task<TimeSpan> Collect(Workplace place, string name, int rows)
    {
        await using var database = await SetUp(place, name);
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        await using (var source = File.OpenRead(place["receipts.csv"]))
        await using (var content = await FileSpool.Copy(source, SheetLimits.BytesMax, CancellationToken.None))
        {
            var request = new UploadRequest { Agreement = Cooperative.Number, FileName = "receipts.csv", Content = content, AsOf = Cooperative.AsOf };
            _ = (await new SubmitUpload(database).Submit(Treasurer, request, CancellationToken.None)).Value;
            var dispatcher = new DirectDispatcher(database, MessageMap.Of(new FundChannels(_ => throw new InvalidOperationException("Nothing is handed to a fund here."))));
            if (await dispatcher.Drain(Treasurer, CancellationToken.None) is [var failed, ..]) throw failed.Failure;
        }

        var took = Stopwatch.GetElapsedTime(began);
        await Prove(database, rows);
        return took;
    }

    private static async Task<Database> SetUp(Workplace place, string name)
    {
        var dialect = new Sqlite(place[name]);
        _ = (await Schema.Ready(dialect, CancellationToken.None)).Value;
        var database = new Database(dialect, TimeProvider.System);
        _ = (await new ImportAgreement(database).Run(Treasurer, Cooperative.Agreement, CancellationToken.None)).Value;
        _ = (await new ImportMembers(database).Run(Treasurer, Cooperative.Number, (() => File.OpenRead(place["members.csv"]), "members.csv"), CancellationToken.None)).Value;
        _ = (await new GenerateSchedule(database).Run(Treasurer, new ScheduleRequest(Cooperative.Number, null, null, "2021-01-01"), CancellationToken.None)).Value;
        return database;
    }

    // A pace counts only when the work was done: every row a receipt, and its money placed.
    private static async Task Prove(Database database, int rows)
    {
        var sums = await database.Read(Treasurer, async work =>
        {
            var agreement = (await work.Agreements.Find(Cooperative.Number)).Value;
            return await work.Receipts.Sums((await work.Uploads.Of(agreement.Id))[^1].Id);
        }, CancellationToken.None);
        var each = Money.Parse(Monthly, Currency.Of("CRC").Value).Value.Minor;
        if (sums.Amount != rows * each || sums.Allocated + sums.Credit != sums.Amount) throw new InvalidOperationException($"only {sums.Amount / each:N0} of {rows:N0} rows were posted.");
    }
}
