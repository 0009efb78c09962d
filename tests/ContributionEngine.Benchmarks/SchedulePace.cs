using System.Diagnostics;
using ContributionEngine.Core;
using ContributionEngine.Engine;
using ContributionEngine.Storage;

namespace ContributionEngine.Benchmarks;

/// <summary>
/// The whole use case that generates a schedule, every member with an income of her own, against the plainest insert of the rows
/// that it wrote: obligations and their arithmetic. A first round warms both sides and gives the rows.
/// </summary>
internal static class SchedulePace
{
    private const int Months = 12;
    private const int Lines = 3;
    private const double Floor = 0.5;

    private static readonly Actor Treasurer = new("os:treasurer");

    public static async IAsyncEnumerable<Measured> Run(int members)
    {
        using var place = new Workplace();
        await new Cooperative(members).WriteMembers(place["members.csv"], withIncome: true);

        var rows = members * Months * Lines;
        var first = await Generate(place, "first.db", rows);
        var yardstick = InsertYardstick.Of(place["first.db"], "basis", "obligation");
        yardstick.Time(place["plain-0.db"]);
        var before = yardstick.Time(place["plain-1.db"]);
        var second = await Generate(place, "second.db", rows);
        var after = yardstick.Time(place["plain-2.db"]);

        var plain = before < after ? before : after;
        yield return new Measured(
            $"schedule, {members:N0} members x {Months} periods x {Lines} lines into SQLite against inserting the same rows",
            $"engine {rows / second.TotalSeconds:N0} obligations/s ({second.TotalSeconds:0.0} s; cold {first.TotalSeconds:0.0} s), yardstick {rows / plain.TotalSeconds:N0} ({before.TotalSeconds:0.00} s before, {after.TotalSeconds:0.00} s after)",
            plain / second, Bound.AtLeast(Floor, "of the yardstick's pace"));
    }

    private static async Task<TimeSpan> Generate(Workplace place, string name, int rows)
    {
        var dialect = new Sqlite(place[name]);
        _ = (await Schema.Ready(dialect, CancellationToken.None)).Value;
        await using var database = new Database(dialect, TimeProvider.System);
        _ = (await new ImportAgreement(database).Run(Treasurer, Cooperative.Declared, CancellationToken.None)).Value;
        _ = (await new ImportMembers(database).Run(Treasurer, Cooperative.Number, (() => File.OpenRead(place["members.csv"]), "members.csv"), CancellationToken.None)).Value;
        GC.Collect();
        var began = Stopwatch.GetTimestamp();
        var made = (await new GenerateSchedule(database).Run(Treasurer, new ScheduleRequest(Cooperative.Number, null, null, "2021-01-01"), CancellationToken.None)).Value;
        var took = Stopwatch.GetElapsedTime(began);
        return made.Added == rows ? took : throw new InvalidOperationException($"only {made.Added:N0} of {rows:N0} obligations were written.");
    }
}
