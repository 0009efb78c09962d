using System.Diagnostics;
using ContributionEngine.Core;
using ContributionEngine.Storage;
using ContributionEngine.Testing;

namespace ContributionEngine.Benchmarks;

/// <summary>A page of a list over very many receipts and obligations against the same page over few, on each database that is there.</summary>
internal static class ListPace
{
    private const int Few = 10_000;
    private const int Rounds = 30;
    private const int RowsOfMember = 100;
    private const int YearDays = 365;
    private const int Chunk = 10_000;
    private const double TimesMax = 1.5;

    /// <summary>Id of the first receipt; the others follow it.</summary>
    internal const long FirstReceipt = 1_000_000_000;

    private static readonly Actor Officer = new("officer");
    private static readonly DateOnly First = new(2021, 1, 1);

    private static readonly (string Name, Func<Lists, Slice, Task<object>> Page)[] Pages =
    [
        ("receipts", async (lists, slice) => (await lists.Receipts(new ReceiptsWhere(), slice)).Value),
        ("receipts of an agreement", async (lists, slice) => (await lists.Receipts(new ReceiptsWhere { Agreement = Cooperative.Number }, slice)).Value),
        ("receipts of a month", async (lists, slice) => (await lists.Receipts(new ReceiptsWhere { Agreement = Cooperative.Number, From = First.AddDays(31), To = First.AddDays(58) }, slice)).Value),
        ("receipts of a member", async (lists, slice) => (await lists.Receipts(new ReceiptsWhere { Member = "A100007", From = First.AddDays(300) }, slice)).Value),
        ("receipts of a number", async (lists, slice) => (await lists.Receipts(new ReceiptsWhere { ReceiptNo = "R9999" }, slice)).Value),
        ("obligations of an agreement", async (lists, slice) => (await lists.Obligations(new ObligationsWhere { Agreement = Cooperative.Number }, slice)).Value),
        ("obligations of a period", async (lists, slice) => (await lists.Obligations(new ObligationsWhere { Agreement = Cooperative.Number, Period = "2021-06" }, slice)).Value),
    ];

    public static async IAsyncEnumerable<Measured> Run(int many)
    {
        using var place = new Workplace();
        await foreach (var result in Over(many, name => Task.FromResult<(Dialect, IAsyncDisposable?)>((new Sqlite(place[name]), null)))) yield return result;
        if (PostgreSqlServer.Address is null) yield break;
        await foreach (var result in Over(many, async _ =>
        {
            var made = await TestDatabase.Create();
            return (new PostgreSql(made.Address), made);
        })) yield return result;
    }

    private static async IAsyncEnumerable<Measured> Over(int many, Func<string, Task<(Dialect, IAsyncDisposable?)>> create)
    {
        var (small, smallPlace) = await create("few.db");
        var (large, largePlace) = await create("many.db");
        await using (var few = new Database(small, TimeProvider.System))
        await using (var lots = new Database(large, TimeProvider.System))
        {
            await Fill(few, Few);
            await Fill(lots, many);
            foreach (var page in Pages) yield return await Compared(page, (few, Few), (lots, many));
        }

        if (smallPlace is not null) await smallPlace.DisposeAsync();
        if (largePlace is not null) await largePlace.DisposeAsync();
    }

    private static async Task<Measured> Compared((string Name, Func<Lists, Slice, Task<object>> Page) list, (Database Database, int Rows) few, (Database Database, int Rows) many)
    {
        var (over, under) = (TimeSpan.MaxValue, TimeSpan.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            under = Shorter(under, await Took(few.Database, list.Page));
            over = Shorter(over, await Took(many.Database, list.Page));
        }

        return new Measured(
            $"a page of {list.Name}, {many.Rows:N0} against {few.Rows:N0} on {few.Database.Dialect.Name}", $"{over.TotalMilliseconds:0.00} ms against {under.TotalMilliseconds:0.00} ms, best of {Rounds}",
            over / under, Bound.AtMost(TimesMax, "times as long"));
    }

    private static TimeSpan Shorter(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static Task<TimeSpan> Took(Database database, Func<Lists, Slice, Task<object>> page) => database.Page(Officer, async lists =>
    {
        var began = Stopwatch.GetTimestamp();
        _ = await page(lists, new Slice());
        return Stopwatch.GetElapsedTime(began);
    }, CancellationToken.None);

    /// <summary>A database with so many receipts and obligations.</summary>
    internal static async Task Fill(Database database, int rows)
    {
        _ = (await Schema.Ready(database.Dialect, CancellationToken.None)).Value;
        var ground = await database.Write(Officer, work => Enrol(work, rows), CancellationToken.None);
        for (var from = 0; from < rows; from += Chunk)
        {
            var first = from;
            await database.Write(Officer, work => Post(work, ground, first), CancellationToken.None);
        }
    }

    private static async Task<Ground> Enrol(Work work, int rows)
    {
        var members = rows / RowsOfMember;
        var stored = (await work.Agreements.Add(AgreementFile.Read(Cooperative.Agreement).Value, Currency.Of("CRC").Value, Cooperative.Agreement)).Value;
        var (member, enrolment, upload) = (100_000_000L, 200_000_000L, 300_000_000L);
        await work.Members.AddMembers(Enumerable.Range(0, members).Select(i => new object?[] { member + i, stored.OrganisationId, $"A{100_000 + i}", $"1-{i}", $"1{i}", $"Ana {i} Mora", null, null }));
        await work.Members.AddEnrolments(Enumerable.Range(0, members).Select(i => new object?[] { enrolment + i, stored.Id, member + i, First, null }));
        await work.Uploads.Add(new NewUpload(upload, Numbers.Upload(upload), stored.Id, "a.csv", "00", 1, First, "{}"));
        _ = await work.Obligations.BasisIds(stored.Id, ["[]"]);
        return new Ground(stored.Id, enrolment, upload, rows);
    }

    // A year of days that go on with the rows, as they do in life, whatever the number of rows.
    private static async Task Post(Work work, Ground ground, int from)
    {
        var members = ground.Rows / RowsOfMember;
        var basis = (await work.Obligations.BasisIds(ground.Agreement, ["[]"])).Single();
        var rows = Enumerable.Range(from, Chunk).Select(i => (Row: i, Enrolment: ground.Enrolment + (i % members), Day: First.AddDays((int)((long)i * YearDays / ground.Rows)))).ToList();
        await work.Receipts.Post(ground.Agreement, ground.Upload, First, [.. rows.Select(row => new NewReceipt
        {
            Id = FirstReceipt + row.Row, RowNo = row.Row, ReceiptNo = $"R{row.Row}", EnrolmentId = row.Enrolment, ReceivedOn = row.Day, Amount = 1_000, Key = $"k{row.Row}", Occurrence = 1, Credit = 1_000,
        })]);
        await work.Obligations.Add(rows.Select(row => (ground.Agreement, new StoredObligation
        {
            Id = 2_000_000_000L + row.Row, EnrolmentId = row.Enrolment, Period = $"2021-{(row.Row % 12) + 1:D2}", Months = 1, Component = $"c{row.Row / members}", Payer = "member", Collected = 1, Class = "principal",
            Cause = "schedule", OpensOn = row.Day, DueOn = row.Day, Amount = 1_000, BasisId = basis,
        })));
    }

    private sealed record Ground(long Agreement, long Enrolment, long Upload, int Rows);
}
